import { defineFlow } from '#kernel/flow.ts';

/** The flow of one file of データ出力 (`screens.md O-23`). What time adds (期限切れ) is no state of its own: `shownState`. */

export type ExportState = 'making' | 'approval' | 'declined' | 'ready' | 'unmapped' | 'failed';
export type ExportAction = 'approve' | 'decline' | 'finish' | 'stumble' | 'fail';

export const exportFlow = defineFlow<ExportState, ExportAction>('export', ['approve', 'decline', 'finish', 'stumble', 'fail'], {
  making: { finish: 'ready', stumble: 'unmapped', fail: 'failed' },
  approval: { approve: 'making', decline: 'declined' },
  declined: {},
  ready: {},
  unmapped: {},
  failed: {},
});

/** The job still has to make the file. */
export function isMaking(state: ExportState): boolean {
  return state === 'making';
}

/** A second person has to say yes first. */
export function awaitsApproval(state: ExportState): boolean {
  return state === 'approval';
}

/** There is, or was, a file. */
export function isReady(state: ExportState): boolean {
  return state === 'ready';
}

/** What a list shows: 取得可 ends with time, 取得済 and 削除報告済 come from what people did. */
export type ShownState = ExportState | 'fetched' | 'expired' | 'deleted';

/** No file is to be had and none will come: whoever needs it asks again. */
export function isLost(shown: ShownState): boolean {
  return shown === 'declined' || shown === 'expired' || shown === 'unmapped' || shown === 'failed';
}

/** All of them, in the order of a file's way. */
export const shownStates: readonly ShownState[] = [
  'making',
  'approval',
  'declined',
  'ready',
  'fetched',
  'expired',
  'deleted',
  'unmapped',
  'failed',
];

/** What has to be true of a file that is shown so; undefined where it does not matter. */
export type ShownCondition = { state: ExportState; fetched?: boolean; deleted?: boolean; over?: boolean };

/** The conditions under which `shownState` answers with this state. */
export function shownWhen(shown: ShownState): ShownCondition {
  if (shown === 'deleted') return { state: 'ready', deleted: true };
  if (shown === 'fetched') return { state: 'ready', deleted: false, fetched: true };
  if (shown === 'expired' || shown === 'ready') return { state: 'ready', deleted: false, fetched: false, over: shown === 'expired' };
  return { state: shown };
}

/** The state with what time and people have added. */
export function shownState(
  facts: { state: ExportState; fetchUntil: Date | null; fetched: boolean; deleted: boolean },
  now: Date,
): ShownState {
  if (!isReady(facts.state)) return facts.state;
  if (facts.deleted) return 'deleted';
  if (facts.fetched) return 'fetched';
  return facts.fetchUntil !== null && facts.fetchUntil < now ? 'expired' : 'ready';
}
