import { ask } from '#platform/command/query.ts';
import { definePage, everybody } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { officeSearch } from '../queries/offices.ts';
import type { Route } from './+types/suggest-offices.ts';

export const handle = definePage({
  id: 'suggest-offices',
  title: '医師会の候補(すべての層)',
  who: everybody,
  audit: { none: 'associations are no personal data' },
  limits: { perMinute: 240 },
});

/** `GET /suggest/offices?q=…` → `{ items: [{ value, label }] }`; an unusable question finds nothing. */
export async function loader({ context, request }: Route.LoaderArgs) {
  const found = await ask(officeSearch, contextOf(context), { q: new URL(request.url).searchParams.get('q') ?? '' });
  return Response.json({ items: found.ok ? found.value : [] }, { status: found.ok || found.refusal.code === 'invalid' ? 200 : 503 });
}
