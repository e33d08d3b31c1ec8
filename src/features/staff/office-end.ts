import { createHash } from 'node:crypto';
import { addDays } from '#kernel/day.ts';
import type { Ending } from '#features/association/queries/reorganisation.ts';
import { endingOf } from '#features/association/queries/reorganisation.ts';
import { run } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import { writeTransaction } from '#platform/db/transaction.ts';
import { JobError } from '#platform/jobs/job-error.ts';
import type { Reactions } from '#platform/jobs/reactions.ts';
import { queueMails } from '#platform/mail/queue-mail.ts';
import { endOfficeStaff } from './commands/end-office.ts';
import type { MailText } from './mails/texts.ts';
import { officeEndMail, officeGrowsMail, officeStaysMail } from './mails/texts.ts';
import { adminMailAddresses } from './queries/recipients.ts';

/** What the end of an association is to the people who work there (`screens.md J-02`). */

function textFor({ from, to, startsOn, planned }: Ending, own: boolean, origin: string): MailText {
  const login = `${origin}/login`;
  if (!planned) return officeStaysMail({ from: from.name, link: login });
  if (!own) return officeGrowsMail({ from: from.name, to: to?.name ?? '', startsOn, link: `${origin}/office/staff-members` });
  return officeEndMail({ from: from.name, to: to?.name, startsOn, lastDay: addDays(startsOn, -1), link: login });
}

/** The 管理者 of the association that ends, and of the one that takes its members over, hear of it as soon as it is reserved. */
async function tellAdmins(ctx: Context, changeId: unknown): Promise<void> {
  if (typeof changeId !== 'string') throw new JobError('the end of an association without its change');
  await writeTransaction(ctx, async (tx) => {
    const ending = await endingOf(tx, changeId);
    if (ending === undefined) throw new JobError('the end of an association that is not there');
    const ids = [ending.from.id, ...(ending.to === undefined ? [] : [ending.to.id])];
    const admins = await adminMailAddresses(tx, ids, ctx.today);
    await queueMails(
      tx,
      admins.map(({ associationId, mail }) => ({
        template: 'M-31' as const,
        dedupeKey: `M-31:end:${changeId}:${ending.planned}:${associationId}:${createHash('sha256').update(mail).digest('hex').slice(0, 16)}`,
        to: mail,
        ...textFor(ending, associationId === ending.from.id, ctx.site.origin),
      })),
    );
    return { value: undefined, commit: true };
  });
}

export const officeEndReactions: Reactions = {
  'association.endPlanned': async (ctx, { changeId }) => {
    await tellAdmins(ctx, changeId);
  },
  'association.closed': async (ctx, { associationId, lastDay }) => {
    const ended = await run(endOfficeStaff, ctx, { associationId, lastDay });
    if (!ended.ok) throw new JobError(`the staff of an association that is no more were not ended: ${ended.refusal.code}`);
  },
};
