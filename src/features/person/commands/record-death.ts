import type { Day } from '#kernel/day.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import { clearDeath, storeDeath } from '../store.server.ts';

/**
 * A doctor has died (`rules.md 3.10`): from the commit on he is written to no more and cannot sign in. Within the
 * transaction of the entry; false when it was known already.
 */
export async function recordDeath(tx: WriteTransaction, death: { personId: string; diedOn: Day; at: Date }): Promise<boolean> {
  return await storeDeath(tx, death);
}

/** 死亡登録の取消: he signs in and is written to as before. Within the transaction of the caller; false when no death is known. */
export async function withdrawDeath(tx: WriteTransaction, at: { personId: string; at: Date }): Promise<boolean> {
  return await clearDeath(tx, at);
}
