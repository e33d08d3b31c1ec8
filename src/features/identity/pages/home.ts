import { redirect } from 'react-router';
import { definePage, everybody } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import type { Route } from './+types/home.ts';
import { homeOf } from '../rules.ts';

export const handle = definePage({ id: 'home', title: 'MAMIS', who: everybody, audit: { none: 'leads on to the top page' } });

/** `/` leads everybody to his own top page. */
export function loader({ context }: Route.LoaderArgs) {
  return redirect(homeOf(contextOf(context).actor));
}
