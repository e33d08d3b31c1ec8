import type { ReadTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';

/** SQL of 「{氏名}が表示中」 (`screens.md O-05`): who of our own office has a case open, as its record of looks tells. */

export type Viewer = { applicationId: string; name: string; at: Date };

/** The case that each colleague looked at last, since an instant; among the cases asked for. */
export async function listViewers(
  tx: ReadTransaction,
  ask: { associationId: number; exceptAccountId: string; since: Date; ids: readonly string[] },
): Promise<Viewer[]> {
  if (ask.ids.length === 0) return [];
  const found = await sql<Viewer>`
    SELECT v.target AS "applicationId", v.actor_name AS name, v.at FROM (
      SELECT DISTINCT ON (e.account_id) e.target, e.actor_name, e.at FROM audit_event e
      WHERE e.association_id = ${ask.associationId} AND e.at > ${ask.since} AND e.action = 'application.viewed'
        AND e.account_id <> ${ask.exceptAccountId}::uuid AND e.target <> ''
      ORDER BY e.account_id, e.at DESC, e.id DESC) v
    WHERE v.target = ANY (${sql.val([...ask.ids])}::text[]) ORDER BY v.at DESC, v.actor_name`.execute(tx);
  return found.rows;
}
