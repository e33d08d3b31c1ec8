import { associationsById } from '#features/association/queries/directory.ts';
import { contentOf, findFacility } from '#features/facility/queries/facility.ts';
import type { FieldWords, ShownChange } from '#features/facility/queries/history.ts';
import { factsOf, fieldWords, shownChanges } from '#features/facility/queries/history.ts';
import { facilityInSight } from '#features/membership/queries/facilities.ts';
import { peopleAt } from '#features/membership/queries/people-at.ts';
import type { Day } from '#kernel/day.ts';
import { query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { changesIn, facilityIn } from '../fields.ts';
import type { ProposalState } from '../flow.ts';
import { awaitsMergeDay, isMerged } from '../flow.ts';
import { kindLabels } from '../labels.ts';
import { actsOn, mayMerge } from '../policy.ts';
import { closingOf, stillFits } from '../rules.ts';
import { idOnly } from '../schema.ts';
import type { Proposal } from '../store.server.ts';
import { findProposal } from '../store.server.ts';
import { askingOffice, officesOnly } from './proposals.ts';

export type ShownFacility = {
  id: string;
  name: string;
  facts: { label: string; value: string }[];
  /** Doctors who work there, for who merges; undefined for everybody else. */
  people: number | undefined;
};

export type ProposalDetail = {
  id: string;
  version: number;
  kind: string;
  state: ProposalState;
  title: string;
  office: string;
  decider: string;
  proposedName: string;
  proposedAt: Date;
  reason: string;
  decided: { name: string; at: Date; answer: string } | undefined;
  /** Of a change: what would be different. */
  changes: ShownChange[];
  /** The master says something else by now than the proposer saw. */
  stale: boolean;
  /** The facility as it is, or as it would be; of duplicates both. */
  facilities: ShownFacility[];
  /** Where the asking office finds the facility in 施設別一覧; undefined where it is not shown to it. */
  listed: string | undefined;
  /** Of a merge whose day is set: the day, and what stays. */
  planned: { on: Day; staysId: string; stays: string } | undefined;
  /** Of a merge that has come, for who merges: how many still stand at the closed facility, because jobs carry them over. */
  left: number;
  today: Day;
  may: { review: boolean; withdraw: boolean; merge: boolean; unplan: boolean };
};

/** More are not counted. */
const mostCounted = 10_000;

async function facilitiesOf(tx: ReadTransaction, ctx: Context, about: { proposal: Proposal; words: FieldWords }): Promise<ShownFacility[]> {
  const { proposal, words } = about;
  const { merge, unplan } = actsOn(ctx.actor, proposal);
  const merges = merge || unplan;
  const asked = facilityIn(proposal.content);
  if (asked !== undefined) return [{ id: '', name: asked.name, facts: factsOf(asked, words), people: undefined }];
  const shown: ShownFacility[] = [];
  for (const id of [proposal.facilityId, proposal.otherId]) {
    const facility = id === null ? undefined : await findFacility(tx, id);
    if (facility === undefined) continue;
    const people = merges
      ? (await peopleAt(tx, ctx.actor, { facilityId: facility.id, on: ctx.today, most: mostCounted })).length
      : undefined;
    shown.push({ id: facility.id, name: facility.name, facts: factsOf(contentOf(facility), words), people });
  }
  return shown;
}

/** Who has not been carried over yet, where the JMA looks at what it has merged. */
async function countLeft(tx: ReadTransaction, ctx: Context, proposal: Proposal): Promise<number> {
  const facilityId = isMerged(proposal.state) && mayMerge(ctx.actor) ? closingOf(proposal, proposal.staysId ?? '') : undefined;
  if (facilityId === undefined || proposal.mergeOn === null) return 0;
  return (await peopleAt(tx, ctx.actor, { facilityId, on: proposal.mergeOn, most: mostCounted })).length;
}

function plannedOf(proposal: Proposal, facilities: readonly ShownFacility[]): ProposalDetail['planned'] {
  const { mergeOn: on, staysId } = proposal;
  if (!awaitsMergeDay(proposal.state) || on === null || staysId === null) return undefined;
  return { on, staysId, stays: facilities.find((one) => one.id === staysId)?.name ?? '' };
}

async function isStale(tx: ReadTransaction, proposal: Proposal): Promise<boolean> {
  const facility = proposal.kind !== 'change' || proposal.facilityId === null ? undefined : await findFacility(tx, proposal.facilityId);
  return facility !== undefined && !stillFits(contentOf(facility), changesIn(proposal.content));
}

async function namesFor(tx: ReadTransaction, ctx: Context, ids: readonly number[]): Promise<string[]> {
  const rows = await associationsById(tx, [...new Set(ids)], ctx.today);
  return ids.map((id) => rows.find((row) => row.id === id)?.name ?? '');
}

/** One proposal, for the office that made it and those that decide; for everybody else there is none. */
export const proposalDetail = query({
  name: 'facility.proposal',
  input: idOnly,
  allow: officesOnly,
  read: async (tx, { id }, ctx): Promise<ProposalDetail | undefined> => {
    const proposal = await findProposal(tx, id);
    if (proposal === undefined) return undefined;
    const words = await fieldWords(tx, ctx.today);
    const facilities = await facilitiesOf(tx, ctx, { proposal, words });
    const [office = '', decider = ''] = await namesFor(tx, ctx, [proposal.associationId, proposal.deciderId]);
    const may = actsOn(ctx.actor, proposal);
    const { decidedAt, decidedName, answer } = proposal;
    const { facilityId } = proposal;
    const listed = facilityId === null ? undefined : await facilityInSight(tx, askingOffice(ctx).associationId, facilityId);
    return {
      id,
      version: proposal.version,
      kind: kindLabels[proposal.kind],
      state: proposal.state,
      title: facilities.map((one) => one.name).join(' / '),
      office,
      decider,
      proposedName: proposal.proposedName,
      proposedAt: proposal.proposedAt,
      reason: proposal.reason,
      decided: decidedAt === null ? undefined : { name: decidedName, at: decidedAt, answer },
      changes: shownChanges(changesIn(proposal.content), words),
      stale: may.review && (await isStale(tx, proposal)),
      facilities,
      listed: listed?.id,
      planned: plannedOf(proposal, facilities),
      left: await countLeft(tx, ctx, proposal),
      today: ctx.today,
      may,
    };
  },
  audit: 'nothing',
});
