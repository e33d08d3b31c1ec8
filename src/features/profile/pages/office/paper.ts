import { data } from 'react-router';
import { ask } from '#platform/command/query.ts';
import { safeResponse } from '#platform/files/safe-response.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import { profilePaper } from '../../queries/changes.ts';
import type { Route } from './+types/paper.ts';

export const handle = definePage({
  id: 'O-09-paper',
  title: '登録情報の代理変更の証拠書類',
  who: ['office'],
  audit: 'profile.paperViewed',
});

/** Pictures and PDF under a policy that lets nothing inside run, everything else as a download. */
export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = contextOf(context);
  const file = orThrow(await ask(profilePaper, ctx, params));
  const content = await ctx.files.get(file.id);
  if (content === undefined) throw data({}, { status: 404 });
  return safeResponse({ name: file.fileName, mediaType: file.mediaType, size: file.size }, content, 'view');
}
