import { data } from 'react-router';
import { ask } from '#platform/command/query.ts';
import { safeResponse } from '#platform/files/safe-response.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import type { Route } from './+types/file.ts';
import { officeNoticeFile } from '../../queries/office-notice.ts';

export const handle = definePage({ id: 'O-16', title: '添付ファイル', who: ['office'], audit: { none: 'notices hold no personal data' } });

/** An attachment of a notice of the own office. */
export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = contextOf(context);
  const file = orThrow(await ask(officeNoticeFile, ctx, { id: params.id, fileId: params.fileId }));
  const content = await ctx.files.get(file.fileId);
  if (content === undefined) throw data({}, { status: 404 });
  return safeResponse(file, content, 'view');
}
