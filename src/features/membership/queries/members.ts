import type { OfficeActor } from '#kernel/actor.ts';
import type { Day } from '#kernel/day.ts';
import { fullYearsBetween } from '#kernel/day.ts';
import { waivedMonthsOn } from '#kernel/fee-period.ts';
import type { Page, Walk } from '#kernel/paging.ts';
import { turnPage } from '#kernel/paging.ts';
import type { Refused } from '#kernel/refusal.ts';
import { refuse, refuseFields } from '#kernel/refusal.ts';
import { categoriesOf, codeList } from '#features/association/queries/directory.ts';
import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import { query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import { withOwnPlans } from '#platform/db/list-plan.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { MemberPhaseRow } from '../member-detail.store.server.ts';
import { listApplying, listMemberPhases } from '../member-detail.store.server.ts';
import { listPostalWishes } from '../member-mailing.store.server.ts';
import type { MemberMark } from '../fields.ts';
import { listMarks } from '../marks-of.store.server.ts';
import type { MemberScope } from '../member-scope.store.server.ts';
import type { MemberRow } from '../member.store.server.ts';
import { listMembers } from '../member.store.server.ts';
import type { Tally } from '../member-tally.store.server.ts';
import { membershipsEver, mostCounted, tallyMembers } from '../member-tally.store.server.ts';
import type { PostalChoice } from '../postal-label.ts';
import { otherRecordsThen, sendToLabel } from '../labels.ts';
import { defaultPostalChoice } from '../postal-label.ts';
import type { MemberFilter } from './member-filter.ts';
import { asksOthersThen, memberListInput, narrowing } from './member-filter.ts';
import { lastMonthEndingBy } from '../rules.ts';

const jmaId = 0;

export type MemberStanding = 'current' | 'leaving' | 'joining' | 'left' | 'applying';

export type MemberLine = {
  personId: string;
  name: string;
  kana: string;
  licence: string;
  licenceChecked: boolean;
  age: number;
  died: boolean;
  standing: MemberStanding;
  joinedOn: Day | null;
  leftOn: Day | null;
  category: string;
  jmaCategory: string;
  facility: string;
  /** 主たる科名 */
  department: string;
  /** 文書送付先 in its word; '' for the dead, to whom nothing is sent. */
  sendTo: string;
  /** 未処理の申請あり */
  applying: boolean;
  /** 状態 on the day; none where they are not asked for. */
  marks: readonly MemberMark[];
};

export type MemberList = {
  filter: MemberFilter;
  /** 基準日 */
  on: Day;
  /** 記録の時点; undefined is what is recorded now. */
  knownAt: Date | undefined;
  rows: MemberLine[];
  count: Tally;
  before: string | undefined;
  after: string | undefined;
  /** Too many to sort by what no index holds. */
  large: boolean;
  /** The association can invite members to 日本医師会; it is not 日本医師会 itself. */
  invites: boolean;
  categories: { value: string; label: string }[];
};

/** 管理者 and スタッフ of an association see its members. */
export function memberOffice(ctx: Pick<Context, 'actor'>): true | Refused {
  return ctx.actor.kind === 'office' && ctx.actor.role !== 'trainingContractor' ? true : refuse('forbidden');
}

/** The acting office of a query that `memberOffice` has let through. */
export function actingOffice(ctx: Pick<Context, 'actor'>): OfficeActor {
  if (ctx.actor.kind !== 'office') throw new Error('only offices ask this');
  return ctx.actor;
}

/** Where a membership stands on a day. */
export function standingOn(row: { joinedOn: Day | null; leftOn: Day | null }, on: Day): MemberStanding {
  if (row.joinedOn === null) return 'applying';
  if (row.joinedOn > on) return 'joining';
  if (row.leftOn === null) return 'current';
  return row.leftOn < on ? 'left' : 'leaving';
}

/** The phase of a day; of somebody who has left the last one, of somebody who will join the first one. */
export function phaseOn<Phase extends { startsOn: Day; endsOn: Day | null }>(phases: readonly Phase[], on: Day): Phase | undefined {
  const covering = phases.find((phase) => phase.startsOn <= on && (phase.endsOn === null || phase.endsOn >= on));
  return covering ?? phases.findLast((phase) => phase.startsOn <= on) ?? phases[0];
}

function coversDay(phase: MemberPhaseRow | undefined, on: Day): boolean {
  return phase !== undefined && phase.startsOn <= on && (phase.endsOn === null || phase.endsOn >= on);
}

export type Around = {
  phases: readonly MemberPhaseRow[];
  applying: readonly string[];
  departments: ReadonlyMap<string, string>;
  wishes: ReadonlyMap<string, PostalChoice>;
  scope: Pick<MemberScope, 'associationId' | 'on' | 'knownAt'>;
  marks?: ReadonlyMap<string, readonly MemberMark[]>;
};

/** A row of the list with everything that is shown of it. */
export function lineOf(row: MemberRow, { phases, applying, departments, wishes, scope, marks }: Around): MemberLine {
  const of = (associationId: number) =>
    phaseOn(
      phases.filter((phase) => phase.personId === row.personId && phase.associationId === associationId),
      scope.on,
    );
  const own = of(scope.associationId);
  const jma = of(jmaId);
  return {
    personId: row.personId,
    name: `${row.surname} ${row.givenName}`,
    kana: `${row.surnameKana} ${row.givenNameKana}`,
    licence: row.licence,
    licenceChecked: row.licenceChecked,
    age: fullYearsBetween(row.birthOn, scope.on),
    died: row.diedOn !== null,
    standing: standingOn(row, scope.on),
    joinedOn: row.joinedOn,
    leftOn: row.leftOn,
    category: own?.category ?? '',
    jmaCategory: coversDay(jma, scope.on) ? (jma?.category ?? '') : '',
    facility: own?.facility ?? '',
    department: departments.get(row.mainDepartment) ?? row.mainDepartment,
    sendTo: row.diedOn === null ? sendToLabel((wishes.get(row.personId) ?? defaultPostalChoice).sendTo) : '',
    applying: applying.includes(row.personId),
    marks: marks?.get(row.personId) ?? [],
  };
}

async function readPage(tx: ReadTransaction, scope: MemberScope, ask: { filter: MemberFilter; dense: boolean }): Promise<Page<MemberRow>> {
  const { filter, dense } = ask;
  const read = async (walk: Walk) => await listMembers(tx, { ...scope, walking: dense }, { filter, ...walk, dense });
  return await turnPage(filter, read, (row) => row.personId);
}

/** Orders that no index holds are kept for lists that can be sorted. */
function usableSort(filter: MemberFilter, large: boolean): MemberFilter {
  const { key } = filter.sort;
  const folded = key === 'joined' && filter.knownAt !== undefined;
  return large && (key === 'facility' || key === 'left' || folded) ? { ...filter, sort: { key: 'name', direction: 'asc' } } : filter;
}

/** What another association knew at an earlier time is its own: only its present records are seen from here. */
function withinOwnRecords(filter: MemberFilter, { associationId }: OfficeActor): true | Refused {
  return asksOthersThen(filter, associationId) ? refuseFields({ knownAt: [otherRecordsThen] }) : true;
}

/** Whom the acting office asks about, on which day. */
export async function memberScope(tx: ReadTransaction, ctx: Context, filter: MemberFilter): Promise<MemberScope & { ever: number }> {
  const { associationId } = actingOffice(ctx);
  const on = filter.on ?? ctx.today;
  const ever = await membershipsEver(tx, associationId);
  const { trainingNoticeDays } = await systemSettingsOf(tx);
  const trainingEndsBy = lastMonthEndingBy(on, trainingNoticeDays);
  const { knownAt } = filter;
  return { associationId, on, knownAt, walking: false, ever, large: ever > mostCounted, waived: waivedMonthsOn(on), trainingEndsBy };
}

/** Everything besides the rows that a page of members is dressed with. */
export async function readAround(tx: ReadTransaction, ids: readonly string[], scope: Around['scope']): Promise<Around> {
  return {
    scope,
    phases: await listMemberPhases(tx, ids, {
      associationIds: scope.knownAt === undefined ? [scope.associationId, jmaId] : [scope.associationId],
      knownAt: scope.knownAt,
    }),
    applying: await listApplying(tx, ids, scope.associationId),
    wishes: new Map((await listPostalWishes(tx, ids)).map((row) => [row.personId, row])),
    departments: new Map((await codeList(tx, 'department', scope.on)).map((row) => [row.code, row.label])),
  };
}

/** Conditions that gather their few persons; all others narrow evenly, so that walking the order finds a page at once. */
const gathering = new Set(['name', 'licence', 'facility', 'facilityId', 'designation', 'mark', 'selection']);

function isEven(filter: MemberFilter): boolean {
  return !narrowing(filter).some((name) => gathering.has(name));
}

/**
 * 会員情報管理 (`screens.md O-07`): members of our own association as of a day, and who applies to it; with an instant as known
 * then (`rules.md 2.1`). Of another association only what is recorded now can be seen, so its conditions do not go with an instant.
 */
export const memberList = query({
  name: 'member.list',
  input: memberListInput,
  allow: (ctx, filter) => {
    const allowed = memberOffice(ctx);
    return allowed === true ? withinOwnRecords(filter, actingOffice(ctx)) : allowed;
  },
  read: async (tx, asked, ctx): Promise<MemberList> => {
    const scope = await memberScope(tx, ctx, asked);
    const { associationId, on, large, ever } = scope;
    const filter = usableSort(asked, large);
    const { page, count } = await withOwnPlans(tx, async () => {
      const tally = await tallyMembers(tx, scope, { filter, ever });
      const dense = tally.members >= mostCounted && isEven(filter);
      return { count: tally, page: await readPage(tx, scope, { filter, dense }) };
    });
    const ids = page.rows.map((row) => row.personId);
    const around = { ...(await readAround(tx, ids, scope)), marks: await listMarks(tx, ids, scope) };
    return {
      filter,
      on,
      knownAt: scope.knownAt,
      large,
      invites: associationId !== jmaId,
      before: page.before,
      after: page.after,
      rows: page.rows.map((row) => lineOf(row, around)),
      count,
      categories: (await categoriesOf(tx, [associationId], on)).map((row) => ({ value: String(row.id), label: row.name })),
    };
  },
  audit: (value) => ({
    action: 'member.listed',
    personIds: value.rows.map((row) => row.personId),
    detail: {
      status: value.filter.status,
      byName: value.filter.name !== '',
      narrowed: narrowing(value.filter),
      on: value.on,
      knownAt: value.knownAt?.toISOString() ?? null,
    },
  }),
});
