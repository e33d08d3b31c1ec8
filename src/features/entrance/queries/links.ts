import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import { loginOf } from '#features/identity/commands/change-login.ts';
import { factorState } from '#features/identity/commands/second-factor.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { accepted } from '#kernel/refusal.ts';
import { formatInstant } from '#kernel/wareki.ts';
import { ask, query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import { hashToken, isToken } from '#platform/session/token.ts';
import { z } from 'zod';
import { asEntrance } from '../as-entrance.ts';
import { findLink, isByLetter, resetPurposes } from '../recovery.store.server.ts';
import { type LinkState, linkState, maskedMail } from '../rules.ts';

const link = query({
  name: 'entrance.accountLink',
  input: z.object({ token: z.string(), purpose: z.enum(['reset', 'mail', 'oldMail']) }),
  allow: () => true,
  read: async (tx, { token, purpose }, ctx) => {
    const settings = await systemSettingsOf(tx);
    const found = isToken(token) ? await findLink(tx, hashToken(token), purpose === 'reset' ? resetPurposes : [purpose]) : undefined;
    const state = linkState(found, ctx.now);
    return {
      state,
      accountId: state === 'open' ? (found?.accountId ?? '') : '',
      byLetter: found !== undefined && isByLetter(found),
      mail: found?.mail ?? '',
      expiresAt: found?.expiresAt,
      settings,
    };
  },
  audit: 'nothing',
});

/** `loginId` for whoever came by a letter: he may choose another one. */
type ResetLink = { state: LinkState; hours: number; accountId: string; factor: boolean; loginId: string | undefined };

/** What a link of M-04, or of a letter's code, is worth; the account, and whether it asks for a second proof, only while it is open. */
export async function resetLink(ctx: Context, token: string): Promise<Outcome<ResetLink>> {
  const found = await ask(link, asEntrance(ctx), { token, purpose: 'reset' });
  if (!found.ok) return found;
  const { state, accountId, byLetter, settings } = found.value;
  const login = byLetter && accountId !== '' ? await loginOf(ctx, accountId) : undefined;
  const factor = accountId !== '' && (await factorState(ctx, accountId, ctx.actor)).set;
  return accepted({ state, accountId, factor, loginId: login?.loginId, hours: settings.resetLinkHours });
}

export type MailLink = { state: LinkState; hours: number; mail: string; accountId: string };

/** What a link of M-09 is worth, and the new address, masked. */
export async function mailLink(ctx: Context, token: string): Promise<Outcome<MailLink>> {
  const found = await ask(link, asEntrance(ctx), { token, purpose: 'mail' });
  if (!found.ok) return found;
  const { state, mail, accountId, settings } = found.value;
  return accepted({ state, accountId, mail: state === 'open' ? maskedMail(mail) : '', hours: settings.mailCheckHours });
}

export type OldMailLink = { state: LinkState; mail: string; appliesAt: string };

/** What a link of M-05 to a former address is worth, the new address, masked, and when it holds without an answer. */
export async function oldMailLink(ctx: Context, token: string): Promise<Outcome<OldMailLink>> {
  const found = await ask(link, asEntrance(ctx), { token, purpose: 'oldMail' });
  if (!found.ok) return found;
  const { state, mail, expiresAt } = found.value;
  const open = state === 'open' && expiresAt !== undefined;
  return accepted({ state, mail: open ? maskedMail(mail) : '', appliesAt: open ? formatInstant(expiresAt) : '' });
}
