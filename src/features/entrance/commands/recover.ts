import { freeTriesOfAddress } from '#features/identity/rules.ts';
import { makeTries } from '#features/identity/tries.ts';
import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import type { Day } from '#kernel/day.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { command, run } from '#platform/command/command.ts';
import { fieldErrors } from '#platform/command/parse.ts';
import type { Context } from '#platform/context.ts';
import { queueMail } from '#platform/mail/queue-mail.ts';
import { hashToken, isToken, newToken } from '#platform/session/token.ts';
import { z } from 'zod';
import { asEntrance, inEvenTime } from '../as-entrance.ts';
import { loginIdMail, resetMail } from '../mails/texts.ts';
import { texts } from '../messages.ts';
import { countLinks, findOwner, insertLink, listOwnersOfNumber, type Owner } from '../recovery.store.server.ts';
import { forgottenIdInput, forgottenPasswordInput } from '../schema.ts';

/**
 * Getting back in by mail. Whether anything was found nobody is told: the answer, its time and what it leaves on the
 * screen are the same, and the mail goes to the address on record, never to one that was typed.
 */

const hourMs = 3_600_000;
const ofAddress = makeTries(freeTriesOfAddress);

const asSystem = (ctx: Context) => (ctx.actor.kind === 'system' ? true : refuse('forbidden'));

type Facts = { birthOn?: Day | undefined; mail: string };

/** A doctor shows his day of birth, staff their address; nothing goes to the dead. */
function isOwner(owner: Owner, facts: Facts): boolean {
  if (owner.mail === null || owner.mail === '' || owner.diedOn !== null) return false;
  if (owner.kind === 'doctor') return facts.birthOn !== undefined && facts.birthOn === owner.birthOn;
  return facts.mail !== '' && facts.mail.toLowerCase() === owner.mail.toLowerCase();
}

function toOwner(owner: Owner): { to: string; personId?: string } {
  return { to: owner.mail ?? '', ...(owner.personId === null ? {} : { personId: owner.personId }) };
}

/** Sends the link for a new password to the owner of a login ID. */
const askReset = command({
  name: 'entrance.askReset',
  input: forgottenPasswordInput.safeExtend({ token: z.string().refine(isToken) }),
  secret: true,
  locks: async (_tx, input) => [{ kind: 'key', id: `reset:${input.loginId.toLowerCase()}` }],
  load: async (tx, input, ctx) => {
    const settings = await systemSettingsOf(tx);
    const owner = await findOwner(tx, input.loginId);
    const since = new Date(ctx.now.getTime() - hourMs);
    const recent = owner === undefined ? 0 : await countLinks(tx, owner.accountId, { purpose: 'reset', since });
    return { settings, owner, recent };
  },
  allow: asSystem,
  decide: (_ctx, { owner, recent, settings }, input) =>
    accepted(owner !== undefined && isOwner(owner, input) && recent < settings.mailsPerHour ? owner : undefined),
  save: async (tx, { ctx, decision: owner, target, input }) => {
    const note = { action: 'entrance.askReset', target: target.owner?.accountId ?? '', detail: { sent: owner !== undefined } };
    if (owner === undefined) return { value: true, audit: note, events: [] };
    const hours = target.settings.resetLinkHours;
    const tokenHash = hashToken(input.token);
    const expiresAt = new Date(ctx.now.getTime() + hours * hourMs);
    await insertLink(tx, { tokenHash, accountId: owner.accountId, purpose: 'reset', mail: '', now: ctx.now, expiresAt });
    const mail = resetMail({ name: owner.name, link: `${ctx.site.origin}/reset/${input.token}`, hours });
    await queueMail(tx, { template: 'M-04', dedupeKey: `M-04:${tokenHash.toString('hex').slice(0, 32)}`, ...toOwner(owner), ...mail });
    return { value: true, audit: note, events: [] };
  },
});

/** Tells a doctor his login ID, at most as often as the setting says. */
const askLoginId = command({
  name: 'entrance.askLoginId',
  input: forgottenIdInput,
  secret: true,
  locks: async (_tx, input) => [{ kind: 'key', id: `login-id:${input.licenceNumber}` }],
  load: async (tx, input) => ({ settings: await systemSettingsOf(tx), owners: await listOwnersOfNumber(tx, input.licenceNumber) }),
  allow: asSystem,
  decide: (_ctx, { owners }, input) =>
    accepted(owners.find((owner) => isOwner(owner, input) && owner.mail?.toLowerCase() === input.mail.toLowerCase())),
  save: async (tx, { ctx, decision: owner, target }) => {
    const note = { action: 'entrance.askLoginId', target: owner?.accountId ?? '', detail: { sent: owner !== undefined } };
    if (owner === undefined) return { value: true, audit: note, events: [] };
    // One mail for each part of an hour: never more than the setting allows.
    const part = Math.floor((ctx.now.getTime() / hourMs) * target.settings.mailsPerHour);
    const mail = loginIdMail({ name: owner.name, loginId: owner.loginId, login: `${ctx.site.origin}/login` });
    await queueMail(tx, { template: 'M-06', dedupeKey: `M-06:${owner.accountId}:${part}`, ...toOwner(owner), ...mail });
    return { value: true, audit: note, events: [] };
  },
});

async function evenly(ctx: Context, work: () => Promise<Outcome<true>>): Promise<Outcome<true>> {
  const wait = ofAddress.take(ctx.address, ctx.now);
  if (wait > 0) return refuse('tooMany', { message: texts.waitSeconds(wait), retryAfterSeconds: wait });
  const outcome = await inEvenTime(work);
  return outcome.ok ? accepted(true) : outcome;
}

/** パスワードを忘れた: M-04 to the owner, if there is one. */
export async function recoverPassword(ctx: Context, raw: unknown): Promise<Outcome<true>> {
  const parsed = forgottenPasswordInput.safeParse(raw);
  if (!parsed.success) return refuse('invalid', { fields: fieldErrors(parsed.error) });
  const { loginId, birthOn, mail } = parsed.data;
  const asked = { loginId, mail, birthOn: birthOn ?? '', token: newToken() };
  return await evenly(ctx, async () => {
    const outcome = await run(askReset, asEntrance(ctx), asked);
    return outcome.ok ? accepted(true) : outcome;
  });
}

/** ログインIDを忘れた: M-06 to the owner, if there is one. */
export async function recoverLoginId(ctx: Context, raw: unknown): Promise<Outcome<true>> {
  const parsed = forgottenIdInput.safeParse(raw);
  if (!parsed.success) return refuse('invalid', { fields: fieldErrors(parsed.error) });
  return await evenly(ctx, async () => {
    const outcome = await run(askLoginId, asEntrance(ctx), parsed.data);
    return outcome.ok ? accepted(true) : outcome;
  });
}
