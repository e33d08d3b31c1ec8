import { defineFlow } from '#kernel/flow.ts';

/** The flow of one お問合せ (`screens.md A-15, D-15, O-26, P-05`): 受付 → 対応中 → 回答済 → 完了. */

export type InquiryState = 'new' | 'inProgress' | 'answered' | 'done';
/** answer 返信する (desk) · ask 返信する (who asked) · pass to another desk · solve 解決した · close 完了にする. */
export type InquiryAction = 'answer' | 'ask' | 'pass' | 'solve' | 'close';

export const inquiryFlow = defineFlow<InquiryState, InquiryAction>('inquiry', ['answer', 'ask', 'pass', 'solve', 'close'], {
  new: { answer: 'answered', ask: 'new', pass: 'inProgress', solve: 'done', close: 'done' },
  inProgress: { answer: 'answered', ask: 'inProgress', pass: 'inProgress', solve: 'done', close: 'done' },
  answered: { answer: 'answered', ask: 'inProgress', pass: 'inProgress', solve: 'done', close: 'done' },
  // Who comes back to it opens it again.
  done: { ask: 'inProgress' },
});

/** Where an inquiry begins. */
export const firstState: InquiryState = 'new';

/** A desk owes an answer. */
export function awaitsAnswer(state: InquiryState): boolean {
  return state === 'new' || state === 'inProgress';
}
