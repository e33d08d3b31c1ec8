import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { keptSecret, readIfThere } from '../private-file.ts';
import { errorMessage, meansForbidden, StartError } from '../start-error.ts';
import { databaseAccount } from './account.ts';
import { findBinaries } from './binaries.ts';
import { type ClusterPlan, ensureCluster } from './cluster.ts';
import { ensureDatabase, ownerUrl, signsIn } from './database.ts';
import { clearStalePostmaster, livingPostmaster } from './postmaster.ts';
import { isAlive, signal, waitForEnd } from './process.ts';
import { launchServer, rotateLog, type RunningServer } from './server.ts';
import { watchServer } from './watch.ts';

export interface EmbeddedOptions {
  /** The directory that holds everything: database files (`postgres/`), password, log of the server. */
  readonly dataDir: string;
  readonly log: (line: string) => void;
  /** False only for throw-away clusters of tests: no fsync. */
  readonly durable?: boolean;
  /** Called when the server ended and could not be started again. */
  readonly onLost?: (error: StartError) => void;
}

export interface EmbeddedDatabase {
  /** Connection URL of the owner role (migrates) to the database `mamis`. */
  readonly ownerUrl: string;
  readonly pid: number;
  readonly adopted: boolean;
  /** Fast shutdown; resolves when the server has ended. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts the real PostgreSQL that comes with the product on files below `dataDir`, or adopts the one
 * that a crash of ours left running. The caller holds the lock of the data directory.
 * @throws StartError one sentence: full disk, no rights, no binaries, foreign processes
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  try {
    return await start(options);
  } catch (error) {
    if (!meansForbidden(error)) throw error;
    throw new StartError(`The data directory ${options.dataDir} cannot be used by this account: ${errorMessage(error)}.`);
  }
}

async function start(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const cluster = join(options.dataDir, 'postgres');
  const logFile = join(options.dataDir, 'postgres.log');
  const plan = await makePlan(options, cluster);
  const adopted = await adopt(cluster, plan.password, options.log);
  if (adopted === null) {
    await ensureCluster(plan, options.log);
    await clearStalePostmaster(cluster);
    rotateLog(logFile);
    options.log('Starting the database …');
  }
  const launch = { plan, logFile, log: options.log };
  const server = adopted ?? (await launchServer(launch));
  const lost = options.onLost ?? ((error: StartError) => options.log(error.message));
  const watch = watchServer({ launch, server, onLost: lost });
  try {
    await ensureDatabase(server.port, plan.password);
  } catch (error) {
    await watch.stop();
    throw error;
  }
  return { ownerUrl: ownerUrl(server.port, plan.password), pid: server.pid, adopted: adopted !== null, stop: watch.stop };
}

async function makePlan(options: EmbeddedOptions, cluster: string): Promise<ClusterPlan> {
  mkdirSync(options.dataDir, { recursive: true, mode: 0o700 });
  const account = databaseAccount(cluster);
  const passwordFile = join(options.dataDir, 'database-password');
  if (statSync(cluster, { throwIfNoEntry: false }) !== undefined && readIfThere(passwordFile) === null) {
    throw new StartError(`The database password ${passwordFile} is missing beside its database files; restore it from your backup.`);
  }
  const binaries = await findBinaries(account, options.dataDir);
  return { cluster, account, binaries, password: keptSecret(passwordFile), durable: options.durable ?? true };
}

/** The living server on our files, once it takes connections; null when there is none or it is just stopping. */
async function adopt(cluster: string, password: string, log: (line: string) => void): Promise<RunningServer | null> {
  for (let round = 1; ; round += 1) {
    const found = livingPostmaster(cluster);
    if (found === null) return null;
    if (found.ready && (await signsIn(found.port, password))) {
      log('Adopting the database server that is still running …');
      return found;
    }
    if (round % 50 === 0) log('Waiting for the earlier database server …');
    if (round > 600) throw new StartError(`The database server ${found.pid} on ${cluster} does not answer; end it and start again.`);
    await sleep(100);
  }
}

/** The running server of a data directory, for the command line beside a running MAMIS; null when none runs. */
export async function findEmbedded(dataDir: string): Promise<{ ownerUrl: string } | null> {
  const cluster = join(dataDir, 'postgres');
  const password = readIfThere(join(dataDir, 'database-password'))?.trim();
  const found = statSync(cluster, { throwIfNoEntry: false }) === undefined ? null : livingPostmaster(cluster);
  if (password === undefined || found === null || !(await signsIn(found.port, password))) return null;
  return { ownerUrl: ownerUrl(found.port, password) };
}

/** Ends the server that a killed test run left behind on throw-away files. */
export async function endAbandoned(dataDir: string): Promise<void> {
  const cluster = join(dataDir, 'postgres');
  const found = statSync(cluster, { throwIfNoEntry: false }) === undefined ? null : livingPostmaster(cluster);
  if (found === null) return;
  signal(found.pid, 'SIGQUIT');
  if (isAlive(found.pid)) await waitForEnd(found.pid, 10_000);
}
