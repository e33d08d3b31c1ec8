import type { Day } from '#kernel/day.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import { storeDeath } from '../store.server.ts';

/**
 * A doctor has died (`rules.md 3.10`): from the commit on he is written to no more and cannot sign in. Within the
 * transaction of the entry; false when it was known already.
 */
export async function recordDeath(tx: WriteTransaction, death: { personId: string; diedOn: Day; at: Date }): Promise<boolean> {
  return await storeDeath(tx, death);
}
