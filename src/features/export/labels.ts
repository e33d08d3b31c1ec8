import type { LabelOmission } from '#platform/sheet/address-label.ts';
import { labelOmissions } from '#platform/sheet/address-label.ts';
import { mostLabels } from './fields.ts';
import type { ShownState } from './flow.ts';

/** Words of データ出力 (`screens.md O-23`). */

/** Rows are counted so far: more labels than one export may have are told from those that may. */
export const mostCounted = mostLabels;

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

const encodings: Readonly<Record<string, string>> = {
  utf8: 'CSV(UTF-8、BOM付き)',
  cp932: 'CSV(Shift_JIS)',
  xlsx: 'Excel',
  label: '宛名ラベル(PDF)',
};

/** 形式 of a file. */
export function encodingLabel(encoding: string): string {
  return encodings[encoding] ?? encoding;
}

/** What stands on a label, as the columns of its manifest. */
export const labelParts: Readonly<Record<string, string>> = {
  postalCode: '郵便番号',
  address: '住所',
  facility: '所属施設名(所属施設あてのとき)',
  addressee: '宛名',
};

const omissions: Record<LabelOmission, string> = {
  died: '逝去',
  refused: '送付不要',
  outside: '送付物の対象外の会員区分',
  noAddress: '住所の登録なし',
};

/** How many labels were not printed, and why: 「送付不要 2名」; empty when all were. */
export function leftOutWords(counts: Readonly<Record<string, number>>): string[] {
  return labelOmissions.flatMap((why) => {
    const count = counts[why] ?? 0;
    return count === 0 ? [] : [`${omissions[why]} ${count.toLocaleString('ja-JP')}名`];
  });
}

/** So many rows, of a count that stops at `mostCounted`: 「1,234件」「20,000件以上」. */
export function rowsWords(rows: number): string {
  return `${Math.min(rows, mostCounted).toLocaleString('ja-JP')}件${rows > mostCounted ? '以上' : ''}`;
}

/** What the labels are for. */
export function mailingLabel(name: string): string {
  return name === '' ? '文書送付先(初期値)' : name;
}
