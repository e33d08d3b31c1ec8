import type { Actor } from '#kernel/actor.ts';
import type { Day } from '#kernel/day.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';
import type { StepClock } from './clock.ts';
import type { Leg, ApplicationKind, ApplicationState, StepRole, StepState } from './flow.ts';
import { legOf, kindOf, roleOf, stateOf, stepStateOf, visibleTo } from './store.server.ts';

/** SQL of what is shown with one page of cases: a few questions for the whole page, never one per row. */

export type PageStep = {
  applicationId: string;
  associationId: number;
  associationName: string;
  layer: number;
  leg: Leg;
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
      's.leg',
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
    leg: legOf(row.leg),
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

export type CaseHeadRow = {
  id: string;
  personId: string;
  number: string;
  kind: ApplicationKind;
  state: ApplicationState;
  name: string;
  kana: string;
  licence: string;
  attentionReason: string;
};

/** What every list shows of a case, for cases named by id. */
export async function listCaseHeads(tx: ReadTransaction, actor: Actor, ids: readonly string[]): Promise<CaseHeadRow[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .selectFrom('application as a')
    .select([
      'a.id',
      'a.person_id',
      'a.number',
      'a.kind',
      'a.state',
      'a.applicant_name',
      'a.applicant_kana',
      'a.applicant_licence',
      'a.attention_reason',
    ])
    .where('a.id', '=', sql<string>`ANY (${sql.val([...ids])}::uuid[])`)
    .where(visibleTo(actor))
    .execute();
  return rows.map((row) => ({
    id: row.id,
    personId: row.person_id,
    number: row.number ?? '',
    kind: kindOf(row.kind),
    state: stateOf(row.state),
    name: row.applicant_name,
    kana: row.applicant_kana,
    licence: row.applicant_licence,
    attentionReason: row.attention_reason,
  }));
}

/** Kinds of the papers that stand with these cases: a file, or an original that an office has seen. */
export async function listPapers(tx: ReadTransaction, ids: readonly string[]): Promise<{ applicationId: string; kind: string }[]> {
  if (ids.length === 0) return [];
  const among = sql<string>`ANY (${sql.val([...ids])}::uuid[])`;
  const rows = await tx
    .selectFrom('document')
    .select(['application_id', 'kind'])
    .where('application_id', '=', among)
    .where('removed_at', 'is', null)
    .union(
      tx
        .selectFrom('paper_original')
        .select(['application_id', 'kind'])
        .where('application_id', '=', among)
        .where('removed_at', 'is', null),
    )
    .execute();
  return rows.map((row) => ({ applicationId: row.application_id, kind: row.kind }));
}
