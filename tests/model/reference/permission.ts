import type { Case, Model, Step } from './state.ts';
import { isOpen } from './state.ts';

/** Who may do what with a case now (`rules.md 3.8`–`3.10, 3.14, 5.3, 5.6`). */

/** `person`: which one of the office's people. */
export type Who = { doctor: number } | { office: number; role: 'admin' | 'trainingContractor'; person?: number };

export const everyAction = [
  'view',
  'edit',
  'submit',
  'resubmit',
  'retract',
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
] as const;

export type Action = (typeof everyAction)[number];

function hasApproval(one: Case): boolean {
  return one.steps.some((step) => step.state === 'approved');
}

function asApplicant(one: Case): Action[] {
  if (one.state === 'draft') return ['view', 'edit', 'attach', 'submit', 'deleteDraft'];
  const allowed: Action[] = ['view'];
  if (one.state === 'returned') allowed.push('edit', 'attach', 'resubmit');
  if (isOpen(one)) allowed.push('message');
  if (isOpen(one) && !hasApproval(one)) allowed.push('retract');
  return allowed;
}

/** Decided later than this one and building on it: the next layers of its side, and what comes after both sides. */
function restsOnIt(one: Case, step: Step): boolean {
  const place = one.steps.indexOf(step);
  return one.steps.some((later, index) => later.state === 'approved' && (later.leg === step.leg ? index > place : later.leg === 'change'));
}

function atStep(one: Case, step: Step): Action[] {
  const allowed: Action[] = ['view', 'memo', 'attention'];
  if (isOpen(one)) allowed.push('message');
  const atWork = one.state === 'submitted' && (step.state === 'arrived' || step.state === 'received');
  if (atWork && step.state === 'arrived' && step.role !== 'acknowledge') allowed.push('receive');
  if (atWork && step.role !== 'acknowledge') allowed.push('markOriginals');
  if (atWork && step.role === 'decide') allowed.push('approve', 'return', 'reject', 'cancel');
  if (one.state === 'returned' && step.state === 'returned') allowed.push('cancel');
  if (step.role === 'acknowledge' && step.state === 'arrived') allowed.push('acknowledge');
  const taken = step.state === 'approved' && (one.state === 'submitted' || one.state === 'completed');
  if (taken && one.paper.kind !== 'withdrawal' && !restsOnIt(one, step)) allowed.push('revoke');
  if (taken && one.state === 'completed' && one.paper.kind === 'withdrawal') allowed.push('revokeLeave');
  return allowed;
}

export function allowed(_model: Model, who: Who, one: Case): Action[] {
  if ('doctor' in who) return who.doctor === one.person ? asApplicant(one) : [];
  if (who.role === 'trainingContractor' || one.state === 'draft') return [];
  const steps = one.steps.filter((step) => step.association === who.office);
  return everyAction.filter((action) => steps.some((step) => atStep(one, step).includes(action)));
}

/** The step on which this office acts. */
export function stepFor(who: Who, action: Action, one: Case): Step | undefined {
  if ('doctor' in who) return undefined;
  return one.steps.find((step) => step.association === who.office && atStep(one, step).includes(action));
}
