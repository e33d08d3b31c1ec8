import { formatInstant } from '#kernel/wareki.ts';
import { kindLabel } from '#features/application/labels.ts';
import type { SheetColumn } from '#platform/sheet/list-definition.ts';
import { resultLabel } from './labels.ts';
import type { BulkResult } from './queries/run.ts';

/** 一括操作の結果 as a file: what the page shows of each row. */
export const resultColumns: readonly SheetColumn<BulkResult>[] = [
  { code: 'result', label: '結果', text: (row) => resultLabel(row.done) },
  { code: 'reason', label: '理由', text: (row) => row.reason },
  { code: 'number', label: '受付番号', text: (row) => row.number },
  { code: 'kind', label: '種別', text: (row) => kindLabel(row.kind, row.state) },
  { code: 'licence', label: '医籍登録番号', text: (row) => row.licence },
  { code: 'name', label: '氏名', text: (row) => row.name },
  { code: 'kana', label: 'フリガナ', text: (row) => row.kana },
  { code: 'at', label: '処理日時', text: (row) => formatInstant(row.at) },
];

export const resultSheetTitle = '一括操作の結果';

/** The condition in words: which run. */
export function runWords(runId: string): string[] {
  return [`一括操作:${runId}`];
}
