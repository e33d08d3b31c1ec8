import { plus } from './days.ts';
import type { Decision } from './decisions.ts';
import { decide } from './decisions.ts';
import type { Action, Who } from './permission.ts';
import { allowed, stepFor } from './permission.ts';
import { revoke, revokeLeave } from './revoking.ts';
import { resubmit } from './correcting.ts';
import type { Correction } from './correcting.ts';
import { affiliationOf, hasRival, kept, planOf } from './planning.ts';
import type { Case, Model, Paper, Settings } from './state.ts';
import { associationOf } from './state.ts';
import { close, goOn, passNights } from './turns.ts';
import { isTimely } from './windows.ts';

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
  /** Sent again, corrected where something is given. */
  | { do: 'resubmit'; case: number; by: Who; stale?: boolean; correction: Correction }
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
      passNights(model);
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

/** 異動届 is not even begun beside another case of the affiliation (`rules.md 3.11`); the others are refused when they are sent. */
function draft(model: Model, person: number, paper: Paper): boolean {
  const keeping = kept(model, person, paper);
  if (keeping === undefined) return false;
  const one: Case = { id: model.tick, person, paper: keeping, state: 'draft', affiliation: undefined, steps: [], returnedOn: undefined };
  if ((paper.kind === 'change' || paper.kind === 'transfer') && hasRival(model, one)) return false;
  if (!isTimely(model, one)) return false;
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
      return resubmit(model, one, step.correction);
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

function personOf(by: Who): number {
  return 'office' in by ? (by.person ?? 0) : 0;
}

function actionOf(step: OnCase): Action {
  return step.do;
}

function submit(model: Model, one: Case): boolean {
  const plan = planOf(model, one.person, one.paper);
  if (plan === undefined || hasRival(model, one) || !isTimely(model, one)) return false;
  one.affiliation = affiliationOf(model, one);
  one.paper = { ...one.paper, moves: plan.moves };
  one.steps = plan.steps;
  one.state = 'submitted';
  goOn(model, one);
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
      step.first = undefined;
      one.state = 'returned';
      one.returnedOn = model.today;
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
      if (!decide(model, { one, step }, { ...attempted.decision, by: personOf(attempted.by) })) return false;
      goOn(model, one);
      return true;
    default:
      return false;
  }
}
