import { actingAccount } from '#kernel/actor.ts';
import { profileChangesOf } from '#features/person/queries/profile-changes.ts';
import type { ShownChange } from '#features/person/schema.ts';
import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { lastLook } from '../look.store.server.ts';
import { actingOffice } from './members.ts';

/** What has become of a member since the reader looked last; undefined when he sees him for the first time. */
export type SinceLook = { at: Date; changes: ShownChange[] };

const minuteMs = 60_000;
const mostChanges = 100;

/** Several changes of one entry as one: from what stood first to what stands now. */
export function netChanges(oldestFirst: readonly ShownChange[]): ShownChange[] {
  const net = new Map<string, ShownChange>();
  for (const change of oldestFirst) {
    const key = `${change.block}.${change.key}`;
    net.set(key, { ...change, before: net.get(key)?.before ?? change.before });
  }
  return [...net.values()].filter((change) => change.before !== change.after);
}

/** Changes of 登録情報 since the reader's last look (`screens.md O-08`); looks within some minutes count as one. */
export async function sinceLastLook(tx: ReadTransaction, ctx: Context, personId: string): Promise<SinceLook | undefined> {
  const accountId = actingAccount(ctx.actor);
  if (accountId === undefined) return undefined;
  const { sameLookMinutes } = await systemSettingsOf(tx);
  const before = new Date(ctx.now.getTime() - sameLookMinutes * minuteMs);
  const at = await lastLook(tx, { accountId, associationId: actingOffice(ctx).associationId, personId, before });
  if (at === null) return undefined;
  const rows = await profileChangesOf(tx, personId, { after: '', limit: mostChanges });
  const changes = rows
    .filter((row) => row.at > at)
    .reverse()
    .flatMap((row) => row.changes);
  return { at, changes: netChanges(changes) };
}
