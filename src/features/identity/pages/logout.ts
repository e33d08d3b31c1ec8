import { redirect } from 'react-router';
import { definePage, everybody } from '#platform/http/page-access.ts';
import { contextOf, stateOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash } from '#platform/http/respond.ts';
import type { Route } from './+types/logout.ts';
import { logOut } from '../commands/log-out.ts';
import { homeOf } from '../rules.ts';

export const handle = definePage({ id: 'logout', title: 'ログアウト', who: everybody, audit: 'identity.logOut' });

/** An address that is only pressed, never visited. */
export function loader({ context }: Route.LoaderArgs) {
  return redirect(homeOf(contextOf(context).actor));
}

export async function action({ context }: Route.ActionArgs) {
  const { session, cookies, context: ctx } = stateOf(context);
  if (session !== undefined) orThrow(await logOut(ctx, session.tokenHash));
  cookies.endSession();
  return redirectWithFlash(context, '/login', 'ログアウトしました。');
}
