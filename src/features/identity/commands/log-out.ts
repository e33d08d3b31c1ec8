import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { actingAccount } from '#kernel/actor.ts';
import type { Context } from '#platform/context.ts';
import { isDatabaseGone } from '#platform/db/errors.ts';
import { endSessionsOf } from '../account.store.server.ts';
import { signInAct } from '../act.ts';
import { deviceOf } from '../device.ts';
import { longestSessionHours } from '../rules.ts';
import { deleteSession, deleteSessionsOf, listDevices } from '../store.server.ts';

async function orUnavailable<T>(work: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return accepted(await work());
  } catch (error) {
    if (isDatabaseGone(error)) return refuse('unavailable', { retryAfterSeconds: 5 });
    throw error;
  }
}

/** Ends the session of this browser. */
export async function logOut(ctx: Context, tokenHash: Buffer): Promise<Outcome<boolean>> {
  const note = { action: 'identity.logOut', target: actingAccount(ctx.actor) ?? '' };
  return await orUnavailable(() => signInAct(ctx, { actor: ctx.actor, note }, (tx) => deleteSession(tx, tokenHash)));
}

/** Ends every session of one's own account, this one too; the value is how many there were. */
export async function logOutEverywhere(ctx: Context): Promise<Outcome<number>> {
  const accountId = actingAccount(ctx.actor);
  if (accountId === undefined) return refuse('forbidden');
  const note = { action: 'identity.logOutEverywhere', target: accountId };
  return await orUnavailable(() => signInAct(ctx, { actor: ctx.actor, note }, (tx) => deleteSessionsOf(tx, accountId)));
}

/** Ends every session of one's own account but this one (D-05). */
export async function logOutOthers(ctx: Context, here: Buffer): Promise<Outcome<true>> {
  const accountId = actingAccount(ctx.actor);
  if (accountId === undefined) return refuse('forbidden');
  const note = { action: 'identity.logOutOthers', target: accountId };
  return await orUnavailable(() =>
    signInAct(ctx, { actor: ctx.actor, note }, async (tx) => {
      await endSessionsOf(tx, accountId, here);
      return true as const;
    }),
  );
}

/** ログアウトさせる: ends one other session of one's own account; false when it is over already (D-05). */
export async function logOutDevice(ctx: Context, device: string): Promise<Outcome<boolean>> {
  const accountId = actingAccount(ctx.actor);
  if (accountId === undefined) return refuse('forbidden');
  const note = { action: 'identity.logOutDevice', target: accountId };
  return await orUnavailable(async () => {
    const open = await listDevices(ctx.database.system, { accountId, now: ctx.now, idleMinutes: longestSessionHours * 60 });
    const found = open.find((one) => deviceOf(one.tokenHash) === device);
    if (found === undefined) return false;
    return await signInAct(ctx, { actor: ctx.actor, note }, (tx) => deleteSession(tx, found.tokenHash));
  });
}
