import { defineFlow } from '#kernel/flow.ts';

/** The flow of one 会員関連通知 at the office that was told (`screens.md O-15`). */

export type NotificationState = 'unread' | 'read' | 'done';
export type NotificationAction = 'read' | 'finish';

export const notificationFlow = defineFlow<NotificationState, NotificationAction>('member-notification', ['read', 'finish'], {
  unread: { read: 'read', finish: 'done' },
  read: { finish: 'done' },
  done: {},
});

/** The state in which everything arrives. */
export const firstState: NotificationState = 'unread';

/** Guard for an action from a form. */
export function isAction(text: string): text is NotificationAction {
  return text === 'read' || text === 'finish';
}

/** The states that an action can move on from. */
export function statesBefore(action: NotificationAction): NotificationState[] {
  return notificationFlow.states.filter((state) => notificationFlow.next(state, action) !== undefined);
}

/** Where an action leads. */
export function stateAfter(action: NotificationAction): NotificationState {
  return action === 'read' ? 'read' : 'done';
}
