import type { ReadTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';

/** SQL of fee waivers that end (`rules.md 6`, M-24). */

/** Members of the JMA who graduated within these months, both included. */
export async function listGraduatesOfJma(tx: ReadTransaction, ask: { from: string; to: string; personId?: string }): Promise<string[]> {
  const one = ask.personId === undefined ? sql`true` : sql`p.id = ${ask.personId}`;
  const found = await sql<{ id: string }>`
    SELECT p.id FROM person p
    WHERE p.graduated_on BETWEEN ${ask.from} AND ${ask.to} AND p.died_on IS NULL AND p.mail <> '' AND ${one}
      AND EXISTS (SELECT FROM membership_period m JOIN association a ON a.id = m.association_id AND a.layer = 1
        WHERE m.person_id = p.id AND m.left_on IS NULL)
    ORDER BY p.id`.execute(tx);
  return found.rows.map((row) => row.id);
}

/** The category of a member at the JMA, and the lowest association of his group there. */
export async function findJmaStanding(
  tx: ReadTransaction,
  personId: string,
): Promise<{ category: string; lowestAssociationId: number } | undefined> {
  const found = await sql<{ category: string; lowestAssociationId: number }>`
    SELECT c.name AS category, f.lowest_association_id AS "lowestAssociationId"
    FROM membership_phase h JOIN association a ON a.id = h.association_id AND a.layer = 1
    JOIN member_category c ON c.id = h.category_id JOIN affiliation f ON f.id = h.affiliation_id
    WHERE h.person_id = ${personId} AND h.ends_on IS NULL LIMIT 1`.execute(tx);
  return found.rows[0];
}
