import type { Actor } from '#kernel/actor.ts';
import type { ApplicationKind, ApplicationState, Leg, StepRole, StepState } from './flow.ts';
import { applicationFlow, decideFlow, isAtOffice, isDecided, isDraft, isOpen, isReturned, isWithOffices } from './flow.ts';

/** Who may do what with an application (`rules.md 3, 5.6`). Pure; `visibleTo` in the store is the same rule as SQL. */

export type Action =
  | 'view'
  | 'edit'
  | 'submit'
  | 'resubmit'
  | 'retract'
  | 'object'
  | 'deleteDraft'
  | 'attach'
  | 'markOriginals'
  | 'receive'
  | 'approve'
  | 'return'
  | 'reject'
  | 'acknowledge'
  | 'cancel'
  | 'revoke'
  | 'revokeLeave'
  | 'message'
  | 'memo'
  | 'attention';

export type PolicyStep = { id: string; associationId: number; ordinal: number; leg: Leg; role: StepRole; state: StepState };

export type PolicyTarget = {
  kind: ApplicationKind;
  personId: string;
  state: ApplicationState;
  /** The office that entered the case for the doctor: it has the applicant's part (`rules.md 3.10`). */
  proxyAssociationId: number | null;
  /** Nobody may decide it today: it is held, or the doctor has objected (`proxy-rules.ts`). */
  stopped?: boolean;
  steps: readonly PolicyStep[];
};

/** The steps of this office; two where a correction asks it for 確認 of what it had approved. */
export function ownSteps<Step extends { associationId: number }>(actor: Actor, target: { steps: readonly Step[] }): Step[] {
  return actor.kind === 'office' ? target.steps.filter((step) => step.associationId === actor.associationId) : [];
}

function isApplicant(actor: Actor, target: PolicyTarget): boolean {
  return actor.kind === 'doctor' && actor.personId === target.personId;
}

/** The office that entered the case for the doctor. */
export function isProxy(actor: Actor, target: Pick<PolicyTarget, 'proxyAssociationId'>): boolean {
  return actor.kind === 'office' && actor.role !== 'trainingContractor' && actor.associationId === target.proxyAssociationId;
}

/** Writes and corrects the paper: the doctor his own, an office what it entered for him. */
export function isFiler(actor: Actor, target: PolicyTarget): boolean {
  return isProxy(actor, target) || (isApplicant(actor, target) && target.proxyAssociationId === null);
}

/** Sees the case: the applicant once an office has sent it, the office that entered it, and after submission the associations of its steps. */
export function maySee(actor: Actor, target: PolicyTarget): boolean {
  if (isApplicant(actor, target)) return target.proxyAssociationId === null || !isDraft(target.state);
  if (isProxy(actor, target)) return true;
  if (actor.kind === 'system') return true;
  return actor.kind === 'office' && actor.role !== 'trainingContractor' && !isDraft(target.state) && ownSteps(actor, target).length > 0;
}

function mayAsApplicant(action: Action, target: PolicyTarget): boolean {
  switch (action) {
    case 'view':
      return true;
    case 'edit':
    case 'attach':
      return isDraft(target.state) || isReturned(target.state);
    case 'submit':
    case 'deleteDraft':
      return isDraft(target.state);
    case 'resubmit':
      return applicationFlow.next(target.state, 'resubmit') !== undefined;
    case 'retract':
      return applicationFlow.next(target.state, 'retract') !== undefined && !target.steps.some((step) => isDecided(step.state));
    case 'message':
      return isOpen(target.state);
    default:
      return false;
  }
}

/** A doctor reads what an office entered for him, writes, and may say that it is none of his. */
function mayAsRepresented(action: Action, target: PolicyTarget): boolean {
  return action === 'view' || ((action === 'message' || action === 'object') && isOpen(target.state));
}

/** A proxy office corrects and sends again like the applicant; it ends its case by 取消, and keeps the offices' own notes. */
function mayAsProxy(action: Action, target: PolicyTarget): boolean {
  switch (action) {
    case 'retract':
      return false;
    case 'markOriginals':
      return mayAsApplicant('attach', target);
    case 'cancel':
      return isOpen(target.state) && !target.steps.some((step) => isDecided(step.state));
    case 'memo':
    case 'attention':
      return !isDraft(target.state);
    default:
      return mayAsApplicant(action, target);
  }
}

/** Nothing that was decided later builds on this step (`rules.md 3.9`). */
function isLastDecided(step: PolicyStep, target: PolicyTarget): boolean {
  const later = target.steps.filter(
    (one) => isDecided(one.state) && (one.leg === step.leg ? one.ordinal > step.ordinal : one.leg === 'change'),
  );
  return isDecided(step.state) && later.length === 0;
}

function mayDecide(action: 'approve' | 'return' | 'reject', target: PolicyTarget, step: PolicyStep): boolean {
  const stopped = target.stopped === true && action !== 'return';
  return isWithOffices(target.state) && !stopped && step.role === 'decide' && decideFlow.next(step.state, action) !== undefined;
}

function mayAtStep(action: Action, target: PolicyTarget, step: PolicyStep): boolean {
  switch (action) {
    case 'view':
    case 'memo':
    case 'attention':
      return true;
    case 'receive':
      return isWithOffices(target.state) && step.role !== 'acknowledge' && decideFlow.next(step.state, 'receive') !== undefined;
    case 'approve':
    case 'return':
    case 'reject':
      return mayDecide(action, target, step);
    case 'markOriginals':
      return isWithOffices(target.state) && step.role !== 'acknowledge' && isAtOffice(step.state);
    case 'acknowledge':
      return step.role === 'acknowledge' && decideFlow.next(step.state, 'acknowledge') !== undefined;
    case 'cancel':
      return (
        step.role === 'decide' &&
        (isWithOffices(target.state) ? isAtOffice(step.state) : isReturned(target.state) && isReturned(step.state))
      );
    case 'revoke':
      return applicationFlow.next(target.state, 'revoke') !== undefined && target.kind !== 'withdrawal' && isLastDecided(step, target);
    case 'revokeLeave':
      return applicationFlow.next(target.state, 'revokeLeave') !== undefined && target.kind === 'withdrawal' && isDecided(step.state);
    case 'message':
      return isOpen(target.state);
    default:
      return false;
  }
}

/** The own step on which this action is possible now. */
export function stepFor<Step extends PolicyStep>(
  actor: Actor,
  action: Action,
  target: PolicyTarget & { steps: readonly Step[] },
): Step | undefined {
  return ownSteps<Step>(actor, target).find((step) => mayAtStep(action, target, step));
}

/** May this actor do this now? Says nothing about dates and papers: those are rules of the decision. */
export function may(actor: Actor, action: Action, target: PolicyTarget): boolean {
  if (!maySee(actor, target)) return false;
  if (isApplicant(actor, target)) return isFiler(actor, target) ? mayAsApplicant(action, target) : mayAsRepresented(action, target);
  if (isProxy(actor, target) && mayAsProxy(action, target)) return true;
  return !isDraft(target.state) && stepFor(actor, action, target) !== undefined;
}

const all: readonly Action[] = [
  'view',
  'edit',
  'submit',
  'resubmit',
  'retract',
  'object',
  'deleteDraft',
  'attach',
  'markOriginals',
  'receive',
  'approve',
  'return',
  'reject',
  'acknowledge',
  'cancel',
  'revoke',
  'revokeLeave',
  'message',
  'memo',
  'attention',
];

/** Everything the actor may do now: what pages show as buttons and the API as links. */
export function actionsFor(actor: Actor, target: PolicyTarget): Action[] {
  return all.filter((action) => may(actor, action, target));
}
