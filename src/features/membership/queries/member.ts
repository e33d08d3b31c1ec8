import type { Day } from '#kernel/day.ts';
import { fullYearsBetween } from '#kernel/day.ts';
import { dayInput, idInput } from '#kernel/input.ts';
import { associationsById } from '#features/association/queries/directory.ts';
import type { Person } from '#features/person/queries/person.ts';
import { findPerson } from '#features/person/queries/person.ts';
import { query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { z } from 'zod';
import type { LastGuidance } from '../guidance-messages.ts';
import type { LedgerLine } from '../member-detail.store.server.ts';
import { isInScope, listLedger, listMemberPhases } from '../member-detail.store.server.ts';
import type { MemberMark } from '../fields.ts';
import { listMarks } from '../marks-of.store.server.ts';
import { badgeText, foldLedger, unbrokenSince } from '../rules.ts';
import { phasesOf } from './standing.ts';
import { isContactFaded } from './faded.ts';
import type { SinceLook } from './member-changes.ts';
import { sinceLastLook } from './member-changes.ts';
import { guidanceOf } from './member-guidance.ts';
import { knownAtInput } from './member-instant.ts';
import type { Leaving } from './member-ledger.ts';
import { leavingReasons } from './member-ledger.ts';
import type { AffiliationView, Profile } from './member-profile.ts';
import { readAffiliations, readProfile } from './member-profile.ts';
import type { MemberStanding } from './members.ts';
import { actingOffice, memberOffice, memberScope, standingOn } from './members.ts';
import { memberListInput } from './member-filter.ts';

export const memberDetailInput = z.object({
  id: idInput,
  asOf: dayInput('基準日', { required: false }),
  knownAt: knownAtInput('記録の時点'),
});

export type PhaseView = { category: string; facility: string; startsOn: Day; endsOn: Day | null };
export type PeriodView = { joinedOn: Day; leftOn: Day | null; leftReason: string; phases: PhaseView[] };
export type AssociationView = { associationId: number; name: string; layer: number; own: boolean; periods: PeriodView[] };

export type LedgerView = {
  id: number;
  recordedAt: Date;
  kind: string;
  effectiveOn: Day;
  category: string;
  facility: string;
  reason: string;
  office: string;
  /** A later record has taken its place. */
  superseded: boolean;
  /** Recorded since the reader looked last. */
  fresh: boolean;
};

export type MemberDetail = {
  personId: string;
  asOf: Day;
  knownAt: Date | undefined;
  profile: Profile;
  head: { standing: MemberStanding; category: string; joinedOn: Day | null; leftOn: Day | null; years: string | undefined; age: number };
  /** 状態 on the day; none of a former knowledge. */
  marks: readonly MemberMark[];
  associations: AssociationView[];
  affiliations: AffiliationView[];
  /** The ledger of our own association, newest record first. */
  history: LedgerView[];
  /** What has changed since the reader's last look; of a former time nothing is said. */
  sinceLook: SinceLook | undefined;
  /** マイページの案内; undefined for who uses it. */
  guidance: { offered: boolean; last: LastGuidance | undefined } | undefined;
};

function periodsOf(lines: readonly LedgerLine[], words: { reason: (code: string) => string }): PeriodView[] {
  const folded = foldLedger(lines);
  if (!folded.ok) throw new Error(`ledger event ${folded.fault.eventId}: ${folded.fault.fault}`);
  const byCategory = new Map(lines.map((line) => [line.categoryId, line.category]));
  const byFacility = new Map(lines.map((line) => [line.facilityId, line.facility]));
  return folded.periods.map((period) => ({
    joinedOn: period.joinedOn,
    leftOn: period.leftOn,
    leftReason: words.reason(period.leftReason),
    phases: period.phases.map((phase) => ({
      category: byCategory.get(phase.categoryId) ?? '',
      facility: byFacility.get(phase.facilityId) ?? '',
      startsOn: phase.startsOn,
      endsOn: phase.endsOn,
    })),
  }));
}

/** Other associations of the same chain, as far as they are in scope; only present knowledge can be shown of them. */
async function othersOf(tx: ReadTransaction, personId: string, ownId: number): Promise<Map<number, PeriodView[]>> {
  const ids = [...new Set((await phasesOf(tx, personId)).map((phase) => phase.associationId))].filter((id) => id !== ownId);
  const found = new Map<number, PeriodView[]>();
  for (const phase of await listMemberPhases(tx, [personId], { associationIds: ids })) {
    const periods = found.get(phase.associationId) ?? [];
    const last = periods.at(-1);
    const view: PhaseView = { category: phase.category, facility: phase.facility, startsOn: phase.startsOn, endsOn: phase.endsOn };
    if (last !== undefined && last.joinedOn === phase.joinedOn) last.phases.push(view);
    else periods.push({ joinedOn: phase.joinedOn, leftOn: phase.leftOn, leftReason: '', phases: [view] });
    found.set(phase.associationId, periods);
  }
  return found;
}

async function associationsOf(tx: ReadTransaction, ctx: Context, periods: ReadonlyMap<number, PeriodView[]>): Promise<AssociationView[]> {
  const ownId = actingOffice(ctx).associationId;
  const rows = await associationsById(tx, [...periods.keys()], ctx.today);
  return rows.map((row) => ({
    associationId: row.id,
    name: row.name,
    layer: row.layer,
    own: row.id === ownId,
    periods: periods.get(row.id) ?? [],
  }));
}

/** The period a day lies in; else the next one, else the last one. */
function periodOn(periods: readonly PeriodView[], on: Day): PeriodView | undefined {
  return (
    periods.find((period) => period.joinedOn <= on && (period.leftOn === null || period.leftOn >= on)) ??
    periods.find((period) => period.joinedOn > on) ??
    periods.at(-1)
  );
}

function headOf(periods: readonly PeriodView[], asOf: Day, birthOn: Day): MemberDetail['head'] {
  const period = periodOn(periods, asOf);
  const phase = period?.phases.findLast((one) => one.startsOn <= asOf) ?? period?.phases[0];
  const since = unbrokenSince(periods, asOf);
  return {
    standing: standingOn(period ?? { joinedOn: null, leftOn: null }, asOf),
    category: phase?.category ?? '',
    joinedOn: period?.joinedOn ?? null,
    leftOn: period?.leftOn ?? null,
    years: since === undefined ? undefined : badgeText(fullYearsBetween(since, asOf)),
    age: fullYearsBetween(birthOn, asOf),
  };
}

type HistoryWords = { reason: (code: Leaving['reason']) => string; since: Date | undefined };

function historyOf(lines: readonly LedgerLine[], { reason, since }: HistoryWords): LedgerView[] {
  const gone = new Set(lines.map((line) => line.supersedes));
  return lines
    .map((line) => ({
      id: line.id,
      recordedAt: line.recordedAt,
      kind: line.kind,
      effectiveOn: line.effectiveOn,
      category: line.category,
      facility: line.facility,
      reason: reason(line.reason),
      office: line.office,
      superseded: gone.has(line.id),
      fresh: since !== undefined && line.recordedAt > since,
    }))
    .reverse();
}

async function guidanceShown(tx: ReadTransaction, ctx: Context, person: Person): Promise<MemberDetail['guidance']> {
  if (person.accountId !== null) return undefined;
  const { way, last } = await guidanceOf(tx, ctx, person);
  return { offered: way !== undefined, last };
}

/** 状態 of one member on a day. */
async function marksOn(tx: ReadTransaction, ctx: Context, { id, on }: { id: string; on: Day }): Promise<readonly MemberMark[]> {
  const scope = await memberScope(tx, ctx, memberListInput.parse({ status: 'all', on }));
  return (await listMarks(tx, [id], scope)).get(id) ?? [];
}

const contactBlocks: readonly string[] = ['address', 'contact'];

/** What has faded is not told as a change either. */
function shownOf({ at, changes }: SinceLook, faded: boolean): SinceLook {
  return { at, changes: faded ? changes.filter((change) => !contactBlocks.includes(change.block)) : changes };
}

/** 会員情報詳細 (`screens.md O-08`): one member of our own association as of a day and as known at an instant (`rules.md 2.1`). */
export const memberDetail = query({
  name: 'member.detail',
  input: memberDetailInput,
  allow: memberOffice,
  read: async (tx, input, ctx): Promise<MemberDetail | undefined> => {
    const { associationId } = actingOffice(ctx);
    const person = await findPerson(tx, input.id);
    if (person === undefined || !(await isInScope(tx, input.id, associationId))) return undefined;
    const asOf = input.asOf ?? ctx.today;
    const lines = await listLedger(tx, { personId: input.id, associationId }, input.knownAt);
    const reason = await leavingReasons(tx, ctx.today);
    const own = periodsOf(lines, { reason });
    const periods = input.knownAt === undefined ? await othersOf(tx, input.id, associationId) : new Map<number, PeriodView[]>();
    periods.set(associationId, own);
    const faded = await isContactFaded(tx, ctx, input.id);
    const sinceLook = input.knownAt === undefined ? await sinceLastLook(tx, ctx, input.id) : undefined;
    return {
      personId: input.id,
      asOf,
      knownAt: input.knownAt,
      profile: await readProfile(tx, person, { on: ctx.today, faded }),
      head: headOf(own, asOf, person.birthOn),
      marks: input.knownAt === undefined ? await marksOn(tx, ctx, { id: input.id, on: asOf }) : [],
      associations: await associationsOf(tx, ctx, periods),
      affiliations: await readAffiliations(tx, input.id, ctx.today),
      history: historyOf(lines, { reason, since: sinceLook?.at }),
      sinceLook: sinceLook === undefined ? undefined : shownOf(sinceLook, faded),
      guidance: await guidanceShown(tx, ctx, person),
    };
  },
  audit: (value) => ({ action: 'member.viewed', target: value.personId, personIds: [value.personId], detail: { asOf: value.asOf } }),
});
