import { z } from 'zod';
import type { Context, Surroundings } from '../context.ts';
import { makeContext } from '../context.ts';
import { JobError } from './job-error.ts';
import type { JobTask } from './worker.ts';

/** What an event says: ids, numbers and short words only, never personal data. `outboxId` names the event itself. */
export type EventPayload = Readonly<Record<string, string | number | null>>;

/**
 * Follows a committed change: a mail, a further command. Runs as the system, at least once: a repetition must change
 * nothing more (mails carry a dedupe key, commands an idempotency key).
 */
export type Reaction = (ctx: Context, payload: EventPayload) => Promise<void>;

/** Reactions of one feature by kind of event, e.g. `application.submitted`. Several features may react to one kind. */
export type Reactions = Readonly<Record<string, Reaction>>;

const jobPayload = z.object({ outboxId: z.number().int() });
const eventPayload = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));

type OutboxRow = { kind: string; payload: unknown };

export type ReactOptions = { surroundings: Surroundings; reactions: readonly Reactions[]; clock: () => Date };

/** The task `react`: hands one event of the outbox to everybody who waits for its kind; a kind without reactions is fine. */
export function reactTask(options: ReactOptions): JobTask {
  const { surroundings, reactions, clock } = options;
  return async (raw) => {
    const { outboxId } = jobPayload.parse(raw);
    const found = await surroundings.database.system.query<OutboxRow>('SELECT kind, payload FROM outbox WHERE id = $1', [outboxId]);
    const [row] = found.rows;
    if (row === undefined) throw new JobError(`outbox row ${outboxId} is not there`);
    const { requestId, ...said } = eventPayload.parse(row.payload);
    const payload = { ...said, outboxId };
    const ctx = makeContext(surroundings, {
      actor: { kind: 'system', name: 'reactions' },
      now: clock(),
      requestId: typeof requestId === 'string' ? requestId : '',
    });
    for (const own of reactions) {
      if (Object.hasOwn(own, row.kind)) await own[row.kind]?.(ctx, { ...payload, outboxId });
    }
  };
}
