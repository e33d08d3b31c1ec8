import { ask } from '#platform/command/query.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { joinableSearch } from '../queries/joinable.ts';
import type { Route } from './+types/suggest.ts';

export const handle = definePage({
  id: 'suggest-associations',
  title: '医師会の候補',
  who: ['doctor', 'office', 'operations'],
  audit: { none: 'associations are no personal data' },
  limits: { perMinute: 300 },
});

/** `GET /suggest/associations?prefecture=14&q=…` → `{ items: [{ value, label, note }] }`; an unusable question finds nothing. */
export async function loader({ context, request }: Route.LoaderArgs) {
  const query = new URL(request.url).searchParams;
  const found = await ask(joinableSearch, contextOf(context), { prefecture: query.get('prefecture') ?? '', q: query.get('q') ?? '' });
  const items = found.ok ? found.value.map((row) => ({ value: String(row.id), label: row.name, note: row.note })) : [];
  return Response.json({ items }, { status: found.ok || found.refusal.code === 'invalid' ? 200 : 503 });
}
