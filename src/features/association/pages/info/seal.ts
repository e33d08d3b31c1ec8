import { data } from 'react-router';
import { ask } from '#platform/command/query.ts';
import { safeResponse } from '#platform/files/safe-response.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import type { Route } from './+types/seal.ts';
import { ownSeal } from '../../queries/info.ts';

export const handle = definePage({
  id: 'O-19',
  title: '印影',
  who: ['office'],
  audit: { none: 'the seal of an association is no personal data' },
});

/** 印影, as it was inspected. */
export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = contextOf(context);
  const seal = orThrow(await ask(ownSeal, ctx, { id: params.id }));
  const content = await ctx.files.get(seal.fileId);
  if (content === undefined) throw data({}, { status: 404 });
  return safeResponse({ name: 'seal', mediaType: seal.mediaType, size: seal.size }, content, 'view');
}
