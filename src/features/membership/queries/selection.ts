import type { ReadTransaction } from '#platform/db/transaction.ts';
import { countSelected } from '../selection.store.server.ts';

/** How many members an association has chosen in 会員情報管理; undefined for what is no choice of its own (`screens.md O-07`). */
export async function selectedMembers(tx: ReadTransaction, id: string, associationId: number): Promise<number | undefined> {
  return await countSelected(tx, id, associationId);
}
