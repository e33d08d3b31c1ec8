import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { csvResponse } from '#platform/http/csv-response.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import type { Route } from './+types/bulk-faults.ts';
import { batchFaultHeads, batchTexts } from '../../batch-messages.ts';
import { checkBatch } from '../../queries/master-sheet.ts';

export const handle = definePage({
  id: 'J-02',
  title: '一括更新のエラー一覧',
  who: ['office'],
  roles: ['admin'],
  layers: [1],
  audit: { none: 'nothing but what the visitor himself has just sent' },
  limits: { bodyBytes: 4 * 1024 * 1024, perMinute: 40 },
});

/** エラー一覧をCSVで保存. */
export async function action({ context, request }: Route.ActionArgs) {
  const form = await parseForm(request);
  const { faults, warnings } = orThrow(await ask(checkBatch, contextOf(context), { text: form.input['text'] }));
  const line = (kind: string) => (one: (typeof faults)[number]) => [String(one.line), one.item, one.value, kind, one.message];
  const lines = [...faults.map(line(batchTexts.fault)), ...warnings.map(line(batchTexts.warning))];
  return csvResponse({ name: batchTexts.faultFile, plainName: 'association-faults' }, [batchFaultHeads, ...lines]);
}
