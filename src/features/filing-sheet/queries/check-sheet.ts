import { formatDayPlain } from '#kernel/wareki.ts';
import { caseHeads } from '#features/application/queries/bulk-cases.ts';
import { officeOnly } from '#features/application/queries/inbox.ts';
import { query } from '#platform/command/query.ts';
import { idInput } from '#kernel/input.ts';
import { z } from 'zod';
import { judgeSheet } from '../commands/judge-sheet.ts';
import { kindWords, sheetColumns } from '../messages.ts';
import { checkInput, mostRows } from '../schema.ts';

/** What a check finds: what each line would ask for, or why it cannot (`screens.md O-28`). Nothing is kept. */

export type CheckedLine = {
  line: number;
  paper: string;
  licence: string;
  name: string;
  wishedOn: string;
  association: string;
  papers: string;
};
export type FaultLine = { line: number; licence: string; name: string; item: string; value: string; message: string };

export type CheckedSheet = { broken: string | undefined; total: number; lines: CheckedLine[]; faults: FaultLine[] };

export const checkSheet = query({
  name: 'filingSheet.check',
  input: checkInput,
  allow: officeOnly,
  read: async (tx, { text }, ctx) => {
    const { broken, total, ready, faults } = await judgeSheet(tx, ctx, text);
    const checked: CheckedSheet = {
      broken,
      total,
      lines: ready.map(({ row, person, prepared }) => ({
        line: row.line,
        paper: kindWords[row.kind],
        licence: row.licence,
        name: `${person.surname} ${person.givenName}`,
        wishedOn: formatDayPlain(row.wishedOn),
        association: row.cells.association,
        papers: prepared.papers
          .filter((paper) => paper.required)
          .map((paper) => paper.title)
          .join('、'),
      })),
      faults: faults.map(({ line, licence, name, column, value, message }) => ({
        line,
        licence,
        name,
        item: column === undefined ? '' : sheetColumns[column],
        value,
        message,
      })),
    };
    return { checked, personIds: ready.map(({ person }) => person.id) };
  },
  audit: ({ checked, personIds }) => ({ action: 'member.listed', personIds, detail: { filingSheet: checked.total } }),
});

const enteredInput = z.object({ ids: z.array(idInput).max(mostRows) });

/** The cases that a file has become, as far as lists show them to us. */
export const enteredCases = query({
  name: 'filingSheet.entered',
  input: enteredInput,
  allow: officeOnly,
  read: async (tx, { ids }, ctx) => (await caseHeads(tx, ctx, ids)).map(({ id, personId, name }) => ({ id, personId, name })),
  audit: (value) => ({ action: 'application.listed', personIds: value.map((row) => row.personId) }),
});
