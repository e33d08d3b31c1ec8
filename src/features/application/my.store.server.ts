import type { Actor } from '#kernel/actor.ts';
import type { Day } from '#kernel/day.ts';
import { endOfDay, startOfDay } from '#kernel/day.ts';
import type { Json } from '#platform/db/schema.gen.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';
import type { StepClock } from './clock.ts';
import type { ApplicationKind, ApplicationState, Leg, StepRole, StepState } from './flow.ts';
import { kindOf, legOf, roleOf, stateOf, stepStateOf, visibleTo } from './store.server.ts';

/** SQL of the applicant's own screens: his list, one case with all that belongs to it, what can be copied. */

export type MyRow = {
  id: string;
  number: string | null;
  kind: ApplicationKind;
  state: ApplicationState;
  form: Json;
  wishedOn: Day | null;
  version: number;
  createdAt: Date;
  submittedAt: Date | null;
  updatedAt: Date;
  draftWarnedOn: Day | null;
};

export type MyFilter = {
  states: readonly ApplicationState[];
  kind: ApplicationKind | undefined;
  /** Days of submission, both included. */
  from: Day | undefined;
  to: Day | undefined;
};

export type Slice = { offset: number; limit: number };

function mine(tx: ReadTransaction, actor: Actor, filter: MyFilter) {
  let rows = tx
    .selectFrom('application as a')
    .where(visibleTo(actor))
    .where('a.state', 'in', [...filter.states]);
  if (actor.kind === 'doctor') rows = rows.where('a.person_id', '=', actor.personId);
  if (filter.kind !== undefined) rows = rows.where('a.kind', '=', filter.kind);
  if (filter.from !== undefined) rows = rows.where('a.submitted_at', '>=', startOfDay(filter.from));
  if (filter.to !== undefined) rows = rows.where('a.submitted_at', '<', endOfDay(filter.to));
  return rows;
}

/** How many own applications the filter leaves. */
export async function countMine(tx: ReadTransaction, actor: Actor, filter: MyFilter): Promise<number> {
  const row = await mine(tx, actor, filter)
    .select((expression) => expression.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Own applications, newest first: by submission, drafts by their last save. */
export async function listMine(tx: ReadTransaction, actor: Actor, ask: { filter: MyFilter; slice: Slice }): Promise<MyRow[]> {
  const rows = await mine(tx, actor, ask.filter)
    .select([
      'a.id',
      'a.number',
      'a.kind',
      'a.state',
      'a.form',
      'a.wished_on',
      'a.version',
      'a.created_at',
      'a.submitted_at',
      'a.updated_at',
      'a.draft_warned_on',
    ])
    .orderBy(sql`coalesce(a.submitted_at, a.updated_at)`, 'desc')
    .orderBy('a.id', 'desc')
    .offset(ask.slice.offset)
    .limit(ask.slice.limit)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    kind: kindOf(row.kind),
    state: stateOf(row.state),
    form: row.form,
    wishedOn: row.wished_on,
    version: row.version,
    createdAt: row.created_at,
    submittedAt: row.submitted_at,
    updatedAt: row.updated_at,
    draftWarnedOn: row.draft_warned_on,
  }));
}

export type MyStep = {
  id: string;
  applicationId: string;
  associationId: number;
  associationName: string;
  layer: number;
  ordinal: number;
  leg: Leg;
  role: StepRole;
  state: StepState;
  wishedCategory: string | null;
  decidedCategory: string | null;
  decidedOn: Day | null;
  settingsVersion: number;
  arrivedAt: Date | null;
  clock: StepClock;
  receivedAt: Date | null;
  decidedAt: Date | null;
  tel: string | null;
  mail: string | null;
};

/** Steps of several cases at once, lowest association first within each. */
export async function listSteps(tx: ReadTransaction, applicationIds: readonly string[], on: Day): Promise<MyStep[]> {
  if (applicationIds.length === 0) return [];
  const rows = await tx
    .selectFrom('application_step as s')
    .innerJoin('association_version as v', (join) => join.onRef('v.association_id', '=', 's.association_id').on('v.ends_on', 'is', null))
    .leftJoin('member_category as w', 'w.id', 's.category_id')
    .leftJoin('member_category as d', 'd.id', 's.decided_category_id')
    .select([
      's.id',
      's.application_id as applicationId',
      's.association_id as associationId',
      'v.name as associationName',
      's.layer',
      's.ordinal',
      's.leg',
      's.role',
      's.state',
      'w.name as wishedCategory',
      'd.name as decidedCategory',
      's.decided_on as decidedOn',
      's.settings_version as settingsVersion',
      's.arrived_at as arrivedAt',
      's.clock_from as clockFrom',
      's.late_on as lateOn',
      's.received_at as receivedAt',
      's.decided_at as decidedAt',
      sql<string | null>`(SELECT i.tel FROM association_info_on(s.association_id, ${on}) i)`.as('tel'),
      sql<string | null>`(SELECT i.mail FROM association_info_on(s.association_id, ${on}) i)`.as('mail'),
    ])
    .where('s.application_id', 'in', [...applicationIds])
    .orderBy('s.application_id')
    .orderBy('s.ordinal')
    .execute();
  return rows.map(({ leg, role, state, clockFrom, lateOn, ...row }) => ({
    ...row,
    leg: legOf(leg),
    role: roleOf(role),
    state: stepStateOf(state),
    clock: { clockFrom, lateOn },
  }));
}

/** The instant of the last submission; null for a draft. */
export async function findSubmittedAt(tx: ReadTransaction, applicationId: string): Promise<Date | null> {
  const row = await tx.selectFrom('application').select('submitted_at').where('id', '=', applicationId).executeTakeFirst();
  return row?.submitted_at ?? null;
}

export type ThreadRow = { id: string; authorName: string; authorOffice: string; ownMessage: boolean; body: string; at: Date };

/** The messages of a case, oldest first; the newest 200. */
export async function listMessages(tx: ReadTransaction, applicationId: string): Promise<ThreadRow[]> {
  const rows = await tx
    .selectFrom('review_message')
    .select(['id', 'author_name', 'author_office', 'association_id', 'body', 'at'])
    .where('application_id', '=', applicationId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(200)
    .execute();
  return rows.reverse().map((row) => ({
    id: row.id,
    authorName: row.author_name,
    authorOffice: row.author_office,
    ownMessage: row.association_id === null,
    body: row.body,
    at: row.at,
  }));
}

export type ReturnRow = { officeName: string; reasons: string[]; fields: Json; message: string; at: Date };

/** The newest 差戻し of a case. */
export async function findReturn(tx: ReadTransaction, applicationId: string): Promise<ReturnRow | undefined> {
  const row = await tx
    .selectFrom('application_action as x')
    .leftJoin('association_version as v', (join) => join.onRef('v.association_id', '=', 'x.association_id').on('v.ends_on', 'is', null))
    .select(['v.name', 'x.reasons', 'x.fields', 'x.message', 'x.at'])
    .where('x.application_id', '=', applicationId)
    .where('x.action', '=', 'return')
    .orderBy('x.id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined
    ? undefined
    : { officeName: row.name ?? '', reasons: row.reasons, fields: row.fields, message: row.message, at: row.at };
}

/** The reasons and message with which a case was ended by 非承認 or 取消 (or taken back by the applicant). */
export async function findEnding(
  tx: ReadTransaction,
  applicationId: string,
): Promise<(Omit<ReturnRow, 'fields'> & { action: string }) | undefined> {
  const row = await tx
    .selectFrom('application_action as x')
    .leftJoin('association_version as v', (join) => join.onRef('v.association_id', '=', 'x.association_id').on('v.ends_on', 'is', null))
    .select(['x.action', 'v.name', 'x.reasons', 'x.message', 'x.at'])
    .where('x.application_id', '=', applicationId)
    .where('x.action', 'in', ['reject', 'cancel', 'retract'])
    .orderBy('x.id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined
    ? undefined
    : { action: row.action, officeName: row.name ?? '', reasons: row.reasons, message: row.message, at: row.at };
}

/** The form of the doctor's latest other application that got as far as step 2, for 「前の届から写す」. */
export async function findEarlierForm(tx: ReadTransaction, personId: string, exceptId: string): Promise<Json | undefined> {
  const row = await tx
    .selectFrom('application')
    .select('form')
    .where('person_id', '=', personId)
    .where('id', '<>', exceptId)
    .where(sql<boolean>`form -> 'details' ->> 'workCode' <> ''`)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.form;
}

/** The case with a 受付番号, if the actor may see it. */
export async function findIdByNumber(tx: ReadTransaction, actor: Actor, number: string): Promise<string | undefined> {
  const row = await tx
    .selectFrom('application as a')
    .select('a.id')
    .where('a.number', '=', number)
    .where(visibleTo(actor))
    .executeTakeFirst();
  return row?.id;
}
