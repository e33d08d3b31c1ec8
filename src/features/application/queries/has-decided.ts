import type { ReadTransaction } from '#platform/db/transaction.ts';
import { findDecided } from '../step.store.server.ts';

/** True once an office has approved its first case. */
export async function hasDecided(tx: ReadTransaction, associationId: number): Promise<boolean> {
  return await findDecided(tx, associationId);
}
