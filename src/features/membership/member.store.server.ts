import type { Day } from '#kernel/day.ts';
import { byOrderedIndex } from '#platform/db/list-plan.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import { conditionsOf } from './member-condition.store.server.ts';
import type { MemberScope } from './member-scope.store.server.ts';
import { ofOne, periodsIn, phasesIn, readingDay } from './member-scope.store.server.ts';
import type { MemberFilter } from './queries/member-filter.ts';

/** SQL of 会員情報管理 (`screens.md O-07`): pages by key over persons of one association. */

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
  mainDepartment: string;
};

/** The one membership of a person that a status speaks of on a day; at most one row per person. */
export function periodOf(status: MemberFilter['status'], scope: MemberScope): RawBuilder<unknown> {
  const { associationId, on } = scope;
  const own = sql`m.association_id = ${associationId}`;
  const covers = sql`m.joined_on <= ${on} AND (m.left_on IS NULL OR m.left_on >= ${on})`;
  const lasting = sql`EXISTS (SELECT FROM ${periodsIn(scope)} n WHERE n.person_id = m.person_id AND n.association_id = ${associationId}
    AND (n.left_on IS NULL OR n.left_on >= ${on}) ${ofOne(scope)})`;
  const other = (condition: RawBuilder<unknown>) => sql`NOT EXISTS (SELECT FROM ${periodsIn(scope)} n
    WHERE n.person_id = m.person_id AND n.association_id = ${associationId} AND ${condition} ${ofOne(scope)})`;
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
  const membership = sql`SELECT m.id, m.joined_on, m.left_on, m.left_reason FROM ${periodsIn(scope)} m WHERE m.person_id = p.id AND ${periodOf(filter.status, scope)}`;
  if (filter.status !== 'all' && scope.knownAt !== undefined && scope.walking)
    return sql`${base} JOIN LATERAL (${membership} ${ofOne(scope)}) m ON true`;
  if (filter.status !== 'all') return sql`${base} JOIN ${periodsIn(scope)} m ON m.person_id = p.id AND ${periodOf(filter.status, scope)}`;
  const ended = sql`m.left_on < ${scope.on}`;
  return sql`${base} LEFT JOIN LATERAL (${membership}
    ORDER BY CASE WHEN ${ended} THEN 2 WHEN m.joined_on > ${scope.on} THEN 1 ELSE 0 END, CASE WHEN ${ended} THEN NULL ELSE m.joined_on END, m.joined_on DESC
    LIMIT 1) m ON true`;
}

/** Persons `p` with licence `l` and membership `m` that fit the filter: FROM … WHERE …. */
export function matching(filter: MemberFilter, scope: MemberScope): RawBuilder<unknown> {
  const where = conditionsOf(filter, scope);
  return where.length === 0 ? sql`FROM ${source(filter, scope)}` : sql`FROM ${source(filter, scope)} WHERE ${sql.join(where, sql` AND `)}`;
}

type SortColumn = { value: RawBuilder<unknown>; type: string };

/** Every order ends with the id, so that pages never jump. */
function sortColumns({ status, sort: { key } }: MemberFilter, scope: MemberScope): readonly SortColumn[] {
  const id: SortColumn = { value: sql`p.id`, type: 'uuid' };
  const facility = sql`coalesce((SELECT coalesce(nullif(f.kana_fold, ''), f.name_fold) FROM ${phasesIn(scope)} h JOIN facility f ON f.id = h.facility_id
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
      : sql`${conditionsOf(filter, scope).length === 0 ? sql`WHERE` : sql`AND`} (${left}) ${sql.raw(down ? '<' : '>')} (${right})`;
  const order = sql.join(columns.map(({ value }) => sql`${value} ${sql.raw(down ? 'DESC' : 'ASC')}`));
  const page = sql<MemberRow>`
    SELECT p.id AS "personId", p.surname, p.given_name AS "givenName", p.surname_kana AS "surnameKana", p.given_name_kana AS "givenNameKana",
      p.birth_on AS "birthOn", p.died_on AS "diedOn", l.number AS licence, l.verified_at IS NOT NULL AS "licenceChecked", m.joined_on AS "joinedOn", m.left_on AS "leftOn",
      p.main_department AS "mainDepartment"
    ${matching(filter, scope)} ${beyond} ORDER BY ${order} LIMIT ${ask.limit}`;
  const found = ask.dense ? await byOrderedIndex(tx, () => page.execute(tx)) : await page.execute(tx);
  return found.rows;
}
