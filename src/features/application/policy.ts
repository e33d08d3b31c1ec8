import type { Actor } from '#kernel/actor.ts';
import type { ApplicationState, StepRole, StepState } from './flow.ts';
import { applicationFlow, decideFlow, isAtOffice, isDraft, isOpen } from './flow.ts';

/** Who may do what with an application (`rules.md 3, 5.6`). Pure; `visibleTo` in the store is the same rule as SQL. */

export type Action =
  | 'view'
  | 'edit'
  | 'submit'
  | 'resubmit'
  | 'retract'
  | 'deleteDraft'
  | 'attach'
  | 'receive'
  | 'approve'
  | 'return'
  | 'reject'
  | 'cancel'
  | 'message'
  | 'memo'
  | 'attention';

export type PolicyStep = { id: string; associationId: number; role: StepRole; state: StepState };

export type PolicyTarget = {
  personId: string;
  state: ApplicationState;
  proxyAssociationId: number | null;
  steps: readonly PolicyStep[];
};

/** The step of this office that is to be acted on now, if any. */
export function ownStep(actor: Actor, target: PolicyTarget): PolicyStep | undefined {
  return actor.kind === 'office' ? target.steps.find((step) => step.associationId === actor.associationId) : undefined;
}

function isApplicant(actor: Actor, target: PolicyTarget): boolean {
  return actor.kind === 'doctor' && actor.personId === target.personId;
}

/** Sees the case: the applicant, and after submission the associations of its steps. */
export function maySee(actor: Actor, target: PolicyTarget): boolean {
  if (isApplicant(actor, target)) return true;
  if (actor.kind === 'system') return true;
  return actor.kind === 'office' && actor.role !== 'trainingContractor' && !isDraft(target.state) && ownStep(actor, target) !== undefined;
}

function mayAsApplicant(action: Action, target: PolicyTarget): boolean {
  const approved = target.steps.some((step) => step.state === 'approved');
  switch (action) {
    case 'view':
      return true;
    case 'edit':
    case 'attach':
      return isDraft(target.state) || target.state === 'returned';
    case 'submit':
    case 'deleteDraft':
      return isDraft(target.state);
    case 'resubmit':
      return applicationFlow.next(target.state, 'resubmit') !== undefined;
    case 'retract':
      return applicationFlow.next(target.state, 'retract') !== undefined && !approved;
    case 'message':
      return isOpen(target.state);
    default:
      return false;
  }
}

function mayAsOffice(action: Action, target: PolicyTarget, step: PolicyStep): boolean {
  const holds = isAtOffice(step.state) && target.state === 'submitted';
  switch (action) {
    case 'view':
      return true;
    case 'receive':
    case 'approve':
    case 'return':
    case 'reject':
      return target.state === 'submitted' && step.role === 'decide' && decideFlow.next(step.state, action) !== undefined;
    case 'cancel':
      return holds || (step.state === 'returned' && target.state === 'returned');
    case 'message':
      return isOpen(target.state);
    case 'memo':
    case 'attention':
      return true;
    default:
      return false;
  }
}

/** May this actor do this now? Says nothing about dates and papers: those are rules of the decision. */
export function may(actor: Actor, action: Action, target: PolicyTarget): boolean {
  if (!maySee(actor, target)) return false;
  if (isApplicant(actor, target)) return mayAsApplicant(action, target);
  const step = ownStep(actor, target);
  return step !== undefined && mayAsOffice(action, target, step);
}

const all: readonly Action[] = [
  'view',
  'edit',
  'submit',
  'resubmit',
  'retract',
  'deleteDraft',
  'attach',
  'receive',
  'approve',
  'return',
  'reject',
  'cancel',
  'message',
  'memo',
  'attention',
];

/** Everything the actor may do now: what pages show as buttons and the API as links. */
export function actionsFor(actor: Actor, target: PolicyTarget): Action[] {
  return all.filter((action) => may(actor, action, target));
}
