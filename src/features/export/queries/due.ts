import { addDays, daysBetween, startOfDay } from '#kernel/day.ts';
import type { Context } from '#platform/context.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { DueExport } from '../list.store.server.ts';
import { listDue, listExpiredFiles } from '../list.store.server.ts';

const mostReminded = 1_000;
/** Rounds are missed at most so long: a machine that was off for a month makes up for it. */
const lookBackDays = 40;

/** Exports of which the maker is reminded today: on 削除予定日 and every week after it, until he reports. */
export async function exportsToRemind(ctx: Context): Promise<DueExport[]> {
  const due = await readTransaction(ctx, async (tx) => await listDue(tx, { on: ctx.today, limit: mostReminded }));
  return due.filter((row) => daysBetween(row.deleteBy, ctx.today) % 7 === 0);
}

/** Bytes that nobody can fetch any more. */
export async function expiredFiles(ctx: Context): Promise<string[]> {
  const since = startOfDay(addDays(ctx.today, -lookBackDays));
  return await readTransaction(ctx, async (tx) => await listExpiredFiles(tx, { before: ctx.now, since }));
}

/** How many fetched files of an office are due to be deleted, for its top page (`screens.md O-01`). */
export async function countDue(tx: ReadTransaction, ctx: Context, associationId: number): Promise<number> {
  return (await listDue(tx, { on: ctx.today, associationId, limit: mostReminded })).length;
}
