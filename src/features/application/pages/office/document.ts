import { data } from 'react-router';
import { safeResponse } from '#platform/files/safe-response.ts';
import { ask } from '#platform/command/query.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import type { Route } from './+types/document.ts';
import { documentFile } from '../../queries/document-file.ts';

export const handle = definePage({ id: 'O-05', title: '提出書類', who: ['office'], audit: 'document.viewed' });

/** 提出書類: shown as picture or PDF under a policy that lets nothing inside run, or handed out as a file. */
export async function loader({ context, params, request }: Route.LoaderArgs) {
  const ctx = contextOf(context);
  const download = new URL(request.url).searchParams.has('download');
  const document = orThrow(
    await ask(documentFile, ctx, { id: params.id, documentId: params.documentId, way: download ? 'download' : 'file' }),
  );
  const content = await ctx.files.get(document.fileId);
  if (content === undefined) throw data({}, { status: 404 });
  return safeResponse(document, content, download ? 'download' : 'view');
}
