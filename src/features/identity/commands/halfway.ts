import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import type { Context } from '#platform/context.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import { findFactor } from '../second-factor.store.server.ts';
import { loginOf } from './change-login.ts';

/** Between the password and the session: what a browser carries while the second proof is asked for. */

const halfwayMs = 10 * 60_000;
const dayMs = 86_400_000;

/** code: a second factor is asked for · setup: one must be set up · first: an initial login must be changed. */
export type Halfway = { accountId: string; next: 'code' | 'setup' | 'first' };

function isNext(next: unknown): next is Halfway['next'] {
  return next === 'code' || next === 'setup' || next === 'first';
}

/** As text for a signed cookie, good for ten minutes. */
export function halfwayText(halfway: Halfway, now: Date): string {
  return [halfway.accountId, halfway.next, now.getTime() + halfwayMs].join('|');
}

/** What a signed cookie says; undefined when it is too old. */
export function readHalfway(text: string | undefined, now: Date): Halfway | undefined {
  const [accountId = '', next, until] = (text ?? '').split('|');
  if (accountId === '' || !isNext(next) || Number(until) <= now.getTime()) return undefined;
  return { accountId, next };
}

type Trust = { text: string; seconds: number };

/** 「この端末では30日間省略する」 for one account and its present factor; ends with the factor. */
export async function trustText(ctx: Context, accountId: string): Promise<Trust> {
  return await readTransaction({ ...ctx, actor: { kind: 'system', name: 'identity' } }, async (tx) => {
    const confirmedAt = (await findFactor(tx, accountId))?.confirmedAt?.getTime() ?? 0;
    const ms = (await systemSettingsOf(tx)).trustedDeviceDays * dayMs;
    return { text: [accountId, confirmedAt, ctx.now.getTime() + ms].join('|'), seconds: ms / 1000 };
  });
}

/** Days for which a doctor may leave the second proof out on a device of his own; undefined for everybody else. */
export async function trustDaysOf(ctx: Context, accountId: string): Promise<number | undefined> {
  if ((await loginOf(ctx, accountId))?.kind !== 'doctor') return undefined;
  return (await readTransaction({ ...ctx, actor: { kind: 'system', name: 'identity' } }, systemSettingsOf)).trustedDeviceDays;
}

/** The second step, as the refusal of a login carries it. */
export function halfwayIn(current: unknown): Halfway | undefined {
  if (typeof current !== 'object' || current === null || !('accountId' in current) || !('next' in current)) return undefined;
  const { accountId, next } = current;
  return typeof accountId === 'string' && isNext(next) ? { accountId, next } : undefined;
}

/** True for a device whose owner has asked not to be asked. */
export function isTrusted(text: string | undefined, ask: { accountId: string; confirmedAt: number; now: Date }): boolean {
  const [accountId, confirmedAt, until] = (text ?? '').split('|');
  return accountId === ask.accountId && Number(confirmedAt) === ask.confirmedAt && Number(until) > ask.now.getTime();
}
