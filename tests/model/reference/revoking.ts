import { chainHolds, known, linesOf, makesSense } from './ledger.ts';
import type { Case, Entry, Model, Step } from './state.ts';
import { askedElsewhere, hasRival } from './planning.ts';
import { goOn } from './turns.ts';

/** Taking back what one has decided (`rules.md 3.9`). */

/** What the ledger holds because of this step; a leave and a transfer are true as a whole. */
function linesBecauseOf(model: Model, one: Case, step: Step): Entry[] {
  const whole = one.paper.kind === 'withdrawal' || one.paper.kind === 'transfer';
  const lines = known(model.ledger, model.tick).filter((line) => line.because !== undefined);
  return lines.filter((line) => (whole ? one.steps.some((other) => other === line.because) : line.because === step));
}

/** Nothing that stands in the ledger may lose its ground. */
function standsWithout(model: Model, one: Case, gone: readonly Entry[]): boolean {
  const left = known(model.ledger, model.tick).filter((line) => !gone.includes(line));
  const touched = [...new Set(gone.map((line) => line.association))];
  return touched.every((id) => makesSense(linesOf(left, one.person, id))) && chainHolds(model, left, one.person);
}

function takeBack(model: Model, one: Case, gone: readonly Entry[]): void {
  for (const line of gone) line.takenBackAt = model.tick;
  const own = model.affiliations.filter((other) => other.person === one.person);
  const before = own.find((other) => other.id === one.affiliation);
  const first = own.find((other) => other.primary);
  if (before === undefined || first === undefined || !gone.some((line) => line.affiliation === first.id)) return;
  for (const other of own) other.primary = other === before;
}

function undecide(step: Step, state: Step['state']): void {
  step.state = state;
  step.on = undefined;
  step.category = undefined;
  step.first = undefined;
}

/** 承認取消: while the case runs, and before the first day of effect when it is complete. */
export function revoke(model: Model, one: Case, step: Step): boolean {
  const first = one.steps.flatMap((other) => (other.on === undefined ? [] : [other.on])).sort()[0];
  if (one.state === 'completed' && first !== undefined && first <= model.today) return false;
  if (one.state === 'completed' && hasRival(model, one)) return false;
  // What is open again must not be asked for twice.
  const asked = one.steps.filter((other) => other.leg === 'join');
  if (one.state === 'completed' && asked.some((other) => askedElsewhere(model, one.person, other.association))) return false;
  const gone = linesBecauseOf(model, one, step);
  if (!standsWithout(model, one, gone)) return false;
  takeBack(model, one, gone);
  undecide(step, 'received');
  one.state = 'submitted';
  const reached = one.steps.map((other) => ({ other, state: other.state }));
  for (const other of one.steps) {
    if (other.correction) continue;
    const called = other.role === 'acknowledge' && other.state !== 'skipped';
    if (other !== step && (called || other.state === 'arrived' || (other.state === 'received' && other.role === 'decide')))
      other.state = 'waiting';
  }
  goOn(model, one);
  for (const { other, state } of reached) if (other.state === 'arrived' || other.state === 'received') other.state = state;
  return true;
}

/** 退会取消: until the leave day; the memberships go on, and the upper associations are asked for 確認 again. */
export function revokeLeave(model: Model, one: Case, step: Step): boolean {
  if (step.on === undefined || step.on < model.today) return false;
  // A case that has begun since builds on the leave.
  if (hasRival(model, one)) return false;
  const gone = linesBecauseOf(model, one, step);
  if (!standsWithout(model, one, gone)) return false;
  takeBack(model, one, gone);
  undecide(step, 'skipped');
  for (const other of one.steps.filter((next) => next.role === 'acknowledge')) {
    other.arrivedOn = model.today;
    other.state = 'arrived';
  }
  one.state = 'cancelled';
  return true;
}
