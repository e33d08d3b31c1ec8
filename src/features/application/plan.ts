import type { Leg, StepRole, StepState } from './flow.ts';
import { isThrough, isWaiting } from './flow.ts';

/** Which steps an application has, and whose turn it is (`rules.md 3.2`–`3.7`). Pure. */

export type Place = { associationId: number; layer: number };

/** A step before it is stored; `categoryId` is what the applicant asks for, null where the category stays. */
export type PlannedStep = Place & { leg: Leg; role: StepRole; categoryId: number | null };

type Choice = Place & { categoryId: number };

/** Join: every association from the lowest chosen up decides (`rules.md 3.4`). */
export function planJoin(choices: readonly Choice[]): PlannedStep[] {
  return choices.map((choice) => ({ ...choice, leg: 'join', role: 'decide' }));
}

function byLayer<T extends Place>(places: readonly T[]): T[] {
  return [...places].sort((a, b) => b.layer - a.layer);
}

/** The associations that end, with every layer above them in the affiliation (`rules.md 3.5`); lowest first. */
export function cascadeUp(carried: readonly Place[], ticked: readonly number[]): Place[] {
  const lowest = byLayer(carried).find((place) => ticked.includes(place.associationId));
  return lowest === undefined ? [] : byLayer(carried).filter((place) => place.layer <= lowest.layer);
}

type WithdrawalQuestion = {
  /** The associations where this affiliation carries a membership. */
  carried: readonly Place[];
  /** Those to leave, moved ones included; already with every layer above. */
  leave: readonly number[];
  /** Upper ones that go on with another affiliation. */
  moved: readonly number[];
};

/** Withdrawal: below the lowest left only 受付, the lowest left decides, above it 確認 (`rules.md 3.5`). */
export function planWithdrawal({ carried, leave, moved }: WithdrawalQuestion): PlannedStep[] {
  const left = byLayer(carried).filter((place) => leave.includes(place.associationId));
  const [decider] = left;
  if (decider === undefined) return [];
  const below = byLayer(carried).filter((place) => place.layer > decider.layer);
  return [
    ...below.map((place): PlannedStep => ({ ...placeOf(place), leg: 'leave', role: 'receive', categoryId: null })),
    { ...placeOf(decider), leg: 'leave', role: 'decide', categoryId: null },
    ...left.slice(1).map(
      (place): PlannedStep => ({
        ...placeOf(place),
        leg: moved.includes(place.associationId) ? 'change' : 'leave',
        role: 'acknowledge',
        categoryId: null,
      }),
    ),
  ];
}

function placeOf({ associationId, layer }: Place): Place {
  return { associationId, layer };
}

/** Change: the lowest and each association whose category changes decide, the others acknowledge (`rules.md 3.7`). */
export function planChange({
  carried,
  changes,
}: {
  carried: readonly Place[];
  changes: readonly { associationId: number; categoryId: number }[];
}): PlannedStep[] {
  return byLayer(carried).map((place, index) => {
    const change = changes.find((one) => one.associationId === place.associationId);
    return {
      ...placeOf(place),
      leg: 'change',
      role: index === 0 || change !== undefined ? 'decide' : 'acknowledge',
      categoryId: change?.categoryId ?? null,
    };
  });
}

type TransferQuestion = {
  /** The associations where the origin affiliation carries a membership, with the category held now. */
  carried: readonly Choice[];
  /** The new chain, without associations where another affiliation carries the membership. */
  destination: readonly Choice[];
  /** Upper ones outside the new chain that go on with another affiliation. */
  moved: readonly number[];
  /** A 退会届 of its own ends the old memberships: no step for them here. */
  leaveApart?: boolean;
};

/** Transfer: leave those not in the new chain, join those not in the old, one change step in both (`rules.md 3.6`). */
export function planTransfer({ carried, destination, moved, leaveApart = false }: TransferQuestion): PlannedStep[] {
  const stays = (place: Place): Choice | undefined => destination.find((one) => one.associationId === place.associationId);
  const gone = byLayer(carried).filter((place) => !leaveApart && stays(place) === undefined && !moved.includes(place.associationId));
  const joined = byLayer(destination).filter((place) => !carried.some((one) => one.associationId === place.associationId));
  const common = byLayer(carried).filter((place) => stays(place) !== undefined || moved.includes(place.associationId));
  return [
    ...gone.map(
      (place, index): PlannedStep => ({ ...placeOf(place), leg: 'leave', role: index === 0 ? 'decide' : 'acknowledge', categoryId: null }),
    ),
    ...joined.map((place): PlannedStep => ({ ...placeOf(place), leg: 'join', role: 'decide', categoryId: place.categoryId })),
    ...common.map((place): PlannedStep => {
      const wished = stays(place);
      const changes = wished !== undefined && wished.categoryId !== place.categoryId;
      return { ...placeOf(place), leg: 'change', role: changes ? 'decide' : 'acknowledge', categoryId: changes ? wished.categoryId : null };
    }),
  ];
}

export type TransferOrder = 'parallel' | 'leave_first' | 'join_first';

export type StepInCourse = { ordinal: number; leg: Leg; role: StepRole; state: StepState };

/** The step's office has done what the case needs of it. */
function isDone(step: Pick<StepInCourse, 'role' | 'state'>): boolean {
  return isThrough(step.role, step.state);
}

function legDone(steps: readonly StepInCourse[], leg: Leg): boolean {
  return steps.filter((step) => step.leg === leg).every(isDone);
}

/** Every association that decides has decided: the case is complete, 確認 may still be open. */
export function isCourseComplete(steps: readonly Pick<StepInCourse, 'role' | 'state'>[]): boolean {
  return steps.every(isDone);
}

function legOpens(steps: readonly StepInCourse[], leg: Leg, order: TransferOrder): boolean {
  switch (leg) {
    case 'join':
      return order !== 'leave_first' || legDone(steps, 'leave');
    case 'leave':
      return order !== 'join_first' || legDone(steps, 'join');
    case 'change':
      return legDone(steps, 'leave') && legDone(steps, 'join');
  }
}

/** The waiting steps whose turn has come: the next of each side that may go on, and 確認 when all is decided (`rules.md 3.6`). */
export function stepsToArrive<Step extends StepInCourse>(steps: readonly Step[], order: TransferOrder): Step[] {
  const complete = isCourseComplete(steps);
  return steps.filter((step) => {
    if (!isWaiting(step.state)) return false;
    if (step.role === 'acknowledge') return complete;
    const before = steps.filter((one) => one.leg === step.leg && one.ordinal < step.ordinal);
    return legOpens(steps, step.leg, order) && before.every(isDone);
  });
}
