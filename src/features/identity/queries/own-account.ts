import { actingAccount, actingAssociation } from '#kernel/actor.ts';
import { dayOfInstant } from '#kernel/day.ts';
import { formatInstant } from '#kernel/wareki.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import type { Context } from '#platform/context.ts';
import { isDatabaseGone } from '#platform/db/errors.ts';
import type { OpenSession } from '#platform/session/visitor.ts';
import { browserOf } from '../browser.ts';
import { deviceOf } from '../device.ts';
import { listMailChanges, type MailChangeStage } from '../mail-change.store.server.ts';
import { placesOf } from '../place.store.server.ts';
import { findOwnLogin, listDevices, listLogins, type OpenDevice } from '../store.server.ts';
import { mostLogins } from '../rules.ts';

export type OwnDevice = { id: string; here: boolean; browser: string; from: string; since: string; lastUse: string };
/** sent: the link has gone to the new address · confirmed: it waits for the former one, or for its time (D-05). */
export type OwnMailChange = { stage: MailChangeStage; mail: string; until: string };

export type OwnAccount = {
  loginId: string;
  mail: string;
  devices: readonly OwnDevice[];
  /** ログイン履歴, newest first. */
  logins: readonly { at: string; from: string; browser: string }[];
  /** So many days of them. */
  historyDays: number;
  /** New addresses that are not confirmed by both sides yet. */
  mailChanges: readonly OwnMailChange[];
};

const clock = new Intl.DateTimeFormat('ja-JP', { timeZone: 'Asia/Tokyo', hour: '2-digit', minute: '2-digit' });

function momentOf(at: Date): string {
  return `${dayOfInstant(at).replaceAll('-', '/')} ${clock.format(at)}`;
}

/** 「203.0.113.5(大阪府)」; the prefecture only where the installation knows it. */
function fromWhere(address: string, places: ReadonlyMap<string, string>): string {
  const place = places.get(address);
  return place === undefined ? address : `${address}(${place})`;
}

type Seen = { here: OpenSession; places: ReadonlyMap<string, string> };

function shown(device: OpenDevice, { here, places }: Seen): OwnDevice {
  return {
    id: deviceOf(device.tokenHash),
    here: device.tokenHash.equals(here.tokenHash),
    browser: browserOf(device.userAgent),
    from: fromWhere(device.address, places),
    since: momentOf(device.createdAt),
    lastUse: momentOf(device.seenAt),
  };
}

/** One's own login ID and address, the browsers that are logged in now, and the logins of the last days (D-05). */
export async function ownAccount(ctx: Context, session: OpenSession | undefined): Promise<Outcome<OwnAccount>> {
  const accountId = actingAccount(ctx.actor);
  if (accountId === undefined || session === undefined) return refuse('unauthenticated');
  try {
    const { system } = ctx.database;
    const login = await findOwnLogin(system, accountId);
    if (login === undefined) return refuse('notFound');
    const devices = await listDevices(system, { accountId, now: ctx.now, idleMinutes: session.idleMinutes });
    const { loginHistoryDays: days } = await readTransaction({ ...ctx, actor: { kind: 'system', name: 'identity' } }, systemSettingsOf);
    const since = new Date(ctx.now.getTime() - days * 86_400_000);
    const logins = await listLogins(system, { accountId, since, associationId: actingAssociation(ctx.actor) ?? null, limit: mostLogins });
    const places = await placesOf(
      system,
      [...devices, ...logins].map(({ address }) => address),
    );
    const changes = await listMailChanges(system, { accountId, now: ctx.now });
    return accepted({
      ...login,
      devices: devices.map((device) => shown(device, { here: session, places })),
      logins: logins.map(({ at, address, browser }) => ({ at: momentOf(at), from: fromWhere(address, places), browser })),
      historyDays: days,
      mailChanges: changes.map(({ stage, mail, until }) => ({ stage, mail, until: formatInstant(until) })),
    });
  } catch (error) {
    if (isDatabaseGone(error)) return refuse('unavailable', { retryAfterSeconds: 5 });
    throw error;
  }
}
