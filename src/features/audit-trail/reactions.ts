import { createHash } from 'node:crypto';
import { operationsMailAddresses } from '#features/staff/queries/recipients.ts';
import type { Context } from '#platform/context.ts';
import { writeTransaction } from '#platform/db/transaction.ts';
import { JobError } from '#platform/jobs/job-error.ts';
import type { EventPayload, Reactions } from '#platform/jobs/reactions.ts';
import { queueMail } from '#platform/mail/queue-mail.ts';
import { mismatchMail } from './mails/texts.ts';

/** Keys of mails hold no address. */
const keyOf = (to: string): string => createHash('sha256').update(to).digest('hex').slice(0, 16);

/** M-55: 運営事務局 hears at once of what the verification has found (`rules.md 8.1`). */
async function tellOperations(ctx: Context, { checkId, chains }: EventPayload): Promise<void> {
  if (typeof checkId !== 'string' || typeof chains !== 'number') throw new JobError('a verification without its id');
  const text = mismatchMail({ chains, link: `${ctx.site.origin}/operations` });
  await writeTransaction(ctx, async (tx) => {
    for (const to of await operationsMailAddresses(tx, ctx.today)) {
      await queueMail(tx, { template: 'M-55', dedupeKey: `M-55:${checkId}:${keyOf(to)}`, to, ...text });
    }
    return { value: undefined, commit: true };
  });
}

export const auditReactions: Reactions = { 'audit.mismatchFound': tellOperations };
