import type { Actor } from '#kernel/actor.ts';
import type { Day } from '#kernel/day.ts';
import type { Json } from '#platform/db/schema.gen.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { StepClock } from './clock.ts';
import type { ApplicationKind, ApplicationState, Leg, StepRole, StepState } from './flow.ts';
import { kindOf, legOf, roleOf, stateOf, stepStateOf, visibleTo } from './store.server.ts';

/** SQL of the office's view of one case (`screens.md O-05`); row-level security limits every table. */

export type CaseHead = {
  name: string;
  kana: string;
  licence: string;
  submittedAt: Date | null;
  attentionReason: string;
  proxyAssociation: string | undefined;
};

/** What the case itself kept of the applicant and of its sending, whatever has become of the person since. */
export async function findHead(tx: ReadTransaction, actor: Actor, id: string): Promise<CaseHead | undefined> {
  const row = await tx
    .selectFrom('application as a')
    .leftJoin('association_version as v', (join) =>
      join.onRef('v.association_id', '=', 'a.proxy_association_id').on('v.ends_on', 'is', null),
    )
    .select(['a.applicant_name', 'a.applicant_kana', 'a.applicant_licence', 'a.submitted_at', 'a.attention_reason', 'v.name as proxy'])
    .where('a.id', '=', id)
    .where(visibleTo(actor))
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    name: row.applicant_name,
    kana: row.applicant_kana,
    licence: row.applicant_licence,
    submittedAt: row.submitted_at,
    attentionReason: row.attention_reason,
    proxyAssociation: row.proxy ?? undefined,
  };
}

export type OfficeStep = {
  id: string;
  associationId: number;
  associationName: string;
  layer: number;
  leg: Leg;
  role: StepRole;
  state: StepState;
  category: string;
  decidedCategory: string;
  decidedOn: Day | null;
  settingsVersion: number;
  arrivedAt: Date | null;
  clock: StepClock;
  receivedAt: Date | null;
  decidedAt: Date | null;
  decidedBy: string;
  boardNote: string;
  /** By one person where two were asked for, because the office has no second. */
  decidedAlone: boolean;
};

async function stepRows(tx: ReadTransaction, id: string) {
  return await tx
    .selectFrom('application_step as s')
    .innerJoin('association_version as v', (join) => join.onRef('v.association_id', '=', 's.association_id').on('v.ends_on', 'is', null))
    .leftJoin('member_category as w', 'w.id', 's.category_id')
    .leftJoin('member_category as d', 'd.id', 's.decided_category_id')
    .select([
      's.id',
      's.association_id',
      'v.name',
      's.layer',
      's.leg',
      's.role',
      's.state',
      'w.name as wished',
      'd.name as decided',
      's.decided_on',
      's.settings_version',
      's.arrived_at',
      's.clock_from as clockFrom',
      's.late_on as lateOn',
      's.received_at',
      's.decided_at',
      's.decided_by',
      's.board_note',
      's.decided_alone',
    ])
    .where('s.application_id', '=', id)
    .orderBy('s.ordinal')
    .execute();
}

/** 審査の状況, lowest association first. */
export async function listOfficeSteps(tx: ReadTransaction, id: string): Promise<OfficeStep[]> {
  return (await stepRows(tx, id)).map((row) => ({
    id: row.id,
    associationId: row.association_id,
    associationName: row.name,
    layer: row.layer,
    leg: legOf(row.leg),
    role: roleOf(row.role),
    state: stepStateOf(row.state),
    category: row.wished ?? '',
    decidedCategory: row.decided ?? '',
    decidedOn: row.decided_on,
    settingsVersion: row.settings_version,
    arrivedAt: row.arrived_at,
    clock: { clockFrom: row.clockFrom, lateOn: row.lateOn },
    receivedAt: row.received_at,
    decidedAt: row.decided_at,
    decidedBy: row.decided_by,
    boardNote: row.board_note,
    decidedAlone: row.decided_alone,
  }));
}

export type OfficeAct = {
  id: number;
  action: string;
  /** Of the office that acted; null for the applicant and the system. */
  associationId: number | null;
  toState: string;
  decidedOn: Day | null;
  category: string;
  reasons: string[];
  fields: Json;
  /** What 再申請 changed. */
  changes: Json;
  message: string;
  actorName: string;
  office: string | undefined;
  at: Date;
};

/** 経過: everything done to the case, oldest first; the newest 500. */
export async function listActs(tx: ReadTransaction, id: string): Promise<OfficeAct[]> {
  const rows = await tx
    .selectFrom('application_action as x')
    .leftJoin('association_version as v', (join) => join.onRef('v.association_id', '=', 'x.association_id').on('v.ends_on', 'is', null))
    .leftJoin('member_category as c', 'c.id', 'x.category_id')
    .select([
      'x.id',
      'x.action',
      'x.association_id',
      'x.to_state',
      'x.decided_on',
      'c.name as category',
      'x.reasons',
      'x.fields',
      'x.changes',
      'x.message',
      'x.actor_name',
      'v.name as office',
      'x.at',
    ])
    .where('x.application_id', '=', id)
    .orderBy('x.id', 'desc')
    .limit(500)
    .execute();
  return rows.reverse().map((row) => ({
    id: row.id,
    action: row.action,
    associationId: row.association_id,
    toState: row.to_state,
    decidedOn: row.decided_on,
    category: row.category ?? '',
    reasons: row.reasons,
    fields: row.fields,
    changes: row.changes,
    message: row.message,
    actorName: row.actor_name,
    office: row.office ?? undefined,
    at: row.at,
  }));
}

export type ThreadNote = {
  id: string;
  associationId: number | null;
  authorName: string;
  authorOffice: string;
  body: string;
  at: Date;
  ownOfficeOnly: boolean;
};

/** 審査時連絡メッセージ, oldest first; the newest 200. */
export async function listThread(tx: ReadTransaction, id: string): Promise<ThreadNote[]> {
  const rows = await tx
    .selectFrom('review_message')
    .select(['id', 'association_id as associationId', 'author_name as authorName', 'author_office as authorOffice', 'body', 'at'])
    .where('application_id', '=', id)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(200)
    .execute();
  return rows.reverse().map((row) => ({ ...row, ownOfficeOnly: false }));
}

/** 事務局メモ that the acting office may read, oldest first; the newest 200. */
export async function listMemos(tx: ReadTransaction, id: string): Promise<ThreadNote[]> {
  const rows = await tx
    .selectFrom('office_memo')
    .select([
      'id',
      'association_id as associationId',
      'author_name as authorName',
      'author_office as authorOffice',
      'body',
      'at',
      'own_office_only as ownOfficeOnly',
    ])
    .where('application_id', '=', id)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(200)
    .execute();
  return rows.reverse();
}

/** The two newest forms kept by 差戻し and when, newest first (`rules.md 3.8`). */
export async function listKeptForms(tx: ReadTransaction, id: string): Promise<{ form: Json; at: Date }[]> {
  return await tx
    .selectFrom('application_form')
    .select(['form', 'at'])
    .where('application_id', '=', id)
    .orderBy('id', 'desc')
    .limit(2)
    .execute();
}

export type OtherCase = { id: string; number: string; kind: ApplicationKind; state: ApplicationState; wishedOn: Day | null };

/** Other open cases of the same person that the office may see. */
export async function listOtherOpen(tx: ReadTransaction, actor: Actor, ask: { personId: string; exceptId: string }): Promise<OtherCase[]> {
  const rows = await tx
    .selectFrom('application as a')
    .select(['a.id', 'a.number', 'a.kind', 'a.state', 'a.wished_on'])
    .where('a.person_id', '=', ask.personId)
    .where('a.id', '<>', ask.exceptId)
    .where('a.state', 'in', ['submitted', 'returned'])
    .where(visibleTo(actor))
    .orderBy('a.id')
    .limit(20)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    number: row.number ?? '',
    kind: kindOf(row.kind),
    state: stateOf(row.state),
    wishedOn: row.wished_on,
  }));
}
