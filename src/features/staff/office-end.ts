import { createHash } from 'node:crypto';
import { addDays } from '#kernel/day.ts';
import type { Ending } from '#features/association/queries/reorganisation.ts';
import { associationsById } from '#features/association/queries/directory.ts';
import { endingOf } from '#features/association/queries/reorganisation.ts';
import { run } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import { writeTransaction } from '#platform/db/transaction.ts';
import { JobError } from '#platform/jobs/job-error.ts';
import type { EventPayload, Reactions } from '#platform/jobs/reactions.ts';
import { queueMail, queueMails } from '#platform/mail/queue-mail.ts';
import { endOfficeStaff } from './commands/end-office.ts';
import type { MailText } from './mails/texts.ts';
import { roleLabel } from './labels.ts';
import { carriedOverMail, officeEndMail, officeGrowsMail, officeStaysMail } from './mails/texts.ts';
import { carriedMember } from './queries/carried.ts';
import { adminMailAddresses } from './queries/recipients.ts';

/** What the end of an association is to the people who work there (`screens.md J-02`). */

function textFor({ from, to, startsOn, carriesStaff, planned }: Ending, own: boolean, origin: string): MailText {
  const login = `${origin}/login`;
  if (!planned) return officeStaysMail({ from: from.name, link: login });
  if (!own) return officeGrowsMail({ from: from.name, to: to?.name ?? '', carriesStaff, startsOn, link: `${origin}/office/staff-members` });
  return officeEndMail({ from: from.name, to: to?.name, carriesStaff, startsOn, lastDay: addDays(startsOn, -1), link: login });
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

/** Each who has been carried over hears of it, in one mail. */
async function tellCarried(ctx: Context, { staffId, fromAssociationId }: EventPayload): Promise<void> {
  if (typeof staffId !== 'string' || typeof fromAssociationId !== 'number') throw new JobError('a carried staff member without its id');
  await writeTransaction(ctx, async (tx) => {
    const one = await carriedMember(tx, staffId);
    if (one === undefined) return { value: undefined, commit: false };
    const offices = await associationsById(tx, [fromAssociationId, one.associationId], ctx.today);
    const nameOf = (id: number) => offices.find((office) => office.id === id)?.name ?? '';
    const text = carriedOverMail({
      name: one.name,
      from: nameOf(fromAssociationId),
      to: nameOf(one.associationId),
      role: roleLabel(one.role),
      until: one.validUntil,
      link: `${ctx.site.origin}/login`,
    });
    await queueMail(tx, { template: 'M-31', dedupeKey: `M-31:carried:${staffId}`, to: one.mail, ...text });
    return { value: undefined, commit: true };
  });
}

export const officeEndReactions: Reactions = {
  'association.endPlanned': async (ctx, { changeId }) => {
    await tellAdmins(ctx, changeId);
  },
  'staff.carriedOver': tellCarried,
  'association.closed': async (ctx, { associationId, lastDay, successorId }) => {
    const ended = await run(endOfficeStaff, ctx, { associationId, lastDay, successorId: successorId ?? null });
    if (!ended.ok) throw new JobError(`the staff of an association that is no more were not ended: ${ended.refusal.code}`);
  },
};
