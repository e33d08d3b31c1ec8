import type { Day } from '#kernel/day.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';
import type { StepClock } from './clock.ts';
import type { StepRole, StepState } from './flow.ts';
import { roleOf, stepStateOf } from './store.server.ts';

/** SQL of what is shown with one page of cases: a few questions for the whole page, never one per row. */

export type PageStep = {
  applicationId: string;
  associationId: number;
  associationName: string;
  layer: number;
  state: StepState;
  role: StepRole;
  open: boolean;
  clock: StepClock;
  decidedOn: Day | null;
};

/** The steps of these cases, lowest first. */
export async function listPageSteps(tx: ReadTransaction, ids: readonly string[]): Promise<PageStep[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .selectFrom('application_step as s')
    .innerJoin('association_version as v', (join) => join.onRef('v.association_id', '=', 's.association_id').on('v.ends_on', 'is', null))
    .select([
      's.application_id',
      's.association_id',
      'v.name',
      's.layer',
      's.state',
      's.role',
      's.open',
      's.clock_from as clockFrom',
      's.late_on as lateOn',
      's.decided_on',
    ])
    .where('s.application_id', '=', sql<string>`ANY (${sql.val([...ids])}::uuid[])`)
    .orderBy('s.application_id')
    .orderBy('s.ordinal')
    .execute();
  return rows.map((row) => ({
    applicationId: row.application_id,
    associationId: row.association_id,
    associationName: row.name,
    layer: row.layer,
    state: stepStateOf(row.state),
    role: roleOf(row.role),
    open: row.open,
    clock: { clockFrom: row.clockFrom, lateOn: row.lateOn },
    decidedOn: row.decided_on,
  }));
}

export type Note = { applicationId: string; authorName: string; authorOffice: string; body: string; at: Date };

/** The newest 審査時連絡メッセージ of each case. */
export async function listNewestMessages(tx: ReadTransaction, ids: readonly string[]): Promise<Note[]> {
  const found = await sql<Note>`
    SELECT m.application_id AS "applicationId", m.author_name AS "authorName", m.author_office AS "authorOffice", m.body, m.at
    FROM unnest(${sql.val([...ids])}::uuid[]) AS t(id)
    CROSS JOIN LATERAL (SELECT * FROM review_message r WHERE r.application_id = t.id ORDER BY r.at DESC, r.id DESC LIMIT 1) m`.execute(tx);
  return found.rows;
}

/** The newest 事務局メモ of each case that the office may read. */
export async function listNewestMemos(tx: ReadTransaction, ids: readonly string[]): Promise<Note[]> {
  const found = await sql<Note>`
    SELECT m.application_id AS "applicationId", m.author_name AS "authorName", m.author_office AS "authorOffice", m.body, m.at
    FROM unnest(${sql.val([...ids])}::uuid[]) AS t(id)
    CROSS JOIN LATERAL (SELECT * FROM office_memo o WHERE o.application_id = t.id ORDER BY o.at DESC, o.id DESC LIMIT 1) m`.execute(tx);
  return found.rows;
}

/** Of these persons the ones whose licence no office has seen yet: (確認前). */
export async function listUnchecked(tx: ReadTransaction, personIds: readonly string[]): Promise<string[]> {
  if (personIds.length === 0) return [];
  const rows = await tx
    .selectFrom('person_licence')
    .select('person_id')
    .where('person_id', '=', sql<string>`ANY (${sql.val([...personIds])}::uuid[])`)
    .where('current', '=', true)
    .where('verified_at', 'is', null)
    .execute();
  return rows.map((row) => row.person_id);
}
