import { Link, useLocation } from 'react-router';
import { formatDay, formatInstant } from '#kernel/wareki.ts';
import { SavedViewLinks } from '#features/staff/pages/saved-view-links.tsx';
import { ask } from '#platform/command/query.ts';
import { askByAddress } from '#platform/http/list-filter.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import { EmptyState } from '#ui/parts/EmptyState.tsx';
import { OfficeShortcuts } from '#ui/parts/OfficeShortcuts.tsx';
import { DataTable } from '#ui/table/DataTable.tsx';
import { ListBar, PageSize } from '#ui/table/ListBar.tsx';
import { KeysetPager } from '#ui/table/Pager.tsx';
import type { Route } from './+types/members.ts';
import type { MemberList } from '../queries/members.ts';
import { memberList } from '../queries/members.ts';
import { memberColumns } from './members-columns.tsx';
import { memberChoices } from '../queries/member-choices.ts';
import { narrowing } from '../queries/member-filter.ts';
import { ChooseColumns } from './choose-columns.tsx';
import { memberSearch, noticeConditions } from './list-links.ts';
import { MemberFilters } from './members-filters.tsx';

export const handle = definePage({ id: 'O-07', title: '会員情報管理(会員一覧)', who: ['office'], audit: 'member.listed', list: true });

export const meta = () => [{ title: '会員情報管理(会員一覧) | MAMIS' }];

export async function loader({ context, request }: Route.LoaderArgs) {
  const { value, values, errors } = await askByAddress(memberList, contextOf(context), request.url);
  const { views, ...choices } = orThrow(await ask(memberChoices, contextOf(context), {}));
  return { list: value, values, errors, views, choices, narrowed: narrowing(value.filter) };
}

/** CSVダウンロード and 宛名ラベル open O-23 with the conditions of this list. */
function FileLinks() {
  const { search } = useLocation();
  const asked = new URLSearchParams({ list: 'members', conditions: memberSearch(search) });
  const to = `/office/exports/new?${asked.toString()}`;
  const place = 'inline-flex min-h-11 items-center';
  return (
    <>
      <Link className={place} to={to}>
        CSVダウンロード
      </Link>
      <Link className={place} to={`${to}&format=label`}>
        宛名ラベル
      </Link>
    </>
  );
}

/** O-16 with the conditions that notices know; a name has no business in its address. */
function NoticeLinks({ list: { filter, invites }, narrowed }: { list: MemberList; narrowed: readonly string[] }) {
  const place = 'inline-flex min-h-11 items-center';
  return (
    <>
      <Link className={place} to={`/office/notices/new?${noticeConditions(filter, narrowed)}`}>
        お知らせを作成する
      </Link>
      {invites ? (
        <Link className={place} to="/office/notices/new?about=join-jma">
          日医未加入者に入会案内
        </Link>
      ) : null}
    </>
  );
}

/** Nobody there: the association has no members, or the conditions fit none; non-members are found by nobody (`rules.md 5.5`). */
function Nobody({ filtered }: { filtered: boolean }) {
  if (!filtered) return <EmptyState>会員が登録されていません。</EmptyState>;
  return (
    <EmptyState>
      該当するデータはありません。検索条件を変えてお試しください。
      <br />
      医師会に未加入の医師は検索できません。ご本人からの依頼がある場合は「医師照会」をご利用ください。
    </EmptyState>
  );
}

function Bar({ list, place, narrowed }: { list: MemberList; place: '上' | '下'; narrowed: readonly string[] }) {
  const { members, orMore } = list.count;
  return (
    <ListBar>
      <p className="ui-count">{`総件数:${members.toLocaleString('ja-JP')}件${orMore ? '以上' : ''}`}</p>
      {place === '上' ? (
        <p>{`${formatDay(list.on)}時点${list.knownAt === undefined ? '' : `(${formatInstant(list.knownAt)}時点の記録)`}`}</p>
      ) : null}
      {place === '上' ? <ChooseColumns chosen={list.filter.column} /> : null}
      {place === '上' ? <FileLinks /> : null}
      {place === '上' ? <NoticeLinks list={list} narrowed={narrowed} /> : null}
      {place === '上' ? <PageSize size={list.filter.size} /> : null}
      <KeysetPager before={list.before} after={list.after} label={`ページ(${place})`} />
    </ListBar>
  );
}

/** Day and instant and nothing else of the search goes on to the person: a name has no business in his address. */
function memberTo(id: string, search: string): string {
  const asked = new URLSearchParams(search);
  const kept = [
    ['asOf', asked.get('on') ?? ''],
    ['knownAt', asked.get('knownAt') ?? ''],
  ].filter(([, value]) => value !== '');
  return kept.length === 0 ? `/office/members/${id}` : `/office/members/${id}?${new URLSearchParams(kept).toString()}`;
}

export default function MemberListPage({ loaderData }: Route.ComponentProps) {
  const { list, values, errors, views, choices, narrowed } = loaderData;
  const { search } = useLocation();
  const { filter } = list;
  return (
    <>
      <h1>会員情報管理(会員一覧)</h1>
      <SavedViewLinks views={views} listTo="/office/members" />
      <MemberFilters filter={filter} narrowed={narrowed} choices={choices} values={values} errors={errors} />
      <Bar list={list} place="上" narrowed={narrowed} />
      {list.rows.length === 0 ? (
        <Nobody filtered={narrowed.length > 0 || filter.status !== 'all' || filter.on !== undefined || filter.knownAt !== undefined} />
      ) : (
        <>
          <DataTable
            caption="会員一覧"
            columns={memberColumns({ large: list.large, chosen: filter.column })}
            rows={list.rows}
            rowKey={(row) => row.personId}
            rowTo={(row) => memberTo(row.personId, search)}
            sort={filter.sort}
          />
          <Bar list={list} place="下" narrowed={narrowed} />
        </>
      )}
      <OfficeShortcuts />
    </>
  );
}
