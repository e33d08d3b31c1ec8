import { defineFlow } from '#kernel/flow.ts';

/** The flow of one 組織改編 (`screens.md J-02`): a second person reserves it, the day carries it out. */

export type ChangeState = 'proposed' | 'reserved' | 'done' | 'withdrawn';
export type ChangeAction = 'reserve' | 'withdraw' | 'carryOut';

export const changeFlow = defineFlow<ChangeState, ChangeAction>('association-change', ['reserve', 'withdraw', 'carryOut'], {
  proposed: { reserve: 'reserved', withdraw: 'withdrawn' },
  reserved: { carryOut: 'done', withdraw: 'withdrawn' },
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
