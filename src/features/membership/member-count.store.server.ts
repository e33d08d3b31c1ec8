import type { Day } from '#kernel/day.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';

/** Numbers of members on a day by association, without any person; all associations when none are named. */
export async function countMembersOn(
  tx: ReadTransaction,
  on: Day,
  associationIds: readonly number[] | undefined,
): Promise<{ associationId: number; members: number }[]> {
  const ids = associationIds === undefined ? null : [...associationIds];
  const found = await sql<{ associationId: number; members: number }>`
    SELECT association_id AS "associationId", members FROM member_counts_on(${on}::date, ${sql.val(ids)}::int[])`.execute(tx);
  return found.rows;
}

/** The same as it was known at an instant: the same question gets the same answer for ever (`rules.md 2.1`). */
export async function countMembersKnownAt(
  tx: ReadTransaction,
  { on, knownAt }: { on: Day; knownAt: Date },
  associationIds: readonly number[] | undefined,
): Promise<{ associationId: number; members: number }[]> {
  const ids = associationIds === undefined ? null : [...associationIds];
  const found = await sql<{ associationId: number; members: number }>`
    SELECT association_id AS "associationId", members FROM member_counts_known_at(${on}::date, ${knownAt}, ${sql.val(ids)}::int[])`.execute(
    tx,
  );
  return found.rows;
}
