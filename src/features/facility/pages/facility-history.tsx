import { formatInstant } from '#kernel/wareki.ts';
import type { Column } from '#ui/table/DataTable.tsx';
import { DataTable } from '#ui/table/DataTable.tsx';
import type { HistoryLine } from '../queries/history.ts';

const columns: readonly Column<HistoryLine>[] = [
  { key: 'at', head: '日時', nowrap: true, cell: (row) => formatInstant(row.at) },
  {
    key: 'what',
    head: '内容',
    rowHeader: true,
    cell: (row) => (
      <>
        {row.what}
        {row.changes.map((change) => (
          <span key={change.key} className="block font-normal">{`${change.label}:${change.before} → ${change.after}`}</span>
        ))}
      </>
    ),
  },
  { key: 'proposer', head: '提案', cell: (row) => row.proposer },
  { key: 'decider', head: '承認', cell: (row) => row.decider },
];

/** What of a facility has changed by proposals, newest first. */
export function FacilityHistory({ lines }: { lines: readonly HistoryLine[] }) {
  if (lines.length === 0) return <p>提案による変更はありません。</p>;
  return <DataTable caption="変更の履歴" columns={columns} rows={lines} rowKey={(row) => row.key} />;
}
