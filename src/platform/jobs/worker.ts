import { EventEmitter } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import type { JobHelpers, Runner, TaskList, WorkerEvents } from 'graphile-worker';
import { Logger, run } from 'graphile-worker';
import type { PoolClient } from 'pg';
import { Pool } from 'pg';
import { describeFailure, JobError } from './job-error.ts';
import type { Liveness } from './liveness.ts';
import { startLiveness } from './liveness.ts';
import { patientPool } from './patient-pool.ts';

export type WorkerLog = (level: 'info' | 'warn' | 'error', message: string) => void;

/** What a task knows of its job besides the payload. */
export type Job = {
  id: string;
  /** 1 for the first try. */
  attempt: number;
  lastAttempt: boolean;
  /** Ends when the worker is told to stop and the job should hurry. */
  signal: AbortSignal;
  /** The owner's connection, for housekeeping that no actor may do. */
  asOwner: <T>(work: (client: PoolClient) => Promise<T>) => Promise<T>;
};

/** May be run again after any failure or crash: what it does must be safe to repeat. */
export type JobTask = (payload: unknown, job: Job) => Promise<void>;

export type WorkerOptions = {
  ownerUrl: string;
  tasks: Readonly<Record<string, JobTask>>;
  /** Lines of graphile-worker's crontab; times are UTC (JST − 9 hours). */
  crontab: string;
  log: WorkerLog;
  /** Jobs at the same time. */
  concurrency?: number;
  /** Waiting jobs are announced by the database; this is only for those planned for later. */
  pollMs?: number;
  /** After this long a silent lock of a killed worker is given back, in seconds. */
  graceSeconds?: number;
};

export type RunningWorker = {
  /** Takes no new job, waits for those at work, closes the connections. */
  stop: () => Promise<void>;
};

const RESTART_MS = 1000;
const BARREN_MS = 2000;

/** The queue logs only what it could not do; its own words about a failed task quote our safe description. */
function queueLogger(log: WorkerLog): Logger {
  return new Logger(() => (level, message) => {
    if (level === 'error') log('error', message.split('\n')[0] ?? '');
    if (level === 'warning') log('warn', message.split('\n')[0] ?? '');
  });
}

function openPool(options: WorkerOptions): Pool {
  const pool = new Pool({
    connectionString: options.ownerUrl,
    max: (options.concurrency ?? 4) + 3,
    connectionTimeoutMillis: 5000,
    keepAlive: true,
    options: '-c timezone=Asia/Tokyo -c idle_in_transaction_session_timeout=60000',
  });
  const onError = (error: Error): void => options.log('warn', `job connection: ${describeFailure(error)}`);
  pool.on('error', onError);
  pool.on('connect', (client) => client.on('error', onError));
  return pool;
}

function taskList(options: WorkerOptions): TaskList {
  const wrap =
    (task: JobTask) =>
    async (payload: unknown, helpers: JobHelpers): Promise<void> => {
      const { job } = helpers;
      try {
        await task(payload, {
          id: job.id,
          attempt: job.attempts,
          lastAttempt: job.attempts >= job.max_attempts,
          signal: helpers.abortSignal,
          asOwner: helpers.withPgClient,
        });
      } catch (error) {
        // The queue stores and logs this message, so the original with its values must not get there.
        const safe = new JobError(describeFailure(error));
        safe.stack = '';
        throw safe;
      }
    };
  return Object.fromEntries(Object.entries(options.tasks).map(([name, task]) => [name, wrap(task)]));
}

async function launch(options: WorkerOptions, pool: Pool, liveness: Liveness): Promise<Runner> {
  const events = new EventEmitter() as WorkerEvents;
  const poolIds: string[] = [];
  events.on('pool:create', ({ workerPool }) => poolIds.push(workerPool.id));
  events.on('job:failed', ({ job }) =>
    options.log('error', `job ${job.task_identifier} ${job.id} given up after ${job.attempts} attempts`),
  );
  const runner = await run({
    pgPool: patientPool(pool),
    taskList: taskList(options),
    crontab: options.crontab,
    concurrency: options.concurrency ?? 4,
    pollInterval: options.pollMs ?? 2000,
    noHandleSignals: true,
    logger: queueLogger(options.log),
    events,
  });
  runner.promise.catch(() => undefined); // the supervisor below looks at it; until then it must not count as unhandled
  endWhenBarren(runner, events);
  await liveness.vouchFor(poolIds);
  return runner;
}

/**
 * The queue remembers for ever when its very first look at the database failed, and then never finds a job again. One that
 * has met nothing but failures for some seconds is ended, and the supervisor starts another.
 */
function endWhenBarren(runner: Runner, events: WorkerEvents): void {
  let since: number | undefined;
  let ended = false;
  const wellAgain = (): void => {
    since = undefined;
  };
  events.on('worker:getJob:empty', wellAgain);
  events.on('job:start', wellAgain);
  events.on('worker:getJob:error', () => {
    since ??= performance.now();
    if (ended || performance.now() - since < BARREN_MS) return;
    ended = true;
    runner.stop('no job can be fetched').catch(() => undefined); // it has ended by itself meanwhile: all the better
  });
}

type Launch = () => Promise<Runner>;

/** Keeps a queue running until it is told to stop: one that ends by itself is started again. */
function supervise(first: Runner, launchAgain: Launch, log: WorkerLog): { stop: () => Promise<void> } {
  let runner = first;
  const stopping = new AbortController();

  async function keepRunning(): Promise<void> {
    let ended = runner.promise;
    while (!stopping.signal.aborted) {
      await ended.catch((error: unknown) => log('error', `job queue: ${describeFailure(error)}`));
      await setTimeout(RESTART_MS, undefined, { signal: stopping.signal }).catch(() => undefined); // only ever cut short
      if (stopping.signal.aborted) return;
      try {
        runner = await launchAgain();
        ended = runner.promise;
        log('warn', 'job queue: started again');
      } catch (error) {
        ended = Promise.reject(error);
        ended.catch(() => undefined); // looked at in the next round
      }
    }
    await stopRunner();
  }

  async function stopRunner(): Promise<void> {
    await runner.stop().catch((error: unknown) => log('info', `job queue: ${describeFailure(error)}`));
  }

  const kept = keepRunning();
  return {
    stop: async () => {
      stopping.abort();
      await stopRunner();
      await kept;
    },
  };
}

/**
 * Starts working on jobs. Survives the loss of the database.
 * @throws what the first start met, e.g. a database that is not there
 */
export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const pool = openPool(options);
  let liveness: Liveness | undefined;
  try {
    const alive = await startLiveness({
      ownerUrl: options.ownerUrl,
      log: (message) => options.log('warn', message),
      graceSeconds: options.graceSeconds,
    });
    liveness = alive;
    const supervised = supervise(await launch(options, pool, alive), () => launch(options, pool, alive), options.log);
    return {
      stop: async () => {
        await supervised.stop();
        await alive.stop();
        await pool.end();
      },
    };
  } catch (error) {
    await liveness?.stop();
    await pool.end();
    throw error;
  }
}
