import { ask } from '#platform/command/query.ts';
import { definePage } from '#platform/http/page-access.ts';
import { printedPdf } from '#platform/http/printed-pdf.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import type { Route } from './+types/letter.ts';
import { letterTemplate } from '#platform/render/letter.ts';
import { proxyLetter } from '../../queries/proxy-letter.ts';

export const handle = definePage({
  id: 'O-10',
  title: 'お知らせの文書',
  who: ['office'],
  audit: 'application.letterPrinted',
  // Setting a page costs half a second of a processor.
  limits: { perMinute: 30 },
});

/** L-03 代理申請のお知らせ or L-04 ご遺族へのお知らせ as PDF. */
export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = contextOf(context);
  const { number, letter } = orThrow(await ask(proxyLetter, ctx, { id: params.id }));
  const file = { name: `letter${number === '' ? '' : `-${number}`}`, title: number === '' ? letter.title : `${letter.title}_${number}` };
  return await printedPdf(ctx, { template: letterTemplate, data: letter, file });
}
