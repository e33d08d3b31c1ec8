import type { ReadTransaction } from '#platform/db/transaction.ts';
import { countWaitingAt } from '../store.server.ts';

/** 在籍証明書 that doctors have applied for and an office has not issued yet; asked by its top page (`screens.md O-01`). No personal data. */
export async function waitingCertificates(tx: ReadTransaction, associationId: number): Promise<number> {
  return await countWaitingAt(tx, associationId);
}
