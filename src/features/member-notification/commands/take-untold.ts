import type { WriteTransaction } from '#platform/db/transaction.ts';
import { takeUntold } from '../list.store.server.ts';

/** By office, what is unread and has been told by no earlier M-44; the caller tells it in the same transaction. */
export async function takeUntoldByOffice(tx: WriteTransaction, at: Date): Promise<Map<number, { kind: string; count: number }[]>> {
  const offices = new Map<number, { kind: string; count: number }[]>();
  for (const { associationId, kind, count } of await takeUntold(tx, at)) {
    offices.set(associationId, [...(offices.get(associationId) ?? []), { kind, count }]);
  }
  return offices;
}
