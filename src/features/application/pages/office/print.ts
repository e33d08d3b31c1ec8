import { ask } from '#platform/command/query.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import type { Route } from './+types/print.ts';
import { officeCaseCopy } from '../../queries/case-copy.ts';
import { printedCopy } from '../printed-copy.ts';

export const handle = definePage({
  id: 'O-05',
  title: '届の控え',
  who: ['office'],
  audit: 'application.printed',
  // Setting a page costs half a second of a processor.
  limits: { perMinute: 30 },
});

/** L-06 届の控え as PDF. */
export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = contextOf(context);
  return await printedCopy(ctx, orThrow(await ask(officeCaseCopy, ctx, { id: params.id })));
}
