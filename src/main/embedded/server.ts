import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, statfsSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { diskFull, meansDiskFull, StartError } from '../start-error.ts';
import { type ClusterPlan, directoryArgument, reason } from './cluster.ts';
import { readPostmaster } from './postmaster.ts';
import { serverEnvironment } from './run.ts';

export interface RunningServer {
  readonly pid: number;
  readonly port: number;
}

export interface Launch {
  readonly plan: ClusterPlan;
  readonly logFile: string;
  readonly log: (line: string) => void;
  /** Given when a lost server is replaced, so that open pools find it again. */
  readonly port?: number;
}

const LOG_LIMIT = 5_000_000;

/** Starts the server on a free loopback port and waits until it takes connections. */
export async function launchServer(launch: Launch): Promise<RunningServer> {
  for (let attempt = 1; ; attempt += 1) {
    const port = launch.port ?? (await freePort());
    const began = logSize(launch.logFile);
    const child = spawnServer(launch, port);
    const onExit = (): boolean => child.kill('SIGINT'); // we are stopped before it is ready
    process.once('exit', onExit);
    const ready = await becameReady(launch, child);
    process.removeListener('exit', onExit);
    if (ready) return { pid: child.pid ?? 0, port };
    const said = readFileSync(launch.logFile).subarray(began).toString('utf8');
    if (meansDiskFull(said)) throw new StartError(diskFull(launch.plan.cluster));
    if (attempt < 5 && said.includes('Address already in use')) continue; // somebody took the port in between
    throw new StartError(`The embedded PostgreSQL did not start: ${reason(said)} (see ${launch.logFile}).`);
  }
}

/** Its own session: Ctrl-C in the terminal must reach us first, so that requests can end. */
function spawnServer({ plan, logFile }: Launch, port: number): ChildProcess {
  const file = openSync(logFile, 'a', 0o600);
  const settings = Object.entries(serverSettings(port, plan.durable)).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  try {
    return spawn(plan.binaries.postgres, ['-D', directoryArgument(plan.cluster, plan.account), ...settings], {
      ...plan.account,
      cwd: plan.cluster,
      env: serverEnvironment(),
      stdio: ['ignore', file, file],
      detached: true,
      windowsHide: true,
    });
  } finally {
    closeSync(file);
  }
}

/** For 2 to 4 cores and a few gigabytes. The log keeps no statements and no values: they are personal data. */
function serverSettings(port: number, durable: boolean): Record<string, string | number> {
  return {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 100,
    shared_buffers: durable ? '256MB' : '128MB',
    effective_cache_size: '1GB',
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    random_page_cost: 1.1,
    jit: 'off',
    fsync: durable ? 'on' : 'off',
    full_page_writes: durable ? 'on' : 'off',
    synchronous_commit: durable ? 'on' : 'off',
    dynamic_shared_memory_type: sharedMemoryType(),
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_checkpoints: 'off',
  };
}

/** Containers often have a tiny /dev/shm, where parallel queries fail. */
function sharedMemoryType(): string {
  if (process.platform === 'win32') return 'windows';
  if (process.platform !== 'linux') return 'posix';
  if (!existsSync('/dev/shm')) return 'mmap';
  const { bavail, bsize } = statfsSync('/dev/shm');
  return bavail * bsize > 512_000_000 ? 'posix' : 'mmap';
}

/** False when the server ended; recovery after a crash may take its time. */
async function becameReady({ plan, log }: Launch, child: ChildProcess): Promise<boolean> {
  let ended = false;
  child.once('error', () => (ended = true));
  child.once('exit', () => (ended = true));
  child.unref();
  for (let round = 1; !ended; round += 1) {
    const found = readPostmaster(plan.cluster);
    if (found?.pid === child.pid && found?.ready === true) return true;
    if (round % 50 === 0) log('Waiting for the database to recover its files …');
    await sleep(100);
  }
  return false;
}

/** Keeps one earlier log file. */
export function rotateLog(logFile: string): void {
  if (logSize(logFile) > LOG_LIMIT) renameSync(logFile, `${logFile}.1`);
}

function logSize(logFile: string): number {
  return statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no free port'))));
    });
  });
}
