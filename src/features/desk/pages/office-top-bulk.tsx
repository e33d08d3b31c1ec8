import { Link } from 'react-router';
import { formatInstant } from '#kernel/wareki.ts';
import { bulkWord } from '#features/bulk/labels.ts';
import { Section } from '#ui/parts/Card.tsx';
import type { Column } from '#ui/table/DataTable.tsx';
import { DataTable } from '#ui/table/DataTable.tsx';
import type { OfficeTop } from '../queries/office-top.ts';

type Run = OfficeTop['bulkRuns'][number];

function stateText(run: Run): string {
  const worked = run.done + run.refused;
  return run.finished ? `完了 ${run.done}件、未実行 ${run.refused}件` : `処理中(${worked}件/${run.total}件)`;
}

const columns: readonly Column<Run>[] = [
  { key: 'at', head: '依頼日時', nowrap: true, rowHeader: true, cell: (run) => formatInstant(run.createdAt) },
  { key: 'action', head: '操作', nowrap: true, cell: (run) => `${bulkWord(run.action)} ${run.total}件` },
  { key: 'state', head: '状況', cell: stateText },
  { key: 'by', head: '依頼者', cell: (run) => run.actorName },
];

/** The last runs of 一括操作, so that one who left the page finds it again (`screens.md O-04`). */
export function BulkRuns({ runs }: { runs: readonly Run[] }) {
  if (runs.length === 0) return null;
  return (
    <Section title="一括操作">
      <DataTable
        caption="一括操作"
        columns={columns}
        rows={runs}
        rowKey={(run) => run.id}
        rowTo={(run) => `/office/applications/bulk/${run.id}`}
      />
    </Section>
  );
}

/** Fetched files that are due to be deleted and reported (`screens.md O-01, O-23`). */
export function DueExports({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <Section title="データ出力">
      <p>{`削除予定日を過ぎた出力が${count}件あります。ファイルを削除し、報告してください。`}</p>
      <Link className="inline-flex min-h-11 items-center" to="/office/exports">
        データ出力を見る
      </Link>
    </Section>
  );
}
