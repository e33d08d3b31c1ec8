import { redirect } from 'react-router';
import { run } from '#platform/command/command.ts';
import { parseForm } from '#platform/http/form.ts';
import { localPath } from '#platform/http/local-path.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import type { Route } from './+types/page-size.ts';
import { keepPageSize } from '../commands/keep-page-size.ts';
import { homeOf } from '../rules.ts';

export const handle = definePage({
  id: 'page-size',
  title: '表示件数',
  who: ['doctor', 'office', 'operations'],
  roles: ['admin', 'clerk', 'trainingContractor'],
  audit: 'identity.keepPageSize',
});

/** An address that is only pressed, never visited. */
export function loader({ context }: Route.LoaderArgs) {
  return redirect(homeOf(contextOf(context).actor));
}

/** 表示件数 of a list was chosen: kept for all lists, then the same list again from its first page. */
export async function action({ context, request }: Route.ActionArgs) {
  const ctx = contextOf(context);
  const { input } = await parseForm(request);
  orThrow(await run(keepPageSize, ctx, { size: input['size'] }));
  const to = input['to'];
  return redirect(localPath(typeof to === 'string' ? to : undefined) ?? homeOf(ctx.actor), 303);
}
