import { data } from 'react-router';
import { ask } from '#platform/command/query.ts';
import { safeResponse } from '#platform/files/safe-response.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import type { Route } from './+types/paper-form.ts';
import { paperForm } from '../queries/paper-form.ts';

export const handle = definePage({
  id: 'O-21',
  title: '様式',
  who: ['doctor', 'office'],
  audit: { none: 'a blank form of an association is no personal data' },
});

/** 様式: always handed out as a file. */
export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = contextOf(context);
  const form = orThrow(await ask(paperForm, ctx, { id: params.id }));
  const content = await ctx.files.get(form.fileId);
  if (content === undefined) throw data({}, { status: 404 });
  return safeResponse({ name: form.fileName, mediaType: form.mediaType, size: form.size }, content, 'download');
}
