import type { StaffRole } from '#kernel/actor.ts';
import type { Day } from '#kernel/day.ts';
import { addDays, dayOfInstant } from '#kernel/day.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { refuse } from '#kernel/refusal.ts';
import { associationsById } from '#features/association/queries/directory.ts';
import { ask, query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import { hashToken, isToken } from '#platform/session/token.ts';
import { findByToken } from '../invitation.store.server.ts';
import { staffMessages } from '../messages.ts';
import { invitationTokenInput } from '../schema.ts';

export type InvitationView = {
  office: string;
  surname: string;
  givenName: string;
  role: StaffRole;
  validUntil: Day;
  inviter: string;
  mail: string;
  usableUntil: Day;
};

const invitationByToken = query({
  name: 'staff.invitation',
  input: invitationTokenInput,
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  read: async (tx, { token }, ctx): Promise<InvitationView | undefined> => {
    const found = isToken(token) ? await findByToken(tx, hashToken(token)) : undefined;
    if (found === undefined || found.expiresAt === null || found.outcome !== null || found.expiresAt <= ctx.now) return undefined;
    const [office] = await associationsById(tx, [found.associationId], ctx.today);
    if (office === undefined) return undefined;
    const { surname, givenName, role, validUntil, mail } = found;
    const usableUntil = addDays(dayOfInstant(found.expiresAt), -1);
    return { office: office.name, surname, givenName, role, validUntil, mail, inviter: found.invitedByName, usableUntil };
  },
  audit: 'nothing',
});

/** What A-13 shows to whoever holds the link; refused when it is over. Asked before anybody is known, so as the system. */
export async function invitationOf(ctx: Context, token: string): Promise<Outcome<InvitationView>> {
  const outcome = await ask(invitationByToken, { ...ctx, actor: { kind: 'system', name: 'invitation' } }, { token });
  if (outcome.ok || (outcome.refusal.code !== 'notFound' && outcome.refusal.code !== 'invalid')) return outcome;
  return refuse('notFound', { message: staffMessages.unusable });
}
