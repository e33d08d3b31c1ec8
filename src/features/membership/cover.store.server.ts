import type { Day } from '#kernel/day.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';

/** SQL of what stands on what: an upper membership needs a lower one (`rules.md 1.5`). */

export type UpperMembership = { associationId: number; name: string; leftOn: Day | null };

/** Memberships directly above some associations, not among them, that no other membership of the person carries on. */
export async function listUncovered(tx: ReadTransaction, personId: string, leaving: readonly number[]): Promise<UpperMembership[]> {
  if (leaving.length === 0) return [];
  const gone = sql`${sql.val([...leaving])}::int[]`;
  const found = await sql<{ id: number; name: string; left_on: Day | null }>`
    SELECT DISTINCT p.association_id AS id, v.name, p.left_on
    FROM membership_period p
    JOIN association_version v ON v.association_id = p.association_id AND v.ends_on IS NULL
    JOIN association_version c ON c.parent_id = p.association_id AND c.association_id = ANY (${gone})
    WHERE p.person_id = ${personId} AND p.association_id <> ALL (${gone})
      AND NOT EXISTS (
        SELECT FROM membership_period q
        JOIN association_version below ON below.association_id = q.association_id AND below.parent_id = p.association_id
        WHERE q.person_id = p.person_id AND q.association_id <> ALL (${gone})
          AND (q.left_on IS NULL OR q.left_on >= p.left_on))
    ORDER BY p.association_id`.execute(tx);
  return found.rows.map((row) => ({ associationId: row.id, name: row.name, leftOn: row.left_on }));
}
