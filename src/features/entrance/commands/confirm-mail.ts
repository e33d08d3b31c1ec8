import { originWords } from '#features/identity/browser.ts';
import { loginIn, loginOf, writeMail } from '#features/identity/commands/change-login.ts';
import { writePersonMail } from '#features/person/commands/change-mail.ts';
import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { command, run, type Saved } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import { queueMail } from '#platform/mail/queue-mail.ts';
import { hashToken, isToken, newToken } from '#platform/session/token.ts';
import { z } from 'zod';
import { asEntrance } from '../as-entrance.ts';
import { findPersonOf, findWaitingMail, putWaitingMail, removeWaitingMail, type WaitingMail } from '../mail-change.store.server.ts';
import { newAddressHoldsMail, oldAddressMail } from '../mails/texts.ts';
import { findLink, insertLink, useLinks } from '../recovery.store.server.ts';
import { linkState } from '../rules.ts';

/**
 * The new address has been shown to be one's own (D-05). It holds at once when the old address confirms too, else after some
 * days, so that nobody loses his address within a moment to somebody at his open session.
 */

const hourMs = 3_600_000;
const systemOnly = (ctx: Context) => (ctx.actor.kind === 'system' ? true : refuse('forbidden'));
const tokenInput = z.string().refine(isToken);

async function apply(tx: WriteTransaction, change: { accountId: string; mail: string; now: Date }): Promise<void> {
  const { accountId, mail, now } = change;
  await writeMail(tx, accountId, mail);
  await writePersonMail(tx, accountId, { mail, at: now });
  await removeWaitingMail(tx, accountId);
  await useLinks(tx, accountId, { purpose: 'oldMail', now });
}

/** A new address holds: its owner hears it there. The former one has heard it when it was asked. */
async function applyAndTell(tx: WriteTransaction, ctx: Context, { accountId, mail, askedAt }: WaitingMail): Promise<void> {
  await apply(tx, { accountId, mail, now: ctx.now });
  const login = await loginIn(tx, accountId);
  if (login === undefined) return;
  const personId = await findPersonOf(tx, accountId);
  const text = newAddressHoldsMail({ name: login.displayName, at: ctx.now, recover: `${ctx.site.origin}/recover` });
  const dedupeKey = `M-05:mail:${accountId}:${askedAt.getTime()}`;
  await queueMail(tx, { template: 'M-05', dedupeKey, to: mail, ...(personId === undefined ? {} : { personId }), ...text });
}

type OldAddress = { accountId: string; mail: string; appliesAt: Date; token: string; name: string; before: string };

/** M-05 to the former address, with the link that agrees or takes back. */
export async function askOldAddress(tx: WriteTransaction, ctx: Context, asked: OldAddress): Promise<void> {
  const { accountId, mail, appliesAt, token, name, before } = asked;
  const tokenHash = hashToken(token);
  await insertLink(tx, { tokenHash, accountId, purpose: 'oldMail', mail, now: ctx.now, expiresAt: appliesAt });
  const origin = originWords(ctx.address, undefined);
  const text = oldAddressMail({ name, at: ctx.now, origin, appliesAt, link: `${ctx.site.origin}/old-mail/${token}` });
  await queueMail(tx, { template: 'M-05', dedupeKey: `M-05:${tokenHash.toString('hex').slice(0, 32)}`, to: before, ...text });
}

/** `appliesAt` undefined: it holds now. */
export type ConfirmedMail = { appliesAt: Date | undefined };

const confirmNewMail = command({
  name: 'entrance.confirmNewMail',
  input: z.object({ token: tokenInput, oldToken: tokenInput, name: z.string(), before: z.string() }),
  secret: true,
  locks: async (tx, input) => [{ kind: 'account', id: (await findLink(tx, hashToken(input.token), ['mail']))?.accountId ?? '' }],
  load: async (tx, input) => {
    const link = await findLink(tx, hashToken(input.token), ['mail']);
    return link && { link, hours: (await systemSettingsOf(tx)).mailChangeHours };
  },
  allow: systemOnly,
  decide: (ctx, { link, hours }) => (linkState(link, ctx.now) === 'open' ? accepted({ ...link, hours }) : refuse('notFound')),
  save: async (tx, { ctx, decision: { accountId, mail, hours }, input: { oldToken, name, before } }): Promise<Saved<ConfirmedMail>> => {
    await useLinks(tx, accountId, { purpose: 'mail', now: ctx.now });
    const audit = { action: 'entrance.confirmNewMail', target: accountId };
    // The address on record once more has no other owner to be asked; that mail arrives there again is known at once.
    if (before === '' || before.toLowerCase() === mail.toLowerCase()) {
      await apply(tx, { accountId, mail, now: ctx.now });
      return { value: { appliesAt: undefined }, audit, events: [] };
    }
    const appliesAt = new Date(ctx.now.getTime() + hours * hourMs);
    await putWaitingMail(tx, { accountId, mail, askedAt: ctx.now, appliesAt });
    await useLinks(tx, accountId, { purpose: 'oldMail', now: ctx.now });
    await askOldAddress(tx, ctx, { accountId, mail, appliesAt, token: oldToken, name, before });
    return { value: { appliesAt }, audit, events: [] };
  },
});

/** The press on the page of M-09: the new address is known to be one's own, and the old one is asked (M-05). */
export async function confirmMail(ctx: Context, asked: { token: string; accountId: string }): Promise<Outcome<ConfirmedMail>> {
  // A link that opens nothing names no account.
  const login = asked.accountId === '' || !isToken(asked.token) ? undefined : await loginOf(ctx, asked.accountId);
  if (login === undefined) return refuse('notFound');
  const { token } = asked;
  return await run(confirmNewMail, asEntrance(ctx), { token, oldToken: newToken(), name: login.displayName, before: login.mail ?? '' });
}

/** The press on the page of M-05: the old address agrees, or takes the change back. */
const answerOldMail = command({
  name: 'entrance.answerMailChange',
  input: z.object({ token: tokenInput, agreed: z.boolean() }),
  secret: true,
  locks: async (tx, input) => [{ kind: 'account', id: (await findLink(tx, hashToken(input.token), ['oldMail']))?.accountId ?? '' }],
  load: async (tx, input) => {
    const link = await findLink(tx, hashToken(input.token), ['oldMail']);
    const waiting = link === undefined ? undefined : await findWaitingMail(tx, link.accountId);
    return link && waiting && { link, waiting };
  },
  allow: systemOnly,
  decide: (ctx, { link, waiting }) =>
    linkState(link, ctx.now) === 'open' && link.mail === waiting.mail ? accepted(waiting) : refuse('notFound'),
  save: async (tx, { ctx, decision, input: { agreed } }) => {
    const { accountId } = decision;
    if (agreed) await applyAndTell(tx, ctx, decision);
    else {
      await removeWaitingMail(tx, accountId);
      await useLinks(tx, accountId, { purpose: 'oldMail', now: ctx.now });
    }
    return { value: true, audit: { action: 'entrance.answerMailChange', target: accountId, detail: { agreed } }, events: [] };
  },
});

/** What the owner of the old address says. */
export async function answerMailChange(ctx: Context, answer: { token: string; agreed: boolean }): Promise<Outcome<true>> {
  if (!isToken(answer.token)) return refuse('notFound');
  const outcome = await run(answerOldMail, asEntrance(ctx), answer);
  return outcome.ok ? accepted(true) : outcome;
}

/** The time of a waiting address has come and nobody has taken it back. */
export const applyMailChange = command({
  name: 'entrance.changeMail',
  input: z.object({ accountId: z.string() }),
  locks: async (_tx, { accountId }) => [{ kind: 'account', id: accountId }],
  load: async (tx, { accountId }) => await findWaitingMail(tx, accountId),
  allow: systemOnly,
  decide: (ctx, waiting) => (waiting.appliesAt <= ctx.now ? accepted(waiting) : refuse('conflict')),
  save: async (tx, { ctx, decision }) => {
    const { accountId } = decision;
    await applyAndTell(tx, ctx, decision);
    return { value: true, audit: { action: 'entrance.changeMail', target: accountId }, events: [] };
  },
});
