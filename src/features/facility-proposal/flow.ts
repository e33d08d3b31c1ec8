import { defineFlow } from '#kernel/flow.ts';

/** The flow of one proposal for the master of facilities (`screens.md O-14, J-06`). */

export type ProposalState = 'proposed' | 'forwarded' | 'planned' | 'approved' | 'merged' | 'rejected' | 'withdrawn';
export type ProposalAction = 'approve' | 'forward' | 'plan' | 'unplan' | 'merge' | 'reject' | 'withdraw';

/**
 * A 都道府県医師会 approves what is then in force, and forwards a report of duplicates to the JMA, which merges today or plans it for a
 * day to come; until that day the plan can be taken back.
 */
export const proposalFlow = defineFlow<ProposalState, ProposalAction>(
  'facilityProposal',
  ['approve', 'forward', 'plan', 'unplan', 'merge', 'reject', 'withdraw'],
  {
    proposed: { approve: 'approved', forward: 'forwarded', reject: 'rejected', withdraw: 'withdrawn' },
    forwarded: { plan: 'planned', merge: 'merged', reject: 'rejected' },
    planned: { unplan: 'forwarded', merge: 'merged' },
    approved: {},
    merged: {},
    rejected: {},
    withdrawn: {},
  },
);

/** Where every proposal begins. */
export const firstState: ProposalState = 'proposed';

/** The state of a row of the table. @throws RangeError for a text that is none */
export function proposalStateOf(text: string): ProposalState {
  if (!proposalFlow.isState(text)) throw new RangeError(`unknown state of a proposal: ${text}`);
  return text;
}

/** The 都道府県医師会 has it before it. */
export function awaitsPrefecture(state: ProposalState): boolean {
  return state === 'proposed';
}

/** The JMA has it before it. */
export function awaitsJma(state: ProposalState): boolean {
  return state === 'forwarded';
}

/** A day is set for the merge. */
export function awaitsMergeDay(state: ProposalState): boolean {
  return state === 'planned';
}

/** Two facilities have become one. */
export function isMerged(state: ProposalState): boolean {
  return state === 'merged';
}

/** The office that proposed is told: everything but what it has done itself. */
export function isTold(state: ProposalState): boolean {
  return state !== 'proposed' && state !== 'withdrawn';
}

/** The JMA had the last word: it merged or set a day for it, or declined what a prefecture had forwarded. */
export function endedByJma(state: ProposalState, forwarded: boolean): boolean {
  return state === 'merged' || state === 'planned' || (state === 'rejected' && forwarded);
}
