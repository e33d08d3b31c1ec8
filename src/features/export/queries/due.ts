import { addDays, startOfDay } from '#kernel/day.ts';
import type { Context } from '#platform/context.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { DueExport } from '../list.store.server.ts';
import { listDue, listExpiredFiles } from '../list.store.server.ts';

const mostCounted = 1_000;
const portion = 500;
/** Rounds are missed at most so long: a machine that was off for a month makes up for it. */
const lookBackDays = 40;

/** Exports of which the maker is reminded today, in portions: on 削除予定日 and every week after it, until he reports. */
export async function* exportsToRemind(ctx: Context): AsyncGenerator<DueExport[]> {
  let after: DueExport | undefined;
  for (;;) {
    const ask = { on: ctx.today, weekly: true, after, limit: portion };
    const due = await readTransaction(ctx, async (tx) => await listDue(tx, ask));
    yield due;
    if (due.length < portion) return;
    after = due.at(-1);
  }
}

/** Bytes that nobody can fetch any more. */
export async function expiredFiles(ctx: Context): Promise<string[]> {
  const since = startOfDay(addDays(ctx.today, -lookBackDays));
  return await readTransaction(ctx, async (tx) => await listExpiredFiles(tx, { before: ctx.now, since }));
}

/** How many fetched files of an office are due to be deleted, for its top page (`screens.md O-01`). */
export async function countDue(tx: ReadTransaction, ctx: Context, associationId: number): Promise<number> {
  return (await listDue(tx, { on: ctx.today, associationId, limit: mostCounted })).length;
}
