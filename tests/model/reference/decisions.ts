import type { Day } from './days.ts';
import { plus } from './days.ts';
import { chainHolds, known, linesOf, makesSense, standingOn, stretchesOf } from './ledger.ts';
import { carriedBy } from './planning.ts';
import type { Affiliation, Case, Entry, Model, Step } from './state.ts';
import { chainFrom } from './state.ts';
import { isThrough } from './turns.ts';

/** What an office may decide and what its decision makes true (`rules.md 2, 3.4`–`3.7`). */

export type Decision = { on: Day; category: number; confirmed: boolean; gapReason: boolean };

type Line = Pick<Entry, 'association' | 'affiliation' | 'deed' | 'on' | 'category' | 'because'>;
/** What would become true: lines of the ledger, and affiliations that begin or become the primary one. */
type Outcome = { lines: Line[]; made: Affiliation | undefined; primary: string | undefined };

const nothing: Outcome = { lines: [], made: undefined, primary: undefined };

/** The days of the lower offices of the same side, lowest first. */
function lowerDay(one: Case, step: Step): Day | undefined {
  const below = one.steps.slice(0, one.steps.indexOf(step)).filter((other) => other.leg === step.leg);
  return below.flatMap((other) => (other.on === undefined ? [] : [other.on])).at(-1);
}

function decidesFirst(one: Case, leg: Step['leg']): Step | undefined {
  return one.steps.find((step) => step.leg === leg && step.role === 'decide');
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

/** The dates that must be confirmed with a tick. */
function isUnusual(model: Model, { one, step }: { one: Case; step: Step }, on: Day): boolean {
  const lower = lowerDay(one, step);
  return (
    on !== wishFor(one, step) ||
    (step.leg === 'join' && lower !== undefined && on !== lower) ||
    on > plus(model.today, step.settings.decisionWindow.ahead) ||
    leavesGap(one, step, on)
  );
}

function newAffiliation(model: Model, one: Case): Affiliation {
  const own = model.affiliations.filter((other) => other.person === one.person);
  const bottom = one.steps.filter((step) => step.leg !== 'leave').sort((a, b) => b.layer - a.layer)[0];
  const before = own.find((other) => other.id === one.affiliation);
  return {
    id: `${one.person}/${own.length}`,
    person: one.person,
    lowest: bottom?.association ?? 0,
    primary: own.length === 0 || before?.primary === true,
  };
}

function afterJoin(model: Model, one: Case, step: Step): Outcome {
  const made = one.affiliation === undefined ? newAffiliation(model, one) : undefined;
  const affiliation = one.affiliation ?? made?.id ?? '';
  const line: Line = {
    association: step.association,
    affiliation,
    deed: 'joined',
    on: step.on ?? '',
    category: step.category,
    because: step,
  };
  return { ...nothing, lines: [line], made };
}

/** Who carries a membership on a day. */
function carrierOn(model: Model, one: Case, { association, on }: { association: number; on: Day }) {
  return standingOn(linesOf(known(model.ledger, model.tick), one.person, association), on);
}

function leaving(model: Model, one: Case, { step, on }: { step: Step; on: Day }): Line[] {
  const affiliation = carrierOn(model, one, { association: step.association, on })?.affiliation ?? '';
  return [{ association: step.association, affiliation, deed: 'left', on, category: undefined, because: step }];
}

function moving(one: Case, step: Step, leftOn: Day): Line[] {
  const to = one.paper.moves.find((move) => move.association === step.association)?.to;
  return to === undefined
    ? []
    : [{ association: step.association, affiliation: to, deed: 'changed', on: plus(leftOn, 1), category: undefined, because: step }];
}

function afterWithdrawal(model: Model, one: Case): Outcome {
  const on = decidesFirst(one, 'leave')?.on;
  if (on === undefined) return nothing;
  const steps = one.steps.filter((step) => step.role !== 'receive');
  const lines = steps.flatMap((step) => (step.leg === 'change' ? moving(one, step, on) : leaving(model, one, { step, on })));
  const primary = lines.find((line) => line.deed === 'changed')?.affiliation;
  return { ...nothing, lines, primary };
}

/** The category of a membership that goes on: a line only where it becomes another one on that day. */
function recategorised(model: Model, { one, step }: { one: Case; step: Step }, affiliation?: string): Line[] {
  const on = step.on ?? '';
  const before = carrierOn(model, one, { association: step.association, on });
  if (before === undefined || step.category === undefined || before.category === step.category) return [];
  return [
    {
      association: step.association,
      affiliation: affiliation ?? before.affiliation,
      deed: 'changed',
      on,
      category: step.category,
      because: step,
    },
  ];
}

function goingOver(step: Step, affiliation: string, on: Day): Line {
  return { association: step.association, affiliation, deed: 'changed', on, category: undefined, because: step };
}

function afterChange(model: Model, one: Case, step: Step): Outcome {
  const moves = step === one.steps[0] && one.paper.newPlace;
  if (!moves) return { ...nothing, lines: recategorised(model, { one, step }) };
  const made = newAffiliation(model, one);
  const over = one.steps.map((other): Line => ({ ...goingOver(other, made.id, step.on ?? ''), because: step }));
  return { ...nothing, lines: [...over, ...recategorised(model, { one, step }, made.id)], made };
}

function afterTransfer(model: Model, one: Case): Outcome {
  if (!one.steps.every(isThrough)) return nothing;
  const leftOn = decidesFirst(one, 'leave')?.on;
  const joinedOn = decidesFirst(one, 'join')?.on;
  const goes =
    joinedOn !== undefined ||
    one.steps.some((step) => step.leg === 'change' && !one.paper.moves.some((move) => move.association === step.association));
  const made = goes ? newAffiliation(model, one) : undefined;
  const lines = one.steps.flatMap((step): Line[] => {
    if (step.leg === 'leave') return leftOn === undefined ? [] : leaving(model, one, { step, on: leftOn });
    const over = made?.id ?? '';
    if (step.leg === 'join')
      return [
        { association: step.association, affiliation: over, deed: 'joined', on: step.on ?? '', category: step.category, because: step },
      ];
    if (one.paper.moves.some((move) => move.association === step.association)) return leftOn === undefined ? [] : moving(one, step, leftOn);
    const on = step.on ?? joinedOn;
    return on === undefined ? [] : [goingOver(step, over, on), ...recategorised(model, { one, step }, over)];
  });
  const moved = one.paper.moves[0]?.to;
  return { lines, made, primary: made === undefined ? moved : undefined };
}

function outcomeOf(model: Model, whole: Case, step: Step): Outcome {
  const one = { ...whole, steps: whole.steps.filter((other) => !other.correction) };
  if (one.paper.kind === 'join') return afterJoin(model, one, step);
  if (one.paper.kind === 'withdrawal') return afterWithdrawal(model, one);
  return one.paper.kind === 'change' ? afterChange(model, one, step) : afterTransfer(model, one);
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
  return on >= plus(model.today, -decisionWindow.back) && (farFuture === 'warn' || on <= plus(model.today, decisionWindow.ahead));
}

/** Decides a step, or leaves everything as it was and says no. */
export function decide(model: Model, { one, step }: { one: Case; step: Step }, decision: Decision): boolean {
  const { on } = decision;
  const association = model.associations.find((other) => other.id === step.association);
  if (step.leg !== 'leave' && association?.categories.includes(decision.category) !== true) return false;
  const lower = lowerDay(one, step);
  if (step.leg === 'join' && lower !== undefined && on < lower) return false;
  if (!inWindow(model, step, on) || !isThere(model, { one, step }, on)) return false;
  if (leavesGap(one, step, on) && !decision.gapReason && !one.paper.gapReason) return false;
  if (isUnusual(model, { one, step }, on) && !decision.confirmed) return false;
  const before = structuredClone({ state: step.state, on: step.on, category: step.category });
  step.state = 'approved';
  step.on = on;
  step.category = step.leg === 'leave' ? undefined : decision.category;
  if (enter(model, one, outcomeOf(model, one, step))) return true;
  Object.assign(step, before);
  return false;
}

/** Writes what has become true, if it can be true. */
function enter(model: Model, one: Case, { lines, made, primary }: Outcome): boolean {
  if (made !== undefined) model.affiliations.push(made);
  const added = lines.map(
    (line, place): Entry => ({
      ...line,
      number: model.ledger.length + place,
      person: one.person,
      knownSince: model.tick,
      takenBackAt: undefined,
    }),
  );
  const entries = known([...model.ledger, ...added], model.tick);
  const associations = [...new Set(added.map((line) => line.association))];
  const state = one.state;
  if (one.steps.every(isThrough)) one.state = 'completed';
  const holds = associations.every((id) => makesSense(linesOf(entries, one.person, id))) && chainHolds(model, entries, one.person);
  one.state = state;
  if (!holds) {
    if (made !== undefined) model.affiliations.pop();
    return false;
  }
  model.ledger.push(...added);
  const first = made?.primary === true ? made.id : primary;
  if (first !== undefined) passPrimary(model, one, first);
  if (made !== undefined && one.paper.kind === 'join') one.affiliation = made.id;
  return true;
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
