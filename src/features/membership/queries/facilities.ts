import { codeList } from '#features/association/queries/directory.ts';
import type { Facility } from '#features/facility/queries/facility.ts';
import { isCandidate, isClosed, isRegistered } from '#features/facility/fields.ts';
import { findFacility } from '#features/facility/queries/facility.ts';
import type { HistoryLine } from '#features/facility/queries/history.ts';
import { facilityHistory } from '#features/facility/queries/history.ts';
import type { Day } from '#kernel/day.ts';
import type { Page } from '#kernel/paging.ts';
import { turnPage } from '#kernel/paging.ts';
import { query } from '#platform/command/query.ts';
import { withOwnPlans } from '#platform/db/list-plan.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { FacilityLine, FacilityScope } from '../facility.store.server.ts';
import { isWorkplace, listFacilities, tallyFacilities } from '../facility.store.server.ts';
import type { Tally } from '../member-tally.store.server.ts';
import { membershipsEver, mostCounted } from '../member-tally.store.server.ts';
import { memberIdInput } from '../schema.ts';
import type { FacilityFilter } from './facility-filter.ts';
import { facilityListInput } from './facility-filter.ts';
import { actingOffice, memberOffice } from './members.ts';

type Option = { value: string; label: string };

export type FacilityList = Page<FacilityLine> & {
  filter: FacilityFilter;
  on: Day;
  count: Tally;
  ownerTypes: Option[];
};

async function readPage(tx: ReadTransaction, scope: FacilityScope, filter: FacilityFilter): Promise<Page<FacilityLine>> {
  return await turnPage(
    filter,
    async (walk) => await listFacilities(tx, scope, { filter, ...walk }),
    (row) => row.id,
  );
}

/** 施設別一覧 (`screens.md O-14`): where our members work today, and where they will. No person is named. */
export const facilityList = query({
  name: 'member.facilities',
  input: facilityListInput,
  allow: memberOffice,
  read: async (tx, filter, ctx): Promise<FacilityList> => {
    const { associationId } = actingOffice(ctx);
    const scope = { associationId, on: ctx.today, large: (await membershipsEver(tx, associationId)) > mostCounted };
    const { page, count } = await withOwnPlans(tx, async () => ({
      page: await readPage(tx, scope, filter),
      count: await tallyFacilities(tx, scope, filter),
    }));
    const ownerTypes = (await codeList(tx, 'ownerType', ctx.today)).map((row) => ({ value: row.code, label: row.label }));
    return { filter, on: ctx.today, ...page, count, ownerTypes };
  },
  audit: 'nothing',
});

/** A facility that an office is shown: where its members work or have worked, and what lies in its own area; undefined for any other. */
export async function facilityInSight(tx: ReadTransaction, associationId: number, id: string): Promise<Facility | undefined> {
  const facility = await findFacility(tx, id);
  if (facility === undefined) return undefined;
  const ownArea = facility.associationId === associationId && !isCandidate(facility.state);
  return ownArea || (await isWorkplace(tx, associationId, id)) ? facility : undefined;
}

export type FacilityDetail = Facility & {
  ownerTypeLabel: string;
  /** What was proposed and approved, newest first. */
  history: HistoryLine[];
  /** Changes can be proposed; what a doctor has typed and what was merged is not of the master. */
  open: boolean;
  /** A name that a doctor has typed: it can be tied to a facility of the master, or proposed as one. */
  typed: boolean;
  closed: { on: Day | null; into: string } | undefined;
};

/** One workplace of our members, present or past; undefined for any other. */
export const facilityDetail = query({
  name: 'member.facility',
  input: memberIdInput,
  allow: memberOffice,
  read: async (tx, { id }, ctx): Promise<FacilityDetail | undefined> => {
    const facility = await facilityInSight(tx, actingOffice(ctx).associationId, id);
    if (facility === undefined) return undefined;
    const owners = await codeList(tx, 'ownerType', ctx.today);
    const into = facility.mergedInto === null ? undefined : await findFacility(tx, facility.mergedInto);
    return {
      ...facility,
      ownerTypeLabel: owners.find((row) => row.code === facility.ownerType)?.label ?? facility.ownerType,
      history: await facilityHistory(tx, id, ctx.today),
      open: isRegistered(facility.state),
      typed: isCandidate(facility.state),
      closed: isClosed(facility.state) ? { on: facility.closedOn, into: into?.name ?? '' } : undefined,
    };
  },
  audit: 'nothing',
});
