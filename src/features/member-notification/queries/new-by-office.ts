import type { ReadTransaction } from '#platform/db/transaction.ts';
import { countNewByOffice } from '../list.store.server.ts';

const dayMs = 86_400_000;

/** What came within the last day and nobody has looked at, by office. */
export async function newByOffice(tx: ReadTransaction, now: Date): Promise<Map<number, { kind: string; count: number }[]>> {
  const offices = new Map<number, { kind: string; count: number }[]>();
  for (const { associationId, kind, count } of await countNewByOffice(tx, new Date(now.getTime() - dayMs))) {
    offices.set(associationId, [...(offices.get(associationId) ?? []), { kind, count }]);
  }
  return offices;
}
