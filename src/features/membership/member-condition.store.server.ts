import { beginsWith } from '#platform/db/begins-with.ts';
import type { Day } from '#kernel/day.ts';
import { yearsBefore } from '#kernel/day.ts';
import { foldName } from '#kernel/fold-name.ts';
import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { MemberFilter } from './queries/member-filter.ts';
import { asksOthersThen } from './queries/member-filter.ts';
import { markCondition } from './member-mark.store.server.ts';
import type { MemberScope } from './member-scope.store.server.ts';
import { inPhase, ofOne, periodsIn, phasesIn, readingDay } from './member-scope.store.server.ts';

/** SQL of the conditions of 会員情報管理 (`screens.md O-07`) on a person `p`, his licence `l` and his membership `m`. */

type Condition = RawBuilder<unknown>;

const jmaId = 0;

/** Ids of all persons with a membership here, now or before, or with an open application; of an earlier knowledge those recorded by then. */
export function everyoneOf({ associationId, knownAt }: Pick<MemberScope, 'associationId' | 'knownAt'>): Condition {
  if (knownAt !== undefined)
    return sql`SELECT n.person_id FROM membership_event n WHERE n.association_id = ${associationId} AND n.recorded_at <= ${knownAt}`;
  return sql`SELECT n.person_id FROM membership_period n WHERE n.association_id = ${associationId}
    UNION SELECT s.person_id FROM application_step s WHERE s.association_id = ${associationId} AND s.open`;
}

/** Everybody of the association: a small one gathers its few persons, a large one is walked in the order of the list. */
function everybody(scope: MemberScope): Condition {
  if (scope.knownAt !== undefined) return scope.large ? sql`m.id IS NOT NULL` : sql`m.id IS NOT NULL AND p.id IN (${everyoneOf(scope)})`;
  if (!scope.large) return sql`p.id IN (${everyoneOf(scope)})`;
  return sql`(m.id IS NOT NULL OR EXISTS (SELECT FROM application_step s
    WHERE s.person_id = p.id AND s.association_id = ${scope.associationId} AND s.open))`;
}

function facilitiesLike(fold: string): Condition {
  return sql`SELECT f.id FROM facility f WHERE f.state = 'registered' AND ${beginsWith('f.name_fold', fold)}
    UNION ALL SELECT f.id FROM facility f WHERE f.state = 'candidate' AND ${beginsWith('f.name_fold', fold)}`;
}

/** Beginning with the few who ever worked there, not with everybody. */
function atFacility(scope: MemberScope, fold: string): Condition {
  return sql`p.id IN (SELECT w.person_id FROM membership_phase w WHERE w.association_id = ${scope.associationId} AND w.facility_id IN (${facilitiesLike(fold)}))
    AND ${inPhase(scope, sql`h.facility_id IN (${facilitiesLike(fold)})`)}`;
}

/** Exactly this workplace. */
function inFacility(scope: MemberScope, facilityId: string): Condition {
  return sql`p.id IN (SELECT w.person_id FROM membership_phase w WHERE w.association_id = ${scope.associationId} AND w.facility_id = ${facilityId}::uuid)
    AND ${inPhase(scope, sql`h.facility_id = ${facilityId}::uuid`)}`;
}

/** 施設・業務 or 役職 of the affiliation that carries the membership on the reading day. */
function inAffiliation(scope: MemberScope, column: 'work_code' | 'position_code', code: string): Condition {
  const named = sql.ref(`a.${column}`);
  return sql`p.id IN (SELECT a.person_id FROM affiliation a WHERE ${named} = ${code})
    AND ${inPhase(scope, sql`h.affiliation_id IN (SELECT a.id FROM affiliation a WHERE a.person_id = p.id AND ${named} = ${code})`)}`;
}

/** 指定医: a large association begins with those who are, its index does not stop at row-level security. */
function designated(scope: MemberScope, code: string): Condition {
  const holds = inPhase(
    scope,
    sql`h.affiliation_id IN (SELECT a.id FROM affiliation a WHERE a.person_id = p.id AND a.designations @> ARRAY[${code}::text])`,
  );
  return scope.large ? sql`p.id IN (SELECT d FROM persons_designated(${code}) d) AND ${holds}` : holds;
}

function onDay(alias: string, day: RawBuilder<Day>): Condition {
  const column = (name: string) => sql.ref(`${alias}.${name}`);
  return sql`${column('joined_on')} <= ${day} AND (${column('left_on')} IS NULL OR ${column('left_on')} >= ${day})`;
}

/** A member of another association on a day, as far as we see it. */
function alsoIn(associationId: number, day: RawBuilder<Day>, scope: MemberScope): Condition {
  return sql`EXISTS (SELECT FROM ${periodsIn(scope)} n WHERE n.person_id = p.id AND n.association_id = ${associationId} AND ${onDay('n', day)} ${ofOne(scope)})`;
}

type Given = readonly (Condition | undefined)[];

/** Those chosen in the list of the own association (O-07). */
function chosenIn(associationId: number, selection: string): Condition {
  return sql`p.id IN (SELECT unnest(s.person_ids) FROM member_selection s WHERE s.id = ${selection}::uuid AND s.association_id = ${associationId})`;
}

function aboutPerson(filter: MemberFilter, { on, associationId }: MemberScope): Given {
  const fold = foldName(filter.name);
  const year = (value: number, month: string) => `${String(value).padStart(4, '0')}-${month}`;
  const begins = (column: string) => beginsWith(column, fold);
  return [
    filter.licence === '' ? undefined : sql`l.number_value = ${Number(filter.licence)}`,
    fold === ''
      ? undefined
      : sql`(${begins('p.kana_fold')} OR ${begins('p.name_fold')} OR ${begins('p.given_kana_fold')} OR ${begins('p.given_name_fold')})`,
    filter.sex === '' ? undefined : sql`p.sex = ${filter.sex}`,
    filter.ageFrom === undefined ? undefined : sql`p.birth_on <= ${yearsBefore(on, filter.ageFrom)}`,
    filter.ageTo === undefined ? undefined : sql`p.birth_on > ${yearsBefore(on, filter.ageTo + 1)}`,
    filter.school === '' ? undefined : sql`p.school_code = ${filter.school}`,
    filter.graduatedFrom === undefined ? undefined : sql`p.graduated_on >= ${year(filter.graduatedFrom, '01')}`,
    filter.graduatedTo === undefined ? undefined : sql`p.graduated_on <= ${year(filter.graduatedTo, '12')}`,
    filter.department === '' ? undefined : sql`p.main_department = ${filter.department}`,
    filter.selection === '' ? undefined : chosenIn(associationId, filter.selection),
  ];
}

function aboutWork(filter: MemberFilter, scope: MemberScope): Given {
  const workplace = foldName(filter.facility);
  return [
    workplace === '' ? undefined : atFacility(scope, workplace),
    filter.facilityId === '' ? undefined : inFacility(scope, filter.facilityId),
    filter.ownerType === ''
      ? undefined
      : inPhase(scope, sql`h.facility_id IN (SELECT f.id FROM facility f WHERE f.owner_type = ${filter.ownerType})`),
    filter.work === '' ? undefined : inAffiliation(scope, 'work_code', filter.work),
    filter.position === '' ? undefined : inAffiliation(scope, 'position_code', filter.position),
    filter.designation === '' ? undefined : designated(scope, filter.designation),
  ];
}

function aboutMembership(filter: MemberFilter, scope: MemberScope): Given {
  const today = sql<Day>`${scope.on}::date`;
  const atJma = sql`EXISTS (SELECT FROM ${phasesIn(scope)} j WHERE j.person_id = p.id AND j.association_id = ${jmaId} AND j.category_id = ${filter.jmaCategory}
    AND j.starts_on <= ${scope.on} AND (j.ends_on IS NULL OR j.ends_on >= ${scope.on}) ${ofOne(scope)})`;
  return [
    filter.status === 'all' ? everybody(scope) : undefined,
    filter.category === undefined ? undefined : inPhase(scope, sql`h.category_id = ${filter.category}`),
    filter.jmaCategory === undefined ? undefined : atJma,
    filter.jma === '' ? undefined : filter.jma === 'yes' ? alsoIn(jmaId, today, scope) : sql`NOT ${alsoIn(jmaId, today, scope)}`,
    filter.below === undefined ? undefined : alsoIn(filter.below, readingDay(scope), scope),
    filter.joinedFrom === undefined ? undefined : sql`m.joined_on >= ${filter.joinedFrom}`,
    filter.joinedTo === undefined ? undefined : sql`m.joined_on <= ${filter.joinedTo}`,
    filter.leftFrom === undefined ? undefined : sql`m.left_on >= ${filter.leftFrom}`,
    filter.leftTo === undefined ? undefined : sql`m.left_on <= ${filter.leftTo}`,
    filter.leftReason === '' ? undefined : sql`m.left_reason = ${filter.leftReason}`,
  ];
}

/** Everything that narrows the list, to be joined by AND; nobody fits what cannot be known here. */
export function conditionsOf(filter: MemberFilter, scope: MemberScope): Condition[] {
  if (asksOthersThen(filter, scope.associationId)) return [sql`false`];
  const given = [
    ...aboutMembership(filter, scope),
    ...aboutPerson(filter, scope),
    ...aboutWork(filter, scope),
    ...filter.mark.map((mark) => markCondition(mark, scope)),
  ];
  return given.filter((one) => one !== undefined);
}
