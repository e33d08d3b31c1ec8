import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Actor } from '#kernel/actor.ts';
import type { Outcome, Refused } from '#kernel/refusal.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { fieldErrors } from '#platform/command/parse.ts';
import type { Context } from '#platform/context.ts';
import { isDatabaseGone } from '#platform/db/errors.ts';
import { checkPasswordHash, passwordsBusy, tooBusy } from '#platform/password/password.ts';
import { recordRefusedLogin } from '../act.ts';
import { signInMessages } from '../messages.ts';
import { freeTriesOfAccount, freeTriesOfAddress, standingOf, type Standing } from '../rules.ts';
import { loginInput } from '../schema.ts';
import { type Candidate, findCandidates, takeTry } from '../store.server.ts';
import { makeTries } from '../tries.ts';
import { type Halfway, isTrusted } from './halfway.ts';
import { type Browser, type LoggedIn, openSession } from './open-session.ts';
import { factorState } from './second-factor.ts';

/** Failed answers come no sooner, so that their time says nothing about the database's work (milliseconds). */
const failureFloorMs = 250;

const ofAddress = makeTries(freeTriesOfAddress);
/** IDs that do not exist wait like those that do. */
const ofUnknownId = makeTries(freeTriesOfAccount);
const ofKnownDevice = makeTries(freeTriesOfAccount);

const wrongPair = refuse('invalid', { message: signInMessages.wrongPair });
const notUsable = refuse('forbidden', { message: signInMessages.notUsable });

function comeLater(seconds: number): Refused {
  return refuse('tooMany', { message: signInMessages.comeLater(seconds), retryAfterSeconds: seconds });
}

/** One key for all spellings; hashed, because people type passwords into the wrong box. */
function keyOf(loginId: string): string {
  return createHash('sha256').update(loginId.toLowerCase()).digest('base64');
}

async function takeTryOf(ctx: Context, attempt: Attempt): Promise<number> {
  const { account, browser } = attempt;
  if (account === undefined) return ofUnknownId.take(keyOf(attempt.loginId), ctx.now);
  if (browser.knowsDevice(account.accountId)) return ofKnownDevice.take(account.accountId, ctx.now);
  return await takeTry(ctx.database.system, account.accountId, ctx.now);
}

/** The office that may be used comes first; the store has ordered them so. */
function bestStanding(candidates: readonly Candidate[]): Standing {
  const standings = candidates.map(standingOf);
  return standings.find((standing) => 'actor' in standing) ?? standings[0] ?? { barred: 'stopped' };
}

type Attempt = { loginId: string; password: string; account: Candidate | undefined; candidates: readonly Candidate[]; browser: Browser };

async function attemptLogin(ctx: Context, attempt: Attempt): Promise<Outcome<LoggedIn>> {
  const { account, browser } = attempt;
  const wait = await takeTryOf(ctx, attempt);
  if (wait > 0) return comeLater(wait);
  // Outside any transaction: fifteen milliseconds of hashing would hold a connection.
  const checked = await checkPasswordHash(account?.passwordHash, attempt.password);
  if (!checked.ok) return checked;
  const standing = bestStanding(attempt.candidates);
  if (!checked.value || account === undefined || ('barred' in standing && standing.barred === 'dead')) {
    ofAddress.take(ctx.address, ctx.now);
    await recordRefusedLogin(ctx, checked.value ? 'dead' : 'wrongPair', account?.accountId ?? '');
    return wrongPair;
  }
  if ('barred' in standing) {
    await recordRefusedLogin(ctx, standing.barred, account.accountId);
    return notUsable;
  }
  const { actor } = standing;
  if (actor.kind === 'guest' || actor.kind === 'system') return notUsable;
  const first = initialStep(account, ctx.now);
  if (first !== undefined) return first;
  const second = await secondStep(ctx, { accountId: account.accountId, actor, trust: browser.trust });
  if (second !== undefined) return refuse('unauthenticated', { message: signInMessages.secondStep, current: second });
  const opened = await openSession(ctx, account.accountId, { actor, browser });
  ofKnownDevice.forget(account.accountId);
  return accepted(opened);
}

/** An initial login opens nothing but its own change, and that only for its time. */
function initialStep({ accountId, initialUntil }: Candidate, now: Date): Refused | undefined {
  if (initialUntil === null) return undefined;
  if (initialUntil <= now)
    return refuse('forbidden', { message: signInMessages.initialOver, link: { to: '/recover', label: signInMessages.toRecovery } });
  const current: Halfway = { accountId, next: 'first' };
  return refuse('unauthenticated', { message: signInMessages.secondStep, current });
}

/** What is still to be shown after a right password: a code, or first of all a factor. */
async function secondStep(ctx: Context, who: { accountId: string; actor: Actor; trust: string | undefined }): Promise<Halfway | undefined> {
  const { accountId, actor } = who;
  const factor = await factorState(ctx, accountId, actor);
  if (!factor.set) return factor.required ? { accountId, next: 'setup' } : undefined;
  const trusted = actor.kind === 'doctor' && isTrusted(who.trust, { accountId, confirmedAt: factor.confirmedAt, now: ctx.now });
  return trusted ? undefined : { accountId, next: 'code' };
}

/**
 * Signs in with login ID and password. Where a second proof is asked for, nobody is signed in yet: the refusal says
 * `unauthenticated` and carries the next step (`halfwayIn`). Unknown ID and wrong password give the same answer after the same work;
 * failed tries make the next one wait, per account and per address, never for good (`rules.md 5.4`, proof P19).
 */
export async function logIn(ctx: Context, raw: unknown, browser: Browser): Promise<Outcome<LoggedIn>> {
  const started = performance.now();
  const parsed = loginInput.safeParse(raw);
  if (!parsed.success) return refuse('invalid', { fields: fieldErrors(parsed.error) });
  const waiting = ofAddress.waiting(ctx.address, ctx.now);
  if (waiting > 0) return comeLater(waiting);
  if (passwordsBusy()) return tooBusy();
  try {
    const candidates = await findCandidates(ctx.database.system, parsed.data.loginId, ctx.today);
    const outcome = await attemptLogin(ctx, { ...parsed.data, account: candidates[0], candidates, browser });
    if (!outcome.ok) await pause(Math.max(0, failureFloorMs - (performance.now() - started)));
    return outcome;
  } catch (error) {
    if (isDatabaseGone(error)) return refuse('unavailable', { retryAfterSeconds: 5 });
    throw error;
  }
}
