import { formatInstant } from '#kernel/wareki.ts';
import type { Column } from '#ui/table/DataTable.tsx';
import type { TrailLine } from '../queries/trail.ts';

/** The columns of 操作履歴 (`screens.md O-18`). */
export const trailTableColumns: readonly Column<TrailLine>[] = [
  { key: 'at', head: '日時', nowrap: true, rowHeader: true, cell: (row) => formatInstant(row.at) },
  { key: 'user', head: 'ユーザー', nowrap: true, cell: (row) => row.userName || '－' },
  { key: 'power', head: '権限', nowrap: true, cell: (row) => row.power },
  { key: 'operation', head: '操作', wide: true, cell: (row) => row.operation },
  { key: 'subject', head: '対象', wide: true, cell: (row) => row.subject || '－' },
  { key: 'purpose', head: '目的・理由', cell: (row) => row.purpose || '－' },
  { key: 'result', head: '結果', nowrap: true, cell: (row) => row.result },
  { key: 'address', head: '接続元', nowrap: true, cell: (row) => row.address || '－' },
];

/** What was changed, under the row. */
export function contentBelow({ content }: TrailLine): string | undefined {
  return content === '' ? undefined : `内容 ${content}`;
}
