import { isId } from '#kernel/id.ts';
import { sheetList } from '#platform/sheet/list-definition.ts';
import { resultColumns, resultSheetTitle, runWords } from '../sheet-fields.ts';
import { tallyOf } from '../store.server.ts';
import type { BulkResult } from './run.ts';
import { resultsOf } from './run.ts';

/** 結果をCSVで保存 (`screens.md O-04`): the results of one run, named by `?run=`. */
export const resultSheet = sheetList<string, BulkResult>({
  name: 'bulkResults',
  title: resultSheetTitle,
  columns: resultColumns,
  read: (conditions) => {
    const run = new URLSearchParams(conditions).get('run');
    return run !== null && isId(run) ? run : undefined;
  },
  words: runWords,
  count: async (tx, _ctx, { filter, limit }) => {
    const [tally] = await tallyOf(tx, [filter]);
    return Math.min((tally?.done ?? 0) + (tally?.refused ?? 0), limit);
  },
  page: async (tx, ctx, { filter, after, limit }) => {
    const rows = await resultsOf(tx, ctx, { runId: filter, after: after === '' ? 0 : Number(after), limit });
    const last = rows.at(-1);
    return { rows, after: rows.length < limit || last === undefined ? undefined : String(last.ordinal) };
  },
  idsOf: (row) => ({ recordId: row.applicationId, personId: row.personId }),
});
