import { csvResponse } from '#platform/http/csv-response.ts';
import { definePage } from '#platform/http/page-access.ts';
import { formatFile, sheetColumns } from '../messages.ts';
import { columnNames } from '../rules.ts';

export const handle = definePage({
  id: 'O-10',
  title: 'CSVで代理申請の様式',
  who: ['office'],
  audit: { none: 'the head line of the layout, the same for everybody' },
});

/** 様式をダウンロード: the head line. */
export function loader() {
  return csvResponse({ name: formatFile, plainName: 'proxy-sheet' }, [columnNames.map((name) => sheetColumns[name])]);
}
