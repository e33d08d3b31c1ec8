import { redirect } from 'react-router';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { pdfResponse } from '#platform/http/printed-pdf.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import type { Route } from './+types/print.ts';
import { printLetter } from '../../commands/print-letter.ts';
import { letterTitles } from '../../letter-messages.ts';

const page = '/operations/login-letters';

export const handle = definePage({
  id: 'P-04-print',
  title: 'ログイン情報の書状の印刷',
  who: ['operations'],
  audit: 'entrance.issueInitialLogin',
  // Setting a page costs half a second of a processor.
  limits: { bodyBytes: 8 * 1024, perMinute: 20 },
});

/** Nothing to look at: a letter is made by pressing, and only once. */
export function loader() {
  return redirect(page);
}

/** L-01 初期ログイン情報 or L-02 ログインの再設定 as PDF. */
export async function action({ context, request }: Route.ActionArgs) {
  const form = await parseForm(request);
  const outcome = await printLetter(contextOf(context), form.input);
  if (outcome.ok)
    return pdfResponse(outcome.value.bytes, { name: `letter-${outcome.value.kind}`, title: letterTitles[outcome.value.kind] });
  if (outcome.refusal.code === 'forbidden') return refusalData(outcome, {});
  return redirectWithFlash(context, page, outcome.refusal.message);
}
