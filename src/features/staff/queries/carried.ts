import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { Carried } from '../carry.store.server.ts';
import { findCarried } from '../carry.store.server.ts';

/** Somebody whom a 合併 has carried over, with the address to tell him at; undefined where there is none. Asked by the system. */
export async function carriedMember(tx: ReadTransaction, staffId: string): Promise<Carried | undefined> {
  return await findCarried(tx, staffId);
}
