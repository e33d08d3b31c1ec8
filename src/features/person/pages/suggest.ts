import { definePage, everybody } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { foldPost } from '#kernel/fold-input.ts';
import { addressOfPostalCode, findSchools, findSocieties } from '../queries/profile-options.ts';
import type { Route } from './+types/suggest.ts';

export const handle = definePage({
  id: 'suggest-profile',
  title: '登録情報の候補',
  who: everybody,
  audit: { none: 'masters and postal codes are no personal data' },
  limits: { perMinute: 240 },
});

/** `/suggest/profile/schools?q=`, `…/societies?q=` → `{ items }`; `…/addresses?q=5300001` → the address as one item. */
export async function loader({ context, params, request }: Route.LoaderArgs) {
  const ctx = contextOf(context);
  const q = new URL(request.url).searchParams.get('q') ?? '';
  if (params.list === 'schools') return Response.json({ items: await findSchools(ctx, q) });
  if (params.list === 'societies') return Response.json({ items: await findSocieties(ctx, q) });
  if (params.list !== 'addresses') return Response.json({ items: [] }, { status: 404 });
  const found = addressOfPostalCode(foldPost(q));
  return Response.json({ items: found === undefined ? [] : [{ value: found.prefectureCode, label: found.line }] });
}
