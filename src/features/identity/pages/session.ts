import { definePage, everybody } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import type { Route } from './+types/session.ts';

export const handle = definePage({ id: 'session', title: 'ログインの継続', who: everybody, audit: { none: 'shows nothing' } });

/** 「続ける」 of the time-out warning: asking is enough to go on. 401 once the session is over. */
export function loader({ context }: Route.LoaderArgs) {
  const open = contextOf(context).actor.kind !== 'guest';
  return Response.json({ open }, { status: open ? 200 : 401 });
}
