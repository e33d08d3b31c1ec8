import type { JobTask } from './worker.ts';

/** A repeated request is recognised this long; forms and retries are far younger (`rules.md 3.11`). */
const IDEMPOTENCY_DAYS = 7;

/**
 * The task `clean`: forgets old idempotency records and ended sessions. As owner, because row-level security shows
 * idempotency records only to the actor who made them.
 */
export function cleanTask(): JobTask {
  return async (_payload, job) => {
    await job.asOwner(async (client) => {
      await client.query('DELETE FROM idempotency WHERE created_at < now() - make_interval(days => $1)', [IDEMPOTENCY_DAYS]);
      await client.query('DELETE FROM session WHERE expires_at < now()');
    });
  };
}
