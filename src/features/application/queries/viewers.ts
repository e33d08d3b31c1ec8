import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { Viewer } from '../viewing.store.server.ts';
import { listViewers } from '../viewing.store.server.ts';

/** Colleagues of the acting office who have one of these cases open, newest look first (`screens.md O-05`). */
export async function viewersOf(tx: ReadTransaction, ctx: Context, ids: readonly string[]): Promise<Viewer[]> {
  if (ctx.actor.kind !== 'office') return [];
  const { viewingMinutes } = await systemSettingsOf(tx);
  const since = new Date(ctx.now.getTime() - viewingMinutes * 60_000);
  return await listViewers(tx, { associationId: ctx.actor.associationId, exceptAccountId: ctx.actor.accountId, since, ids });
}
