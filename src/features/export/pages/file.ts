import { data } from 'react-router';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import { safeResponse } from '#platform/files/safe-response.ts';
import type { Route } from './+types/file.ts';
import { fetchedFile } from '../queries/file.ts';

export const handle = definePage({ id: 'O-23', title: 'データ出力のファイル', who: ['office'], audit: 'export.fetched' });

/** The bytes of a granted fetch, always to be saved, never shown. */
export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = contextOf(context);
  const file = orThrow(await fetchedFile(ctx, { id: params.id, eventId: params.eventId }));
  const content = await ctx.files.get(file.fileId);
  if (content === undefined) throw data({}, { status: 404 });
  return safeResponse(file, content, 'download');
}
