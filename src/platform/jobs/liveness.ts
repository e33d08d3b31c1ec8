import { Client } from 'pg';
import { describeFailure } from './job-error.ts';

/** Jobs younger than this may belong to a worker that is just starting or has just lost its connection. */
const GRACE_SECONDS = 10;
const SWEEP_MS = 10_000;
const RECONNECT_MS = 1000;

/** Gives back the jobs of workers that no longer hold their lock: killed processes, lost machines. */
const sweepSql = `
  WITH holders AS (
    SELECT DISTINCT locked_by FROM graphile_worker.jobs
    WHERE locked_by <> ALL ($2) AND locked_at < now() - make_interval(secs => $1)
  ), dead AS MATERIALIZED (
    SELECT locked_by FROM holders WHERE pg_try_advisory_xact_lock(hashtextextended('mamis-worker:' || locked_by, 0))
  )
  SELECT graphile_worker.force_unlock_workers(array_agg(locked_by)) FROM dead HAVING count(*) > 0`;

export type Liveness = {
  /** From now on this process vouches for the jobs locked under these names, and for no others. */
  vouchFor: (workerPoolIds: readonly string[]) => Promise<void>;
  stop: () => Promise<void>;
};

type Options = { ownerUrl: string; log: (message: string) => void; graceSeconds?: number; sweepMs?: number };

/**
 * The job queue itself gives a killed worker's jobs back only after four hours. Here every worker holds an advisory
 * lock for as long as it lives, and whoever can take that lock knows that the worker is gone.
 */
export async function startLiveness(options: Options): Promise<Liveness> {
  let ids: readonly string[] = [];
  let stopping = false;
  let client = await connect();

  async function connect(): Promise<Client> {
    const fresh = new Client({ connectionString: options.ownerUrl, keepAlive: true, connectionTimeoutMillis: 5000 });
    fresh.on('error', (error) => options.log(`job liveness connection: ${describeFailure(error)}`));
    await fresh.connect();
    await takeLocks(fresh, ids);
    fresh.once('end', () => {
      if (!stopping) void reconnect();
    });
    return fresh;
  }

  async function reconnect(): Promise<void> {
    while (!stopping) {
      try {
        client = await connect();
        return;
      } catch (error) {
        options.log(`job liveness connection: ${describeFailure(error)}`);
        await new Promise((resolve) => setTimeout(resolve, RECONNECT_MS));
      }
    }
  }

  async function sweep(): Promise<void> {
    try {
      await client.query(sweepSql, [options.graceSeconds ?? GRACE_SECONDS, ids]);
    } catch (error) {
      options.log(`job sweep: ${describeFailure(error)}`);
    }
  }

  const sweeping = repeat(sweep, options.sweepMs ?? SWEEP_MS);
  return {
    vouchFor: async (workerPoolIds) => {
      ids = workerPoolIds;
      await client.query('SELECT pg_advisory_unlock_all()');
      await takeLocks(client, ids);
    },
    stop: async () => {
      stopping = true;
      await sweeping.stop();
      await client.end();
    },
  };
}

async function takeLocks(holder: Client, ids: readonly string[]): Promise<void> {
  await holder.query("SELECT pg_advisory_lock(hashtextextended('mamis-worker:' || id, 0)) FROM unnest($1::text[]) AS id", [ids]);
}

/** Works now, and again `pauseMs` after each end, until it is stopped; `stop` waits for the work under way. */
function repeat(work: () => Promise<void>, pauseMs: number): { stop: () => Promise<void> } {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let working = round();

  async function round(): Promise<void> {
    await work();
    if (stopped) return;
    timer = setTimeout(() => {
      working = round();
    }, pauseMs);
    timer.unref();
  }

  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await working;
    },
  };
}
