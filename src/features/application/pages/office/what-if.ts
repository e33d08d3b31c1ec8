import { ask } from '#platform/command/query.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import type { Route } from './+types/what-if.ts';
import { decision } from '../../queries/office-decision.ts';

export const handle = definePage({ id: 'O-06', title: '承認後の見込み', who: ['office'], audit: 'application.viewed' });

/** Findings and effects of another day or category, asked by the open page of 承認 while somebody types. */
export async function loader({ context, params, request }: Route.LoaderArgs) {
  const typed = new URL(request.url).searchParams;
  return orThrow(
    await ask(decision, contextOf(context), {
      id: params.id,
      decidedOn: typed.get('decidedOn') ?? '',
      categoryId: typed.get('categoryId') ?? '',
    }),
  );
}
