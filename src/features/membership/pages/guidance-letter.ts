import { ask } from '#platform/command/query.ts';
import { definePage } from '#platform/http/page-access.ts';
import { printedPdf } from '#platform/http/printed-pdf.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import { letterTemplate } from '#platform/render/letter.ts';
import type { Route } from './+types/guidance-letter.ts';
import { memberGuidanceLetter } from '../queries/member-guidance.ts';

export const handle = definePage({
  id: 'O-08-guidance-letter',
  title: '利用者登録のご案内',
  who: ['office'],
  audit: 'member.guidancePrinted',
  // Setting a page costs half a second of a processor.
  limits: { perMinute: 30 },
});

/** L-05 利用者登録のご案内 as PDF. */
export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = contextOf(context);
  const { letter } = orThrow(await ask(memberGuidanceLetter, ctx, { id: params.id }));
  return await printedPdf(ctx, { template: letterTemplate, data: letter, file: { name: 'letter-guidance', title: letter.title } });
}
