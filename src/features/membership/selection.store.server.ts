import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';
import type { MemberScope } from './member-scope.store.server.ts';
import { matching } from './member.store.server.ts';
import type { MemberFilter } from './queries/member-filter.ts';

/** SQL of what an office has chosen in 会員情報管理 (`screens.md O-07`). */

/** Of these persons those with a membership here, now or before, or with an open application. */
export async function inScopeAmong(tx: ReadTransaction, ids: readonly string[], associationId: number): Promise<string[]> {
  const found = await sql<{ id: string }>`SELECT p.id FROM person p WHERE p.id = ANY (${sql.val([...ids])}::uuid[])
    AND (EXISTS (SELECT FROM membership_event e WHERE e.person_id = p.id AND e.association_id = ${associationId})
      OR EXISTS (SELECT FROM application_step s WHERE s.person_id = p.id AND s.association_id = ${associationId} AND s.open))
    ORDER BY p.id`.execute(tx);
  return found.rows.map((row) => row.id);
}

/** Those who stand in the list now, in no order; at most so many. */
export async function listedNow(tx: ReadTransaction, scope: MemberScope, ask: { filter: MemberFilter; limit: number }): Promise<string[]> {
  const found = await sql<{ id: string }>`SELECT p.id ${matching(ask.filter, scope)} LIMIT ${ask.limit}`.execute(tx);
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

/** Of the choices older than an instant the next ones that neither a notice nor a file names, oldest first. */
export async function listUnused(tx: ReadTransaction, ask: { before: Date; limit: number }): Promise<string[]> {
  const found = await sql<{ id: string }>`SELECT s.id FROM member_selection s WHERE s.selected_at < ${ask.before}
    AND NOT EXISTS (SELECT FROM notice n WHERE n.condition ? 'selection' AND n.condition->>'selection' = s.id::text)
    AND NOT EXISTS (SELECT FROM data_export e WHERE e.conditions LIKE '%selection=%'
      AND substring(e.conditions FROM 'selection=([0-9a-f-]{36})') = s.id::text)
    ORDER BY s.selected_at, s.id LIMIT ${ask.limit}`.execute(tx);
  return found.rows.map((row) => row.id);
}

/** Removes choices. */
export async function removeSelections(tx: WriteTransaction, ids: readonly string[]): Promise<void> {
  await sql`DELETE FROM member_selection WHERE id = ANY (${sql.val([...ids])}::uuid[])`.execute(tx);
}
