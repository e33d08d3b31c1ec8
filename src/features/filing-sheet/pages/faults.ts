import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { csvResponse } from '#platform/http/csv-response.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import type { Route } from './+types/faults.ts';
import { faultColumns, faultFile, remedy, sheetTexts } from '../messages.ts';
import { checkSheet } from '../queries/check-sheet.ts';

export const handle = definePage({
  id: 'O-10',
  title: 'CSVで代理申請のエラー一覧',
  who: ['office'],
  audit: 'member.listed',
  limits: { bodyBytes: 4 * 1024 * 1024, perMinute: 40 },
});

/** エラー一覧をCSVで保存. */
export async function action({ context, request }: Route.ActionArgs) {
  const form = await parseForm(request);
  const { checked } = orThrow(await ask(checkSheet, contextOf(context), { text: form.input['text'] }));
  const lines = checked.faults.map(({ line, licence, name, item, value, message }) => [
    String(line),
    licence,
    name,
    item,
    value,
    sheetTexts.fault,
    message,
    remedy,
  ]);
  return csvResponse({ name: faultFile, plainName: 'proxy-sheet' }, [faultColumns, ...lines]);
}
