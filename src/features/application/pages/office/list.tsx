import { Form, Link, useLocation } from 'react-router';
import { SavedViewLinks } from '#features/staff/pages/saved-view-links.tsx';
import { askByAddress } from '#platform/http/list-filter.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { Button } from '#ui/parts/Button.tsx';
import { EmptyState } from '#ui/parts/EmptyState.tsx';
import { MarkLegend } from '#ui/parts/Mark.tsx';
import { OfficeShortcuts } from '#ui/parts/OfficeShortcuts.tsx';
import { DataTable } from '#ui/table/DataTable.tsx';
import { SelectionBar } from '#ui/table/selection.tsx';
import { ListBar, PageSize } from '#ui/table/ListBar.tsx';
import { withParams } from '#ui/table/listUrl.ts';
import { KeysetPager } from '#ui/table/Pager.tsx';
import type { Route } from './+types/list.ts';
import type { Inbox } from '../../queries/inbox.ts';
import { inbox } from '../../queries/inbox.ts';
import type { InboxTab } from '../../queries/inbox-filter.ts';
import { InboxTabs } from './inbox-tabs.tsx';
import { inboxColumns, notesOf } from './list-columns.tsx';
import { InboxFilters, isFiltered } from './list-filters.tsx';
import { caseTo, listSearch } from './list-links.ts';
import { countWord } from './words.ts';

export const handle = definePage({ id: 'O-03', title: '申請管理(申請一覧)', who: ['office'], audit: 'application.listed', list: true });

export const meta = () => [{ title: '申請管理(申請一覧) | MAMIS' }];

export async function loader({ context, request }: Route.LoaderArgs) {
  const { value, values, errors } = await askByAddress(inbox, contextOf(context), request.url);
  return { inbox: value, values, errors };
}

function Bar({ list, count, place }: { list: Inbox; count: string; place: '上' | '下' }) {
  return (
    <ListBar>
      <p className="ui-count">{`総件数:${count}`}</p>
      {place === '上' ? <MarkLegend kinds={['late', 'attention']} days={list.lateDays} /> : null}
      {place === '上' ? <NotesSwitch /> : null}
      {place === '上' ? <PageSize size={list.filter.size} /> : null}
      {place === '上' ? <FileLinks /> : null}
      <KeysetPager before={list.before} after={list.after} label={`ページ(${place})`} />
    </ListBar>
  );
}

/** CSVダウンロード opens O-23 with the conditions of this list; CSVで代理申請 brings papers in. */
function FileLinks() {
  const { search } = useLocation();
  const asked = new URLSearchParams({ list: 'applications', conditions: listSearch(search) });
  return (
    <>
      <Link className="inline-flex min-h-11 items-center" to={`/office/exports/new?${asked.toString()}`}>
        CSVダウンロード
      </Link>
      <Link className="inline-flex min-h-11 items-center" to="/office/applications/proxy-sheet">
        CSVで代理申請
      </Link>
    </>
  );
}

/** 表示を切り替える: the lines under the rows, kept in the address so that it works without script. */
function NotesSwitch() {
  const { search } = useLocation();
  const hidden = new URLSearchParams(search).get('notes') === '0';
  return (
    <Link className="inline-flex min-h-11 items-center" to={withParams(search, { notes: hidden ? undefined : '0' })} preventScrollReset>
      {hidden ? 'メッセージ・メモを表示する' : 'メッセージ・メモを隠す'}
    </Link>
  );
}

/** The most rows of one 一括操作 (`rules.md 3.15`). */
const mostChosen = 500;

const bulkActions = [
  { action: 'receive', word: '受付' },
  { action: 'approve', word: '承認' },
  { action: 'return', word: '差戻' },
  { action: 'acknowledge', word: '確認' },
  { action: 'cancel', word: '取消' },
] as const;

/** Tabs whose cases an office can still act on. */
const bulkTabs: readonly InboxTab[] = ['todo', 'returned', 'all'];

function BulkBar({ list, place }: { list: Inbox; place: 'top' | 'bottom' }) {
  const total = !list.orMore && list.count <= mostChosen && list.count > list.rows.length ? list.count : undefined;
  return (
    <SelectionBar place={place} total={total}>
      <span className="sr-only">選択した申請の一括操作</span>
      {bulkActions.map(({ action, word }) => (
        <Button key={action} size="small" name="action" value={action}>
          {word}
        </Button>
      ))}
    </SelectionBar>
  );
}

function Rows({ list, notes }: { list: Inbox; notes: boolean }) {
  const { search } = useLocation();
  const bulk = bulkTabs.includes(list.filter.tab);
  const table = (
    <DataTable
      caption="申請一覧"
      columns={inboxColumns(list)}
      rows={list.rows}
      rowKey={(row) => row.id}
      rowTo={(row) => caseTo(row.id, listSearch(search))}
      sort={list.order}
      select={bulk ? { name: 'id', labelOf: (row) => `${row.number} ${row.name}を選択` } : undefined}
      below={notes ? notesOf : undefined}
    />
  );
  if (!bulk) return table;
  return (
    <Form method="post" action="/office/applications/bulk">
      <input type="hidden" name="conditions" value={listSearch(search)} />
      <BulkBar list={list} place="top" />
      {table}
      <BulkBar list={list} place="bottom" />
    </Form>
  );
}

function Empty({ list }: { list: Inbox }) {
  const plain = list.filter.tab === 'todo' && !isFiltered(list.filter);
  return <EmptyState>{plain ? '対応が必要な申請はありません。' : undefined}</EmptyState>;
}

export default function ApplicationList({ loaderData }: Route.ComponentProps) {
  const { search } = useLocation();
  const list = loaderData.inbox;
  const count = countWord(list);
  const notes = new URLSearchParams(search).get('notes') !== '0';
  return (
    <>
      <h1>申請管理(申請一覧)</h1>
      <InboxTabs current={list.filter.tab} count={list.orMore ? undefined : list.count} search={search} />
      <SavedViewLinks views={list.views} listTo="/office/applications" />
      <InboxFilters list={list} values={loaderData.values} errors={loaderData.errors} />
      <Bar list={list} count={count} place="上" />
      {list.rows.length === 0 ? <Empty list={list} /> : <Rows list={list} notes={notes} />}
      {list.rows.length === 0 ? null : <Bar list={list} count={count} place="下" />}
      <OfficeShortcuts />
    </>
  );
}
