import type { Day } from '#kernel/day.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';
import { liveEvent } from './effect.store.server.ts';
import type { ApplicationKind } from './flow.ts';
import type { ListScope } from './list.store.server.ts';
import { lateStep, stepHoldsCase } from './list.store.server.ts';
import { kindOf, visibleTo } from './store.server.ts';

/** SQL of the office's top page (`screens.md O-01`): what waits, what comes into effect, what is to be decided. */

export type WaitingCount = {
  kind: ApplicationKind;
  cases: number;
  late: number;
  resubmitted: number;
  resubmittedLate: number;
  confirming: number;
  confirmingLate: number;
};

/** Cases that lie with us, by kind. */
export async function countWaiting(tx: ReadTransaction, scope: ListScope): Promise<WaitingCount[]> {
  const late = lateStep('s', scope.today);
  const again = sql<boolean>`EXISTS (SELECT FROM application_form f WHERE f.application_id = a.id)`;
  const rows = await tx
    .selectFrom('application_step as s')
    .innerJoin('application as a', 'a.id', 's.application_id')
    .select([
      'a.kind',
      sql<number>`count(*)`.as('cases'),
      sql<number>`count(*) FILTER (WHERE ${late})`.as('late'),
      sql<number>`count(*) FILTER (WHERE s.role = 'acknowledge')`.as('confirming'),
      sql<number>`count(*) FILTER (WHERE s.role = 'acknowledge' AND ${late})`.as('confirmingLate'),
      sql<number>`count(*) FILTER (WHERE ${again})`.as('resubmitted'),
      sql<number>`count(*) FILTER (WHERE ${again} AND ${late})`.as('resubmittedLate'),
    ])
    .where('s.association_id', '=', scope.associationId)
    .where(stepHoldsCase('s'))
    .where(visibleTo(scope.actor))
    .groupBy('a.kind')
    .execute();
  return rows.map((row) => ({ ...row, kind: kindOf(row.kind) }));
}

export type Ahead = { applicationId: string; personId: string; kind: ApplicationKind; name: string; kana: string; on: Day };

/** What cases make true at our association on days to come, nearest first: also where another office decided (`rules.md 3.5`). */
export async function listAhead(tx: ReadTransaction, scope: ListScope, limit: number): Promise<Ahead[]> {
  const rows = await tx
    .selectFrom('membership_event as e')
    .innerJoin('application_step as s', 's.id', 'e.application_step_id')
    .innerJoin('application as a', 'a.id', 's.application_id')
    .select(['a.id', 'a.person_id', 'a.kind', 'a.applicant_name', 'a.applicant_kana', 'e.effective_on as on'])
    .where('e.association_id', '=', scope.associationId)
    .where('e.effective_on', '>', scope.today)
    .where(liveEvent)
    .where(visibleTo(scope.actor))
    .groupBy(['a.id', 'e.effective_on'])
    .orderBy('e.effective_on')
    .orderBy('a.id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    applicationId: row.id,
    personId: row.person_id,
    kind: kindOf(row.kind),
    name: row.applicant_name,
    kana: row.applicant_kana,
    on: row.on,
  }));
}

export type Task = {
  id: string;
  applicationId: string;
  personId: string;
  number: string;
  kind: ApplicationKind;
  name: string;
  createdAt: Date;
};

/** Tasks of an office that nobody has marked as done, oldest first. */
export async function listTasks(tx: ReadTransaction, associationId: number): Promise<Task[]> {
  const rows = await tx
    .selectFrom('office_task as t')
    .innerJoin('application as a', 'a.id', 't.application_id')
    .select(['t.id', 'a.id as application', 'a.person_id', 'a.number', 'a.kind', 'a.applicant_name', 't.created_at'])
    .where('t.association_id', '=', associationId)
    .where('t.done_at', 'is', null)
    .orderBy('t.created_at')
    .orderBy('t.id')
    .limit(50)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    applicationId: row.application,
    personId: row.person_id,
    number: row.number ?? '',
    kind: kindOf(row.kind),
    name: row.applicant_name,
    createdAt: row.created_at,
  }));
}

/** One task of an office, whether done or not. */
export async function findTask(tx: ReadTransaction, associationId: number, id: string) {
  return await tx
    .selectFrom('office_task')
    .select(['id', 'application_id as applicationId', 'person_id as personId', 'done_at as doneAt', 'done_by as doneBy'])
    .where('id', '=', id)
    .where('association_id', '=', associationId)
    .executeTakeFirst();
}

/** Marks a task as done; false when somebody was faster. */
export async function finishTaskRow(tx: WriteTransaction, id: string, done: { at: Date; by: string }): Promise<boolean> {
  const changed = await tx
    .updateTable('office_task')
    .set({ done_at: done.at, done_by: done.by })
    .where('id', '=', id)
    .where('done_at', 'is', null)
    .executeTakeFirst();
  return changed.numUpdatedRows === 1n;
}
