import { data } from 'react-router';
import { ask } from '#platform/command/query.ts';
import { safeResponse } from '#platform/files/safe-response.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import type { Route } from './+types/document.ts';
import { myDocument } from '../../queries/document-file.ts';

export const handle = definePage({ id: 'D-07', title: '提出書類', who: ['doctor'], audit: 'document.viewed' });

/** A file of an own case as it was handed in; nothing inside it may run. */
export async function loader({ context, params, request }: Route.LoaderArgs) {
  const ctx = contextOf(context);
  const download = new URL(request.url).searchParams.has('download');
  const found = orThrow(await ask(myDocument, ctx, { id: params.id, documentId: params.documentId, way: download ? 'download' : 'file' }));
  const content = await ctx.files.get(found.fileId);
  if (content === undefined) throw data({}, { status: 404 });
  return safeResponse(found, content, download ? 'download' : 'view');
}
