import { MemberFrame } from '#features/membership/pages/member-frame.tsx';
import { memberHead } from '#features/membership/queries/member-head.ts';
import { ask } from '#platform/command/query.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import { Actions, LinkButton } from '#ui/parts/Button.tsx';
import { DataTable } from '#ui/table/DataTable.tsx';
import { ListBar } from '#ui/table/ListBar.tsx';
import { KeysetPager } from '#ui/table/Pager.tsx';
import type { Route } from './+types/member-cases.ts';
import { inbox } from '../../queries/inbox.ts';
import { inboxColumns, notesOf } from './list-columns.tsx';
import { caseTo } from './list-links.ts';

export const handle = definePage({
  id: 'O-08',
  title: '会員の申請',
  crumb: '申請',
  under: [{ label: '会員情報詳細', up: 1 }],
  who: ['office'],
  audit: 'application.listed',
  list: true,
});

export const meta = () => [{ title: '会員の申請 | MAMIS' }];

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const ctx = contextOf(context);
  const head = orThrow(await ask(memberHead, ctx, { id: params.id }));
  const { searchParams } = new URL(request.url);
  const place = { after: searchParams.get('after') ?? '', before: searchParams.get('before') ?? '' };
  return { head, list: orThrow(await ask(inbox, ctx, { tab: 'all', person: params.id, ...place })) };
}

/** The member's own columns say nothing here: every row is about him. */
const aboutOthers = new Set(['licence', 'name']);

/** 申請 of one member in which our association takes part, newest first (`screens.md O-08`). */
export default function MemberCases({ loaderData }: Route.ComponentProps) {
  const { head, list } = loaderData;
  const columns = inboxColumns(list).map((column) => ({ ...column, sort: undefined, rowHeader: column.key === 'submitted' }));
  return (
    <MemberFrame head={head} current="cases">
      <DataTable
        caption="会員の申請"
        columns={columns.filter((column) => !aboutOthers.has(column.key))}
        rows={list.rows}
        rowKey={(row) => row.id}
        rowTo={(row) => caseTo(row.id, '?tab=all')}
        below={notesOf}
        empty="この会員の申請はありません。"
      />
      <ListBar>
        <KeysetPager before={list.before} after={list.after} />
      </ListBar>
      <Actions>
        <LinkButton to={`/office/members/${head.personId}/applications`}>代理申請入力</LinkButton>
      </Actions>
    </MemberFrame>
  );
}
