import type { Day } from '#kernel/day.ts';
import { foldName } from '#kernel/fold-name.ts';
import { byOrderedIndex } from '#platform/db/list-plan.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { MemberFilter } from './queries/member-filter.ts';

/** SQL of 会員情報管理 (`screens.md O-07`): pages by key over persons of one association. */

export type MemberScope = {
  associationId: number;
  on: Day;
  /** More memberships, present and past, than one sorts for a page. */
  large: boolean;
};

export type MemberRow = {
  personId: string;
  surname: string;
  givenName: string;
  surnameKana: string;
  givenNameKana: string;
  birthOn: Day;
  diedOn: Day | null;
  licence: string;
  licenceChecked: boolean;
  joinedOn: Day | null;
  leftOn: Day | null;
};

/** The last text in "C" order that begins like `prefix`. */
function after(prefix: string): string {
  return `${prefix}\u{10ffff}`;
}

function begins(column: string, fold: string): RawBuilder<boolean> {
  return sql<boolean>`(${sql.ref(column)} >= ${fold} AND ${sql.ref(column)} < ${after(fold)})`;
}

/** The one membership of a person that a status speaks of on a day; at most one row per person. */
export function periodOf(status: MemberFilter['status'], { associationId, on }: MemberScope): RawBuilder<unknown> {
  const own = sql`m.association_id = ${associationId}`;
  const covers = sql`m.joined_on <= ${on} AND (m.left_on IS NULL OR m.left_on >= ${on})`;
  const lasting = sql`EXISTS (SELECT FROM membership_period n WHERE n.person_id = m.person_id AND n.association_id = ${associationId} AND (n.left_on IS NULL OR n.left_on >= ${on}))`;
  const other = (condition: RawBuilder<unknown>) => sql`NOT EXISTS (SELECT FROM membership_period n
    WHERE n.person_id = m.person_id AND n.association_id = ${associationId} AND ${condition})`;
  switch (status) {
    case 'current':
      return sql`${own} AND ${covers}`;
    case 'leaving':
      return sql`${own} AND ${covers} AND m.left_on IS NOT NULL`;
    case 'joining':
      return sql`${own} AND m.joined_on > ${on} AND ${other(sql`(n.joined_on < m.joined_on AND (n.left_on IS NULL OR n.left_on >= ${on}))`)}`;
    case 'left':
      return sql`${own} AND m.left_on < ${on} AND NOT ${lasting} AND ${other(sql`n.joined_on > m.joined_on`)}`;
    case 'all':
      return own;
  }
}

/** Persons of our own: by their membership, and among all also those whose application is open here (`rules.md 5.6`). */
function source(filter: MemberFilter, scope: MemberScope): RawBuilder<unknown> {
  const base = sql`person p JOIN person_licence l ON l.person_id = p.id AND l.current`;
  if (filter.status !== 'all') return sql`${base} JOIN membership_period m ON m.person_id = p.id AND ${periodOf(filter.status, scope)}`;
  const ended = sql`m.left_on < ${scope.on}`;
  return sql`${base} LEFT JOIN LATERAL (SELECT m.id, m.joined_on, m.left_on FROM membership_period m WHERE m.person_id = p.id AND ${periodOf('all', scope)}
    ORDER BY CASE WHEN ${ended} THEN 2 WHEN m.joined_on > ${scope.on} THEN 1 ELSE 0 END, CASE WHEN ${ended} THEN NULL ELSE m.joined_on END, m.joined_on DESC
    LIMIT 1) m ON true`;
}

/** Ids of all persons with a membership here, now or before, or with an open application. */
export function everyoneOf({ associationId }: MemberScope): RawBuilder<unknown> {
  return sql`SELECT n.person_id FROM membership_period n WHERE n.association_id = ${associationId}
    UNION SELECT s.person_id FROM application_step s WHERE s.association_id = ${associationId} AND s.open`;
}

/** Everybody of the association: a small one gathers its few persons, a large one is walked in the order of the list. */
function everybody(scope: MemberScope): RawBuilder<boolean> {
  if (!scope.large) return sql<boolean>`p.id IN (${everyoneOf(scope)})`;
  return sql<boolean>`(m.id IS NOT NULL OR EXISTS (SELECT FROM application_step s
    WHERE s.person_id = p.id AND s.association_id = ${scope.associationId} AND s.open))`;
}

/** A day within the membership on which category and workplace are read: the day asked for, or its nearest. */
function readingDay({ on }: MemberScope): RawBuilder<Day> {
  return sql<Day>`greatest(least(${on}::date, coalesce(m.left_on, ${on}::date)), m.joined_on)`;
}

function facilitiesLike(fold: string): RawBuilder<unknown> {
  return sql`SELECT f.id FROM facility f WHERE f.state = 'registered' AND ${begins('f.name_fold', fold)}
    UNION ALL SELECT f.id FROM facility f WHERE f.state = 'candidate' AND ${begins('f.name_fold', fold)}`;
}

/** The phase of the reading day fulfils a condition on `h`. */
function inPhase(scope: MemberScope, condition: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`EXISTS (SELECT FROM membership_phase h WHERE h.person_id = p.id AND h.association_id = ${scope.associationId}
    AND h.starts_on <= ${readingDay(scope)} AND (h.ends_on IS NULL OR h.ends_on >= ${readingDay(scope)}) AND ${condition})`;
}

/** Beginning with the few who ever worked there, not with everybody. */
function atFacility(scope: MemberScope, fold: string): RawBuilder<boolean> {
  return sql<boolean>`p.id IN (SELECT w.person_id FROM membership_phase w WHERE w.association_id = ${scope.associationId} AND w.facility_id IN (${facilitiesLike(fold)}))
    AND ${inPhase(scope, sql`h.facility_id IN (${facilitiesLike(fold)})`)}`;
}

function conditions(filter: MemberFilter, scope: MemberScope): RawBuilder<unknown>[] {
  const fold = foldName(filter.name);
  const workplace = foldName(filter.facility);
  const given: (RawBuilder<unknown> | undefined)[] = [
    filter.status === 'all' ? everybody(scope) : undefined,
    filter.licence === '' ? undefined : sql`l.number_value = ${Number(filter.licence)}`,
    fold === ''
      ? undefined
      : sql`(${begins('p.kana_fold', fold)} OR ${begins('p.name_fold', fold)} OR ${begins('p.given_kana_fold', fold)} OR ${begins('p.given_name_fold', fold)})`,
    filter.category === undefined ? undefined : inPhase(scope, sql`h.category_id = ${filter.category}`),
    workplace === '' ? undefined : atFacility(scope, workplace),
  ];
  return given.filter((one) => one !== undefined);
}

/** Persons `p` with licence `l` and membership `m` that fit the filter: FROM … WHERE …. */
export function matching(filter: MemberFilter, scope: MemberScope): RawBuilder<unknown> {
  const where = conditions(filter, scope);
  return where.length === 0 ? sql`FROM ${source(filter, scope)}` : sql`FROM ${source(filter, scope)} WHERE ${sql.join(where, sql` AND `)}`;
}

type SortColumn = { value: RawBuilder<unknown>; type: string };

/** Every order ends with the id, so that pages never jump. */
function sortColumns({ status, sort: { key } }: MemberFilter, scope: MemberScope): readonly SortColumn[] {
  const id: SortColumn = { value: sql`p.id`, type: 'uuid' };
  const facility = sql`coalesce((SELECT coalesce(nullif(f.kana_fold, ''), f.name_fold) FROM membership_phase h JOIN facility f ON f.id = h.facility_id
    WHERE h.person_id = p.id AND h.association_id = ${scope.associationId} AND h.starts_on <= ${readingDay(scope)}
      AND (h.ends_on IS NULL OR h.ends_on >= ${readingDay(scope)}) LIMIT 1), '') COLLATE "C"`;
  switch (key) {
    case 'name':
      return [{ value: sql`p.kana_fold`, type: 'text' }, id];
    case 'licence':
      return [{ value: sql`l.number_value`, type: 'int' }, id];
    case 'facility':
      return [{ value: facility, type: 'text' }, id];
    case 'joined':
      return [{ value: status === 'all' ? sql`coalesce(m.joined_on, 'infinity'::date)` : sql`m.joined_on`, type: 'date' }, id];
    case 'left':
      return [{ value: sql`coalesce(m.left_on, 'infinity'::date)`, type: 'date' }, id];
  }
}

async function placeOf(
  tx: ReadTransaction,
  scope: MemberScope,
  ask: { filter: MemberFilter; id: string; columns: readonly SortColumn[] },
): Promise<string[] | undefined> {
  const values = sql.join(ask.columns.map(({ value }) => sql`(${value})::text`));
  const found = await sql<{
    place: string[];
  }>`SELECT ARRAY[${values}] AS place FROM ${source(ask.filter, scope)} WHERE p.id = ${ask.id}::uuid LIMIT 1`.execute(tx);
  return found.rows[0]?.place;
}

export type MemberPageAsk = {
  filter: MemberFilter;
  from: string;
  backwards: boolean;
  limit: number;
  /** Many rows fit: walking an index in the order of the list finds a page at once, sorting them all does not. */
  dense: boolean;
};

/** Rows beyond a person in the order of the filter (from the first one when `from` is ''), nearest first. */
export async function listMembers(tx: ReadTransaction, scope: MemberScope, ask: MemberPageAsk): Promise<MemberRow[]> {
  const { filter } = ask;
  const columns = sortColumns(filter, scope);
  const down = (filter.sort.direction === 'desc') !== ask.backwards;
  const place = ask.from === '' ? undefined : await placeOf(tx, scope, { filter, id: ask.from, columns });
  const right = sql.join(columns.map(({ type }, index) => sql`${place?.[index] ?? null}::${sql.raw(type)}`));
  const left = sql.join(columns.map(({ value }) => value));
  const beyond =
    place === undefined
      ? sql``
      : sql`${conditions(filter, scope).length === 0 ? sql`WHERE` : sql`AND`} (${left}) ${sql.raw(down ? '<' : '>')} (${right})`;
  const order = sql.join(columns.map(({ value }) => sql`${value} ${sql.raw(down ? 'DESC' : 'ASC')}`));
  const page = sql<MemberRow>`
    SELECT p.id AS "personId", p.surname, p.given_name AS "givenName", p.surname_kana AS "surnameKana", p.given_name_kana AS "givenNameKana",
      p.birth_on AS "birthOn", p.died_on AS "diedOn", l.number AS licence, l.verified_at IS NOT NULL AS "licenceChecked", m.joined_on AS "joinedOn", m.left_on AS "leftOn"
    ${matching(filter, scope)} ${beyond} ORDER BY ${order} LIMIT ${ask.limit}`;
  const found = ask.dense ? await byOrderedIndex(tx, () => page.execute(tx)) : await page.execute(tx);
  return found.rows;
}
