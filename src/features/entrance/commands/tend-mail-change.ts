import { loginOf } from '#features/identity/commands/change-login.ts';
import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import { actingAccount } from '#kernel/actor.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { command, run } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { isToken, newToken } from '#platform/session/token.ts';
import { z } from 'zod';
import { asEntrance } from '../as-entrance.ts';
import { findWaitingMail, removeWaitingMail } from '../mail-change.store.server.ts';
import { texts } from '../messages.ts';
import { countLinks, findOpenLink, useLinks } from '../recovery.store.server.ts';
import { askNewAddress } from './change-mail.ts';
import { askOldAddress } from './confirm-mail.ts';

/** What may be done with a new mail address while it does not hold yet (D-05): its mail once more, or the way back. */

const hourMs = 3_600_000;
const systemOnly = (ctx: Context) => (ctx.actor.kind === 'system' ? true : refuse('forbidden'));

async function openLink(tx: ReadTransaction, accountId: string, now: Date) {
  return await findOpenLink(tx, accountId, { purpose: 'mail', now });
}

async function sentLately(tx: ReadTransaction, accountId: string, ask: { purpose: 'mail' | 'oldMail'; now: Date }): Promise<number> {
  return await countLinks(tx, accountId, { purpose: ask.purpose, since: new Date(ask.now.getTime() - hourMs) });
}

const again = z.object({ accountId: z.string(), name: z.string(), token: z.string().refine(isToken) });

const sendNewAgain = command({
  name: 'entrance.askNewMailAgain',
  input: again,
  secret: true,
  locks: async (_tx, input) => [{ kind: 'account', id: input.accountId }],
  load: async (tx, { accountId }, ctx) => {
    const link = await openLink(tx, accountId, ctx.now);
    const recent = await sentLately(tx, accountId, { purpose: 'mail', now: ctx.now });
    return link && { link, settings: await systemSettingsOf(tx), recent };
  },
  allow: systemOnly,
  decide: (_ctx, { link, recent, settings }) =>
    recent < settings.mailsPerHour
      ? accepted({ mail: link.mail, hours: settings.mailCheckHours })
      : refuse('tooMany', { message: texts.tooManyMails }),
  save: async (tx, { ctx, decision: { mail, hours }, input: { accountId, name, token } }) => {
    await askNewAddress(tx, ctx, { accountId, name, mail, token, hours });
    return { value: texts.sentAgain, audit: { action: 'entrance.askNewMailAgain', target: accountId }, events: [] };
  },
});

const sendOldAgain = command({
  name: 'entrance.askOldMailAgain',
  input: again.extend({ before: z.string() }),
  secret: true,
  locks: async (_tx, input) => [{ kind: 'account', id: input.accountId }],
  load: async (tx, { accountId }, ctx) => {
    const waiting = await findWaitingMail(tx, accountId);
    const recent = await sentLately(tx, accountId, { purpose: 'oldMail', now: ctx.now });
    return waiting && { waiting, settings: await systemSettingsOf(tx), recent };
  },
  allow: systemOnly,
  decide: (_ctx, { waiting, recent, settings }) =>
    recent < settings.mailsPerHour ? accepted(waiting) : refuse('tooMany', { message: texts.tooManyMails }),
  save: async (tx, { ctx, decision: { mail, appliesAt }, input: { accountId, name, token, before } }) => {
    await askOldAddress(tx, ctx, { accountId, mail, appliesAt, token, name, before });
    return { value: texts.askedAgain, audit: { action: 'entrance.askOldMailAgain', target: accountId }, events: [] };
  },
});

const takeBack = command({
  name: 'entrance.takeBackMailChange',
  input: z.object({ accountId: z.string() }),
  locks: async (_tx, { accountId }) => [{ kind: 'account', id: accountId }],
  load: async (tx, { accountId }, ctx) => (await findWaitingMail(tx, accountId)) ?? (await openLink(tx, accountId, ctx.now)),
  allow: systemOnly,
  decide: () => accepted(true),
  save: async (tx, { ctx, input: { accountId } }) => {
    await removeWaitingMail(tx, accountId);
    for (const purpose of ['mail', 'oldMail'] as const) await useLinks(tx, accountId, { purpose, now: ctx.now });
    return { value: texts.mailKept, audit: { action: 'entrance.takeBackMailChange', target: accountId }, events: [] };
  },
});

/** It has taken effect, or was taken back on another page, in the meantime. */
function orNothingWaits(outcome: Outcome<string>): Outcome<string> {
  return !outcome.ok && outcome.refusal.code === 'notFound' ? refuse('conflict', { message: texts.nothingWaits }) : outcome;
}

/** 変更を取り消す on one's own login page: whatever was asked for and does not hold yet. */
export async function takeBackMailChange(ctx: Context): Promise<Outcome<string>> {
  return orNothingWaits(await run(takeBack, asEntrance(ctx), { accountId: actingAccount(ctx.actor) ?? '' }));
}

/** The buttons beside a waiting address; undefined when the pressed one is none of them. */
export async function tendMailChange(ctx: Context, intent: string | undefined): Promise<Outcome<string> | undefined> {
  if (intent === 'takeBack') return await takeBackMailChange(ctx);
  if (intent !== 'againNew' && intent !== 'againOld') return undefined;
  const accountId = actingAccount(ctx.actor) ?? '';
  const login = await loginOf(ctx, accountId);
  if (login === undefined) return refuse('unauthenticated');
  const asked = { accountId, name: login.displayName, token: newToken() };
  if (intent === 'againNew') return orNothingWaits(await run(sendNewAgain, asEntrance(ctx), asked));
  return orNothingWaits(await run(sendOldAgain, asEntrance(ctx), { ...asked, before: login.mail ?? '' }));
}
