import { defineFlow } from '#kernel/flow.ts';

/** 使用状態 of a 事務局ユーザー (`screens.md O-17`). Who was deleted stays under his name in the records. */

export type StaffState = 'active' | 'stopped' | 'deleted';
export type StaffAction = 'stop' | 'restart' | 'delete';

export const staffFlow = defineFlow<StaffState, StaffAction>('staff', ['stop', 'restart', 'delete'], {
  active: { stop: 'stopped', delete: 'deleted' },
  stopped: { restart: 'active', delete: 'deleted' },
  deleted: {},
});

/** May log in, as far as the state goes. */
export function isInUse(state: StaffState): boolean {
  return state === 'active';
}

/** No longer in any list. */
export function isDeleted(state: StaffState): boolean {
  return state === 'deleted';
}

/** What the radio 使用状態 can say. */
export const chosenStates = staffFlow.states.filter((state) => !isDeleted(state));
