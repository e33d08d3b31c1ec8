import type { Day } from '#kernel/day.ts';
import { defineFlow } from '#kernel/flow.ts';

/** The flow of one 組織改編 (`screens.md J-02`): a second person reserves it, the day carries it out. */

export type ChangeState = 'proposed' | 'reserved' | 'moving' | 'done' | 'withdrawn';
export type ChangeAction = 'reserve' | 'withdraw' | 'carryOut' | 'beginMove' | 'finishMove';

const actions = ['reserve', 'withdraw', 'carryOut', 'beginMove', 'finishMove'] as const;

export const changeFlow = defineFlow<ChangeState, ChangeAction>('association-change', actions, {
  proposed: { reserve: 'reserved', withdraw: 'withdrawn' },
  reserved: { carryOut: 'done', beginMove: 'moving', withdraw: 'withdrawn' },
  moving: { finishMove: 'done' },
  done: {},
  withdrawn: {},
});

/** Where a change begins. */
export const firstChangeState: ChangeState = 'proposed';

/** Something can still become of it. */
export function isUnsettled(state: ChangeState): boolean {
  return !changeFlow.isFinal(state);
}

/** Both persons have agreed; it waits for its day. */
export function awaitsDay(state: ChangeState): boolean {
  return changeFlow.next(state, 'carryOut') !== undefined;
}

/** Members are on their way from one association to the other. */
export function isMoving(state: ChangeState): boolean {
  return changeFlow.next(state, 'finishMove') !== undefined;
}

/** It can still be taken back. */
export function mayWithdraw(state: ChangeState): boolean {
  return changeFlow.next(state, 'withdraw') !== undefined;
}

/** It was taken back before its day. */
export function isWithdrawn(state: ChangeState): boolean {
  return state === changeFlow.next(firstChangeState, 'withdraw');
}

/** The flow of a new association of a file: the second person opens it together with his reservation; until its day it is taken back. */

export type OpeningState = 'proposed' | 'done' | 'withdrawn';
export type OpeningAction = 'open' | 'withdraw' | 'takeBack';

export const openingFlow = defineFlow<OpeningState, OpeningAction>('association-opening', ['open', 'withdraw', 'takeBack'], {
  proposed: { open: 'done', withdraw: 'withdrawn' },
  done: { takeBack: 'withdrawn' },
  withdrawn: {},
});

export const firstOpeningState: OpeningState = 'proposed';

/** It still waits for its second person. */
export function awaitsOpening(state: OpeningState): boolean {
  return openingFlow.next(state, 'open') !== undefined;
}

/** What an association is on a day. */
export type MasterState = 'active' | 'planned' | 'closed' | 'withdrawn';

type Lifetime = { startsOn: Day; closesOn: Day | null; withdrawn: boolean };

/** What an association is on a day; one whose 設立 was taken back ends before it begins (`screens.md J-02`). */
export function stateOn({ startsOn, closesOn, withdrawn }: Lifetime, on: Day): MasterState {
  if (closesOn !== null && closesOn < on) return withdrawn ? 'withdrawn' : 'closed';
  return startsOn > on ? 'planned' : 'active';
}

/** It will not be in force any more. */
export function isOver(state: MasterState): boolean {
  return state === 'closed' || state === 'withdrawn';
}

/** Before its 設立日, and not taken back. */
export function awaitsFirstDay(state: MasterState): boolean {
  return state === 'planned';
}

/** Its 設立 was taken back before the day. */
export function isTakenBack(state: MasterState): boolean {
  return state === 'withdrawn';
}
