import { associationsById } from '#features/association/queries/directory.ts';
import { changeFacility, registerFacility, registerTyped } from '#features/facility/commands/keep-facility.ts';
import { isCandidate, isRegistered } from '#features/facility/fields.ts';
import type { Facility } from '#features/facility/queries/facility.ts';
import { contentOf, findFacility } from '#features/facility/queries/facility.ts';
import { actorName } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import type { Outcome, Refused } from '#kernel/refusal.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import type { Saved } from '#platform/command/command.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { changesIn, facilityIn } from '../fields.ts';
import type { ProposalAction, ProposalState } from '../flow.ts';
import { awaitsPrefecture, proposalFlow } from '../flow.ts';
import { texts } from '../messages.ts';
import { mayMerge, mayReview, mayWithdraw } from '../policy.ts';
import { stillFits } from '../rules.ts';
import { actInput, approveInput, rejectInput } from '../schema.ts';
import type { Proposal, Settling } from '../store.server.ts';
import { findProposal, settleProposal } from '../store.server.ts';
import { facilityLock } from './propose.ts';

/** The locks of what is decided: the proposal and its facilities. */
export async function proposalLocks(tx: ReadTransaction, id: string) {
  const proposal = await findProposal(tx, id);
  const ids = [id, proposal?.facilityId, proposal?.otherId];
  return ids.flatMap((one) => (one === undefined || one === null ? [] : [facilityLock(one)]));
}

/** The state after an act; a conflict where somebody was faster or the flow knows no such way. */
export function stateAfter(proposal: Proposal, action: ProposalAction, version: number): Outcome<ProposalState> {
  const next = proposalFlow.next(proposal.state, action);
  if (next === undefined || version !== proposal.version) return refuse('conflict', { message: texts.decided });
  return accepted(next);
}

/** The act of each way a proposal goes, as the audit names it. */
const acts = {
  approve: { action: 'facility.approveProposal' },
  forward: { action: 'facility.approveProposal' },
  plan: { action: 'facility.planMerge' },
  unplan: { action: 'facility.withdrawMerge' },
  merge: { action: 'facility.merge' },
  reject: { action: 'facility.rejectProposal' },
  withdraw: { action: 'facility.withdrawProposal' },
} as const;

/** `byName`: who has decided, where it is not the actor himself. */
type Settled = { ctx: Context; proposal: Proposal; action: ProposalAction; state: ProposalState; answer: string; byName?: string };

/** Writes the end of a proposal, with its audit and news. */
export async function settle(
  tx: WriteTransaction,
  { ctx, proposal, action, state, answer, byName }: Settled,
  more: Pick<Settling, 'facilityId' | 'content' | 'plan'> = {},
): Promise<Saved<{ state: ProposalState }>> {
  const settling = { state, version: proposal.version + 1, answer, byName: byName ?? actorName(ctx.actor), at: ctx.now, ...more };
  await settleProposal(tx, proposal.id, settling);
  return {
    value: { state },
    audit: {
      ...acts[action],
      target: proposal.id,
      detail: { kind: proposal.kind, facility: more.facilityId ?? proposal.facilityId ?? '' },
    },
    events: [{ kind: 'facility.proposalSettled', payload: { proposalId: proposal.id, version: settling.version } }],
  };
}

type Target = { proposal: Proposal; facility: Facility | undefined; proposerLayer: number; proposerPrefecture: string };

async function loadTarget(tx: ReadTransaction, id: string, ctx: Context): Promise<Target | undefined> {
  const proposal = await findProposal(tx, id);
  if (proposal === undefined) return undefined;
  const [proposer] = await associationsById(tx, [proposal.associationId], ctx.today);
  return {
    proposal,
    facility: proposal.facilityId === null ? undefined : await findFacility(tx, proposal.facilityId),
    proposerLayer: proposer?.layer ?? 2,
    proposerPrefecture: proposer?.prefectureCode ?? '',
  };
}

/** Why an approval would write something that is not what the proposer saw. */
function faultOfChange({ proposal, facility }: Target): Refused | undefined {
  if (proposal.kind === 'add') {
    return facility === undefined || isCandidate(facility.state) ? undefined : refuse('conflict', { message: texts.noLongerTyped });
  }
  if (proposal.kind !== 'change') return undefined;
  if (facility === undefined || !isRegistered(facility.state)) return refuse('conflict', { message: texts.closed });
  return stillFits(contentOf(facility), changesIn(proposal.content)) ? undefined : refuse('conflict', { message: texts.staleForReview });
}

/** What an approval does to the master; the facility that it is about. */
async function carryOut(tx: WriteTransaction, ctx: Context, target: Target): Promise<string | undefined> {
  const { proposal, facility } = target;
  const source = { proposalId: proposal.id, associationId: proposal.associationId, deciderId: proposal.deciderId };
  const content = facilityIn(proposal.content);
  if (proposal.kind === 'change' && facility !== undefined) {
    await changeFacility(tx, ctx, { facility, changes: changesIn(proposal.content), source });
    return facility.id;
  }
  if (content === undefined) throw new Error('a new facility without its fields');
  if (facility !== undefined) {
    await registerTyped(tx, ctx, { facility, content, source });
    return facility.id;
  }
  // Where a district proposes for its own prefecture, the facility lies in its area as far as anybody has said.
  const own = target.proposerLayer > 2 && content.prefectureCode === target.proposerPrefecture;
  const id = newId();
  await registerFacility(tx, ctx, { id, content, associationId: own ? proposal.associationId : null, source });
  return id;
}

/** 承認する: in force at once; a report of duplicates goes on to the JMA. */
export const approveProposal = command({
  name: 'facility.approveProposal',
  input: approveInput,
  locks: async (tx, { id }) => await proposalLocks(tx, id),
  load: async (tx, { id }, ctx) => await loadTarget(tx, id, ctx),
  allow: (ctx, { proposal }) => (mayReview(ctx.actor, proposal) ? true : refuse('forbidden')),
  decide: (_ctx, target, { version }) => {
    const action = target.proposal.kind === 'duplicate' ? ('forward' as const) : ('approve' as const);
    const next = stateAfter(target.proposal, action, version);
    if (!next.ok) return next;
    return faultOfChange(target) ?? accepted({ action, state: next.value });
  },
  save: async (tx, { ctx, target, decision: { action, state }, input: { answer } }) => {
    const { proposal } = target;
    const end = { ctx, proposal, action, state, answer };
    if (action === 'forward') return await settle(tx, end, { content: { forwarded: true } });
    const facilityId = await carryOut(tx, ctx, target);
    return await settle(tx, end, facilityId === undefined ? {} : { facilityId });
  },
});

/** 却下する, with a reason: by the 都道府県医師会, and by the JMA where two facilities are not to be merged. */
export const rejectProposal = command({
  name: 'facility.rejectProposal',
  input: rejectInput,
  locks: async (tx, { id }) => await proposalLocks(tx, id),
  load: async (tx, { id }) => await findProposal(tx, id),
  allow: (ctx, proposal) => {
    const may = awaitsPrefecture(proposal.state) ? mayReview(ctx.actor, proposal) : mayMerge(ctx.actor) || mayReview(ctx.actor, proposal);
    return may ? true : refuse('forbidden');
  },
  decide: (ctx, proposal, { version }) => {
    const next = stateAfter(proposal, 'reject', version);
    return next.ok && !awaitsPrefecture(proposal.state) && !mayMerge(ctx.actor) ? refuse('forbidden') : next;
  },
  save: async (tx, { ctx, target: proposal, decision: state, input: { answer } }) =>
    await settle(tx, { ctx, proposal, action: 'reject', state, answer }),
});

/** 取り下げる: by the own office, before anybody has decided. */
export const withdrawProposal = command({
  name: 'facility.withdrawProposal',
  input: actInput,
  locks: async (tx, { id }) => await proposalLocks(tx, id),
  load: async (tx, { id }) => await findProposal(tx, id),
  allow: (ctx, proposal) => (mayWithdraw(ctx.actor, proposal) ? true : refuse('forbidden')),
  decide: (_ctx, proposal, { version }) => stateAfter(proposal, 'withdraw', version),
  save: async (tx, { ctx, target: proposal, decision: state }) =>
    await settle(tx, { ctx, proposal, action: 'withdraw', state, answer: '' }),
});
