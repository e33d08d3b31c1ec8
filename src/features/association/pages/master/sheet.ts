import { csvResponse } from '#platform/http/csv-response.ts';
import { askByAddress } from '#platform/http/list-filter.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import type { Route } from './+types/sheet.ts';
import { masterSheetFile } from '../../master-fields.ts';
import { masterSheet } from '../../queries/master-sheet.ts';

export const handle = definePage({
  id: 'J-02',
  title: '医師会マスタのCSV',
  who: ['office'],
  layers: [1],
  audit: { none: 'the tree of associations is no personal data' },
  limits: { perMinute: 30 },
});

/** CSVダウンロード: the master with the conditions of the list, as of today. */
export async function loader({ context, request }: Route.LoaderArgs) {
  const { value } = await askByAddress(masterSheet, contextOf(context), request.url);
  return csvResponse({ name: masterSheetFile, plainName: 'associations' }, value);
}
