import type { ReadTransaction } from '#platform/db/transaction.ts';
import { listInfo } from '../info.store.server.ts';

/** True once somebody of the office has stored 医師会情報; what came with the migration does not count. */
export async function infoEntered(tx: ReadTransaction, associationId: number): Promise<boolean> {
  return (await listInfo(tx, associationId)).some((one) => one.recordedBy !== '');
}
