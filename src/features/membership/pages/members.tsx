import { useLocation } from 'react-router';
import { formatDay } from '#kernel/wareki.ts';
import { askByAddress } from '#platform/http/list-filter.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { EmptyState } from '#ui/parts/EmptyState.tsx';
import { OfficeShortcuts } from '#ui/parts/OfficeShortcuts.tsx';
import { DataTable } from '#ui/table/DataTable.tsx';
import { ListBar, PageSize } from '#ui/table/ListBar.tsx';
import { KeysetPager } from '#ui/table/Pager.tsx';
import type { Route } from './+types/members.ts';
import type { MemberList } from '../queries/members.ts';
import { memberList } from '../queries/members.ts';
import { memberColumns } from './members-columns.tsx';
import { isFiltered, MemberFilters } from './members-filters.tsx';

export const handle = definePage({ id: 'O-07', title: '会員情報管理(会員一覧)', who: ['office'], audit: 'member.listed' });

export const meta = () => [{ title: '会員情報管理(会員一覧) | MAMIS' }];

export async function loader({ context, request }: Route.LoaderArgs) {
  const { value, values, errors } = await askByAddress(memberList, contextOf(context), request.url);
  return { list: value, values, errors };
}

function Bar({ list, place }: { list: MemberList; place: '上' | '下' }) {
  const { members, orMore } = list.count;
  return (
    <ListBar>
      <p className="ui-count">{`総件数:${members.toLocaleString('ja-JP')}件${orMore ? '以上' : ''}`}</p>
      {place === '上' ? <p>{`${formatDay(list.on)}時点`}</p> : null}
      {place === '上' ? <PageSize size={list.filter.size} /> : null}
      <KeysetPager before={list.before} after={list.after} label={`ページ(${place})`} />
    </ListBar>
  );
}

/** A day and nothing of the search goes on to the person: a name has no business in his address. */
function memberTo(id: string, search: string): string {
  const on = new URLSearchParams(search).get('on');
  return on === null || on === '' ? `/office/members/${id}` : `/office/members/${id}?${new URLSearchParams({ asOf: on }).toString()}`;
}

export default function MemberListPage({ loaderData }: Route.ComponentProps) {
  const { list, values, errors } = loaderData;
  const { search } = useLocation();
  return (
    <>
      <h1>会員情報管理(会員一覧)</h1>
      <MemberFilters list={list} values={values} errors={errors} />
      <Bar list={list} place="上" />
      {list.rows.length === 0 ? (
        <EmptyState>{isFiltered(list.filter) ? undefined : '会員が登録されていません。'}</EmptyState>
      ) : (
        <>
          <DataTable
            caption="会員一覧"
            columns={memberColumns(list)}
            rows={list.rows}
            rowKey={(row) => row.personId}
            rowTo={(row) => memberTo(row.personId, search)}
            sort={list.filter.sort}
          />
          <Bar list={list} place="下" />
        </>
      )}
      <OfficeShortcuts />
    </>
  );
}
