import type { Day } from '#kernel/day.ts';
import { defineFlow } from '#kernel/flow.ts';

/** The flow of one お知らせ (`screens.md O-16`). Whether a published one is ahead, running or over is a matter of the day: `shownState`. */

export type NoticeState = 'draft' | 'published' | 'ended';
type NoticeAction = 'save' | 'publish' | 'end';

export const noticeFlow = defineFlow<NoticeState, NoticeAction>('notice', ['save', 'publish', 'end'], {
  draft: { save: 'draft', publish: 'published' },
  published: { save: 'draft', end: 'ended' },
  ended: {},
});

/** Where every notice begins. */
export const firstState: NoticeState = 'draft';

/** The state of a row of the table. @throws RangeError for a text that is none */
export function noticeStateOf(text: string): NoticeState {
  if (!noticeFlow.isState(text)) throw new RangeError(`unknown state of a notice: ${text}`);
  return text;
}

/** What people see: 下書き, 予約, 掲載中, 終了. */
export const shownStates = ['draft', 'scheduled', 'running', 'over'] as const;
export type ShownState = (typeof shownStates)[number];

export type Timed = { state: NoticeState; startsOn: Day | null; endsOn: Day | null };

/** The state of a notice on a day; the last day of 掲載期間 belongs to it. */
export function shownState({ state, startsOn, endsOn }: Timed, on: Day): ShownState {
  if (state === 'draft' || startsOn === null) return 'draft';
  if (state === 'ended' || (endsOn !== null && endsOn < on)) return 'over';
  return startsOn > on ? 'scheduled' : 'running';
}

/** Its readers can read it. */
export function isRunning(notice: Timed, on: Day): boolean {
  return shownState(notice, on) === 'running';
}

/** What nobody has read yet may still be written (`screens.md O-16`); what runs is ended and copied instead. */
export function isEditable(notice: Timed, on: Day): boolean {
  const shown = shownState(notice, on);
  return shown === 'draft' || shown === 'scheduled';
}

/** It can be registered: it has not been. */
export function isUnpublished(state: NoticeState): boolean {
  return state === 'draft';
}

/** 終了する makes sense: registered, and not over yet. */
export function isEndable(notice: Timed, on: Day): boolean {
  const shown = shownState(notice, on);
  return shown === 'running' || shown === 'scheduled';
}

/** Of mails: some have still to go. */
export function areMailsPending(state: string): boolean {
  return state === 'waiting' || state === 'sending';
}
