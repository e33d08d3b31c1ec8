import type { OfficeActor } from '#kernel/actor.ts';
import type { Outcome, Refused } from '#kernel/refusal.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { agreeAsNewcomer } from '#features/identity/commands/agree-to-terms.ts';
import { accountConstraints, prepareLogin, writeAccount } from '#features/identity/commands/create-account.ts';
import { differingPasswords, newAccountInput } from '#features/identity/schema.ts';
import { auditRow } from '#platform/audit/audit-event.ts';
import { command, run } from '#platform/command/command.ts';
import { fieldErrors } from '#platform/command/parse.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { hashToken, isToken } from '#platform/session/token.ts';
import { openAssociationsById } from '#features/association/queries/directory.ts';
import { z } from 'zod';
import { closeInvitation, findByToken, type Invitation } from '../invitation.store.server.ts';
import { staffMessages } from '../messages.ts';
import { invitationOf } from '../queries/invitation.ts';
import { acceptInput, invitationTokenInput } from '../schema.ts';
import { insertStaff } from '../store.server.ts';

const over = () => refuse('notFound', { message: staffMessages.unusable });

/** The invitation of a link that can still be used. */
async function usable(tx: ReadTransaction, token: string, ctx: Context): Promise<Invitation | undefined> {
  const found = isToken(token) ? await findByToken(tx, hashToken(token)) : undefined;
  if (found === undefined || found.expiresAt === null || found.outcome !== null) return undefined;
  return found.expiresAt > ctx.now ? found : undefined;
}

const systemOnly = (ctx: Context) => (ctx.actor.kind === 'system' ? true : refuse('forbidden'));

/** The link stands still, so that pressing twice cannot make two accounts. */
const lockLink = async (token: string) =>
  await Promise.resolve([{ kind: 'key' as const, id: `invitation:${hashToken(token).toString('hex')}` }]);

/** Puts what a newcomer did into the chain of his office, in the transaction of the act itself. */
async function recordAs(tx: WriteTransaction, ctx: Context, actor: OfficeActor): Promise<void> {
  const row = auditRow({ ...ctx, actor }, { action: 'staff.acceptInvitation', target: actor.staffId, detail: { role: actor.role } });
  await tx
    .insertInto('audit_event')
    .values({ ...row, person_ids: [...row.person_ids] })
    .execute();
}

/** 利用を開始する: account, staff member and end of the invitation together. */
export const acceptInvitation = command({
  name: 'staff.acceptInvitation',
  input: invitationTokenInput.extend({ account: newAccountInput }),
  secret: true,
  locks: async (_tx, { token }) => await lockLink(token),
  load: async (tx, { token }, ctx) => {
    const invitation = await usable(tx, token, ctx);
    if (invitation === undefined) return undefined;
    const [office] = await openAssociationsById(tx, [invitation.associationId], ctx.today);
    return office === undefined ? undefined : { invitation, office };
  },
  allow: systemOnly,
  decide: (_ctx, target, input) => accepted({ ...target, account: input.account }),
  save: async (tx, { ctx, decision: { invitation, office, account } }) => {
    const accountId = await writeAccount(tx, account);
    await agreeAsNewcomer(tx, accountId, { on: ctx.today, at: ctx.now });
    const staffId = await insertStaff(tx, { ...invitation, accountId });
    await closeInvitation(tx, invitation.id, { outcome: 'accepted', at: ctx.now, staffId });
    const { role, associationId } = invitation;
    const newcomer = {
      accountId,
      staffId,
      displayName: account.displayName,
      associationId,
      associationName: office.name,
      layer: office.layer,
    };
    await recordAs(tx, ctx, { kind: 'office', role, ...newcomer });
    return { value: { staffId }, audit: { action: 'staff.invitationAccepted', target: invitation.id, detail: { staffId } }, events: [] };
  },
  constraints: accountConstraints,
});

/** 心当たりがない: ends the invitation; the 管理者 who invited is told. */
export const declineInvitation = command({
  name: 'staff.declineInvitation',
  input: invitationTokenInput,
  secret: true,
  locks: async (_tx, { token }) => await lockLink(token),
  load: async (tx, { token }, ctx) => await usable(tx, token, ctx),
  allow: systemOnly,
  decide: (_ctx, target) => accepted(target),
  save: async (tx, { ctx, decision }) => {
    await closeInvitation(tx, decision.id, { outcome: 'declined', at: ctx.now });
    return {
      value: { id: decision.id },
      audit: { action: 'staff.declineInvitation', target: decision.id },
      events: [{ kind: 'staff.invitationDeclined', payload: { invitationId: decision.id } }],
    };
  },
});

const passwords = z.object({ password: z.string().default(''), passwordRepeat: z.string().default('') });

type Checked = { loginId: string; passwordHash: string };

/** All messages of the form at once. */
async function check(raw: unknown, names: readonly string[]): Promise<Outcome<Checked>> {
  const form = acceptInput.safeParse(raw);
  const repeated = differingPasswords(passwords.catch({ password: '', passwordRepeat: '' }).parse(raw));
  const login = await prepareLogin(raw, names);
  if (!login.ok && login.refusal.code !== 'invalid') return login;
  if (form.success && repeated === undefined && login.ok) return login;
  return refuseFields({
    ...(login.ok ? {} : login.refusal.fields),
    ...(repeated === undefined ? {} : { passwordRepeat: [repeated] }),
    ...(form.success ? {} : fieldErrors(form.error)),
  });
}

const asInvitation = (ctx: Context): Context => ({ ...ctx, actor: { kind: 'system', name: 'invitation' } });

const plain = (outcome: Outcome<unknown>): Refused | undefined =>
  outcome.ok ? undefined : outcome.refusal.code === 'notFound' ? over() : outcome;

/** The form of A-13: checks the link before anything is told or hashed. */
export async function startUsing(ctx: Context, token: string, raw: unknown): Promise<Outcome<true>> {
  const found = await invitationOf(ctx, token);
  if (!found.ok) return found;
  const { surname, givenName, mail } = found.value;
  const login = await check(raw, [surname, givenName]);
  if (!login.ok) return login;
  const account = { ...login.value, kind: 'staff', displayName: `${surname} ${givenName}`, mail };
  const outcome = await run(acceptInvitation, asInvitation(ctx), { token, account });
  return plain(outcome) ?? accepted(true);
}

/** The other button of A-13. */
export async function declineUsing(ctx: Context, token: string): Promise<Outcome<true>> {
  return plain(await run(declineInvitation, asInvitation(ctx), { token })) ?? accepted(true);
}
