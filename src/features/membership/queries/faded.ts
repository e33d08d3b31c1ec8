import { addDays } from '#kernel/day.ts';
import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { listLongGone } from '../member-mailing.store.server.ts';
import { actingOffice } from './members.ts';

/** Of these persons the former members whose contact data must not be shown to the acting office any more (`screens.md O-08`). */
export async function fadedAmong(tx: ReadTransaction, ctx: Pick<Context, 'actor' | 'today'>, ids: readonly string[]): Promise<Set<string>> {
  const { formerContactDays } = await systemSettingsOf(tx);
  const { associationId } = actingOffice(ctx);
  return new Set(await listLongGone(tx, ids, { associationId, before: addDays(ctx.today, -formerContactDays) }));
}

/** True when address, telephone and mail of a person are kept from the acting office; asked by features above. */
export async function isContactFaded(tx: ReadTransaction, ctx: Pick<Context, 'actor' | 'today'>, personId: string): Promise<boolean> {
  return (await fadedAmong(tx, ctx, [personId])).has(personId);
}
