import type { Day } from './days.ts';
import { plus } from './days.ts';
import type { Decision } from './decisions.ts';
import { decide } from './decisions.ts';
import type { Action, Who } from './permission.ts';
import { allowed, stepFor } from './permission.ts';
import { revoke, revokeLeave } from './revoking.ts';
import { affiliationOf, hasRival, inWishWindow, stepsOf } from './planning.ts';
import type { Case, Model, Paper, Settings, Step } from './state.ts';
import { associationOf } from './state.ts';
import { close, goOn } from './turns.ts';

/** The reference model: every step somebody may try, and whether it is accepted (`rules.md 3`). */

export type Plain =
  | 'submit'
  | 'deleteDraft'
  | 'retract'
  | 'receive'
  | 'return'
  | 'reject'
  | 'cancel'
  | 'acknowledge'
  | 'revoke'
  | 'revokeLeave';

export type Attempt =
  | { do: 'days'; count: number }
  | { do: 'settings'; association: number; settings: Partial<Settings> }
  | { do: 'draft'; person: number; paper: Paper }
  | { do: Plain; case: number; by: Who; stale?: boolean }
  /** Sent again, with another wish where one is given. */
  | { do: 'resubmit'; case: number; by: Who; stale?: boolean; wishedOn?: Day }
  | { do: 'approve'; case: number; by: Who; stale?: boolean; decision: Decision };

type OnCase = Extract<Attempt, { case: number }>;

export function caseOf(model: Model, id: number): Case | undefined {
  return model.cases.find((one) => one.id === id);
}

/** Does the step if it may be done; otherwise everything stays as it was. */
export function attempt(model: Model, step: Attempt): boolean {
  model.tick += 1;
  switch (step.do) {
    case 'days':
      model.today = plus(model.today, step.count);
      return true;
    case 'settings':
      Object.assign(associationOf(model, step.association).settings, structuredClone(step.settings));
      return true;
    case 'draft':
      return draft(model, step.person, step.paper);
    default:
      return onCase(model, step);
  }
}

function draft(model: Model, person: number, paper: Paper): boolean {
  const one: Case = { id: model.tick, person, paper, state: 'draft', affiliation: undefined, steps: [] };
  const steps = stepsOf(model, person, paper);
  if (steps === undefined || !inWishWindow(steps, paper.wishedOn, model.today)) return false;
  model.cases.push(one);
  return true;
}

function onCase(model: Model, step: OnCase): boolean {
  const one = caseOf(model, step.case);
  if (one === undefined || step.stale === true || !allowed(model, step.by, one).includes(actionOf(step))) return false;
  switch (step.do) {
    case 'submit':
      return submit(model, one);
    case 'deleteDraft':
      model.cases.splice(model.cases.indexOf(one), 1);
      return true;
    case 'resubmit':
      return resubmit(model, one, step.wishedOn);
    case 'retract':
      close(one, 'retracted');
      return true;
    case 'cancel':
      close(one, 'cancelled');
      return true;
    default:
      return atOffice(model, one, step);
  }
}

function actionOf(step: OnCase): Action {
  return step.do;
}

function submit(model: Model, one: Case): boolean {
  const steps = stepsOf(model, one.person, one.paper);
  if (steps === undefined || hasRival(model, one) || !inWishWindow(steps, one.paper.wishedOn, model.today)) return false;
  one.affiliation = affiliationOf(model, one);
  one.steps = steps;
  one.state = 'submitted';
  goOn(model, one);
  return true;
}

/** It goes back to the office that returned it; what was approved stays, and is to be looked at again (`rules.md 3.8`). */
function resubmit(model: Model, one: Case, wishedOn: Day | undefined): boolean {
  if (!inWishWindow(one.steps, wishedOn ?? one.paper.wishedOn, model.today)) return false;
  one.state = 'submitted';
  for (const step of one.steps) if (step.state === 'returned') step.state = 'arrived';
  if (wishedOn === undefined || wishedOn === one.paper.wishedOn) return true;
  one.paper = { ...one.paper, wishedOn };
  const asked = (step: Step) =>
    one.steps.some(
      (other) => other.association === step.association && other.role === 'acknowledge' && ['waiting', 'arrived'].includes(other.state),
    );
  const approved = one.steps.filter((step) => step.state === 'approved' && !asked(step));
  for (const step of approved)
    one.steps.push({
      ...step,
      leg: 'change',
      role: 'acknowledge',
      state: 'arrived',
      wished: undefined,
      on: undefined,
      category: undefined,
      correction: true,
    });
  return true;
}

function atOffice(model: Model, one: Case, attempted: OnCase): boolean {
  const step = stepFor(attempted.by, actionOf(attempted), one);
  if (step === undefined) return false;
  switch (attempted.do) {
    case 'receive':
      step.state = 'received';
      goOn(model, one);
      return true;
    case 'return':
      step.state = 'returned';
      one.state = 'returned';
      return true;
    case 'reject':
      close(one, 'rejected');
      step.state = 'rejected';
      return true;
    case 'acknowledge':
      step.state = 'acknowledged';
      return true;
    case 'revoke':
      return revoke(model, one, step);
    case 'revokeLeave':
      return revokeLeave(model, one, step);
    case 'approve':
      if (!decide(model, { one, step }, attempted.decision)) return false;
      goOn(model, one);
      return true;
    default:
      return false;
  }
}
