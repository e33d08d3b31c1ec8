import type { Day } from '#kernel/day.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';

/** SQL of the requests for another 名称・フリガナ (`screens.md O-19, J-02`). */

export type NameRequest = {
  id: string;
  associationId: number;
  name: string;
  kana: string;
  startsOn: Day;
  reason: string;
  state: string;
  requestedBy: string;
  requestedAt: Date;
  answer: string;
  answeredAt: Date | null;
};

const columns = [
  'id',
  'association_id as associationId',
  'name',
  'kana',
  'starts_on as startsOn',
  'reason',
  'state',
  'requested_by as requestedBy',
  'requested_at as requestedAt',
  'answer',
  'answered_at as answeredAt',
] as const;

/** Requests of one association, newest first. */
export async function listRequests(tx: ReadTransaction, associationId: number): Promise<NameRequest[]> {
  return await tx
    .selectFrom('association_request')
    .select(columns)
    .where('association_id', '=', associationId)
    .orderBy('requested_at', 'desc')
    .limit(20)
    .execute();
}

/** Writes a request. */
export async function insertRequest(
  tx: WriteTransaction,
  row: Pick<NameRequest, 'id' | 'associationId' | 'name' | 'kana' | 'startsOn' | 'reason' | 'requestedBy' | 'requestedAt'>,
): Promise<void> {
  await tx
    .insertInto('association_request')
    .values({
      id: row.id,
      association_id: row.associationId,
      name: row.name,
      kana: row.kana,
      starts_on: row.startsOn,
      reason: row.reason,
      state: 'requested',
      requested_by: row.requestedBy,
      requested_at: row.requestedAt,
    })
    .execute();
}

/** One request by its number. */
export async function findRequest(tx: ReadTransaction, id: string): Promise<NameRequest | undefined> {
  return await tx.selectFrom('association_request').select(columns).where('id', '=', id).executeTakeFirst();
}

/** Requests that wait for an answer, oldest first. */
export async function listWaitingRequests(tx: ReadTransaction): Promise<NameRequest[]> {
  return await tx
    .selectFrom('association_request')
    .select(columns)
    .where('state', '=', 'requested')
    .orderBy('requested_at')
    .orderBy('id')
    .limit(100)
    .execute();
}

/** The answer of the JMA. */
export async function answerRequestRow(
  tx: WriteTransaction,
  id: string,
  answer: { state: 'accepted' | 'declined'; answer: string; by: string; at: Date },
): Promise<void> {
  await tx
    .updateTable('association_request')
    .set({ state: answer.state, answer: answer.answer, answered_by: answer.by, answered_at: answer.at })
    .where('id', '=', id)
    .execute();
}
