import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type Refused, refuse } from '#kernel/refusal.ts';
import type { Context } from '#platform/context.ts';
import { signInMessages } from '../messages.ts';
import { freeTriesOfAccount, freeTriesOfAddress } from '../rules.ts';
import { takeTry } from '../store.server.ts';
import { makeTries } from '../tries.ts';
import type { Browser } from './open-session.ts';

/** What failed sign-ins cost, by password or passkey alike: waiting, per account and per address, never for good (`rules.md 5.4`). */

/** Failed answers come no sooner, so that their time says nothing about the database's work (milliseconds). */
const failureFloorMs = 250;

const ofAddress = makeTries(freeTriesOfAddress);
/** IDs that do not exist wait like those that do. */
const ofUnknownId = makeTries(freeTriesOfAccount);
const ofKnownDevice = makeTries(freeTriesOfAccount);

/** The right proof of an account that may not be used today. */
export const notUsable = refuse('forbidden', { message: signInMessages.notUsable });

/** The refusal that says when to try again. */
export function comeLater(seconds: number): Refused {
  return refuse('tooMany', { message: signInMessages.comeLater(seconds), retryAfterSeconds: seconds });
}

/** One key for all spellings; hashed, because people type passwords into the wrong box. */
function keyOf(tried: string): string {
  return createHash('sha256').update(tried).digest('base64');
}

/** Counts a try before its proof is checked; the seconds to wait when it comes too early. `tried` is what an unknown account is counted by. */
export async function takeTryOf(
  ctx: Context,
  { accountId, tried, browser }: { accountId: string | undefined; tried: string; browser: Browser },
): Promise<number> {
  if (accountId === undefined) return ofUnknownId.take(keyOf(tried.toLowerCase()), ctx.now);
  if (browser.knowsDevice(accountId)) return ofKnownDevice.take(accountId, ctx.now);
  return await takeTry(ctx.database.system, accountId, ctx.now);
}

/** A known browser that has shown the right proof begins anew. */
export function forgetDeviceTries(accountId: string): void {
  ofKnownDevice.forget(accountId);
}

/** Seconds that the caller's address has to wait now. */
export function addressWait(ctx: Context): number {
  return ofAddress.waiting(ctx.address, ctx.now);
}

/** Counts a failed try of the caller's address. */
export function countFailureOf(ctx: Context): void {
  ofAddress.take(ctx.address, ctx.now);
}

/** Waits until a failed answer may leave; `started` is of `performance.now()`. */
export async function noSooner(started: number): Promise<void> {
  await pause(Math.max(0, failureFloorMs - (performance.now() - started)));
}
