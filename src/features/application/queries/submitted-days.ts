import type { Day } from '#kernel/day.ts';
import { dayOfInstant } from '#kernel/day.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { listSubmittedAt } from '../history.store.server.ts';

/** 申請日 of the applications that the given steps belong to, by step id; steps out of scope are missing. */
export async function submittedDays(tx: ReadTransaction, stepIds: readonly string[]): Promise<Map<string, Day>> {
  const rows = await listSubmittedAt(tx, stepIds);
  return new Map(rows.map((row) => [row.id, dayOfInstant(row.submittedAt)]));
}
