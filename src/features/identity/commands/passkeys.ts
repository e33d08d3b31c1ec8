import { actingAccount, type Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { messages } from '#kernel/messages.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import { auditRow } from '#platform/audit/audit-event.ts';
import { command, run } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import { checkCreated, type NewcomerOptions, newcomerOptions, partyOf } from '#platform/second-factor/passkey.ts';
import { readCreated } from '#platform/second-factor/passkey-answer.ts';
import { z } from 'zod';
import { signInMessages } from '../messages.ts';
import { countPasskeys, deletePasskeyRow, insertPasskey, listPasskeys } from '../passkey.store.server.ts';
import { factorRequired, mayGiveUp, mostPasskeys } from '../rules.ts';
import { passkeyNameInput } from '../schema.ts';
import { findFactor, holdAfterLift } from '../second-factor.store.server.ts';
import { challengeFor, isAnswerTo } from './challenges.ts';
import { loginOf, tellChange } from './change-login.ts';
import { type Asked, passwordAgain } from './change-own-login.ts';

/** Passkeys of one's own login (D-05, O-27): each change asks for the password again and tells the owner by mail (M-05). */

const asSystem = (ctx: Context): Context => ({ ...ctx, actor: { kind: 'system', name: 'identity' } });
const systemOnly = (ctx: Context) => (ctx.actor.kind === 'system' ? true : refuse('forbidden'));
const full = refuse('conflict', { message: signInMessages.passkeysFull(mostPasskeys) });
const about = z.object({ accountId: z.string(), name: z.string(), mail: z.string(), userAgent: z.string() });
type About = z.infer<typeof about>;

async function owner(ctx: Context, userAgent: string): Promise<Outcome<About & { loginId: string }>> {
  const accountId = actingAccount(ctx.actor);
  const login = accountId === undefined ? undefined : await loginOf(ctx, accountId);
  if (accountId === undefined || login === undefined) return refuse('unauthenticated');
  return accepted({ accountId, name: login.displayName, mail: login.mail ?? '', userAgent, loginId: login.loginId });
}

/** What the browser is to be asked, and the challenge that it must keep until the answer. */
export type Asking<Options> = { challenge: string; options: Options };

/** First half of パスキーを追加する: name and password are right, so the device may make a passkey. */
export async function beginPasskey(ctx: Context, asked: Asked & { passkeyName: string }): Promise<Outcome<Asking<NewcomerOptions>>> {
  const name = passkeyNameInput.safeParse(asked.passkeyName);
  if (!name.success) return refuseFields({ passkeyName: name.error.issues.map((issue) => issue.message) });
  const again = await passwordAgain(ctx, asked.currentPassword, 'passwordForPasskey');
  if (!again.ok) return again;
  const who = await owner(ctx, asked.userAgent);
  if (!who.ok) return who;
  const { accountId, loginId, name: displayName } = who.value;
  const known = await readTransaction(asSystem(ctx), (tx) => listPasskeys(tx, accountId));
  if (known.length >= mostPasskeys) return full;
  const challenge = await challengeFor(ctx, { purpose: 'add', accountId });
  const options = await newcomerOptions(partyOf(ctx.site.origin), { challenge, accountId, loginId, name: displayName, known });
  return accepted({ challenge, options });
}

const add = command({
  name: 'identity.addPasskey',
  input: about.extend({
    passkeyName: passkeyNameInput,
    credentialId: z.instanceof(Buffer),
    publicKey: z.instanceof(Buffer),
    counter: z.int().min(0),
    transports: z.array(z.string()),
  }),
  secret: true,
  locks: async (_tx, input) => [{ kind: 'account', id: input.accountId }],
  load: async (tx, input) => ({ passkeys: await countPasskeys(tx, input.accountId) }),
  allow: systemOnly,
  decide: (_ctx, { passkeys }) => (passkeys >= mostPasskeys ? full : accepted(newId())),
  save: async (tx, { ctx, decision: id, input }) => {
    const { accountId, passkeyName, name, mail: to, userAgent, ...made } = input;
    await insertPasskey(tx, { ...made, id, accountId, name: passkeyName, at: ctx.now });
    const { factorHoldHours } = await systemSettingsOf(tx);
    await holdAfterLift(tx, accountId, new Date(ctx.now.getTime() + factorHoldHours * 3_600_000));
    const { passkey: what, added: done } = signInMessages;
    await tellChange(tx, ctx, { what, done, name, to, userAgent, cause: `${ctx.requestId}:passkey` });
    return { value: true, audit: { action: 'identity.addPasskey', target: accountId, detail: { passkey: id } }, events: [] };
  },
  constraints: { passkey_credential_id: () => refuse('conflict', { message: signInMessages.passkeyKnown }) },
});

/** What a browser brings back: the challenge that it has kept, and the device's answer as JSON. */
export type PasskeyAnswer = { challenge: string | undefined; answer: string };

/** Second half: keeps the passkey that the device has made in answer to `beginPasskey`. */
export async function addPasskey(
  ctx: Context,
  given: PasskeyAnswer & { passkeyName: string; userAgent: string },
): Promise<Outcome<{ name: string }>> {
  const name = passkeyNameInput.safeParse(given.passkeyName);
  if (!name.success) return refuseFields({ passkeyName: name.error.issues.map((issue) => issue.message) });
  const who = await owner(ctx, given.userAgent);
  if (!who.ok) return who;
  const { loginId: _shown, ...asked } = who.value;
  const { challenge = '' } = given;
  const fresh = await isAnswerTo(ctx, { purpose: 'add', accountId: asked.accountId }, challenge);
  const created = readCreated(given.answer);
  const party = partyOf(ctx.site.origin);
  const checked = !fresh ? 'challenge' : created === undefined ? 'proof' : await checkCreated(created, { party, challenge });
  if (typeof checked === 'string') {
    const note = { action: 'identity.addPasskey', target: asked.accountId, detail: { refused: checked } };
    await ctx.audit.write([auditRow(ctx, note, 'refused')]);
    return refuse('conflict', { message: signInMessages.newPasskeyRefused });
  }
  const outcome = await run(add, asSystem(ctx), { ...asked, ...checked, passkeyName: name.data });
  return outcome.ok ? accepted({ name: name.data }) : outcome;
}

const remove = command({
  name: 'identity.deletePasskey',
  input: about.extend({ id: z.uuid(), required: z.boolean() }),
  secret: true,
  locks: async (_tx, input) => [{ kind: 'account', id: input.accountId }],
  load: async (tx, input) => {
    const app = (await findFactor(tx, input.accountId))?.confirmedAt instanceof Date;
    return { app, passkeys: await listPasskeys(tx, input.accountId) };
  },
  allow: systemOnly,
  decide: (_ctx, { app, passkeys }, { id, required }) => {
    if (!passkeys.some((passkey) => passkey.id === id)) return refuse('conflict', { message: signInMessages.passkeyGone });
    const left = { app, passkeys: passkeys.length - 1 };
    return mayGiveUp(required, left) ? accepted(true) : refuse('conflict', { message: signInMessages.lastPasskey });
  },
  save: async (tx, { ctx, input: { accountId, id, name, mail: to, userAgent } }) => {
    await deletePasskeyRow(tx, accountId, id);
    const { passkey: what, deleted: done } = signInMessages;
    await tellChange(tx, ctx, { what, done, name, to, userAgent, cause: `${ctx.requestId}:passkey` });
    return { value: true, audit: { action: 'identity.deletePasskey', target: accountId, detail: { passkey: id } }, events: [] };
  },
});

async function mustHaveFactor(ctx: Context, actor: Actor): Promise<boolean> {
  const { officeSecondFactor } = await readTransaction(asSystem(ctx), (tx) => systemSettingsOf(tx));
  return factorRequired(actor, { setting: officeSecondFactor, demo: ctx.site.demo });
}

/** パスキーを削除する; the last factor of whoever must have one stays. */
export async function deletePasskey(ctx: Context, asked: Asked & { passkeyId: string }): Promise<Outcome<true>> {
  const id = z.uuid().safeParse(asked.passkeyId);
  if (!id.success) return refuseFields({ passkeyId: [messages.sel(signInMessages.passkeyToDelete)] });
  const again = await passwordAgain(ctx, asked.currentPassword, 'passwordToDelete');
  if (!again.ok) return again;
  const who = await owner(ctx, asked.userAgent);
  if (!who.ok) return who;
  const { loginId: _shown, ...rest } = who.value;
  const required = await mustHaveFactor(ctx, ctx.actor);
  const outcome = await run(remove, asSystem(ctx), { ...rest, id: id.data, required });
  return outcome.ok ? accepted(true) : outcome;
}
