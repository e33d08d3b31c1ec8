import type { ReadTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';
import type { MemberMark } from './fields.ts';
import { memberMarks } from './fields.ts';
import { markCondition } from './member-mark.store.server.ts';
import type { MemberScope } from './member-scope.store.server.ts';
import { matching } from './member.store.server.ts';
import { memberListInput } from './queries/member-filter.ts';

/**
 * 状態 of these persons on the day of the scope, by the same conditions as the filter (`screens.md O-07, O-08`). They are what is recorded
 * now; of an earlier knowledge nobody is told any.
 */
export async function listMarks(tx: ReadTransaction, ids: readonly string[], scope: MemberScope): Promise<Map<string, MemberMark[]>> {
  if (ids.length === 0 || scope.knownAt !== undefined) return new Map();
  const marks = sql.join(memberMarks.map((mark) => sql`CASE WHEN ${markCondition(mark, scope)} THEN ${mark}::text END`));
  // Person by person, as in a large association: few are asked for.
  const everybody = matching(memberListInput.parse({ status: 'all' }), { ...scope, large: true });
  const found = await sql<{ personId: string; marks: string[] }>`SELECT p.id AS "personId", array_remove(ARRAY[${marks}], NULL) AS marks
    ${everybody} AND p.id = ANY (${sql.val([...ids])}::uuid[])`.execute(tx);
  return new Map(found.rows.map((row) => [row.personId, memberMarks.filter((mark) => row.marks.includes(mark))]));
}
