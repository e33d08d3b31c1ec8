import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Actor } from '#kernel/actor.ts';
import type { Outcome, Refused } from '#kernel/refusal.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { fieldErrors } from '#platform/command/parse.ts';
import type { Context } from '#platform/context.ts';
import { isDatabaseGone } from '#platform/db/errors.ts';
import { checkPasswordHash, passwordsBusy, tooBusy } from '#platform/password/password.ts';
import { queueMail } from '#platform/mail/queue-mail.ts';
import { hashToken, newToken } from '#platform/session/token.ts';
import { recordRefusedLogin, signInAct } from '../act.ts';
import { browserOf } from '../browser.ts';
import { newDeviceMail } from '../mails/texts.ts';
import { signInMessages } from '../messages.ts';
import { freeTriesOfAccount, freeTriesOfAddress, longestSessionHours, standingOf, type Standing } from '../rules.ts';
import { loginInput } from '../schema.ts';
import { type Candidate, findCandidates, markLogin, replaceSession, takeTry } from '../store.server.ts';
import { makeTries } from '../tries.ts';

/** What the browser brings to a login besides the form. */
export type Browser = {
  /** The session token it carried until now. */
  token: string | undefined;
  userAgent: string;
  /** True when it has logged in to this account before: then tries by strangers do not make its owner wait. */
  knowsDevice: (accountId: string) => boolean;
};

export type LoggedIn = { token: string; actor: Exclude<Actor, { kind: 'guest' | 'system' }> };

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

/** Opens the session; whoever comes from a device that the account was never used on is told by mail (A-01, M-05). */
async function open(ctx: Context, accountId: string, attempt: { actor: LoggedIn['actor']; browser: Browser }): Promise<LoggedIn> {
  const { actor, browser } = attempt;
  const token = newToken();
  const session = {
    tokenHash: hashToken(token),
    accountId,
    staffId: 'staffId' in actor ? actor.staffId : null,
    now: ctx.now,
    hours: longestSessionHours,
    userAgent: browser.userAgent,
  };
  const former = browser.token === undefined ? undefined : hashToken(browser.token);
  await signInAct(ctx, { actor, note: { action: 'identity.logIn', target: accountId } }, async (tx) => {
    await replaceSession(tx, session, former);
    const known = await markLogin(tx, accountId, ctx.now);
    if (known.before === null || known.mail === null || known.mail === '' || browser.knowsDevice(accountId)) return;
    await queueMail(tx, {
      template: 'M-05',
      dedupeKey: `M-05:${session.tokenHash.toString('hex').slice(0, 32)}`,
      to: known.mail,
      ...('personId' in actor ? { personId: actor.personId } : {}),
      ...newDeviceMail({ name: known.name, browser: browserOf(browser.userAgent), at: ctx.now, link: `${ctx.site.origin}/login` }),
    });
  });
  ofKnownDevice.forget(accountId);
  return { token, actor };
}

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
  return accepted(await open(ctx, account.accountId, { actor, browser }));
}

/**
 * Signs in with login ID and password. Unknown ID and wrong password give the same answer after the same work;
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
