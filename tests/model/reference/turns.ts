import { plus } from './days.ts';
import type { Case, Model, Step } from './state.ts';

/** Whose turn it is (`rules.md 3.2`–`3.6`). */

/** The step holds nothing up any more. */
export function isThrough(step: Step): boolean {
  if (step.role === 'acknowledge') return true;
  if (step.role === 'receive') return step.state === 'received' || step.state === 'skipped';
  return step.state === 'approved' || step.state === 'skipped';
}

function sideDone(one: Case, leg: Step['leg']): boolean {
  return one.steps.filter((step) => step.leg === leg).every(isThrough);
}

/** The order of a transfer's sides is the old lowest association's. */
function mayBegin(one: Case, step: Step): boolean {
  const leave = one.steps.find((other) => other.leg === 'leave');
  const order = leave?.settings.transferOrder ?? 'parallel';
  if (one.paper.kind !== 'transfer') return true;
  if (step.leg === 'change') return sideDone(one, 'leave') && sideDone(one, 'join');
  if (step.leg === 'join') return order !== 'leave_first' || sideDone(one, 'leave');
  return order !== 'join_first' || sideDone(one, 'join');
}

function isNext(one: Case, step: Step): boolean {
  if (step.state !== 'waiting') return false;
  if (step.role === 'acknowledge') return one.steps.every(isThrough);
  const before = one.steps.slice(0, one.steps.indexOf(step)).filter((other) => other.leg === step.leg);
  return before.every(isThrough) && mayBegin(one, step);
}

/** Who asked for it has a case received as it comes, for the first time or again (`rules.md 4.1`). */
export function atArrival({ settings, role }: Step): Step['state'] {
  return settings.autoReceive && role === 'decide' ? 'received' : 'arrived';
}

/** Lets everyone begin whose turn has come; the case is complete when all who decide have decided. */
export function goOn(model: Model, one: Case): void {
  for (const step of one.steps.filter((other) => isNext(one, other))) {
    step.state = atArrival(step);
    step.arrivedOn = model.today;
  }
  if (one.steps.every(isThrough)) one.state = 'completed';
}

/** Nobody works on a case that has ended: what is undecided is not needed any more. */
export function close(one: Case, state: Case['state']): void {
  one.state = state;
  for (const step of one.steps) if (['waiting', 'arrived', 'received', 'returned'].includes(step.state)) step.state = 'skipped';
}

/** What nobody has confirmed in time is confirmed by itself (`rules.md 4.1`). */
export function passNights(model: Model): void {
  for (const one of model.cases.filter((other) => other.state !== 'returned'))
    for (const step of one.steps) {
      const late = step.arrivedOn !== undefined && plus(step.arrivedOn, step.settings.acknowledgeDays) <= model.today;
      if (step.role === 'acknowledge' && step.state === 'arrived' && late) step.state = 'acknowledged';
    }
}
