import { loginOf } from '#features/identity/commands/change-login.ts';
import { accountMail } from '#features/identity/queries/account-mail.ts';
import { run } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import { readTransaction, writeTransaction } from '#platform/db/transaction.ts';
import { JobError } from '#platform/jobs/job-error.ts';
import type { EventPayload, Reactions } from '#platform/jobs/reactions.ts';
import { queueMail } from '#platform/mail/queue-mail.ts';
import { inviteFirstAdmin } from './commands/invite-first-admin.ts';
import { issueInvitation } from './commands/issue-invitation.ts';
import { takeOverViews } from './commands/take-over-views.ts';
import { findInvitation } from './invitation.store.server.ts';
import { declinedMail, factorLiftedMail } from './mails/texts.ts';
import { officeEndReactions } from './office-end.ts';

function idOf(payload: EventPayload): string {
  const { invitationId } = payload;
  if (typeof invitationId !== 'string') throw new JobError('an invitation without its id');
  return invitationId;
}

async function issue(ctx: Context, payload: EventPayload): Promise<void> {
  const issued = await run(issueInvitation, ctx, { id: idOf(payload) });
  // Sent already, or taken back meanwhile: nothing is left to do.
  if (!issued.ok && issued.refusal.code !== 'conflict') throw new JobError(`an invitation was not sent: ${issued.refusal.code}`);
}

async function tellInviter(ctx: Context, payload: EventPayload): Promise<void> {
  const id = idOf(payload);
  const invitation = await readTransaction(ctx, async (tx) => await findInvitation(tx, id));
  if (invitation === undefined) throw new JobError('an invitation that is not there');
  const to = await accountMail(ctx.database, invitation.invitedBy);
  if (to === undefined) return;
  const text = declinedMail({ name: `${invitation.surname} ${invitation.givenName}`, link: `${ctx.site.origin}/office/staff-members` });
  await writeTransaction(ctx, async (tx) => {
    await queueMail(tx, { template: 'M-30', dedupeKey: `M-30:declined:${id}`, to, ...text });
    return { value: undefined, commit: true };
  });
}

/** M-05: a 管理者 has taken the second factor away. */
async function tellLifted(ctx: Context, payload: EventPayload): Promise<void> {
  const { accountId, outboxId } = payload;
  if (typeof accountId !== 'string') throw new JobError('a lifted second factor without its account');
  const login = await loginOf(ctx, accountId);
  const to = login?.mail ?? '';
  if (login === undefined || to === '') return;
  const text = factorLiftedMail({ name: login.displayName, at: ctx.now, link: `${ctx.site.origin}/login` });
  await writeTransaction(ctx, async (tx) => {
    await queueMail(tx, { template: 'M-05', dedupeKey: `M-05:lifted:${String(outboxId)}`, to, ...text });
    return { value: undefined, commit: true };
  });
}

async function moveViews(ctx: Context, { fromStaffId, toStaffId }: EventPayload): Promise<void> {
  const moved = await run(takeOverViews, ctx, { fromStaffId, toStaffId });
  if (!moved.ok) throw new JobError(`saved conditions were not handed over: ${moved.refusal.code}`);
}

async function inviteNamed(ctx: Context, { firstAdminId }: EventPayload): Promise<void> {
  const invited = await run(inviteFirstAdmin, ctx, { id: firstAdminId });
  // Invited already, or the association does not exist yet: its day will come.
  if (!invited.ok && invited.refusal.code !== 'conflict') throw new JobError(`a first admin was not invited: ${invited.refusal.code}`);
}

/** What follows an invitation (its mail, news of a refusal), a lifted second factor and 引継ぎ (`screens.md O-17, A-13`). */
export const staffReactions: Reactions = {
  ...officeEndReactions,
  'association.firstAdminNamed': inviteNamed,
  'staff.invited': issue,
  'staff.invitationDeclined': tellInviter,
  'staff.factorLifted': tellLifted,
  'staff.handedOver': moveViews,
};
