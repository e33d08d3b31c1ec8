import type { VersionState } from './settings-rules.ts';

/** Words for versions of 環境設定 (`screens.md O-21`). */

export const settingsNotice = '環境設定の変更は、処理中の届には反映されません。適用開始日以降に申請された届から適用されます。';

const states: Record<VersionState, string> = { current: '適用中', planned: '予定', past: '過去', withdrawn: '取消' };

/** 適用中 / 予定 / 過去, and 取消 for a plan that was taken back. */
export function versionStateLabel(state: VersionState): string {
  return states[state];
}

/** 「第2版」 */
export function versionName(version: number): string {
  return `第${version}版`;
}

/** Who made a version; the shipped first one was made by nobody. */
export function versionAuthor(name: string): string {
  return name === '' ? 'システム(初期設定)' : name;
}
