import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import { applicationFlow, isOpen } from './flow.ts';

/** SQL of 担当者 (`screens.md O-03, O-05`): one of our own office for a case; other offices have their own and see nothing of ours. */

type Assignee = { staffId: string; name: string; at: Date };

const openStates = applicationFlow.states.filter((state) => isOpen(state));

type At = { associationId: number; applicationId: string };

/** The 担当者 of an office for a case; undefined while nobody has taken it. */
export async function findAssignee(tx: ReadTransaction, at: At): Promise<Assignee | undefined> {
  const row = await tx
    .selectFrom('case_assignment as c')
    .innerJoin('staff_member as m', 'm.id', 'c.staff_id')
    .select(['m.id', 'm.surname', 'm.given_name', 'c.assigned_at'])
    .where('c.association_id', '=', at.associationId)
    .where('c.application_id', '=', at.applicationId)
    .executeTakeFirst();
  return row === undefined ? undefined : { staffId: row.id, name: `${row.surname} ${row.given_name}`, at: row.assigned_at };
}

/** 担当者 of a page of cases, by case. */
export async function listAssignees(tx: ReadTransaction, associationId: number, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .selectFrom('case_assignment as c')
    .innerJoin('staff_member as m', 'm.id', 'c.staff_id')
    .select(['c.application_id', 'm.surname', 'm.given_name'])
    .where('c.association_id', '=', associationId)
    .where('c.application_id', '=', sql<string>`ANY (${sql.val([...ids])}::uuid[])`)
    .execute();
  return new Map(rows.map((row) => [row.application_id, `${row.surname} ${row.given_name}`]));
}

/** Gives a case to somebody of the office, or to nobody. */
export async function putAssignee(tx: WriteTransaction, at: At, to: { staffId: string | null; at: Date }): Promise<void> {
  const row = { staff_id: to.staffId, assigned_at: to.at };
  await tx
    .insertInto('case_assignment')
    .values({ association_id: at.associationId, application_id: at.applicationId, ...row })
    .onConflict((conflict) => conflict.columns(['association_id', 'application_id']).doUpdateSet(row))
    .execute();
}

/** Gives every open case of one to another; how many there were. */
export async function moveAssignments(
  tx: WriteTransaction,
  move: { associationId: number; fromStaffId: string; toStaffId: string; at: Date },
): Promise<number> {
  const done = await tx
    .updateTable('case_assignment as c')
    .from('application as a')
    .set({ staff_id: move.toStaffId, assigned_at: move.at })
    .whereRef('a.id', '=', 'c.application_id')
    .where('c.association_id', '=', move.associationId)
    .where('c.staff_id', '=', move.fromStaffId)
    .where('a.state', 'in', openStates)
    .executeTakeFirst();
  return Number(done.numUpdatedRows);
}

/** The condition 担当者 of 申請管理: mine, or nobody's. */
export function assigneeCondition(who: 'me' | 'nobody', scope: { associationId: number; staffId: string }): RawBuilder<boolean> {
  const ours = sql`SELECT c.application_id FROM case_assignment c WHERE c.association_id = ${scope.associationId}`;
  return who === 'me'
    ? sql<boolean>`s.application_id IN (${ours} AND c.staff_id = ${scope.staffId})`
    : sql<boolean>`NOT EXISTS (${ours} AND c.application_id = s.application_id AND c.staff_id IS NOT NULL)`;
}
