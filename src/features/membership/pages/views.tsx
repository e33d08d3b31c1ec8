import { useLocation } from 'react-router';
import { newId } from '#kernel/id.ts';
import { answerViews } from '#features/staff/pages/answer-views.ts';
import { SavedViewsPage } from '#features/staff/pages/saved-views.tsx';
import { ask } from '#platform/command/query.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import type { Route } from './+types/views.ts';
import { memberViews } from '../queries/member-choices.ts';
import { memberSearch } from './list-links.ts';

export const handle = definePage({ id: 'O-07', title: '保存した条件', crumb: '保存した条件', who: ['office'], audit: 'staff.saveView' });

export const meta = () => [{ title: '保存した条件 | MAMIS' }];

/** Opened from the list, the address carries its conditions. */
function conditionsIn(url: string): string {
  const { search } = new URL(url);
  return search === '' ? '' : memberSearch(search);
}

export async function loader({ context, request }: Route.LoaderArgs) {
  const found = orThrow(await ask(memberViews, contextOf(context), { conditions: conditionsIn(request.url) }));
  return { ...found, keys: { save: newId(), ofView: Object.fromEntries(found.views.map((view) => [view.id, newId()])) } };
}

export async function action({ context, request }: Route.ActionArgs) {
  return await answerViews(context, request, { list: 'members', listTo: '/office/members', conditions: conditionsIn(request.url) });
}

/** 保存した条件 of 会員情報管理. */
export default function MemberViews({ loaderData, actionData }: Route.ComponentProps) {
  const { search } = useLocation();
  return (
    <SavedViewsPage
      data={loaderData}
      refused={actionData}
      place={{
        listTo: '/office/members',
        listName: '会員一覧',
        backTo: `/office/members${search === '' ? '' : memberSearch(search)}`,
        unreadable: search !== '' && loaderData.asked === undefined,
      }}
    />
  );
}
