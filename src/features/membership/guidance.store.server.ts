import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';
import type { GuidanceWay } from './fields.ts';
import { guidanceWays } from './fields.ts';

/** SQL of マイページの案内 (`screens.md O-08`): one row for each that was sent; an office reads its own. */

export type Guidance = { id: string; personId: string; associationId: number; way: GuidanceWay; senderName: string; sentAt: Date };

const columns = [
  'id',
  'person_id as personId',
  'association_id as associationId',
  'way',
  'sender_name as senderName',
  'sent_at as sentAt',
] as const;

function typed(row: Omit<Guidance, 'way'> & { way: string }): Guidance {
  const way = guidanceWays.find((one) => one === row.way);
  if (way === undefined) throw new RangeError('an unknown way of guidance');
  return { ...row, way };
}

/** The last one that an association has sent. */
export async function findLastGuidance(
  tx: ReadTransaction,
  key: { personId: string; associationId: number },
): Promise<Guidance | undefined> {
  const row = await tx
    .selectFrom('member_guidance')
    .select(columns)
    .where('person_id', '=', key.personId)
    .where('association_id', '=', key.associationId)
    .orderBy('sent_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? undefined : typed(row);
}

/** One of them. */
export async function findGuidance(tx: ReadTransaction, id: string): Promise<Guidance | undefined> {
  const row = await tx.selectFrom('member_guidance').select(columns).where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : typed(row);
}

/** When anybody has last sent one to a person in scope: the interval is one for all associations. */
export async function lastGuidanceAt(tx: ReadTransaction, personId: string): Promise<Date | null> {
  const found = await sql<{ at: Date | null }>`SELECT last_guidance_at(${personId}::uuid) AS at`.execute(tx);
  return found.rows[0]?.at ?? null;
}

/** Notes that one is sent. */
export async function insertGuidance(tx: WriteTransaction, row: Guidance & { accountId: string }): Promise<void> {
  await tx
    .insertInto('member_guidance')
    .values({
      id: row.id,
      person_id: row.personId,
      association_id: row.associationId,
      way: row.way,
      account_id: row.accountId,
      sender_name: row.senderName,
      sent_at: row.sentAt,
    })
    .execute();
}
