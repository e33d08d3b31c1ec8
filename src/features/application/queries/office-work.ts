import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { Ahead, Task, WaitingCount } from '../top.store.server.ts';
import { countWaiting, listAhead, listTasks } from '../top.store.server.ts';
import { legendDays, scopeOf } from './inbox.ts';

/** What waits at the acting office; asked by its top page inside its own transaction. */

export type WorkCard = { cases: number; late: number };

export type OfficeWork = {
  join: WorkCard;
  transfer: WorkCard;
  withdrawal: WorkCard;
  /** 確認待ち */
  confirming: WorkCard;
  resubmitted: WorkCard;
  lateDays: number;
  ahead: Ahead[];
  tasks: Task[];
};

const nextEvents = 10;

function cardOf(counts: readonly WaitingCount[], kinds: readonly string[]): WorkCard {
  const rows = counts.filter((row) => kinds.includes(row.kind));
  return { cases: rows.reduce((sum, row) => sum + row.cases, 0), late: rows.reduce((sum, row) => sum + row.late, 0) };
}

/** Counts by kind, next days of effect and open tasks of the acting office. */
export async function readOfficeWork(tx: ReadTransaction, ctx: Context): Promise<OfficeWork> {
  const scope = scopeOf(ctx);
  const counts = await countWaiting(tx, scope);
  return {
    join: cardOf(counts, ['join']),
    transfer: cardOf(counts, ['transfer', 'change']),
    withdrawal: cardOf(counts, ['withdrawal']),
    confirming: {
      cases: counts.reduce((sum, row) => sum + row.confirming, 0),
      late: counts.reduce((sum, row) => sum + row.confirmingLate, 0),
    },
    resubmitted: {
      cases: counts.reduce((sum, row) => sum + row.resubmitted, 0),
      late: counts.reduce((sum, row) => sum + row.resubmittedLate, 0),
    },
    lateDays: await legendDays(tx, ctx),
    ahead: await listAhead(tx, scope, nextEvents),
    tasks: await listTasks(tx, scope.associationId),
  };
}
