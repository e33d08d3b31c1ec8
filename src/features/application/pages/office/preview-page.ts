import { ask } from '#platform/command/query.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import type { Route } from './+types/preview-page.ts';
import { documentFile } from '../../queries/document-file.ts';
import { pageResponse } from '../load-preview.ts';

export const handle = definePage({ id: 'O-05', title: '提出書類のページの画像', who: ['office'], audit: 'document.viewed' });

/** One page of a file as a picture drawn by us: nothing of the file itself reaches the browser. */
export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = contextOf(context);
  const { id, documentId, page } = params;
  const found = orThrow(await ask(documentFile, ctx, { id, documentId, way: 'page', page }));
  return await pageResponse(ctx, found, Number(page));
}
