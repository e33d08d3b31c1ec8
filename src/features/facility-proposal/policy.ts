import type { Actor, OfficeActor } from '#kernel/actor.ts';
import type { ProposalState } from './flow.ts';
import { awaitsJma, awaitsMergeDay, awaitsPrefecture } from './flow.ts';

/**
 * Who may do what with proposals for the master of facilities (`screens.md O-14, J-06`). A 都道府県医師会 decides about the facilities of
 * its prefecture, its own proposals included; every other office has its proposals decided by one. Pure.
 */

/** The office behind an actor, 外部委託先 left out. */
export function proposalOffice(actor: Actor): OfficeActor | undefined {
  return actor.kind === 'office' && actor.role !== 'trainingContractor' ? actor : undefined;
}

/** Districts and prefectures propose; the JMA merges. */
export function mayPropose(actor: Actor): boolean {
  const office = proposalOffice(actor);
  return office !== undefined && office.layer !== 1;
}

type Around = { associationId: number; deciderId: number; state: ProposalState };

/** 承認する, 却下する of a 都道府県医師会. */
export function mayReview(actor: Actor, proposal: Around): boolean {
  const office = proposalOffice(actor);
  return office?.layer === 2 && office.associationId === proposal.deciderId;
}

/** 取り下げる: the own office, while nobody has decided. */
export function mayWithdraw(actor: Actor, proposal: Around): boolean {
  return proposalOffice(actor)?.associationId === proposal.associationId;
}

/** 統合する, today or on a day to come, and 却下する of what a prefecture has forwarded: the JMA. */
export function mayMerge(actor: Actor): boolean {
  return proposalOffice(actor)?.layer === 1;
}

/** What the page offers. */
export function actsOn(actor: Actor, proposal: Around): { review: boolean; withdraw: boolean; merge: boolean; unplan: boolean } {
  return {
    review: awaitsPrefecture(proposal.state) && mayReview(actor, proposal),
    withdraw: awaitsPrefecture(proposal.state) && mayWithdraw(actor, proposal),
    merge: awaitsJma(proposal.state) && mayMerge(actor),
    unplan: awaitsMergeDay(proposal.state) && mayMerge(actor),
  };
}
