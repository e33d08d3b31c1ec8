import type { StaffRole } from '#kernel/actor.ts';
import type { Day } from '#kernel/day.ts';
import { dayOfInstant } from '#kernel/day.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { openAssociationsById } from '#features/association/queries/directory.ts';
import { ask, query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import { fieldErrors } from '#platform/command/parse.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import { tokenOfSecret } from '#platform/session/short-secret.ts';
import { hashToken, isToken } from '#platform/session/token.ts';
import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import { findByToken } from '../invitation.store.server.ts';
import { staffMessages } from '../messages.ts';
import { initialPasswordInput, invitationTokenInput } from '../schema.ts';

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
    const [office] = await openAssociationsById(tx, [found.associationId], ctx.today);
    if (office === undefined) return undefined;
    const { surname, givenName, role, validUntil, mail } = found;
    const usableUntil = dayOfInstant(new Date(found.expiresAt.getTime() - 1));
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

/** The word of the link that an 初期パスワード stands for (O-17, A-13). */
export async function linkOfInitialPassword(ctx: Context, raw: unknown): Promise<Outcome<string>> {
  const parsed = initialPasswordInput.safeParse(raw);
  if (!parsed.success) return refuseFields(fieldErrors(parsed.error));
  const token = tokenOfSecret(parsed.data.initialPassword);
  const found = await invitationOf(ctx, token);
  if (found.ok) return accepted(token);
  if (found.refusal.code !== 'notFound') return found;
  const { initialPasswordHours } = await readTransaction(ctx, (tx) => systemSettingsOf(tx));
  return refuseFields({ initialPassword: [staffMessages.wrongInitialPassword(initialPasswordHours)] });
}
