import { actingAccount, actingAssociation } from '#kernel/actor.ts';
import { dayOfInstant } from '#kernel/day.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import type { Context } from '#platform/context.ts';
import { isDatabaseGone } from '#platform/db/errors.ts';
import type { OpenSession } from '#platform/session/visitor.ts';
import { browserOf } from '../browser.ts';
import { deviceOf } from '../device.ts';
import { findOwnLogin, listDevices, listLogins, type OpenDevice } from '../store.server.ts';
import { loginHistoryDays } from '../rules.ts';

export type OwnDevice = { id: string; here: boolean; browser: string; since: string; lastUse: string };
export type OwnAccount = {
  loginId: string;
  mail: string;
  devices: readonly OwnDevice[];
  /** ログイン履歴, newest first. */
  logins: readonly { at: string; address: string }[];
};

/** More than that nobody reads; the offices have 操作履歴. */
const mostLogins = 50;

const clock = new Intl.DateTimeFormat('ja-JP', { timeZone: 'Asia/Tokyo', hour: '2-digit', minute: '2-digit' });

function momentOf(at: Date): string {
  return `${dayOfInstant(at).replaceAll('-', '/')} ${clock.format(at)}`;
}

function shown(device: OpenDevice, here: OpenSession | undefined): OwnDevice {
  return {
    id: deviceOf(device.tokenHash),
    here: here !== undefined && device.tokenHash.equals(here.tokenHash),
    browser: browserOf(device.userAgent),
    since: momentOf(device.createdAt),
    lastUse: momentOf(device.seenAt),
  };
}

/** One's own login ID and address, the browsers that are logged in now, and the logins of the last 90 days (D-05). */
export async function ownAccount(ctx: Context, session: OpenSession | undefined): Promise<Outcome<OwnAccount>> {
  const accountId = actingAccount(ctx.actor);
  if (accountId === undefined || session === undefined) return refuse('unauthenticated');
  try {
    const { system } = ctx.database;
    const login = await findOwnLogin(system, accountId);
    if (login === undefined) return refuse('notFound');
    const devices = await listDevices(system, { accountId, now: ctx.now, idleMinutes: session.idleMinutes });
    const since = new Date(ctx.now.getTime() - loginHistoryDays * 86_400_000);
    const logins = await listLogins(system, { accountId, since, associationId: actingAssociation(ctx.actor) ?? null, limit: mostLogins });
    return accepted({
      ...login,
      devices: devices.map((device) => shown(device, session)),
      logins: logins.map(({ at, address }) => ({ at: momentOf(at), address })),
    });
  } catch (error) {
    if (isDatabaseGone(error)) return refuse('unavailable', { retryAfterSeconds: 5 });
    throw error;
  }
}
