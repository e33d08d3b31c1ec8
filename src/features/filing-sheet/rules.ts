import type { Day } from '#kernel/day.ts';
import type { LicenceNumber } from '#kernel/licence.ts';
import { parseLicenceInput } from '#kernel/licence.ts';
import { messages } from '#kernel/messages.ts';
import { parseDayInput } from '#kernel/wareki.ts';
import type { ApplicationKind } from '#features/application/flow.ts';
import type { SheetColumn } from './messages.ts';
import { kindWords, sheetColumns, sheetTexts } from './messages.ts';

/** What stands in the lines of a file, read without database or clock. */

export type Fault = { line: number; column: SheetColumn | undefined; value: string; message: string };

export type Cells = Readonly<Record<SheetColumn, string>>;

export type SheetRow = {
  line: number;
  cells: Cells;
  kind: ApplicationKind;
  licence: LicenceNumber;
  birthOn: Day;
  wishedOn: Day;
  askedOn: Day;
};

function isColumn(name: string): name is SheetColumn {
  return Object.hasOwn(sheetColumns, name);
}

export const columnNames: readonly SheetColumn[] = Object.keys(sheetColumns).filter(isColumn);

const mostLetters = 200;

function cellsOf(cells: readonly string[]): Cells {
  const at = (column: SheetColumn) => cells[columnNames.indexOf(column)] ?? '';
  return {
    kind: at('kind'),
    licence: at('licence'),
    birthOn: at('birthOn'),
    wishedOn: at('wishedOn'),
    association: at('association'),
    category4: at('category4'),
    category3: at('category3'),
    category2: at('category2'),
    category1: at('category1'),
    reason: at('reason'),
    facility: at('facility'),
    work: at('work'),
    position: at('position'),
    ground: at('ground'),
    askedOn: at('askedOn'),
    note: at('note'),
  };
}

const kinds: readonly ApplicationKind[] = ['join', 'transfer', 'change', 'withdrawal'];

function kindOf(word: string): ApplicationKind | undefined {
  return kinds.find((kind) => kindWords[kind] === word || kindWords[kind].replace(/届$/, '') === word);
}

type Reading = { line: number; cells: Cells; faults: Fault[] };

function fault(reading: Reading, column: SheetColumn, message: string): undefined {
  reading.faults.push({ line: reading.line, column, value: reading.cells[column], message });
  return undefined;
}

function dayIn(reading: Reading, column: 'birthOn' | 'wishedOn' | 'askedOn'): Day | undefined {
  const text = reading.cells[column];
  if (text === '') return fault(reading, column, messages.req(sheetColumns[column]));
  return parseDayInput(text) ?? fault(reading, column, messages.date(sheetColumns[column]));
}

function required(reading: Reading, columns: readonly SheetColumn[]): void {
  for (const column of columns) {
    if (reading.cells[column] === '') fault(reading, column, messages.req(sheetColumns[column]));
  }
}

const needed: Readonly<Record<ApplicationKind, readonly SheetColumn[]>> = {
  join: ['association', 'work', 'position', 'ground'],
  transfer: ['association', 'reason', 'work', 'position', 'ground'],
  change: ['association', 'reason', 'ground'],
  withdrawal: ['association', 'reason', 'ground'],
};

/** One line as a paper, or everything that can be said against it without looking anything up. */
export function readRow(line: number, cells: readonly string[]): { row: SheetRow } | { faults: Fault[] } {
  const reading: Reading = { line, cells: cellsOf(cells), faults: [] };
  if (cells.length !== columnNames.length) {
    const message = sheetTexts.cells(cells.length, columnNames.length);
    return { faults: [{ line, column: undefined, value: '', message }] };
  }
  for (const column of columnNames) {
    if ([...reading.cells[column]].length > mostLetters) fault(reading, column, sheetTexts.tooLong(mostLetters));
  }
  const { kind: word, licence: number } = reading.cells;
  const kind = kindOf(word) ?? fault(reading, 'kind', sheetTexts.kind(Object.values(kindWords).join('・')));
  const licence = parseLicenceInput(number) ?? fault(reading, 'licence', messages.digits(sheetColumns.licence));
  const birthOn = dayIn(reading, 'birthOn');
  const wishedOn = dayIn(reading, 'wishedOn');
  const askedOn = dayIn(reading, 'askedOn');
  if (kind !== undefined) required(reading, needed[kind]);
  if (reading.faults.length > 0 || kind === undefined || licence === undefined) return { faults: reading.faults };
  if (birthOn === undefined || wishedOn === undefined || askedOn === undefined) return { faults: reading.faults };
  return { row: { line, cells: reading.cells, kind, licence, birthOn, wishedOn, askedOn } };
}

/** Rows that speak of a person who stands above already: one paper for each. */
export function repeated(rows: readonly SheetRow[]): Fault[] {
  const first = new Map<string, number>();
  return rows.flatMap((row): Fault[] => {
    const above = first.get(row.licence);
    if (above === undefined) first.set(row.licence, row.line);
    return above === undefined ? [] : [{ line: row.line, column: 'licence', value: row.cells.licence, message: sheetTexts.twice(above) }];
  });
}

/** The column in which a clerk finds what a rule of the form speaks of. */
export function columnOf(field: string): SheetColumn | undefined {
  if (field === 'wishedOn' || field === 'leaveOn' || field === 'gapReason') return 'wishedOn';
  if (field.startsWith('categories.')) return undefined;
  if (field === 'reason' || field === 'reasonText') return 'reason';
  if (field === 'keepFacility' || field.startsWith('facility')) return 'facility';
  if (field === 'workCode') return 'work';
  if (field.startsWith('position')) return 'position';
  return /^(lowestAssociationId|affiliationId|leave|moves\.)/.test(field) ? 'association' : undefined;
}
