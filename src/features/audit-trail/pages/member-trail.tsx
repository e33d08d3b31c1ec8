import { formatDayPlain } from '#kernel/wareki.ts';
import { MemberFrame } from '#features/membership/pages/member-frame.tsx';
import { memberHead } from '#features/membership/queries/member-head.ts';
import { ask } from '#platform/command/query.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import { DataTable } from '#ui/table/DataTable.tsx';
import { ListBar } from '#ui/table/ListBar.tsx';
import { KeysetPager } from '#ui/table/Pager.tsx';
import type { Route } from './+types/member-trail.ts';
import { memberTrail } from '../queries/member-trail.ts';
import { contentBelow, trailTableColumns } from './trail-columns.tsx';

export const handle = definePage({
  id: 'O-08',
  title: '会員の操作履歴',
  crumb: '操作履歴',
  under: [{ label: '会員情報詳細', up: 1 }],
  who: ['office'],
  audit: 'audit.listed',
  list: true,
});

export const meta = () => [{ title: '会員の操作履歴 | MAMIS' }];

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const ctx = contextOf(context);
  const head = orThrow(await ask(memberHead, ctx, { id: params.id }));
  const after = new URL(request.url).searchParams.get('after') ?? '';
  return { head, found: orThrow(await ask(memberTrail, ctx, { id: params.id, after })) };
}

/** What the own office saw and changed of one member. */
export default function MemberTrailPage({ loaderData }: Route.ComponentProps) {
  const { head, found } = loaderData;
  return (
    <MemberFrame head={head} current="accesses">
      <ListBar>
        <p>{`${formatDayPlain(found.from)}から${formatDayPlain(found.to)}までの、貴会の操作です。`}</p>
      </ListBar>
      <DataTable
        caption="会員の操作履歴"
        columns={trailTableColumns.filter((column) => column.key !== 'subject')}
        rows={found.rows}
        rowKey={(row) => row.id}
        below={contentBelow}
        empty="この期間の操作はありません。"
      />
      <ListBar>
        <KeysetPager after={found.after} />
      </ListBar>
    </MemberFrame>
  );
}
