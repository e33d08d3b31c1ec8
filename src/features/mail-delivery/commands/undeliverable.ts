import { isId } from '#kernel/id.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { command, run } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import { JobError } from '#platform/jobs/job-error.ts';
import type { DeliveryReport } from '#platform/mail/delivery-report.ts';
import { z } from 'zod';
import { canBounce } from '../rules.ts';
import { findDelivery, markAccounts, markBounced, markPersons } from '../store.server.ts';

/**
 * A mail did not reach its address, for good: it is 不達, whoever has the address as his own is marked until he confirms one, and
 * the offices hear of it (`screens.md P-08, D-01, O-15`). By the system only: the mail server says so.
 */
const recordUndeliverable = command({
  name: 'mail.undeliverable',
  input: z.object({ mailId: z.string().refine(isId), reason: z.string().max(100) }),
  locks: async (_tx, { mailId }) => [{ kind: 'key', id: `mail:${mailId}` }],
  load: async (tx, { mailId }) => await findDelivery(tx, mailId),
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  decide: (_ctx, mail) => (canBounce(mail.state) ? accepted(mail) : refuse('conflict')),
  save: async (tx, { ctx, decision: mail, input: { mailId, reason } }) => {
    await markBounced(tx, mailId, { reason, at: ctx.now });
    const accountIds = await markAccounts(tx, mail.to, ctx.now);
    const personIds = await markPersons(tx, { to: mail.to, personId: mail.personId, accountIds }, ctx.now);
    return {
      value: true,
      audit: { action: 'mail.undeliverable', target: mailId, personIds, detail: { reason } },
      events: personIds.map((personId) => ({ kind: 'mail.undeliverable', payload: { personId, mailId } })),
    };
  },
});

/** The receiving server refused the recipient while we were sending. Told again after a crash it changes nothing. */
export async function refusedBySmtp(ctx: Context, mailId: string, reason: string): Promise<void> {
  const outcome = await run(recordUndeliverable, ctx, { mailId, reason });
  if (!outcome.ok && outcome.refusal.code !== 'conflict') throw new JobError(`an undelivered mail was not noted: ${outcome.refusal.code}`);
}

/** A report that came later. False when no such mail waits for news: the report is old, or not about one of ours. */
export async function refusedLater(ctx: Context, report: DeliveryReport): Promise<boolean> {
  const outcome = await run(recordUndeliverable, ctx, { mailId: report.mailId, reason: `DSN ${report.status}` });
  if (outcome.ok) return true;
  if (outcome.refusal.code === 'notFound' || outcome.refusal.code === 'conflict') return false;
  throw new JobError(`an undelivered mail was not noted: ${outcome.refusal.code}`);
}
