import type { Actor, OfficeActor } from '#kernel/actor.ts';
import type { InquiryAction, InquiryState } from './flow.ts';
import { inquiryFlow } from './flow.ts';
import type { Desk } from './rules.ts';
import { jmaId } from './rules.ts';

/** Who may read and do what with an お問合せ (`screens.md D-15, O-26, P-05`). Pure. */

export type InquiryTarget = {
  /** doctor, office, contractor, guest, or system for what no person has asked. */
  asker: string;
  personId: string | null;
  askerAssociationId: number | null;
  accountId: string | null;
  at: Desk;
  deskIds: readonly number[];
  seenByOperations: boolean;
  state: InquiryState;
};

/** An office whose staff work with members; 外部委託先 only ask for themselves. */
export function deskOffice(actor: Actor): OfficeActor | undefined {
  return actor.kind === 'office' && actor.role !== 'trainingContractor' ? actor : undefined;
}

/** 管理者 and スタッフ of the 日本医師会 sit at its desks. */
export function atJma(actor: Actor): boolean {
  return deskOffice(actor)?.associationId === jmaId;
}

/** Whoever asked: the doctor, the office as a whole, or an 外部委託先 for himself. */
export function isAsker(actor: Actor, target: InquiryTarget): boolean {
  if (actor.kind === 'doctor') return target.personId === actor.personId;
  if (actor.kind !== 'office') return false;
  if (target.accountId === actor.accountId) return true;
  return target.askerAssociationId !== null && target.askerAssociationId === deskOffice(actor)?.associationId;
}

/** The desk that has it now. */
export function isDesk(actor: Actor, { at }: InquiryTarget): boolean {
  if (actor.kind === 'operations') return at.desk === 'operations';
  const office = deskOffice(actor);
  return office !== undefined && at.desk !== 'operations' && at.associationId === office.associationId;
}

/** A desk that has it or has passed it on. */
export function wasDesk(actor: Actor, target: InquiryTarget): boolean {
  if (actor.kind === 'operations') return target.seenByOperations;
  const office = deskOffice(actor);
  return office !== undefined && target.deskIds.includes(office.associationId);
}

/** Who asked, the desk that has it, and the desks that had it. */
export function maySeeInquiry(actor: Actor, target: InquiryTarget): boolean {
  return isAsker(actor, target) || wasDesk(actor, target);
}

/** Whether a desk may pass a question to any association: 医師会へ回す is an act of P-05 alone (`rules.md 8.4`). */
export function mayPassToOffice(actor: Actor): boolean {
  return actor.kind === 'operations' || atJma(actor);
}

const ofAsker: readonly InquiryAction[] = ['ask', 'solve'];

/** Whether this act is his at all; whether it is possible now says the flow. */
export function isHisAct(actor: Actor, target: InquiryTarget, action: InquiryAction): boolean {
  if (ofAsker.includes(action)) return isAsker(actor, target);
  // Nobody is there who could read an answer.
  return isDesk(actor, target) && !(action === 'answer' && target.asker === 'system');
}

/** What somebody can do now, in the order of the buttons. */
export function actionsFor(actor: Actor, target: InquiryTarget): InquiryAction[] {
  return inquiryFlow.actionsFrom(target.state).filter((action) => isHisAct(actor, target, action));
}

/** Who may ask after a login. */
export function mayAsk(actor: Actor): boolean {
  return actor.kind === 'doctor' || actor.kind === 'office';
}
