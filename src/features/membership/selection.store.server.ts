import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';

/** SQL of what an office has chosen in 会員情報管理 (`screens.md O-07`). */

/** Of these persons those with a membership here, now or before, or with an open application. */
export async function inScopeAmong(tx: ReadTransaction, ids: readonly string[], associationId: number): Promise<string[]> {
  const found = await sql<{ id: string }>`SELECT p.id FROM person p WHERE p.id = ANY (${sql.val([...ids])}::uuid[])
    AND (EXISTS (SELECT FROM membership_event e WHERE e.person_id = p.id AND e.association_id = ${associationId})
      OR EXISTS (SELECT FROM application_step s WHERE s.person_id = p.id AND s.association_id = ${associationId} AND s.open))
    ORDER BY p.id`.execute(tx);
  return found.rows.map((row) => row.id);
}

/** Keeps a choice; it is never changed. */
export async function insertSelection(
  tx: WriteTransaction,
  selection: { id: string; associationId: number; accountId: string; personIds: readonly string[]; at: Date },
): Promise<void> {
  await tx
    .insertInto('member_selection')
    .values({
      id: selection.id,
      association_id: selection.associationId,
      account_id: selection.accountId,
      person_ids: [...selection.personIds],
      selected_at: selection.at,
    })
    .execute();
}

/** How many an association has chosen; undefined when there is no such choice of its own. */
export async function countSelected(tx: ReadTransaction, id: string, associationId: number): Promise<number | undefined> {
  const found = await sql<{ count: number }>`SELECT cardinality(person_ids) AS count FROM member_selection
    WHERE id = ${id}::uuid AND association_id = ${associationId}`.execute(tx);
  return found.rows[0]?.count;
}
