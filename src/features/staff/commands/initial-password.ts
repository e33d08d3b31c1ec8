import { accepted } from '#kernel/refusal.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import { command, run } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import { newShortSecret, tokenOfSecret } from '#platform/session/short-secret.ts';
import { hashToken, isToken } from '#platform/session/token.ts';
import { z } from 'zod';
import { findInvitation, keepLink } from '../invitation.store.server.ts';
import { staffTargetInput } from '../schema.ts';
import { allowedInvitation, stillOpen } from './manage-invitation.ts';

const hourMs = 3_600_000;

const issue = command({
  name: 'staff.issueInitialPassword',
  input: staffTargetInput.extend({ token: z.string().refine(isToken) }),
  secret: true,
  locks: async (_tx, { id }) => await Promise.resolve([{ kind: 'application' as const, id }]),
  load: async (tx, { id }) => {
    const invitation = await findInvitation(tx, id);
    return invitation === undefined ? undefined : { invitation, hours: (await systemSettingsOf(tx)).initialPasswordHours };
  },
  allow: (ctx, { invitation }) => allowedInvitation(ctx, invitation),
  decide: (_ctx, { invitation }, { version }) => stillOpen(invitation, version),
  save: async (tx, { ctx, target: { hours }, decision, input }) => {
    const until = new Date(ctx.now.getTime() + hours * hourMs);
    // The round counts as sent: a mail that is still to be made would put its own link over this one.
    await keepLink(tx, decision.id, { tokenHash: hashToken(input.token), expiresAt: until, round: decision.round });
    return { value: { until }, audit: { action: 'staff.issueInitialPassword', target: decision.id }, events: [] };
  },
});

type InitialPassword = { initialPassword: string; until: Date };

/**
 * 初期パスワードを発行する (`screens.md O-17`), where mail is impossible: made by the system, shown once, good for a day, and only
 * to choose one's own login with it. The link of the mail ends at once.
 */
export async function issueInitialPassword(ctx: Context, target: { id: string; version: unknown }): Promise<Outcome<InitialPassword>> {
  const initialPassword = newShortSecret();
  const outcome = await run(issue, ctx, { ...target, token: tokenOfSecret(initialPassword) });
  return outcome.ok ? accepted({ initialPassword, until: outcome.value.until }) : outcome;
}
