import type { WriteTransaction } from '#platform/db/transaction.ts';
import type { MoveRow } from '../reorganisation.store.server.ts';
import { keepMove } from '../reorganisation.store.server.ts';

/** Notes what became of one member of a 合併 or 分割, inside the transaction that moved him. */
export async function keepMoved(tx: WriteTransaction, row: MoveRow): Promise<void> {
  await keepMove(tx, row);
}
