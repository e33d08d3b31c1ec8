import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';

/** SQL of the merging of two facilities (`screens.md J-06`): who works there, and whose affiliation follows. */

/** `among`: only of these persons. */
export type PeopleAsk = { facilityId: string; on: Day; most: number; among?: readonly string[] };

/** People whose membership names the facility on the day or later, or who have an open case from there; at most so many. */
export async function listPeopleAt(tx: ReadTransaction, at: PeopleAsk): Promise<string[]> {
  const { facilityId, on, most, among } = at;
  const asked = (column: string) => (among === undefined ? sql`true` : sql`${sql.ref(column)} = ANY (${sql.val([...among])}::uuid[])`);
  const found = await sql<{ id: string }>`
    SELECT h.person_id AS id FROM membership_phase h WHERE h.facility_id = ${facilityId}::uuid AND (h.ends_on IS NULL OR h.ends_on >= ${on}) AND ${asked('h.person_id')}
    UNION SELECT a.person_id FROM affiliation a WHERE a.facility_id = ${facilityId}::uuid AND cardinality(a.pending_ids) > 0 AND ${asked('a.person_id')}
    ORDER BY id LIMIT ${most}`.execute(tx);
  return found.rows.map((row) => row.id);
}

/** Affiliations that are over keep the facility that they had. */
export async function moveAffiliations(tx: WriteTransaction, personId: string, move: { from: string; to: string; on: Day }): Promise<void> {
  const { from, to, on } = move;
  await sql`UPDATE affiliation a SET facility_id = ${to}::uuid
    WHERE a.person_id = ${personId}::uuid AND a.facility_id = ${from}::uuid AND (cardinality(a.pending_ids) > 0 OR EXISTS (
      SELECT FROM membership_phase h WHERE h.affiliation_id = a.id AND (h.ends_on IS NULL OR h.ends_on >= ${on})))`.execute(tx);
}
