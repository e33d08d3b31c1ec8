import { chainOf, codeLists, prefecturalOf } from '#features/association/queries/directory.ts';
import type { FacilityContent } from '#features/facility/fields.ts';
import { facilityNames, isCandidate, isClosed, isRegistered } from '#features/facility/fields.ts';
import type { Facility } from '#features/facility/queries/facility.ts';
import { contentOf } from '#features/facility/queries/facility.ts';
import { facilityInSight } from '#features/membership/queries/facilities.ts';
import { actingAccount, actorName } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import type { Refused } from '#kernel/refusal.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import type { Saved } from '#platform/command/command.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { firstState } from '../flow.ts';
import { texts } from '../messages.ts';
import { mayPropose, proposalOffice } from '../policy.ts';
import { lookalikes } from '../queries/lookalikes.ts';
import { changesTo, deciderOf, unknownCodes } from '../rules.ts';
import { proposeChangeInput, proposeNewInput } from '../schema.ts';
import type { NewProposal } from '../store.server.ts';
import { insertProposal } from '../store.server.ts';

/** Nobody changes a facility while it is proposed about or decided on. */
export const facilityLock = (id: string) => ({ kind: 'association' as const, id: `facility:${id}` });

type Known = { prefectures: string[]; owners: string[] };

async function knownCodes(tx: ReadTransaction, ctx: Context): Promise<Known> {
  const codes = await codeLists(tx, ['prefecture', 'ownerType'], ctx.today);
  return { prefectures: codes('prefecture').map((row) => row.code), owners: codes('ownerType').map((row) => row.code) };
}

/** The 都道府県医師会 that decides about a facility, existing or to come. */
export async function deciderFor(
  tx: ReadTransaction,
  ctx: Context,
  place: { associationId: number | null; prefectureCode: string },
): Promise<number | undefined> {
  const own = proposalOffice(ctx.actor)?.associationId;
  return deciderOf({
    facilityChain: place.associationId === null ? [] : await chainOf(tx, place.associationId, ctx.today),
    prefectural: await prefecturalOf(tx, place.prefectureCode, ctx.today),
    proposerChain: own === undefined ? [] : await chainOf(tx, own, ctx.today),
  });
}

function faultOfCodes(content: FacilityContent, known: Known, present?: FacilityContent): Refused | undefined {
  const wrong = unknownCodes(content, { ...known, ...(present === undefined ? {} : { present }) });
  return wrong.length === 0
    ? undefined
    : refuseFields(Object.fromEntries(wrong.map((field) => [field, [texts.unknownCode(facilityNames[field])]])));
}

/** Why nothing can be proposed about this facility. */
export function faultOfFacility(facility: Facility): Refused | undefined {
  if (isClosed(facility.state)) return refuse('conflict', { message: texts.closed });
  return isRegistered(facility.state) ? undefined : refuse('conflict', { message: texts.notRegistered });
}

type Draft = Omit<NewProposal, 'associationId' | 'proposedBy' | 'proposedName' | 'proposedAt' | 'state'>;

/** The act of each kind of proposal, as the audit names it. */
const acts = {
  change: { action: 'facility.proposeChange' },
  add: { action: 'facility.proposeNew' },
  duplicate: { action: 'facility.reportDuplicate' },
} as const;

/** Writes the proposal of the acting office, with its audit and news. */
export async function keepProposal(tx: WriteTransaction, ctx: Context, draft: Draft): Promise<Saved<{ id: string }>> {
  const office = proposalOffice(ctx.actor);
  const proposedBy = actingAccount(ctx.actor);
  if (office === undefined || proposedBy === undefined) throw new Error('a proposal of nobody');
  await insertProposal(tx, {
    ...draft,
    associationId: office.associationId,
    proposedBy,
    proposedName: actorName(ctx.actor),
    proposedAt: ctx.now,
    state: firstState,
  });
  return {
    value: { id: draft.id },
    audit: { ...acts[draft.kind], target: draft.id, detail: { facility: draft.facilityId ?? '' } },
    events: [{ kind: 'facility.proposed', payload: { proposalId: draft.id } }],
  };
}

export const alreadyProposed = { facility_proposal_open: () => refuse('conflict', { message: texts.alreadyProposed }) };

/** 施設情報の変更を提案する: what differs from the master goes to the 都道府県医師会; every doctor there is shown by what it approves. */
export const proposeChange = command({
  name: 'facility.proposeChange',
  input: proposeChangeInput,
  locks: async (_tx, { id }) => await Promise.resolve([facilityLock(id)]),
  load: async (tx, { id }, ctx) => {
    const office = proposalOffice(ctx.actor);
    const facility = office === undefined ? undefined : await facilityInSight(tx, office.associationId, id);
    if (facility === undefined) return undefined;
    const place = { associationId: facility.associationId, prefectureCode: facility.prefectureCode ?? '' };
    return { facility, deciderId: await deciderFor(tx, ctx, place), known: await knownCodes(tx, ctx) };
  },
  allow: (ctx) => (mayPropose(ctx.actor) ? true : refuse('forbidden')),
  decide: (_ctx, { facility, deciderId, known }, { id: _id, version, reason: _reason, ...asked }) => {
    const present = contentOf(facility);
    const fault = faultOfFacility(facility) ?? faultOfCodes(asked, known, present);
    if (fault !== undefined) return fault;
    if (version !== facility.version) return refuse('conflict', { message: texts.changedMeanwhile });
    if (deciderId === undefined) return refuseFields({ prefectureCode: [texts.noPrefecture] });
    const changes = changesTo(present, asked);
    return changes.length === 0 ? refuse('invalid', { message: texts.nothingChanged }) : accepted({ id: newId(), deciderId, changes });
  },
  save: async (tx, { ctx, target, decision: { id, deciderId, changes }, input }) =>
    await keepProposal(tx, ctx, {
      id,
      kind: 'change',
      facilityId: target.facility.id,
      otherId: null,
      content: { changes },
      reason: input.reason,
      deciderId,
    }),
  constraints: alreadyProposed,
});

/** 新しい施設を提案する: it enters the master when the 都道府県医師会 of its prefecture has approved it. */
export const proposeNew = command({
  name: 'facility.proposeNew',
  input: proposeNewInput,
  locks: async (_tx, { candidateId }) => await Promise.resolve(candidateId === '' ? [] : [facilityLock(candidateId)]),
  load: async (tx, { name, tel, prefectureCode, candidateId }, ctx) => {
    const office = proposalOffice(ctx.actor);
    const candidate = candidateId === '' || office === undefined ? undefined : await facilityInSight(tx, office.associationId, candidateId);
    if (candidateId !== '' && candidate === undefined) return undefined;
    return {
      candidate,
      deciderId: await deciderFor(tx, ctx, { associationId: null, prefectureCode }),
      known: await knownCodes(tx, ctx),
      alike: await lookalikes(tx, { name, tel, prefectureCode }),
    };
  },
  allow: (ctx) => (mayPropose(ctx.actor) ? true : refuse('forbidden')),
  decide: (_ctx, { candidate, deciderId, known, alike }, { reason: _reason, candidateId: _candidateId, distinct, ...asked }) => {
    if (candidate !== undefined && !isCandidate(candidate.state)) return refuse('conflict', { message: texts.noLongerTyped });
    const fault = faultOfCodes(asked, known);
    if (fault !== undefined) return fault;
    if (deciderId === undefined) return refuseFields({ prefectureCode: [texts.noPrefecture] });
    if (alike.length > 0 && !distinct) return refuseFields({ distinct: [texts.looksTheSame] });
    return accepted({ id: newId(), deciderId, facility: asked });
  },
  save: async (tx, { ctx, target: { candidate }, decision: { id, deciderId, facility }, input }) =>
    await keepProposal(tx, ctx, {
      id,
      kind: 'add',
      facilityId: candidate?.id ?? null,
      otherId: null,
      content: { facility },
      reason: input.reason,
      deciderId,
    }),
  constraints: alreadyProposed,
});
