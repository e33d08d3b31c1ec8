import { askByAddress } from '#platform/http/list-filter.ts';
import { csvResponse } from '#platform/http/csv-response.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import type { Route } from './+types/history-file.ts';
import { historyFile } from '../labels.ts';
import { historySheet } from '../queries/history-sheet.ts';

export const handle = definePage({
  id: 'D-12',
  title: '医師会入退会履歴のCSV',
  who: ['doctor'],
  audit: 'membership.historySaved',
});

/** CSVダウンロード of one's own 医師会入退会履歴; a period that cannot be read is left out, as on the screen. */
export async function loader({ context, request }: Route.LoaderArgs) {
  const { value } = await askByAddress(historySheet, contextOf(context), request.url);
  return csvResponse({ name: historyFile(value.on), plainName: 'membership-history' }, value.rows);
}
