import type { WriteTransaction } from '#platform/db/transaction.ts';
import type { MoveRow } from '../reorganisation.store.server.ts';
import { keepMove, markTold } from '../reorganisation.store.server.ts';

/** Notes what became of one member of a 合併 or 分割, inside the transaction that moved him. */
export async function keepMoved(tx: WriteTransaction, row: MoveRow): Promise<void> {
  await keepMove(tx, row);
}

/** Notes that these members have been told of it. */
export async function keepTold(tx: WriteTransaction, changeId: string, told: { personIds: readonly string[]; at: Date }): Promise<void> {
  await markTold(tx, changeId, told);
}
