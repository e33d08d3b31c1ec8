import { defineFlow } from '#kernel/flow.ts';

/** The flows of an application and of its steps (`rules.md 3.3`), as tables. `docs/flows` is generated from here. */

export type ApplicationState = 'draft' | 'submitted' | 'returned' | 'completed' | 'rejected' | 'retracted' | 'cancelled';
export type ApplicationAction = 'submit' | 'resubmit' | 'return' | 'complete' | 'reject' | 'retract' | 'cancel' | 'revoke' | 'revokeLeave';

export const applicationFlow = defineFlow<ApplicationState, ApplicationAction>(
  'application',
  ['submit', 'resubmit', 'return', 'complete', 'reject', 'retract', 'cancel', 'revoke', 'revokeLeave'],
  {
    draft: { submit: 'submitted' },
    submitted: {
      return: 'returned',
      complete: 'completed',
      reject: 'rejected',
      retract: 'retracted',
      cancel: 'cancelled',
      revoke: 'submitted',
    },
    returned: { resubmit: 'submitted', retract: 'retracted', cancel: 'cancelled' },
    completed: { revoke: 'submitted', revokeLeave: 'cancelled' },
    rejected: {},
    retracted: {},
    cancelled: {},
  },
);

export type StepState = 'waiting' | 'arrived' | 'received' | 'approved' | 'returned' | 'rejected' | 'acknowledged' | 'skipped';
export type StepAction = 'arrive' | 'receive' | 'approve' | 'return' | 'reject' | 'comeBack' | 'acknowledge' | 'revoke';
export type StepRole = 'decide' | 'receive' | 'acknowledge';

/** Approving without a separate 受付 records both. */
export const decideFlow = defineFlow<StepState, StepAction>(
  'decideStep',
  ['arrive', 'receive', 'approve', 'return', 'reject', 'comeBack', 'acknowledge', 'revoke'],
  {
    waiting: { arrive: 'arrived' },
    arrived: { receive: 'received', approve: 'approved', return: 'returned', reject: 'rejected', acknowledge: 'acknowledged' },
    received: { approve: 'approved', return: 'returned', reject: 'rejected' },
    returned: { comeBack: 'arrived' },
    approved: { revoke: 'received' },
    rejected: {},
    acknowledged: { comeBack: 'arrived' },
    skipped: {},
  },
);

/** The ball lies at an office in these states. */
export function isAtOffice(state: ApplicationState | StepState): boolean {
  return state === 'arrived' || state === 'received';
}

/** Neither side is finished with the case. */
export function isOpen(state: ApplicationState): boolean {
  return state === 'submitted' || state === 'returned';
}

/** Only the applicant knows of the case. */
export function isDraft(state: ApplicationState): boolean {
  return state === 'draft';
}

/** The office of this step has said yes. */
export function isDecided(state: StepState): boolean {
  return state === 'approved';
}

export type ApplicationKind = 'join' | 'transfer' | 'change' | 'withdrawal';

const kinds: readonly string[] = ['join', 'transfer', 'change', 'withdrawal'];

/** Guard for text from the database or a form. */
export function isApplicationKind(text: string): text is ApplicationKind {
  return kinds.includes(text);
}

/** The side of a step: what becomes of the membership in its association (`rules.md 3.2`). */
export type Leg = 'join' | 'leave' | 'change';

const legs: readonly string[] = ['join', 'leave', 'change'];

/** Guard for text from the database. */
export function isLeg(text: string): text is Leg {
  return legs.includes(text);
}

const roles: readonly string[] = ['decide', 'receive', 'acknowledge'];

/** Guard for text from the database. */
export function isStepRole(text: string): text is StepRole {
  return roles.includes(text);
}

/** Nobody has decided this step and nothing keeps it from being decided. */
export function isUndecided(state: StepState): boolean {
  return state === 'waiting' || state === 'returned' || isAtOffice(state);
}

/** The step ended without a decision, or was taken back. */
export function isSkipped(state: StepState): boolean {
  return state === 'skipped';
}

/** The ball lies at the applicant, who is to correct it; of a case and of the step that sent it back. */
export function isReturned(state: ApplicationState | StepState): boolean {
  return state === 'returned';
}

/** The case has not come to this step's office yet. */
export function isWaiting(state: StepState): boolean {
  return state === 'waiting';
}

/** The ball lies at one of the offices. */
export function isWithOffices(state: ApplicationState): boolean {
  return state === 'submitted';
}

/** A step in this role holds the case up no longer: decided, received where that is all, or only asked for 確認. */
export function isThrough(role: StepRole, state: StepState): boolean {
  return role === 'acknowledge' || state === 'approved' || state === 'skipped' || (role === 'receive' && state === 'received');
}

/** The case lies with this step's office: it has something to do, be it 受付, a decision or 確認. */
export function holdsCase(step: { role: StepRole; state: StepState }): boolean {
  return isAtOffice(step.state) && !(step.role === 'receive' && step.state === 'received');
}

/**
 * The steps whose offices have the case, as one office sees it: none while it is with the applicant. Once the case has ended
 * only 確認 is left, and that keeps nobody else waiting: each office sees its own (`rules.md 3.13`).
 */
export function holdersSeenFrom<Step extends { associationId: number; role: StepRole; state: StepState }>(
  associationId: number,
  state: ApplicationState,
  steps: readonly Step[],
): Step[] {
  if (isReturned(state)) return [];
  const holders = steps.filter(holdsCase);
  return isOpen(state) ? holders : holders.filter((step) => step.associationId === associationId && step.role === 'acknowledge');
}
