import { askByAddress } from '#platform/http/list-filter.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { FormState } from '#ui/fields/formState.tsx';
import { SelectField } from '#ui/fields/SelectField.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { Actions, LinkButton } from '#ui/parts/Button.tsx';
import { EmptyState } from '#ui/parts/EmptyState.tsx';
import { StateLabel } from '#ui/parts/StateLabel.tsx';
import type { Column } from '#ui/table/DataTable.tsx';
import { DataTable } from '#ui/table/DataTable.tsx';
import { FilterPanel } from '#ui/table/FilterPanel.tsx';
import { Count, ListBar, PageSize } from '#ui/table/ListBar.tsx';
import { parseSort } from '#ui/table/listUrl.ts';
import { KeysetPager } from '#ui/table/Pager.tsx';
import type { Route } from './+types/list.ts';
import { shownStates } from '../../flow.ts';
import { periodText, shownStateLabels, shownStateTones, targetLabels } from '../../labels.ts';
import { noticeTexts as texts } from '../../messages.ts';
import type { NoticeLine } from '../../queries/office-notices.ts';
import { officeNotices } from '../../queries/office-notices.ts';

export const handle = definePage({
  id: 'O-16',
  title: 'お知らせ管理',
  who: ['office'],
  audit: { none: 'notices hold no personal data' },
  list: true,
});

export const meta = () => [{ title: 'お知らせ管理 | MAMIS' }];

export async function loader({ context, request }: Route.LoaderArgs) {
  const { value, values, errors } = await askByAddress(officeNotices, contextOf(context), request.url);
  return { list: value, values, errors };
}

function readsText({ reads }: NoticeLine): string {
  return reads === undefined ? '－' : `${reads.read.toLocaleString('ja-JP')}/${reads.of.toLocaleString('ja-JP')}`;
}

const columns: readonly Column<NoticeLine>[] = [
  { key: 'period', head: '掲載期間', nowrap: true, sort: 'period', cell: (row) => periodText(row.startsOn, row.endsOn) },
  { key: 'title', head: texts.title, rowHeader: true, cell: (row) => row.title || '(タイトルなし)' },
  {
    key: 'category',
    head: 'カテゴリ',
    cell: (row) => [row.category1, row.category2].filter((name) => name !== '').join('・') || '－',
  },
  { key: 'target', head: texts.target, cell: (row) => (row.target === null ? '－' : targetLabels[row.target]) },
  {
    key: 'state',
    head: '状態',
    nowrap: true,
    cell: (row) => (
      <span className="inline-flex flex-wrap gap-1">
        <StateLabel tone={shownStateTones[row.shown]}>{shownStateLabels[row.shown]}</StateLabel>
        {row.important ? <StateLabel tone="danger">重要</StateLabel> : null}
      </span>
    ),
  },
  { key: 'reads', head: '既読', nowrap: true, cell: readsText },
  { key: 'writer', head: '作成者', nowrap: true, cell: (row) => row.writerName },
];

type Loaded = Route.ComponentProps['loaderData'];

function Filters({ list, values, errors }: Loaded) {
  return (
    <FormState errors={errors} values={values}>
      <FilterPanel keep={['size', 'sort']}>
        <TextField name="title" label={texts.title} autoComplete="off" />
        <SelectField
          name="category"
          label="カテゴリ"
          placeholder="すべて"
          options={list.categories.map(({ id, name }) => ({ value: String(id), label: name }))}
          defaultValue={list.filter.category === undefined ? '' : String(list.filter.category)}
        />
        <SelectField
          name="state"
          label="状態"
          placeholder="すべて"
          options={shownStates.map((value) => ({ value, label: shownStateLabels[value] }))}
          defaultValue={list.filter.state}
        />
      </FilterPanel>
    </FormState>
  );
}

function List(loaded: Loaded) {
  const { list, values } = loaded;
  const narrowed = Object.keys(values).some((name) => !['size', 'sort', 'before', 'after'].includes(name));
  if (list.count === 0 && !narrowed) return <EmptyState>{texts.none}</EmptyState>;
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
        caption="お知らせ一覧"
        columns={columns}
        rows={list.rows}
        rowKey={(row) => row.id}
        rowTo={(row) => `/office/notices/${row.id}`}
        sort={parseSort(list.filter.sort)}
      />
      <ListBar>{pager('下')}</ListBar>
    </>
  );
}

/** お知らせ管理 (O-16). */
export default function OfficeNotices({ loaderData }: Route.ComponentProps) {
  return (
    <>
      <h1>お知らせ管理</h1>
      <div className="mb-6">
        <Actions>
          <LinkButton to="/office/notices/new">新規登録</LinkButton>
        </Actions>
      </div>
      <List {...loaderData} />
    </>
  );
}
