import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Statement } from './recording.ts';

/** Servers to be measured run in processes of their own and tell their port. */

export type Child = {
  port: number;
  start: () => Promise<void>;
  stop: () => Promise<Statement[]>;
  tell: (message: object) => Promise<void>;
  end: () => void;
};

type Message = { kind?: unknown; port?: unknown; statements?: unknown };

function isMessage(value: unknown): value is Message {
  return typeof value === 'object' && value !== null;
}

function isStatements(value: unknown): value is Statement[] {
  return Array.isArray(value);
}

/** Starts a server program; resolves when it listens. */
export async function startChild(program: string, args: readonly string[]): Promise<Child> {
  const path = fileURLToPath(new URL(program, import.meta.url));
  const child = fork(path, [...args], {
    env: { ...process.env, NODE_ENV: 'production' },
    execArgv: ['--disable-warning=ExperimentalWarning', ...profiling()],
    serialization: 'advanced',
  });
  const next = (kind: string): Promise<Message> =>
    new Promise((resolve) => {
      const listen = (message: unknown) => {
        if (!isMessage(message) || message.kind !== kind) return;
        child.off('message', listen);
        resolve(message);
      };
      child.on('message', listen);
    });
  const { port } = await Promise.race([
    next('ready'),
    new Promise<never>((_, reject) => child.once('exit', (code) => reject(new Error(`${program} ended with ${code}`)))),
  ]);
  if (typeof port !== 'number') throw new Error(`${program} told no port`);
  const tell = async (message: object) => {
    const answer = next('done');
    child.send(message);
    await answer;
  };
  return {
    port,
    tell,
    start: async () => await tell({ kind: 'start' }),
    stop: async () => {
      const answer = next('statements');
      child.send({ kind: 'stop' });
      const { statements } = await answer;
      return isStatements(statements) ? statements : [];
    },
    end: () => void child.kill('SIGTERM'),
  };
}

/** `BENCH_PROFILE=directory` writes a CPU profile of every server. */
function profiling(): string[] {
  const directory = process.env['BENCH_PROFILE'];
  return directory === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${directory}`];
}

type Served = { port: number; start?: () => void; stop?: () => Statement[]; tell?: (message: object) => void };

/** In the server's process: tells the port and answers the orchestrator. */
export function answerParent(served: Served): void {
  process.on('message', (message: unknown) => {
    if (!isMessage(message)) return;
    if (message.kind === 'stop') process.send?.({ kind: 'statements', statements: served.stop?.() ?? [] });
    else {
      if (message.kind === 'start') served.start?.();
      else served.tell?.(message);
      process.send?.({ kind: 'done' });
    }
  });
  process.on('SIGTERM', () => process.exit(0));
  process.on('disconnect', () => process.exit(0));
  process.send?.({ kind: 'ready', port: served.port });
}
