import type { ShownState } from './flow.ts';

/** Words of データ出力 (`screens.md O-23`). */

const states: Record<ShownState, string> = {
  making: '作成中',
  approval: '承認待ち',
  declined: '却下',
  ready: '取得可',
  fetched: '取得済',
  expired: '期限切れ',
  deleted: '削除報告済',
  unmapped: '作成できません(変換できない文字)',
  failed: '作成できませんでした',
};

/** 状態 of an export as the list shows it. */
export function exportStateLabel(state: ShownState): string {
  return states[state];
}

const encodings: Readonly<Record<string, string>> = { utf8: 'CSV(UTF-8、BOM付き)', cp932: 'CSV(Shift_JIS)', xlsx: 'Excel' };

/** 形式 of a file. */
export function encodingLabel(encoding: string): string {
  return encodings[encoding] ?? encoding;
}
