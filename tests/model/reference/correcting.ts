import type { Day } from './days.ts';
import { between, plus } from './days.ts';
import type { Case, Model, Paper, Step } from './state.ts';
import { atArrival } from './turns.ts';
import { isTimely } from './windows.ts';

/** A returned paper comes back, corrected or not (`rules.md 3.8, 3.13`). */

export type Correction = { wishedOn?: Day; leaveOn?: Day; categories?: Record<number, number> };

function isOpenStep(step: Step): boolean {
  return ['waiting', 'arrived', 'received', 'returned'].includes(step.state);
}

/** Categories that may still be corrected: asked for, and not decided. */
function correctable(one: Case, id: number): boolean {
  return one.steps.some((step) => step.association === id && step.role === 'decide' && step.leg !== 'leave' && isOpenStep(step));
}

function corrected({ paper }: Case, correction: Correction): Paper {
  const { wishedOn = paper.wishedOn, leaveOn = paper.leaveOn, categories = {} } = correction;
  return { ...paper, wishedOn, leaveOn, categories: { ...paper.categories, ...categories } };
}

/** The days with the applicant do not count. */
function resumeClocks(model: Model, one: Case): void {
  const away = one.returnedOn === undefined ? 0 : between(one.returnedOn, model.today);
  one.returnedOn = undefined;
  for (const step of one.steps)
    if (['arrived', 'received', 'returned'].includes(step.state) && step.arrivedOn !== undefined)
      step.arrivedOn = plus(step.arrivedOn, away);
}

/** What was approved stays; where more than a category changed, those who approved look at it again, once. */
function askForAnotherLook(model: Model, one: Case): void {
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
      arrivedOn: model.today,
      correction: true,
    });
}

/** It goes back to the office that returned it. */
export function resubmit(model: Model, one: Case, correction: Correction): boolean {
  const { categories = {} } = correction;
  const paper = corrected(one, correction);
  const before = one.paper;
  if (!Object.keys(categories).every((id) => correctable(one, Number(id)))) return false;
  one.paper = paper;
  if (!isTimely(model, one)) {
    one.paper = before;
    return false;
  }
  one.state = 'submitted';
  resumeClocks(model, one);
  for (const step of one.steps) {
    if (step.state === 'returned') step.state = atArrival(step);
    step.first = undefined;
    const wished = categories[step.association];
    if (wished !== undefined && step.role === 'decide') step.wished = wished;
  }
  if (paper.wishedOn !== before.wishedOn || paper.leaveOn !== before.leaveOn) askForAnotherLook(model, one);
  return true;
}
