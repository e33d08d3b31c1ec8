import type { Actor } from '#kernel/actor.ts';
import type { Outcome, Refused } from '#kernel/refusal.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { fieldErrors } from '#platform/command/parse.ts';
import type { Context } from '#platform/context.ts';
import { isDatabaseGone } from '#platform/db/errors.ts';
import { checkPasswordHash, passwordsBusy, tooBusy } from '#platform/password/password.ts';
import { recordRefusedLogin } from '../act.ts';
import { signInMessages } from '../messages.ts';
import { bestStanding } from '../rules.ts';
import { loginInput } from '../schema.ts';
import { type Candidate, findCandidates } from '../store.server.ts';
import { addressWait, comeLater, countFailureOf, forgetDeviceTries, noSooner, notUsable, takeTryOf } from './failed-tries.ts';
import { type Halfway, isTrusted } from './halfway.ts';
import { type Browser, type LoggedIn, openSession } from './open-session.ts';
import { factorState } from './second-factor.ts';

const wrongPair = refuse('invalid', { message: signInMessages.wrongPair });

type Attempt = { loginId: string; password: string; account: Candidate | undefined; candidates: readonly Candidate[]; browser: Browser };

async function attemptLogin(ctx: Context, attempt: Attempt): Promise<Outcome<LoggedIn>> {
  const { account, browser } = attempt;
  const wait = await takeTryOf(ctx, { accountId: account?.accountId, tried: attempt.loginId, browser });
  if (wait > 0) return comeLater(wait);
  // Outside any transaction: fifteen milliseconds of hashing would hold a connection.
  const checked = await checkPasswordHash(account?.passwordHash, attempt.password);
  if (!checked.ok) return checked;
  const standing = bestStanding(attempt.candidates);
  if (!checked.value || account === undefined || ('barred' in standing && standing.barred === 'dead')) {
    countFailureOf(ctx);
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
  forgetDeviceTries(account.accountId);
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

/** What is still to be shown after a right password: a code or a passkey, or first of all a factor. */
async function secondStep(ctx: Context, who: { accountId: string; actor: Actor; trust: string | undefined }): Promise<Halfway | undefined> {
  const { accountId, actor } = who;
  const factor = await factorState(ctx, accountId, actor);
  if (!factor.set) return factor.required ? { accountId, next: factor.passkeys > 0 ? 'code' : 'setup' } : undefined;
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
  const waiting = addressWait(ctx);
  if (waiting > 0) return comeLater(waiting);
  if (passwordsBusy()) return tooBusy();
  try {
    const candidates = await findCandidates(ctx.database.system, parsed.data.loginId, ctx.today);
    const outcome = await attemptLogin(ctx, { ...parsed.data, account: candidates[0], candidates, browser });
    if (!outcome.ok) await noSooner(started);
    return outcome;
  } catch (error) {
    if (isDatabaseGone(error)) return refuse('unavailable', { retryAfterSeconds: 5 });
    throw error;
  }
}
