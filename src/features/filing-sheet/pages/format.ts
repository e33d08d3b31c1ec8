import { definePage } from '#platform/http/page-access.ts';
import { formatFile, sheetColumns } from '../messages.ts';
import { columnNames } from '../rules.ts';
import { csvResponse } from './csv-response.ts';

export const handle = definePage({
  id: 'O-10',
  title: 'CSVで代理申請の様式',
  who: ['office'],
  audit: { none: 'the head line of the layout, the same for everybody' },
});

/** 様式をダウンロード: the head line. */
export function loader() {
  return csvResponse(formatFile, [columnNames.map((name) => sheetColumns[name])]);
}
