import { formatDayPlain } from '#kernel/wareki.ts';
import type { Filtered } from '#platform/http/list-filter.ts';
import { Checkbox } from '#ui/fields/Choices.tsx';
import { DateField } from '#ui/fields/DateField.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { SelectField } from '#ui/fields/SelectField.tsx';
import { EmptyState } from '#ui/parts/EmptyState.tsx';
import { StateLabel } from '#ui/parts/StateLabel.tsx';
import type { Column } from '#ui/table/DataTable.tsx';
import { DataTable } from '#ui/table/DataTable.tsx';
import { FilterPanel } from '#ui/table/FilterPanel.tsx';
import { FromTo } from '#ui/table/FromTo.tsx';
import { Count, ListBar, PageSize } from '#ui/table/ListBar.tsx';
import { KeysetPager } from '#ui/table/Pager.tsx';
import { noticeTexts as texts } from '../messages.ts';
import type { ReaderList } from '../queries/reader-notices.ts';

type Row = ReaderList['rows'][number];

const columns: readonly Column<Row>[] = [
  { key: 'startsOn', head: '掲載日', nowrap: true, cell: (row) => formatDayPlain(row.startsOn) },
  {
    key: 'title',
    head: 'タイトル',
    rowHeader: true,
    cell: (row) => <span className={row.read ? 'font-normal' : 'font-bold'}>{row.title}</span>,
  },
  {
    key: 'marks',
    head: '状態',
    nowrap: true,
    cell: (row) => (
      <span className="inline-flex flex-wrap gap-1">
        {row.read ? '既読' : <StateLabel tone="info">未読</StateLabel>}
        {row.important ? <StateLabel tone="danger">重要</StateLabel> : null}
      </span>
    ),
  },
  { key: 'category', head: 'カテゴリ', cell: (row) => [row.category1, row.category2].filter((name) => name !== '').join('・') },
  { key: 'association', head: '発信医師会', cell: (row) => row.association },
];

function Filters({
  list,
  values,
  errors,
}: {
  list: ReaderList;
  values: Filtered<ReaderList>['values'];
  errors: Filtered<ReaderList>['errors'];
}) {
  return (
    <FormState errors={errors} values={values}>
      <FilterPanel keep={['size']}>
        <SelectField
          name="category"
          label="カテゴリ"
          placeholder="すべて"
          options={list.categories.map((name) => ({ value: name, label: name }))}
          defaultValue={list.filter.category}
        />
        <SelectField
          name="from"
          label="発信"
          placeholder="すべて"
          options={list.senders.map(({ id, name }) => ({ value: String(id), label: name }))}
          defaultValue={list.filter.from === undefined ? '' : String(list.filter.from)}
        />
        <FromTo>
          <DateField name="since" label="期間(から)" plain />
          <DateField name="until" label="期間(まで)" plain />
        </FromTo>
        <Checkbox name="unread" label="未読のみ" defaultChecked={list.filter.unread} />
      </FilterPanel>
    </FormState>
  );
}

/** The list of those who read (`screens.md D-02`); `to` is its address. */
export function ReaderNotices({
  list,
  values,
  errors,
  to,
}: { to: string; list: ReaderList } & Pick<Filtered<ReaderList>, 'values' | 'errors'>) {
  const narrowed = Object.keys(values).some((name) => !['size', 'before', 'after'].includes(name));
  if (list.rows.length === 0 && !narrowed && list.before === undefined) return <EmptyState>{texts.none}</EmptyState>;
  const pager = (place: string) => <KeysetPager before={list.before} after={list.after} label={`ページ(${place})`} />;
  return (
    <>
      <Filters list={list} values={values} errors={errors} />
      <ListBar>
        <Count count={list.count} />
        <span>{`未読:${list.unread.toLocaleString('ja-JP')}件`}</span>
        <PageSize size={list.filter.size} />
        {pager('上')}
      </ListBar>
      <DataTable
        caption="お知らせ"
        columns={columns}
        rows={list.rows}
        rowKey={(row) => row.id}
        rowTo={(row) => `${to}/${row.id}`}
        phone="cards"
      />
      <ListBar>{pager('下')}</ListBar>
    </>
  );
}
