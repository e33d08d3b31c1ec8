import type { Day } from '#kernel/day.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { listDueMerges } from '../store.server.ts';

/** Merges of one day; more wait for the next round. */
const mostOfOneRound = 500;

/** Planned merges whose day has come, oldest day first; asked by the daily round. */
export async function dueMerges(tx: ReadTransaction, on: Day): Promise<string[]> {
  return await listDueMerges(tx, on, mostOfOneRound);
}
