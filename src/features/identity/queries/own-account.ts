import { actingAccount } from '#kernel/actor.ts';
import { dayOfInstant } from '#kernel/day.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import type { Context } from '#platform/context.ts';
import { isDatabaseGone } from '#platform/db/errors.ts';
import type { OpenSession } from '#platform/session/visitor.ts';
import { browserOf } from '../browser.ts';
import { findLoginId, listDevices, type OpenDevice } from '../store.server.ts';

export type OwnDevice = { key: number; here: boolean; browser: string; since: string; lastUse: string };
export type OwnAccount = { loginId: string; devices: readonly OwnDevice[] };

const clock = new Intl.DateTimeFormat('ja-JP', { timeZone: 'Asia/Tokyo', hour: '2-digit', minute: '2-digit' });

function momentOf(at: Date): string {
  return `${dayOfInstant(at).replaceAll('-', '/')} ${clock.format(at)}`;
}

function shown(device: OpenDevice, key: number, here: OpenSession | undefined): OwnDevice {
  return {
    key,
    here: here !== undefined && device.tokenHash.equals(here.tokenHash),
    browser: browserOf(device.userAgent),
    since: momentOf(device.createdAt),
    lastUse: momentOf(device.seenAt),
  };
}

/** One's own login ID and the browsers that are logged in now. */
export async function ownAccount(ctx: Context, session: OpenSession | undefined): Promise<Outcome<OwnAccount>> {
  const accountId = actingAccount(ctx.actor);
  if (accountId === undefined || session === undefined) return refuse('unauthenticated');
  try {
    const loginId = await findLoginId(ctx.database.system, accountId);
    if (loginId === undefined) return refuse('notFound');
    const devices = await listDevices(ctx.database.system, { accountId, now: ctx.now, idleMinutes: session.idleMinutes });
    return accepted({ loginId, devices: devices.map((device, key) => shown(device, key, session)) });
  } catch (error) {
    if (isDatabaseGone(error)) return refuse('unavailable', { retryAfterSeconds: 5 });
    throw error;
  }
}
