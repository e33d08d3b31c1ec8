import type { JobTask } from './worker.ts';

/**
 * The task `clean`: forgets old idempotency records, ended sessions, links, registrations and changes that were never finished. As owner, because row-level security shows
 * idempotency records only to the actor who made them.
 */
export function cleanTask(options: {
  /** A repeated request is recognised this long; forms and retries are far younger (`rules.md 3.11`). */
  idempotencyDays: () => Promise<number>;
}): JobTask {
  return async (_payload, job) => {
    const days = await options.idempotencyDays();
    await job.asOwner(async (client) => {
      await client.query('DELETE FROM idempotency WHERE created_at < now() - make_interval(days => $1)', [days]);
      await client.query('DELETE FROM session WHERE expires_at < now()');
      // What somebody typed and never sent, and links that no longer open anything.
      await client.query('DELETE FROM registration WHERE expires_at < now()');
      await client.query('DELETE FROM account_link WHERE expires_at < now()');
      await client.query("DELETE FROM profile_draft WHERE saved_at < now() - interval '24 hours'");
    });
  };
}
