import { data } from 'react-router';
import { ask } from '#platform/command/query.ts';
import { safeResponse } from '#platform/files/safe-response.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import type { Route } from './+types/document.ts';
import { myDocument } from '../../queries/my-document.ts';

export const handle = definePage({ id: 'D-07', title: '提出書類', who: ['doctor'], audit: 'application.documentViewed' });

/** An own paper as it was handed in; nothing inside it may run. */
export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = contextOf(context);
  const found = orThrow(await ask(myDocument, ctx, { id: params.id, documentId: params.documentId }));
  const content = await ctx.files.get(found.fileId);
  if (content === undefined) throw data({}, { status: 404 });
  return safeResponse({ name: found.fileName, mediaType: found.mediaType, size: found.size }, content, 'view');
}
