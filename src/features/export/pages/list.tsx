import { formatDayPlain, formatInstant } from '#kernel/wareki.ts';
import { askByAddress } from '#platform/http/list-filter.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { DateField } from '#ui/fields/DateField.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { SelectField } from '#ui/fields/SelectField.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { EmptyState } from '#ui/parts/EmptyState.tsx';
import type { Column } from '#ui/table/DataTable.tsx';
import { DataTable } from '#ui/table/DataTable.tsx';
import { FilterPanel } from '#ui/table/FilterPanel.tsx';
import { FromTo } from '#ui/table/FromTo.tsx';
import { Count, ListBar, PageSize } from '#ui/table/ListBar.tsx';
import { KeysetPager } from '#ui/table/Pager.tsx';
import type { Route } from './+types/list.ts';
import { shownStates } from '../flow.ts';
import { exportStateLabel } from '../labels.ts';
import { exportTexts as texts } from '../messages.ts';
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
  const { value, values, errors } = await askByAddress(exportsOf, contextOf(context), request.url);
  return { list: value, values, errors };
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

type Loaded = Route.ComponentProps['loaderData'];

function Filters({ list, values, errors }: Loaded) {
  return (
    <FormState errors={errors} values={values}>
      <FilterPanel keep={[]}>
        <SelectField
          name="state"
          label="状態"
          placeholder="すべて"
          options={shownStates.map((value) => ({ value, label: exportStateLabel(value) }))}
        />
        <SelectField name="purpose" label="目的" placeholder="すべて" options={list.purposes} />
        <TextField name="actor" label="作成者" autoComplete="off" />
        <FromTo>
          <DateField name="from" label="期間(開始)" plain />
          <DateField name="to" label="期間(終了)" plain />
        </FromTo>
      </FilterPanel>
    </FormState>
  );
}

const places = ['size', 'before', 'after'];

function List(loaded: Loaded) {
  const { list, values } = loaded;
  const narrowed = Object.keys(values).some((name) => !places.includes(name));
  if (list.count === 0 && !narrowed) return <EmptyState>{texts.noExports}</EmptyState>;
  const pager = (place: string) => <KeysetPager before={list.before} after={list.after} label={`ページ(${place})`} />;
  return (
    <>
      <Filters {...loaded} />
      <ListBar>
        <Count count={list.count} />
        <PageSize size={list.filter.size} />
        {pager('上')}
      </ListBar>
      <DataTable
        caption="データ出力の履歴"
        columns={columns}
        rows={list.rows}
        rowKey={(row) => row.id}
        rowTo={(row) => `/office/exports/${row.id}`}
      />
      <ListBar>{pager('下')}</ListBar>
    </>
  );
}

/** O-23: what the office has taken out, newest first. */
export default function ExportList({ loaderData }: Route.ComponentProps) {
  return (
    <>
      <h1>データ出力</h1>
      <p>新しい出力は、申請管理などの一覧の「CSVダウンロード」から作成します。</p>
      <List {...loaderData} />
    </>
  );
}
