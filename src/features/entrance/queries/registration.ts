import type { Outcome } from '#kernel/refusal.ts';
import { refuse } from '#kernel/refusal.ts';
import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import { ask, query } from '#platform/command/query.ts';
import { type Context, mailDomainOf } from '#platform/context.ts';
import { hashToken, isToken } from '#platform/session/token.ts';
import { z } from 'zod';
import { asEntrance } from '../as-entrance.ts';
import { type LinkState, linkState, maskedMail } from '../rules.ts';
import { findByBrowser, findByLink, type Registration } from '../store.server.ts';

const byLink = query({
  name: 'entrance.link',
  input: z.object({ token: z.string() }),
  allow: () => true,
  read: async (tx, { token }, ctx) => {
    const found = isToken(token) ? await findByLink(tx, hashToken(token)) : undefined;
    const state = linkState(found === undefined ? undefined : { ...found, usedAt: found.openedAt }, ctx.now);
    const { mailCheckHours } = await systemSettingsOf(tx);
    // Whoever has the link of a first login goes back there, not to a registration of somebody new.
    const firstLogin = found !== undefined && found.accountId !== null;
    return { state, hours: mailCheckHours, firstLogin, mail: found === undefined || state !== 'open' ? '' : maskedMail(found.mail) };
  },
  audit: 'nothing',
});

export type RegistrationLink = { state: LinkState; hours: number; mail: string; firstLogin: boolean };

/** What a link of M-01 is worth; the address only masked, for whoever has the link may be a mail scanner. */
export async function linkOf(ctx: Context, token: string): Promise<Outcome<RegistrationLink>> {
  return await ask(byLink, asEntrance(ctx), { token });
}

const times = query({
  name: 'entrance.times',
  input: z.object({}),
  allow: () => true,
  read: async (tx, _input, ctx) => {
    const { mailCheckHours: hours, mailChangeHours: changeHours, mailResendSeconds: resendSeconds } = await systemSettingsOf(tx);
    return { hours, changeHours, resendSeconds, domain: mailDomainOf(ctx.site) };
  },
  audit: 'nothing',
});

export type MailTimes = { hours: number; changeHours: number; resendSeconds: number; domain: string };

/** How long a link of M-01 holds, and where our mails come from. */
export async function mailTimes(ctx: Context): Promise<Outcome<MailTimes>> {
  return await ask(times, asEntrance(ctx), {});
}

const byBrowser = query({
  name: 'entrance.registration',
  input: z.object({ token: z.string().refine(isToken) }),
  allow: () => true,
  read: async (tx, { token }, ctx) => {
    const found = await findByBrowser(tx, hashToken(token));
    return found === undefined || found.completedAt !== null || found.expiresAt <= ctx.now ? undefined : found;
  },
  audit: 'nothing',
});

/** A registration between the mail and its end. */
export type OpenRegistration = Registration;

/** The registration that this browser goes on with; `notFound` when there is none, or no more. */
export async function registrationOf(ctx: Context, token: string | undefined): Promise<Outcome<OpenRegistration>> {
  if (token === undefined || !isToken(token)) return refuse('notFound');
  return await ask(byBrowser, asEntrance(ctx), { token });
}
