import type { Day } from '#kernel/day.ts';
import { addDays } from '#kernel/day.ts';
import type { ApplicationKind, Leg, StepRole } from './flow.ts';
import { isDecided } from './flow.ts';
import type { StepInCourse } from './plan.ts';
import { isCourseComplete } from './plan.ts';

/** What decisions do to the ledger (`rules.md 3.4`–`3.7`). Pure; the command writes it. */

export type DecidedStep = StepInCourse & {
  id: string;
  associationId: number;
  layer: number;
  leg: Leg;
  role: StepRole;
  decidedOn: Day | null;
  /** The category the office decided on. */
  decidedCategoryId: number | null;
};

/** Which affiliation carries the membership from then on: the one that did, the one this case makes, or another one. */
export type Carrier = { by: 'same' } | { by: 'new' } | { by: 'other'; affiliationId: string };

export type Effect = {
  stepId: string;
  associationId: number;
  on: Day;
  carrier: Carrier;
} & ({ deed: 'joined' | 'category_changed'; categoryId: number } | { deed: 'left' | 'facility_changed' });

export type Course = {
  kind: ApplicationKind;
  /** All steps as they stand after the decision. */
  steps: readonly DecidedStep[];
  /** Where shared upper memberships go on. */
  moves: readonly { associationId: number; affiliationId: string }[];
  /** The workplace changes: the memberships go over to a new affiliation. */
  newAffiliation: boolean;
  /** Category held in an association on a day, before this decision. */
  categoryOn: (associationId: number, on: Day) => number | undefined;
};

const same: Carrier = { by: 'same' };
const fresh: Carrier = { by: 'new' };

/** A group that is there already takes what the case moves to it, in whichever chain. */
function carrierIn(course: Course, step: DecidedStep): Carrier {
  const move = course.moves.find((one) => one.associationId === step.associationId);
  return move === undefined ? fresh : { by: 'other', affiliationId: move.affiliationId };
}

function joinOf(step: DecidedStep, carrier: Carrier): Effect[] {
  const { decidedOn, decidedCategoryId } = step;
  if (decidedOn === null || decidedCategoryId === null) return [];
  return [{ stepId: step.id, associationId: step.associationId, on: decidedOn, carrier, deed: 'joined', categoryId: decidedCategoryId }];
}

function categoryOf(course: Course, step: DecidedStep, carrier: Carrier): Effect[] {
  const { decidedOn: on, decidedCategoryId: categoryId } = step;
  if (on === null || categoryId === null || course.categoryOn(step.associationId, on) === categoryId) return [];
  return [{ stepId: step.id, associationId: step.associationId, on, carrier, deed: 'category_changed', categoryId }];
}

/** A membership that goes on with another affiliation, from the day after the leave. */
function moveOf(course: Course, step: DecidedStep, leftOn: Day): Effect[] {
  const move = course.moves.find((one) => one.associationId === step.associationId);
  if (move === undefined) return [];
  const carrier: Carrier = { by: 'other', affiliationId: move.affiliationId };
  return [{ stepId: step.id, associationId: step.associationId, on: addDays(leftOn, 1), carrier, deed: 'facility_changed' }];
}

function leaveOf(step: DecidedStep, leftOn: Day): Effect {
  return { stepId: step.id, associationId: step.associationId, on: leftOn, carrier: same, deed: 'left' };
}

/** The decider's date holds for every layer above (`rules.md 3.5`). */
function withdrawalEffects(course: Course): Effect[] {
  const leftOn = course.steps.find((step) => step.role === 'decide')?.decidedOn;
  if (leftOn === null || leftOn === undefined) return [];
  return course.steps
    .filter((step) => step.role !== 'receive')
    .flatMap((step) => (step.leg === 'change' ? moveOf(course, step, leftOn) : [leaveOf(step, leftOn)]));
}

/** The lowest office's day is the day of the new workplace in all associations; categories change association by association. */
function changeEffects(course: Course, step: DecidedStep): Effect[] {
  const { decidedOn } = step;
  if (decidedOn === null) return [];
  const lowest = course.steps.reduce((low, one) => (one.layer > low.layer ? one : low), step);
  const moves = lowest.id === step.id && course.newAffiliation;
  const workplace = moves
    ? course.steps.map(
        (one): Effect => ({ stepId: step.id, associationId: one.associationId, on: decidedOn, carrier: fresh, deed: 'facility_changed' }),
      )
    : [];
  return [...workplace, ...categoryOf(course, step, moves ? fresh : same)];
}

/** The day on which the new chain begins: the lowest join, or the day after the leave where nothing new is joined. */
function transferDay(steps: readonly Pick<DecidedStep, 'leg' | 'role' | 'decidedOn'>[]): {
  leftOn: Day | undefined;
  beginsOn: Day | undefined;
} {
  const dayOf = (leg: Leg) => steps.find((step) => step.leg === leg && step.role === 'decide')?.decidedOn ?? undefined;
  const leftOn = dayOf('leave');
  return { leftOn, beginsOn: dayOf('join') ?? (leftOn === undefined ? undefined : addDays(leftOn, 1)) };
}

/** Both sides at once, when the last office has decided: nothing half done (`rules.md 3.6`). */
function transferEffects(course: Course): Effect[] {
  if (!isCourseComplete(course.steps)) return [];
  const { leftOn, beginsOn } = transferDay(course.steps);
  return course.steps.flatMap((step): Effect[] => {
    if (step.leg === 'join') return joinOf(step, carrierIn(course, step));
    if (step.leg === 'leave') return leftOn === undefined ? [] : [leaveOf(step, leftOn)];
    const carrier = carrierIn(course, step);
    if (carrier.by === 'other' && leftOn !== undefined) return moveOf(course, step, leftOn);
    const on = step.decidedOn ?? beginsOn;
    if (on === undefined) return [];
    return [
      { stepId: step.id, associationId: step.associationId, on, carrier, deed: 'facility_changed' },
      ...categoryOf(course, step, carrier),
    ];
  });
}

/** 確認 of a correction stands beside the association's own step and has no effect of its own (`rules.md 3.8`). */
export function withoutCorrections<Step extends { associationId: number; role: StepRole }>(steps: readonly Step[]): Step[] {
  const decides = (step: Step) => step.role !== 'acknowledge';
  return steps.filter((step) => decides(step) || !steps.some((one) => one.associationId === step.associationId && decides(one)));
}

/** What the ledger gets when a step has been approved; empty where the case waits for others. */
export function effectsOf(whole: Course, approved: DecidedStep): Effect[] {
  if (!isDecided(approved.state)) return [];
  const course = { ...whole, steps: withoutCorrections(whole.steps) };
  switch (course.kind) {
    case 'join':
      return joinOf(approved, fresh);
    case 'withdrawal':
      return withdrawalEffects(course);
    case 'change':
      return changeEffects(course, approved);
    case 'transfer':
      return transferEffects(course);
  }
}

/** The first day on which anything that a case decided is true. */
export function firstEffectOf(steps: readonly { decidedOn: Day | null }[]): Day | undefined {
  return steps
    .map((step) => step.decidedOn)
    .filter((on) => on !== null)
    .sort()
    .at(0);
}

type DatedStep = Pick<DecidedStep, 'leg' | 'role' | 'state' | 'decidedOn'>;

/**
 * The day that holds for a step's association, decided by itself or by the office whose day it shares: a leave ends every layer
 * above on one day, and what a transfer keeps goes over with the new chain. Null while that is undecided.
 */
export function shownDayOf(kind: ApplicationKind, steps: readonly DatedStep[], step: DatedStep): Day | null {
  if (step.decidedOn !== null || step.role !== 'acknowledge') return step.decidedOn;
  const { leftOn, beginsOn } = transferDay(steps);
  if (step.leg === 'leave') return leftOn ?? null;
  return step.leg === 'change' && kind === 'transfer' && isCourseComplete(steps) ? (beginsOn ?? null) : null;
}
