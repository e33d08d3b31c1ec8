import type { Day } from '#kernel/day.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { listUninvited } from '../first-admin.store.server.ts';

/** 初期管理者 whose association exists by now and who have no invitation yet; asked by the daily round. */
export async function uninvitedAdmins(tx: ReadTransaction, on: Day): Promise<string[]> {
  return await listUninvited(tx, on);
}
