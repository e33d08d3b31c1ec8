import { Form, Link, redirect, useLocation } from 'react-router';
import { formatDay, formatInstant } from '#kernel/wareki.ts';
import { SavedViewLinks } from '#features/staff/pages/saved-view-links.tsx';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { askByAddress } from '#platform/http/list-filter.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, refusalData } from '#platform/http/respond.ts';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { Button } from '#ui/parts/Button.tsx';
import { EmptyState } from '#ui/parts/EmptyState.tsx';
import { OfficeShortcuts } from '#ui/parts/OfficeShortcuts.tsx';
import { DataTable } from '#ui/table/DataTable.tsx';
import { ListBar, PageSize } from '#ui/table/ListBar.tsx';
import { SelectionBar } from '#ui/table/selection.tsx';
import { KeysetPager } from '#ui/table/Pager.tsx';
import type { Route } from './+types/members.ts';
import type { MemberList } from '../queries/members.ts';
import { memberList, memberOffice } from '../queries/members.ts';
import { selectListed } from '../commands/select-listed.ts';
import { selectMembers } from '../commands/select-members.ts';
import { memberColumns } from './members-columns.tsx';
import { memberChoices } from '../queries/member-choices.ts';
import { narrowing } from '../queries/member-filter.ts';
import { ChooseColumns } from './choose-columns.tsx';
import type { ListAction } from './list-links.ts';
import { actionAddress, chosenAddress, listActions, memberSearch, needsChoice } from './list-links.ts';
import { MemberFilters } from './members-filters.tsx';

export const handle = definePage({ id: 'O-07', title: '会員情報管理(会員一覧)', who: ['office'], audit: 'member.listed', list: true });

export const meta = () => [{ title: '会員情報管理(会員一覧) | MAMIS' }];

export async function loader({ context, request }: Route.LoaderArgs) {
  const { value, values, errors } = await askByAddress(memberList, contextOf(context), request.url);
  const { views, ...choices } = orThrow(await ask(memberChoices, contextOf(context), {}));
  return { list: value, values, errors, views, choices, narrowed: narrowing(value.filter) };
}

const actionNames = ['notice', 'file', 'labels'] as const satisfies readonly ListAction[];

/**
 * For the ticked members, for everybody in the list at this moment, or for the conditions of the list when nothing is ticked:
 * nothing of the persons stands in an address. Without ticks a notice lives on by the conditions where it can.
 */
export async function action({ context, request }: Route.ActionArgs) {
  const ctx = contextOf(context);
  const allowed = memberOffice(ctx);
  if (allowed !== true) orThrow(allowed);
  const form = await parseForm(request);
  const { action: asked, all, id, conditions } = form.input;
  const name = actionNames.find((one) => one === asked) ?? 'file';
  const search = memberSearch(typeof conditions === 'string' ? conditions.slice(0, 2_000) : '');
  const ticked = all !== '1' && id !== undefined && id !== '';
  if (!ticked && all !== '1' && !needsChoice(name, search)) return redirect(actionAddress(name, search), 303);
  const outcome = ticked ? await run(selectMembers, ctx, { id }) : await run(selectListed, ctx, { conditions: search });
  if (!outcome.ok) return refusalData(outcome, form.values);
  return redirect(chosenAddress(name, search, outcome.value.id), 303);
}

/** What can be made for the ticked members. */
function ActionBar({ list, place }: { list: MemberList; place: 'top' | 'bottom' }) {
  const { members, orMore } = list.count;
  return (
    <SelectionBar place={place} total={members > list.rows.length ? members : undefined} orMore={orMore}>
      <span>選択した会員(なければ、この条件の全員)に</span>
      {actionNames.map((name) => (
        <Button key={name} size="small" name="action" value={name}>
          {listActions[name]}
        </Button>
      ))}
    </SelectionBar>
  );
}

function Rows({ list }: { list: MemberList }) {
  const { search } = useLocation();
  return (
    <Form method="post" action={`/office/members?index${search.replace('?', '&')}`}>
      <input type="hidden" name="conditions" value={search} />
      <ActionBar list={list} place="top" />
      <DataTable
        caption="会員一覧"
        columns={memberColumns({ large: list.large, chosen: list.filter.column })}
        rows={list.rows}
        rowKey={(row) => row.personId}
        rowTo={(row) => memberTo(row.personId, search)}
        sort={list.filter.sort}
        select={{ name: 'id', labelOf: (row) => `${row.licence} ${row.name}を選択` }}
      />
      <ActionBar list={list} place="bottom" />
    </Form>
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

function Bar({ list, place }: { list: MemberList; place: '上' | '下' }) {
  const { members, orMore } = list.count;
  return (
    <ListBar>
      <p className="ui-count">{`総件数:${members.toLocaleString('ja-JP')}件${orMore ? '以上' : ''}`}</p>
      {place === '上' ? (
        <p>{`${formatDay(list.on)}時点${list.knownAt === undefined ? '' : `(${formatInstant(list.knownAt)}時点の記録)`}`}</p>
      ) : null}
      {place === '上' ? <ChooseColumns chosen={list.filter.column} /> : null}
      {place === '上' && list.invites ? (
        <Link className="inline-flex min-h-11 items-center" to="/office/notices/new?about=join-jma">
          日医未加入者に入会案内
        </Link>
      ) : null}
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

export default function MemberListPage({ loaderData, actionData }: Route.ComponentProps) {
  const { list, values, errors, views, choices, narrowed } = loaderData;
  const { filter } = list;
  return (
    <>
      <h1>会員情報管理(会員一覧)</h1>
      <ErrorSummary refusal={actionData?.refusal} />
      <SavedViewLinks views={views} listTo="/office/members" />
      <MemberFilters filter={filter} narrowed={narrowed} choices={choices} values={values} errors={errors} />
      <Bar list={list} place="上" />
      {list.rows.length === 0 ? (
        <Nobody filtered={narrowed.length > 0 || filter.status !== 'all' || filter.on !== undefined || filter.knownAt !== undefined} />
      ) : (
        <>
          <Rows list={list} />
          <Bar list={list} place="下" />
        </>
      )}
      <OfficeShortcuts />
    </>
  );
}
