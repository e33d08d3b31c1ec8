import { formatDayPlain, formatInstant } from '#kernel/wareki.ts';
import { ask } from '#platform/command/query.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import type { Column } from '#ui/table/DataTable.tsx';
import { DataTable } from '#ui/table/DataTable.tsx';
import { ListBar } from '#ui/table/ListBar.tsx';
import { KeysetPager } from '#ui/table/Pager.tsx';
import type { Route } from './+types/list.ts';
import type { ExportLine } from '../queries/exports.ts';
import { exportsOf } from '../queries/exports.ts';

export const handle = definePage({
  id: 'O-23',
  title: 'データ出力',
  who: ['office'],
  audit: { none: 'manifests without persons' },
  list: true,
});

export const meta = () => [{ title: 'データ出力 | MAMIS' }];

export async function loader({ context, request }: Route.LoaderArgs) {
  const after = new URL(request.url).searchParams.get('after') ?? '';
  return orThrow(await ask(exportsOf, contextOf(context), { after }));
}

const columns: readonly Column<ExportLine>[] = [
  { key: 'number', head: '出力番号', nowrap: true, rowHeader: true, cell: (row) => row.number },
  { key: 'at', head: '日時', nowrap: true, cell: (row) => formatInstant(row.createdAt) },
  { key: 'title', head: '内容', cell: (row) => row.title },
  { key: 'by', head: '作成者', cell: (row) => row.actorName },
  { key: 'purpose', head: '目的', cell: (row) => row.purposeLabel },
  { key: 'rows', head: '件数', align: 'right', cell: (row) => (row.rowCount === null ? '－' : row.rowCount.toLocaleString('ja-JP')) },
  { key: 'columns', head: '項目数', align: 'right', cell: (row) => row.columnCount },
  { key: 'state', head: '状態', cell: (row) => row.shownLabel },
  { key: 'deleteBy', head: '削除予定日', nowrap: true, cell: (row) => formatDayPlain(row.deleteBy) },
];

export default function ExportList({ loaderData }: Route.ComponentProps) {
  return (
    <>
      <h1>データ出力</h1>
      <p>新しい出力は、申請管理などの一覧の「CSVダウンロード」から作成します。</p>
      <DataTable
        caption="データ出力の履歴"
        columns={columns}
        rows={loaderData.rows}
        rowKey={(row) => row.id}
        rowTo={(row) => `/office/exports/${row.id}`}
        empty="データ出力の履歴はありません。"
      />
      <ListBar>
        <KeysetPager after={loaderData.after} />
      </ListBar>
    </>
  );
}
