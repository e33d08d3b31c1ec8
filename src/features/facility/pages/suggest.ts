import { ask } from '#platform/command/query.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { facilityOptions, facilitySearch } from '../queries/facility.ts';
import type { Route } from './+types/suggest.ts';

export const handle = definePage({
  id: 'suggest-facilities',
  title: '所属施設の候補',
  who: ['doctor', 'office', 'operations'],
  audit: { none: 'facilities are no personal data' },
  limits: { perMinute: 300 },
});

/** `GET /suggest/facilities?prefecture=27&q=…` → `{ items: [{ value, label, note }] }`; an unusable question finds nothing. */
export async function loader({ context, request }: Route.LoaderArgs) {
  const query = new URL(request.url).searchParams;
  const found = await ask(facilitySearch, contextOf(context), { prefecture: query.get('prefecture') ?? '', q: query.get('q') ?? '' });
  const items = found.ok ? facilityOptions(found.value) : [];
  return Response.json({ items }, { status: found.ok || found.refusal.code === 'invalid' ? 200 : 503 });
}
