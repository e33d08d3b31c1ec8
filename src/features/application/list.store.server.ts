import { beginsWith } from '#platform/db/begins-with.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Day } from '#kernel/day.ts';
import { endOfDay, startOfDay } from '#kernel/day.ts';
import { foldName } from '#kernel/fold-name.ts';
import { byOrderedIndex } from '#platform/db/list-plan.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import { assigneeCondition } from './assignment.store.server.ts';
import type { ApplicationKind, ApplicationState, Leg, StepRole, StepState } from './flow.ts';
import { stepAhead, stepAheadOn } from './effect.store.server.ts';
import type { InboxFilter, InboxSort } from './queries/inbox-filter.ts';
import { orderOf, stateGroups } from './queries/inbox-filter.ts';
import { kindOf, legOf, roleOf, stateOf, stepStateOf, visibleTo } from './store.server.ts';
import { workplaceCondition } from './workplace.store.server.ts';

/** SQL of 申請管理 (`screens.md O-03`): pages by key, never by a deep offset. What belongs to a page is read in `list-page.store`. */

export type ListScope = { actor: Actor; associationId: number; staffId: string; today: Day };

export type ListRow = {
  id: string;
  number: string;
  kind: ApplicationKind;
  state: ApplicationState;
  personId: string;
  name: string;
  kana: string;
  licence: string;
  wishedOn: Day | null;
  submittedAt: Date;
  attention: boolean;
  proxy: boolean;
  /** Our own side. */
  leg: Leg;
  stepState: StepState;
  stepRole: StepRole;
  arrivedAt: Date | null;
  decidedOn: Day | null;
  /** Something of our own step is in the ledger and not true yet: 承認済(効力発生日待ち). */
  aheadOn: Day | undefined;
};

/** ▲: the SQL twin of `isLateOn` for a step that lies with its office; nothing ages while the case is with the applicant (`rules.md 3.13`). */
export function lateStep(alias: 's' | 'h', today: Day): RawBuilder<boolean> {
  return sql<boolean>`(${sql.ref(`${alias}.late_on`)} <= ${today} AND a.state <> 'returned')`;
}

/** The SQL twin of `holdsCase`. */
export function stepHoldsCase(alias: 's' | 'h'): RawBuilder<boolean> {
  const step = sql.raw(alias);
  return sql<boolean>`(${step}.open AND ${step}.state IN ('arrived', 'received') AND NOT (${step}.role = 'receive' AND ${step}.state = 'received'))`;
}

function tabCondition(filter: InboxFilter, scope: ListScope): RawBuilder<boolean> {
  switch (filter.tab) {
    case 'todo':
      return stepHoldsCase('s');
    case 'elsewhere':
      return sql<boolean>`s.open AND a.state = 'submitted' AND NOT ${stepHoldsCase('s')}`;
    case 'returned':
      return sql<boolean>`s.open AND a.state = 'returned'`;
    case 'ahead':
      return stepAhead(scope);
    case 'done':
      return sql<boolean>`NOT s.open AND NOT (${stepAhead(scope)})`;
    case 'all':
      return sql<boolean>`true`;
  }
}

function lateCondition(filter: InboxFilter, scope: ListScope): RawBuilder<boolean> {
  if (filter.tab === 'todo') return lateStep('s', scope.today);
  // The SQL twin of `holdersSeenFrom`: after the end of a case only our own 確認 counts.
  return sql<boolean>`s.open AND EXISTS (SELECT FROM application_step h WHERE h.application_id = s.application_id
    AND (a.state = 'submitted' OR h.id = s.id) AND ${stepHoldsCase('h')} AND ${lateStep('h', scope.today)})`;
}

function nameCondition(name: string): RawBuilder<boolean> {
  const fold = foldName(name);
  const begins = (column: string) => beginsWith(column, fold);
  return sql<boolean>`(${begins('a.applicant_kana_fold')} OR ${begins('a.applicant_name_fold')}
    OR ${begins('a.applicant_given_kana_fold')} OR ${begins('a.applicant_given_fold')})`;
}

function stateCondition(states: InboxFilter['state']): RawBuilder<boolean> {
  const { own, pending, cases } = stateGroups(states);
  const ofConfirmation = sql<boolean>`(s.open AND s.role = 'acknowledge' AND s.state = 'arrived')`;
  const given = [
    ...(own.length === 0 ? [] : [sql<boolean>`(s.open AND s.role <> 'acknowledge' AND s.state = ANY (${sql.val(own)}::text[]))`]),
    ...(pending ? [ofConfirmation] : []),
    ...(cases.length === 0 ? [] : [sql<boolean>`a.state = ANY (${sql.val(cases)}::text[])`]),
  ];
  return sql<boolean>`(${sql.join(given, sql` OR `)})`;
}

/** The conditions that were given besides the tab, each one SQL. */
function conditions(filter: InboxFilter, scope: ListScope): RawBuilder<boolean>[] {
  const given: (RawBuilder<boolean> | undefined)[] = [
    filter.number === '' ? undefined : sql<boolean>`a.number = ${filter.number}`,
    filter.person === '' ? undefined : sql<boolean>`a.person_id = ${filter.person}::uuid`,
    filter.licence === '' ? undefined : sql<boolean>`a.applicant_licence_no = ${Number(filter.licence)}`,
    foldName(filter.name) === '' ? undefined : nameCondition(filter.name),
    filter.kind.length === 0 ? undefined : sql<boolean>`a.kind = ANY (${sql.val(filter.kind)}::text[])`,
    filter.state.length === 0 ? undefined : stateCondition(filter.state),
    filter.proxy ? sql<boolean>`a.proxy_association_id IS NOT NULL` : undefined,
    filter.attention ? sql<boolean>`a.attention` : undefined,
    filter.late ? lateCondition(filter, scope) : undefined,
    filter.resubmitted ? sql<boolean>`EXISTS (SELECT FROM application_form f WHERE f.application_id = s.application_id)` : undefined,
    filter.from === undefined ? undefined : sql<boolean>`s.submitted_at >= ${startOfDay(filter.from)}`,
    filter.to === undefined ? undefined : sql<boolean>`s.submitted_at < ${endOfDay(filter.to)}`,
    filter.wishedFrom === undefined ? undefined : sql<boolean>`a.wished_on >= ${filter.wishedFrom}`,
    filter.wishedTo === undefined ? undefined : sql<boolean>`a.wished_on <= ${filter.wishedTo}`,
    foldName(filter.facility) === '' ? undefined : workplaceCondition(foldName(filter.facility)),
    filter.memberCategory === undefined ? undefined : sql<boolean>`s.listed_category_id = ${filter.memberCategory}`,
    filter.assignee === '' ? undefined : assigneeCondition(filter.assignee, scope),
    filter.association === undefined
      ? undefined
      : sql<boolean>`EXISTS (SELECT FROM application_step t
      WHERE t.application_id = s.application_id AND t.association_id = ${filter.association})`,
  ];
  return given.filter((one) => one !== undefined);
}

function matching(tx: ReadTransaction, scope: ListScope, filter: InboxFilter) {
  let rows = tx
    .selectFrom('application_step as s')
    .innerJoin('application as a', 'a.id', 's.application_id')
    .where('s.association_id', '=', scope.associationId)
    .where(visibleTo(scope.actor))
    .where(tabCondition(filter, scope));
  for (const condition of conditions(filter, scope)) rows = rows.where(condition);
  return rows;
}

/** True when nothing but the tab narrows the list. */
export function isPlain(filter: InboxFilter, scope: ListScope): boolean {
  return conditions(filter, scope).length === 0;
}

type SortColumn = { column: string; type: string };

const byCase: SortColumn = { column: 'a.id', type: 'uuid' };

/** Every order ends with the id, so that pages never jump. */
const sortColumns: Record<InboxSort, readonly SortColumn[]> = {
  // The clock stands still while the applicant has the case (`rules.md 3.13`): as long as 経過日数 says, then by arrival.
  arrived: [
    { column: 's.clock_from', type: 'date' },
    { column: 's.arrived_at', type: 'timestamptz' },
    { column: 's.application_id', type: 'uuid' },
  ],
  submitted: [
    { column: 's.submitted_at', type: 'timestamptz' },
    { column: 's.application_id', type: 'uuid' },
  ],
  wished: [{ column: 'a.wished_on', type: 'date' }, byCase],
  kind: [{ column: 'a.kind', type: 'text' }, { column: 'a.submitted_at', type: 'timestamptz' }, byCase],
  licence: [{ column: 'a.applicant_licence_no', type: 'int' }, byCase],
  name: [{ column: 'a.applicant_kana_fold', type: 'text' }, byCase],
};

/** The sort values of a case, so that no name has to stand in an address; undefined when it is out of scope. */
async function cursorValues(
  tx: ReadTransaction,
  scope: ListScope,
  ask: { id: string; columns: readonly SortColumn[] },
): Promise<string[] | undefined> {
  const row = await tx
    .selectFrom('application_step as s')
    .innerJoin('application as a', 'a.id', 's.application_id')
    .select(sql<string[]>`ARRAY[${sql.join(ask.columns.map(({ column }) => sql`${sql.ref(column)}::text`))}]`.as('place'))
    .where('s.application_id', '=', ask.id)
    .where('s.association_id', '=', scope.associationId)
    .where(visibleTo(scope.actor))
    .executeTakeFirst();
  return row?.place;
}

export type PageAsk = {
  filter: InboxFilter;
  from: string;
  backwards: boolean;
  limit: number;
  /** Many rows fit: walking an index in the order of the list finds a page at once, sorting them all does not. */
  dense: boolean;
};

/** How our own step stands. */
function stepOf(row: { leg: string; step_state: string; step_role: string; arrived_at: Date | null; decided_on: Day | null }) {
  const { leg, step_state: state, step_role: role } = row;
  const at = { arrivedAt: row.arrived_at, decidedOn: row.decided_on };
  return { leg: legOf(leg), stepState: stepStateOf(state), stepRole: roleOf(role), ...at };
}

function applicantOf(row: { applicant_name: string; applicant_kana: string; applicant_licence: string }) {
  return { name: row.applicant_name, kana: row.applicant_kana, licence: row.applicant_licence };
}

/** Rows beyond a case in the order of the filter (from the first one when `from` is ''), nearest first. */
export async function listCases(tx: ReadTransaction, scope: ListScope, ask: PageAsk): Promise<ListRow[]> {
  const order = orderOf(ask.filter);
  const columns = sortColumns[order.key];
  const down = (order.direction === 'desc') !== ask.backwards;
  let rows = matching(tx, scope, ask.filter).select([
    'a.id',
    'a.number',
    'a.kind',
    'a.state',
    'a.person_id',
    'a.applicant_name',
    'a.applicant_kana',
    'a.applicant_licence',
    'a.wished_on',
    's.submitted_at',
    'a.attention',
    'a.proxy_association_id',
    's.leg',
    's.state as step_state',
    's.role as step_role',
    's.arrived_at',
    's.decided_on',
    stepAheadOn(scope.today).as('ahead_on'),
  ]);
  const place = ask.from === '' ? undefined : await cursorValues(tx, scope, { id: ask.from, columns });
  if (place !== undefined) {
    const left = sql.join(columns.map(({ column }) => sql.ref(column)));
    const right = sql.join(columns.map(({ type }, index) => sql`${place[index] ?? null}::${sql.raw(type)}`));
    rows = rows.where(sql<boolean>`(${left}) ${sql.raw(down ? '<' : '>')} (${right})`);
  }
  for (const { column } of columns) rows = rows.orderBy(sql.ref(column), down ? 'desc' : 'asc');
  const read = async () => await rows.limit(ask.limit).execute();
  const found = ask.dense ? await byOrderedIndex(tx, read) : await read();
  return found.map((row) => ({
    id: row.id,
    attention: row.attention,
    number: row.number ?? '',
    kind: kindOf(row.kind),
    state: stateOf(row.state),
    personId: row.person_id,
    ...applicantOf(row),
    wishedOn: row.wished_on,
    submittedAt: row.submitted_at,
    proxy: row.proxy_association_id !== null,
    ...stepOf(row),
    aheadOn: row.ahead_on ?? undefined,
  }));
}

/** Tabs that our own steps tell without looking at the case. */
const tabsOfSteps: readonly string[] = ['todo', 'ahead', 'done', 'all'];

/** How many cases fit the filter, counted up to `limit`. */
export async function countCases(tx: ReadTransaction, scope: ListScope, ask: { filter: InboxFilter; limit: number }): Promise<number> {
  const { filter, limit } = ask;
  const ofSteps = tabsOfSteps.includes(filter.tab) && isPlain(filter, scope);
  const rows = ofSteps
    ? tx
        .selectFrom('application_step as s')
        .where('s.association_id', '=', scope.associationId)
        .where(tabCondition(filter, scope))
        .select(sql<number>`1`.as('one'))
    : matching(tx, scope, filter).select(sql<number>`1`.as('one'));
  const row = await tx
    .selectFrom(rows.limit(limit).as('some'))
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return row.count;
}
