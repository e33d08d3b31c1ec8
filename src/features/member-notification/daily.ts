import { createHash } from 'node:crypto';
import { associationsById } from '#features/association/queries/directory.ts';
import { officeMailAddresses } from '#features/staff/queries/recipients.ts';
import { run } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import { writeTransaction } from '#platform/db/transaction.ts';
import { JobError } from '#platform/jobs/job-error.ts';
import { queueMail } from '#platform/mail/queue-mail.ts';
import { takeUntoldByOffice } from './commands/take-untold.ts';
import { tellDay } from './commands/tell-day.ts';
import { isKind, kindLabels } from './labels.ts';
import { dailyMail } from './mails/texts.ts';

/** What the days bring to 会員関連通知. Safe to repeat. */

/** 効力発生 and what ends soon; a missed day is made up by the next round. */
export async function tellWhatTheDayBrings(ctx: Context): Promise<void> {
  const told = await run(tellDay, ctx, {});
  if (!told.ok) throw new JobError(`refused: ${told.refusal.code}`);
}

/** Keys of mails hold no address. */
function keyOf(to: string): string {
  return createHash('sha256').update(to).digest('hex').slice(0, 16);
}

/** M-44 to every office with something unread that no earlier round has told: after an outage nothing is missing. */
export async function mailNewNotifications(ctx: Context): Promise<void> {
  await writeTransaction(ctx, async (tx) => {
    const offices = await takeUntoldByOffice(tx, ctx.now);
    const names = new Map((await associationsById(tx, [...offices.keys()], ctx.today)).map((one) => [one.id, one.name]));
    for (const [associationId, counts] of offices) {
      const shown = counts.flatMap(({ kind, count }) => (isKind(kind) ? [{ label: kindLabels[kind], count }] : []));
      const mail = dailyMail({
        office: names.get(associationId) ?? '',
        counts: shown,
        link: `${ctx.site.origin}/office/member-notifications`,
      });
      for (const to of await officeMailAddresses(tx, associationId, ctx.today)) {
        await queueMail(tx, { template: 'M-44', dedupeKey: `M-44:${associationId}:${ctx.now.toISOString()}:${keyOf(to)}`, to, ...mail });
      }
    }
    return { value: undefined, commit: true };
  });
}
