import { formatDayPlain, formatInstant } from '#kernel/wareki.ts';
import type { SheetColumn } from '#platform/sheet/list-definition.ts';
import { categoryLabels } from './act-labels.ts';
import type { TrailLine } from './queries/trail.ts';
import type { TrailFilter } from './schema.ts';

/** The conditions of 操作履歴 in words, for the manifest; whom it is about is not repeated there. */
export function trailWords(filter: TrailFilter): string[] {
  const { from, to, category, person, user } = filter;
  return [
    from === undefined && to === undefined
      ? '期間:直近'
      : `期間:${from === undefined ? '' : formatDayPlain(from)}から${to === undefined ? '' : formatDayPlain(to)}まで`,
    ...(category === undefined ? [] : [`操作:${categoryLabels[category]}`]),
    ...(person === '' ? [] : ['対象者:指定あり']),
    ...(user === '' ? [] : ['ユーザー:指定あり']),
  ];
}

/** Columns of the file 操作履歴 (`screens.md §9`). */
export const trailColumns: readonly SheetColumn<TrailLine>[] = [
  { code: 'at', label: '日時', text: (row) => formatInstant(row.at) },
  { code: 'user', label: 'ユーザー', text: (row) => row.userName },
  { code: 'power', label: '権限', text: (row) => row.power },
  { code: 'operation', label: '操作', text: (row) => row.operation },
  { code: 'subject', label: '対象', text: (row) => row.subject },
  { code: 'purpose', label: '目的', text: (row) => row.purpose },
  { code: 'result', label: '結果', text: (row) => row.result },
  { code: 'address', label: '接続元', text: (row) => row.address },
];
