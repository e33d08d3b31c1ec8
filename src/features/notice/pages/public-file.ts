import { data } from 'react-router';
import { ask } from '#platform/command/query.ts';
import { safeResponse } from '#platform/files/safe-response.ts';
import { definePage, everybody } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import type { Route } from './+types/public-file.ts';
import { readerNoticeFile } from '../queries/reader-notices.ts';

export const handle = definePage({ id: 'A-01', title: '添付ファイル', who: everybody, audit: { none: 'notices hold no personal data' } });

/** An attachment of a notice for everybody. */
export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = contextOf(context);
  const file = orThrow(await ask(readerNoticeFile, ctx, { id: params.id, fileId: params.fileId, publicOnly: true }));
  const content = await ctx.files.get(file.fileId);
  if (content === undefined) throw data({}, { status: 404 });
  return safeResponse(file, content, 'view');
}
