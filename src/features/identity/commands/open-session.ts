import type { Actor } from '#kernel/actor.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import type { Context } from '#platform/context.ts';
import { queueMail } from '#platform/mail/queue-mail.ts';
import { hashToken, newToken } from '#platform/session/token.ts';
import { signInAct } from '../act.ts';
import { browserOf, deviceWords, originWords } from '../browser.ts';
import { newDeviceMail } from '../mails/texts.ts';
import { findPlace } from '../place.store.server.ts';
import { longestSessionHours, standingOf } from '../rules.ts';
import { findHolders, markLogin, replaceSession } from '../store.server.ts';

/** What the browser brings to a login besides the form. */
export type Browser = {
  /** The session token it carried until now. */
  token: string | undefined;
  userAgent: string;
  /** True when it has logged in to this account before: then tries by strangers do not make its owner wait. */
  knowsDevice: (accountId: string) => boolean;
  /** What it keeps of 「この端末では30日間省略する」. */
  trust?: string | undefined;
};

export type LoggedIn = { token: string; actor: Exclude<Actor, { kind: 'guest' | 'system' }> };

type Entering = { actor: LoggedIn['actor']; browser: Browser /** A passkey was all that was shown. */; passkey?: boolean };

/** Opens the session; whoever comes from a device that the account was never used on is told by mail (A-01, M-05). */
export async function openSession(ctx: Context, accountId: string, { actor, browser, passkey }: Entering): Promise<LoggedIn> {
  const token = newToken();
  const session = {
    tokenHash: hashToken(token),
    accountId,
    staffId: 'staffId' in actor ? actor.staffId : null,
    now: ctx.now,
    hours: longestSessionHours,
    userAgent: browser.userAgent,
    address: ctx.address,
  };
  const former = browser.token === undefined ? undefined : hashToken(browser.token);
  const detail = { browser: browserOf(browser.userAgent), ...(passkey === true ? { passkey } : {}) };
  const note = { action: 'identity.logIn', target: accountId, detail };
  await signInAct(ctx, { actor, note }, async (tx) => {
    await replaceSession(tx, session, former);
    const known = await markLogin(tx, accountId, ctx.now);
    if (known.before === null || known.mail === null || known.mail === '' || browser.knowsDevice(accountId)) return;
    await queueMail(tx, {
      template: 'M-05',
      dedupeKey: `M-05:${session.tokenHash.toString('hex').slice(0, 32)}`,
      to: known.mail,
      ...('personId' in actor ? { personId: actor.personId } : {}),
      ...newDeviceMail({
        name: known.name,
        device: deviceWords(browser.userAgent),
        origin: originWords(ctx.address, await findPlace(tx, ctx.address)),
        at: ctx.now,
        link: `${ctx.site.origin}/login`,
        recover: `${ctx.site.origin}/recover/password`,
      }),
    });
  });
  return { token, actor };
}

/** Signs in somebody whose identity another step has just shown (registration, second factor); refused when the account is barred. */
export async function enter(ctx: Context, accountId: string, browser: Browser): Promise<Outcome<LoggedIn>> {
  const holders = await findHolders(ctx.database.system, accountId, ctx.today);
  if (holders.some((holder) => holder.initialUntil !== null)) return refuse('forbidden');
  const standings = holders.map(standingOf);
  const standing = standings.find((one) => 'actor' in one);
  if (standing === undefined || !('actor' in standing)) return refuse('forbidden');
  const { actor } = standing;
  if (actor.kind === 'guest' || actor.kind === 'system') return refuse('forbidden');
  return accepted(await openSession(ctx, accountId, { actor, browser }));
}
