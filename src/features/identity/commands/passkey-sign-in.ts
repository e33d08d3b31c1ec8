import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { auditRow } from '#platform/audit/audit-event.ts';
import { command, run } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import { isDatabaseGone } from '#platform/db/errors.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import { checkProof, type Flaw, partyOf, proofOptions, type ProofOptions } from '#platform/second-factor/passkey.ts';
import { type Proof, readProof } from '#platform/second-factor/passkey-answer.ts';
import { z } from 'zod';
import { recordRefusedLogin } from '../act.ts';
import { signInMessages } from '../messages.ts';
import { findPasskey, listPasskeys, markUse, type StoredPasskey, type Wanted } from '../passkey.store.server.ts';
import { bestStanding } from '../rules.ts';
import { findHolders, takeTry } from '../store.server.ts';
import { challengeFor, isAnswerTo } from './challenges.ts';
import { addressWait, comeLater, countFailureOf, forgetDeviceTries, noSooner, notUsable, takeTryOf } from './failed-tries.ts';
import { type Browser, type LoggedIn, openSession } from './open-session.ts';
import type { Asking, PasskeyAnswer } from './passkeys.ts';

/** Signing in with a passkey (A-01: instead of password and second factor) or with one after the password. */

const wrongPasskey = refuse('invalid', { message: signInMessages.wrongPasskey });
const wrongSecondPasskey = refuse('invalid', { message: signInMessages.wrongSecondPasskey });
const asSystem = (ctx: Context): Context => ({ ...ctx, actor: { kind: 'system', name: 'identity' } });

async function orUnavailable<T>(work: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  try {
    return await work();
  } catch (error) {
    if (isDatabaseGone(error)) return refuse('unavailable', { retryAfterSeconds: 5 });
    throw error;
  }
}

/** What the browser is asked at A-01: any passkey that it has for us; the same for everybody. */
export async function askForLogin(ctx: Context): Promise<Outcome<Asking<ProofOptions>>> {
  return await orUnavailable(async () => {
    const challenge = await challengeFor(ctx, { purpose: 'login', accountId: null });
    return accepted({ challenge, options: await proofOptions(partyOf(ctx.site.origin), { challenge }) });
  });
}

/** What it is asked at A-02, after the right password: one of the account's own. */
export async function askForSecond(ctx: Context, accountId: string): Promise<Outcome<Asking<ProofOptions>>> {
  return await orUnavailable(async () => {
    const known = await readTransaction(asSystem(ctx), (tx) => listPasskeys(tx, accountId));
    if (known.length === 0) return refuse('conflict', { message: signInMessages.noPasskey });
    const challenge = await challengeFor(ctx, { purpose: 'second', accountId });
    return accepted({ challenge, options: await proofOptions(partyOf(ctx.site.origin), { challenge, known }) });
  });
}

const use = command({
  name: 'identity.usePasskey',
  input: z.object({ id: z.string(), accountId: z.string(), counter: z.int().min(0) }),
  secret: true,
  locks: async (_tx, input) => [{ kind: 'account', id: input.accountId }],
  load: async () => ({}),
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  decide: () => accepted(true),
  save: async (tx, { ctx, input: { id, accountId, counter } }) => {
    const right = await markUse(tx, id, { counter, at: ctx.now });
    return { value: right, audit: { action: 'identity.usePasskey', target: accountId, detail: { passkey: id, right } }, events: [] };
  },
});

/** Nothing when the proof holds and its use has been noted; else why not. */
async function flawOf(
  ctx: Context,
  { challenge, proof, passkey }: { challenge: string; proof: Proof; passkey: StoredPasskey },
): Promise<Flaw | undefined> {
  const checked = await checkProof(proof, passkey, { party: partyOf(ctx.site.origin), challenge });
  if (typeof checked === 'string') return checked;
  const { id, accountId } = passkey;
  const used = await run(use, asSystem(ctx), { id, accountId, counter: checked });
  return used.ok && used.value ? undefined : 'proof';
}

type Given = { proof: Proof; passkey: StoredPasskey; challenge: string };

/** The passkey that an answer names, once its challenge has been used up. */
async function given(ctx: Context, wanted: Wanted, { challenge = '', answer }: PasskeyAnswer): Promise<Given | Flaw> {
  const fresh = await isAnswerTo(ctx, wanted, challenge);
  const proof = readProof(answer);
  if (!fresh) return 'challenge';
  const passkey = proof === undefined ? undefined : await findPasskey(ctx.database.system, Buffer.from(proof.id, 'base64url'));
  return proof === undefined || passkey === undefined ? 'proof' : { proof, passkey, challenge };
}

async function refuseLogin(ctx: Context, why: string, accountId: string): Promise<typeof wrongPasskey> {
  countFailureOf(ctx);
  await recordRefusedLogin(ctx, why, accountId);
  return wrongPasskey;
}

async function attempt(ctx: Context, answer: PasskeyAnswer, browser: Browser): Promise<Outcome<LoggedIn>> {
  const found = await given(ctx, { purpose: 'login', accountId: null }, answer);
  if (typeof found === 'string') return await refuseLogin(ctx, `passkey:${found}`, '');
  const { accountId } = found.passkey;
  const wait = await takeTryOf(ctx, { accountId, tried: '', browser });
  if (wait > 0) return comeLater(wait);
  const flaw = await flawOf(ctx, found);
  if (flaw !== undefined) return await refuseLogin(ctx, `passkey:${flaw}`, accountId);
  const holders = await findHolders(ctx.database.system, accountId, ctx.today);
  const standing = bestStanding(holders);
  if ('barred' in standing && standing.barred === 'dead') return await refuseLogin(ctx, 'dead', accountId);
  const actor = 'actor' in standing ? standing.actor : undefined;
  // An initial login has no passkey of its owner's.
  const initial = holders.some((holder) => holder.initialUntil !== null);
  if (actor === undefined || initial || actor.kind === 'guest' || actor.kind === 'system') {
    await recordRefusedLogin(ctx, 'stopped', accountId);
    return notUsable;
  }
  const opened = await openSession(ctx, accountId, { actor, browser, passkey: true });
  forgetDeviceTries(accountId);
  return accepted(opened);
}

/**
 * Signs in with a passkey alone: the device has asked its owner for PIN, finger or face, so it stands for password and second
 * factor. Every flaw gets one answer after the same time; stopped, expired and dead accounts, waiting and sessions are as with passwords.
 */
export async function logInWithPasskey(ctx: Context, answer: PasskeyAnswer, browser: Browser): Promise<Outcome<LoggedIn>> {
  const started = performance.now();
  const waiting = addressWait(ctx);
  if (waiting > 0) return comeLater(waiting);
  return await orUnavailable(async () => {
    const outcome = await attempt(ctx, answer, browser);
    if (!outcome.ok) await noSooner(started);
    return outcome;
  });
}

/** Checks a passkey after the password: one of this account; failed tries make the next one wait as with codes. */
export async function checkSecondPasskey(ctx: Context, accountId: string, answer: PasskeyAnswer): Promise<Outcome<true>> {
  return await orUnavailable(async () => {
    const wait = await takeTry(ctx.database.system, accountId, ctx.now);
    if (wait > 0) return comeLater(wait);
    const found = await given(ctx, { purpose: 'second', accountId }, answer);
    const flaw = typeof found === 'string' ? found : found.passkey.accountId === accountId ? await flawOf(ctx, found) : 'proof';
    if (flaw === undefined) return accepted(true);
    const note = { action: 'identity.usePasskey', target: accountId, detail: { refused: flaw } };
    await ctx.audit.write([auditRow(ctx, note, 'refused')]);
    return wrongSecondPasskey;
  });
}
