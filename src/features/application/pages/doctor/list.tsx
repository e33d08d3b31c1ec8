import { useLocation } from 'react-router';
import { formatDayPlain } from '#kernel/wareki.ts';
import { askByAddress } from '#platform/http/list-filter.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { DateField } from '#ui/fields/DateField.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { SelectField } from '#ui/fields/SelectField.tsx';
import { Actions, LinkButton } from '#ui/parts/Button.tsx';
import { StateLabel } from '#ui/parts/StateLabel.tsx';
import { Tabs } from '#ui/parts/Tabs.tsx';
import type { Column } from '#ui/table/DataTable.tsx';
import { DataTable } from '#ui/table/DataTable.tsx';
import { FilterPanel } from '#ui/table/FilterPanel.tsx';
import { FromTo } from '#ui/table/FromTo.tsx';
import { Count, ListBar, PageSize } from '#ui/table/ListBar.tsx';
import { withParams } from '#ui/table/listUrl.ts';
import { Pager } from '#ui/table/Pager.tsx';
import type { Route } from './+types/list.ts';
import type { DraftLine, MyApplications, MyLine, MyTab } from '../../queries/my-applications.ts';
import { myApplications } from '../../queries/my-applications.ts';

export const handle = definePage({ id: 'D-06', title: '申請状況', who: ['doctor'], audit: 'application.listed', list: true });

export const meta = () => [{ title: '申請状況 | MAMIS' }];

export async function loader({ context, request }: Route.LoaderArgs) {
  return await askByAddress(myApplications, contextOf(context), request.url);
}

const tabs: readonly { tab: MyTab; label: string }[] = [
  { tab: 'open', label: '申請中' },
  { tab: 'draft', label: '一時保存' },
  { tab: 'done', label: '完了' },
  { tab: 'all', label: 'すべて' },
];

const empty: Record<MyTab, string> = {
  open: '申請中の届はありません。',
  draft: '一時保存中の届はありません。',
  done: '完了した届はありません。',
  all: '申請した届はありません。',
};

const columns: readonly Column<MyLine>[] = [
  { key: 'number', head: '受付番号', cell: (row) => row.number, rowHeader: true, nowrap: true },
  { key: 'kind', head: '種別', cell: (row) => row.kind },
  { key: 'associations', head: '対象医師会', cell: (row) => row.associations },
  { key: 'wishedOn', head: '希望年月日', cell: (row) => (row.wishedOn === null ? '－' : formatDayPlain(row.wishedOn)), nowrap: true },
  { key: 'submittedOn', head: '申請日', cell: (row) => formatDayPlain(row.submittedOn), nowrap: true },
  {
    key: 'state',
    head: '状況',
    cell: (row) => (
      <>
        <StateLabel tone={row.tone}>{row.state}</StateLabel>
        {row.where === '' ? null : <span className="block min-w-32">{row.where}</span>}
      </>
    ),
  },
  { key: 'updatedAt', head: '最終更新', cell: (row) => row.updatedAt },
];

const draftColumns: readonly Column<DraftLine>[] = [
  { key: 'paper', head: '届', cell: (row) => `${row.paper}(${row.associations})` },
  { key: 'facility', head: '所属施設', cell: (row) => (row.facility === '' ? '－' : row.facility) },
  { key: 'savedAt', head: '保存日時', cell: (row) => row.savedAt, nowrap: true },
  { key: 'deletedOn', head: '削除予定日', cell: (row) => formatDayPlain(row.deletedOn), nowrap: true },
  {
    key: 'actions',
    head: '操作',
    cell: (row) => (
      <span className="flex flex-wrap gap-2">
        <LinkButton to={row.continueTo} size="small" aria-label={`続きを入力する(${row.paper} ${row.savedAt})`}>
          続きを入力する
        </LinkButton>
        <LinkButton to={`/my/applications/${row.id}/delete`} size="small" aria-label={`削除する(${row.paper} ${row.savedAt})`}>
          削除する
        </LinkButton>
      </span>
    ),
  },
];

function Filters({ filtered }: { filtered: Route.ComponentProps['loaderData'] }) {
  return (
    <FormState errors={filtered.errors} values={filtered.values}>
      <FilterPanel keep={['tab', 'size']}>
        <SelectField
          name="kind"
          label="種別"
          placeholder="すべて"
          options={[
            { value: 'join', label: '入会' },
            { value: 'transfer', label: '異動' },
            { value: 'change', label: '異動(変更)' },
            { value: 'withdrawal', label: '退会' },
          ]}
        />
        <FromTo>
          <DateField name="from" label="申請日(開始)" plain />
          <DateField name="to" label="申請日(終了)" plain />
        </FromTo>
      </FilterPanel>
    </FormState>
  );
}

function List({ list, isFiltered }: { list: MyApplications; isFiltered: boolean }) {
  const none = isFiltered && list.tab !== 'draft' ? undefined : empty[list.tab];
  return (
    <>
      <ListBar>
        <Count count={list.count} />
        <PageSize size={list.size} />
        <Pager page={list.page} pageCount={list.pageCount} label="ページ(上)" />
      </ListBar>
      {list.tab === 'draft' ? (
        <DataTable caption="一時保存中の届" columns={draftColumns} rows={list.drafts} rowKey={(row) => row.id} empty={none} />
      ) : (
        <DataTable
          caption="申請した届"
          columns={columns}
          rows={list.lines}
          rowKey={(row) => row.id}
          rowTo={(row) => `/my/applications/${row.id}`}
          empty={none}
        />
      )}
      <ListBar>
        <Pager page={list.page} pageCount={list.pageCount} label="ページ(下)" />
      </ListBar>
    </>
  );
}

export default function MyApplicationsPage({ loaderData }: Route.ComponentProps) {
  const list = loaderData.value;
  const { search } = useLocation();
  const to = (tab: MyTab) => withParams(search, { tab: tab === 'open' ? undefined : tab, page: undefined });
  const isFiltered = ['kind', 'from', 'to'].some((name) => (loaderData.values[name] ?? '') !== '');
  return (
    <>
      <h1>申請状況</h1>
      <Tabs
        label="申請の区分"
        tabs={tabs.map(({ tab, label }) => ({
          label,
          to: to(tab),
          current: tab === list.tab,
          count: tab === 'open' || tab === 'draft' ? list.tabs[tab] : undefined,
        }))}
      />
      {list.tab === 'draft' ? null : <Filters filtered={loaderData} />}
      <List list={list} isFiltered={isFiltered} />
      <Actions>
        <LinkButton to="/my/applications/join">入会届を作成する</LinkButton>
        <LinkButton to="/my/applications/transfer">異動届を作成する</LinkButton>
        <LinkButton to="/my/applications/withdrawal">退会届を作成する</LinkButton>
        <LinkButton to="/my">マイページTOPへ戻る</LinkButton>
      </Actions>
    </>
  );
}
