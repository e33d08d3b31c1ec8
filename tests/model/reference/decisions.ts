import type { Day } from './days.ts';
import { plus } from './days.ts';
import { chainHolds, known, linesOf, makesSense, standingOn, stretchesOf } from './ledger.ts';
import type { Outcome } from './outcomes.ts';
import { carrierOn, decidesFirst, outcomeOf } from './outcomes.ts';
import { carriedBy } from './carrying.ts';
import type { Affiliation, Case, Entry, Model, Step } from './state.ts';
import { chainFrom } from './state.ts';
import { isThrough } from './turns.ts';

/** What an office may decide, alone or with a second person (`rules.md 3.4`–`3.7, 4.1`). */

export type Decision = { on: Day; category: number; confirmed: boolean; gapReason: boolean };
type Approval = Decision & { by: number };

/** The days of the lower offices of the same side, lowest first. */
function lowerDay(one: Case, step: Step): Day | undefined {
  const below = one.steps.slice(0, one.steps.indexOf(step)).filter((other) => other.leg === step.leg);
  return below.flatMap((other) => (other.on === undefined ? [] : [other.on])).at(-1);
}

/** A transfer's two days must join, whether the other one is decided or only wished (`rules.md 3.6`). */
function leavesGap(one: Case, step: Step, on: Day): boolean {
  const leave = decidesFirst(one, 'leave');
  const join = decidesFirst(one, 'join');
  if (one.paper.kind !== 'transfer' || leave === undefined || join === undefined) return false;
  if (step === leave) return plus(on, 1) !== (join.on ?? one.paper.wishedOn);
  const leftOn = leave.on ?? one.paper.leaveOn;
  return step === join && leftOn !== undefined && plus(leftOn, 1) !== on;
}

function wishFor(one: Case, step: Step): Day {
  return one.paper.kind === 'transfer' && step.leg === 'leave' ? (one.paper.leaveOn ?? one.paper.wishedOn) : one.paper.wishedOn;
}

/** On the same day of next year, or later. */
function isYearAhead(model: Model, on: Day): boolean {
  return on >= `${Number(model.today.slice(0, 4)) + 1}${model.today.slice(4)}`;
}

/** The dates that must be confirmed with a tick. */
function isUnusual(model: Model, { one, step }: { one: Case; step: Step }, on: Day): boolean {
  const lower = lowerDay(one, step);
  return (
    on !== wishFor(one, step) ||
    (step.leg === 'join' && lower !== undefined && on !== lower) ||
    isYearAhead(model, on) ||
    leavesGap(one, step, on)
  );
}

/** What one joins above a membership that is there already must lie within it (`rules.md 1.5`). */
function standsOnOthers(model: Model, { one, step }: { one: Case; step: Step }, on: Day): boolean {
  const joined = one.steps.filter((other) => other.leg === 'join');
  const chain = chainFrom(model, one.paper.lowest ?? step.association);
  const below = chain[chain.findIndex((other) => other.id === step.association) - 1];
  if (below === undefined || joined.some((other) => other.association === below.id)) return true;
  const lines = known(model.ledger, model.tick).filter((line) => line.person === one.person);
  const days = [on, ...lines.flatMap((line) => [line.on, plus(line.on, 1)])].filter((day) => day >= on);
  const lower = model.associations.filter((other) => other.parent === step.association);
  return days.every((day) => lower.some((other) => standingOn(linesOf(lines, one.person, other.id), day) !== undefined));
}

/** The day lies where the membership is, and where the affiliation of the case carries it. */
function isThere(model: Model, { one, step }: { one: Case; step: Step }, on: Day): boolean {
  if (step.leg === 'join') {
    const own = stretchesOf(known(model.ledger, model.tick), one.person).filter((other) => other.association === step.association);
    return own.every((other) => other.to !== undefined && other.to < on) && standsOnOthers(model, { one, step }, on);
  }
  const touched = step.leg === 'change' ? [step] : one.steps.filter((other) => other.leg === 'leave' && other.role !== 'receive');
  return touched.every((other) => carrierOn(model, one, { association: other.association, on }) !== undefined);
}

function inWindow(model: Model, step: Step, on: Day): boolean {
  const { decisionWindow, farFuture } = step.settings;
  const within = on >= plus(model.today, -decisionWindow.back) && on <= plus(model.today, decisionWindow.ahead);
  return within && (farFuture === 'warn' || !isYearAhead(model, on));
}

function needsTwo(model: Model, { one, step }: { one: Case; step: Step }): boolean {
  const association = model.associations.find((other) => other.id === step.association);
  return association?.alone === false && step.settings.twoPersonDecision.includes(one.paper.kind);
}

function agrees(step: Step, { on, category }: Approval): boolean {
  return step.first?.on === on && step.first.category === (step.leg === 'leave' ? undefined : category);
}

/** Why an approval is refused before anything is asked of the ledger. */
function isRefused(model: Model, { one, step }: { one: Case; step: Step }, approval: Approval): boolean {
  const { on } = approval;
  const association = model.associations.find((other) => other.id === step.association);
  if (step.leg !== 'leave' && association?.categories.includes(approval.category) !== true) return true;
  const lower = lowerDay(one, step);
  if (step.leg === 'join' && lower !== undefined && on < lower) return true;
  if (!inWindow(model, step, on) || !isThere(model, { one, step }, on)) return true;
  if (leavesGap(one, step, on) && !approval.gapReason && !one.paper.gapReason) return true;
  const another = needsTwo(model, { one, step }) && step.first !== undefined && !agrees(step, approval);
  return (another || isUnusual(model, { one, step }, on)) && !approval.confirmed;
}

/** Decides a step, or leaves everything as it was and says no. The first of two persons decides nothing yet. */
export function decide(model: Model, { one, step }: { one: Case; step: Step }, approval: Approval): boolean {
  const two = needsTwo(model, { one, step });
  if (two && step.first?.person === approval.by) return false;
  if (isRefused(model, { one, step }, approval)) return false;
  const before = structuredClone({ state: step.state, on: step.on, category: step.category });
  const category = step.leg === 'leave' ? undefined : approval.category;
  Object.assign(step, { state: 'approved', on: approval.on, category });
  const outcome = outcomeOf(model, one, step);
  const first = two && !agrees(step, approval);
  if (!holdsWith(model, one, outcome)) {
    Object.assign(step, before);
    return false;
  }
  if (first) Object.assign(step, { ...before, state: 'received', first: { person: approval.by, on: approval.on, category } });
  else enter(model, one, outcome);
  return true;
}

function entriesOf(model: Model, one: Case, { lines }: Outcome): Entry[] {
  return lines.map((line, place) => ({
    ...line,
    number: model.ledger.length + place,
    person: one.person,
    knownSince: model.tick,
    takenBackAt: undefined,
  }));
}

/** Whether all of it can be true. */
function holdsWith(model: Model, one: Case, outcome: Outcome): boolean {
  const added = entriesOf(model, one, outcome);
  const after: Model = {
    ...model,
    affiliations: outcome.made === undefined ? model.affiliations : [...model.affiliations, outcome.made],
    cases: model.cases.map((other) => (other === one && one.steps.every(isThrough) ? { ...one, state: 'completed' } : other)),
  };
  const entries = known([...model.ledger, ...added], model.tick);
  const associations = [...new Set(added.map((line) => line.association))];
  return associations.every((id) => makesSense(linesOf(entries, one.person, id))) && chainHolds(after, entries, one.person);
}

function enter(model: Model, one: Case, outcome: Outcome): void {
  const { made, primary } = outcome;
  model.ledger.push(...entriesOf(model, one, outcome));
  if (made !== undefined) model.affiliations.push(made);
  const first = made?.primary === true ? made.id : primary;
  if (first !== undefined) passPrimary(model, one, first);
  if (made !== undefined && one.paper.kind === 'join') one.affiliation = made.id;
}

/** The affiliation that takes another's place is the primary one where that was (`rules.md 1.4`). */
function passPrimary(model: Model, one: Case, to: string): void {
  const own = model.affiliations.filter((other) => other.person === one.person);
  const from = own.find((other) => other.id === one.affiliation);
  if (from !== undefined && !from.primary) return;
  for (const other of own) other.primary = other.id === to;
}

/** Whether an affiliation still carries anything. */
export function isAlive(model: Model, affiliation: Affiliation): boolean {
  return carriedBy(model, affiliation.person, affiliation.id).length > 0;
}
