import { setTimeout as sleep } from 'node:timers/promises';
import { errorMessage, StartError } from '../start-error.ts';
import { clearStalePostmaster } from './postmaster.ts';
import { isAlive, isStill, processToken, signal, waitForEnd } from './process.ts';
import { type Launch, launchServer, type RunningServer } from './server.ts';

interface Watched {
  readonly launch: Launch;
  readonly server: RunningServer;
  readonly onLost: (error: StartError) => void;
}

const MOST_RESTARTS = 3;
const RESTART_WINDOW_MS = 60_000;

/** Looks after a running server: starts it again at the same port when it ends without us, stops it with us. */
export function watchServer({ launch, server, onLost }: Watched): { stop: () => Promise<void> } {
  const stopping = new AbortController();
  let pid = server.pid;
  const onExit = (): void => {
    if (isAlive(pid)) signal(pid, 'SIGINT'); // our own crash: the last thing we can still do
  };
  process.once('exit', onExit);

  const guard = async (): Promise<void> => {
    const restarts: number[] = [];
    while (await endedWithoutUs(pid, stopping.signal)) {
      restarts.push(performance.now());
      if (restarts.filter((at) => performance.now() - at < RESTART_WINDOW_MS).length > MOST_RESTARTS) {
        throw new StartError(`The embedded PostgreSQL keeps ending; see ${launch.logFile}.`);
      }
      launch.log('The database server ended unexpectedly; starting it again …');
      await clearStalePostmaster(launch.plan.cluster);
      pid = (await launchServer({ ...launch, port: server.port })).pid;
    }
  };
  const guarding = guard().catch((error: unknown) => {
    onLost(error instanceof StartError ? error : new StartError(`The database server was lost: ${errorMessage(error)}`));
  });

  const stop = async (): Promise<void> => {
    stopping.abort();
    await guarding;
    process.removeListener('exit', onExit);
    await stopServer(pid);
  };
  return { stop };
}

/** True when the server ended, false when we are told to stop. */
async function endedWithoutUs(pid: number, stopping: AbortSignal): Promise<boolean> {
  const token = processToken(pid);
  while (!stopping.aborted) {
    if (!isStill(pid, token)) return true;
    await sleep(500, undefined, { signal: stopping, ref: false }).catch(() => undefined); // only an abort ends it early
  }
  return false;
}

/** Fast shutdown; harder when the server does not obey. */
async function stopServer(pid: number): Promise<void> {
  for (const [name, ms] of [
    ['SIGINT', 30_000],
    ['SIGQUIT', 10_000],
    ['SIGKILL', 5000],
  ] as const) {
    if (!isAlive(pid)) return;
    signal(pid, name);
    if (await waitForEnd(pid, ms)) return;
  }
}
