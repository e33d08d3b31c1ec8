import { addDays, startOfDay } from '#kernel/day.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { BulkActionName } from '../schema.ts';
import { listRuns, tallyOf } from '../store.server.ts';

export type RecentRun = {
  id: string;
  action: BulkActionName;
  actorName: string;
  createdAt: Date;
  total: number;
  done: number;
  refused: number;
  finished: boolean;
};

/** A run stands on the top page for so many days. */
const shownDays = 7;
const mostShown = 5;

/** The last runs of the acting office, for its top page (`screens.md O-01`): numbers only. */
export async function readRecentRuns(tx: ReadTransaction, ctx: Context, associationId: number): Promise<RecentRun[]> {
  const since = startOfDay(addDays(ctx.today, 1 - shownDays));
  const runs = await listRuns(tx, { associationId, since, limit: mostShown });
  const tallies = await tallyOf(
    tx,
    runs.map((one) => one.id),
  );
  return runs.map(({ id, action, actorName, createdAt, total }) => {
    const tally = tallies.find((one) => one.runId === id);
    const done = tally?.done ?? 0;
    const refused = tally?.refused ?? 0;
    return { id, action, actorName, createdAt, total, done, refused, finished: done + refused >= total };
  });
}
