import type { Day } from '#kernel/day.ts';
import { addDays } from '#kernel/day.ts';
import { kanaInput, textInput } from '#kernel/input.ts';
import { messages } from '#kernel/messages.ts';
import { formatDayPlain, parseDayInput } from '#kernel/wareki.ts';
import { codeOf } from './labels.ts';
import type { AdminColumn, AssociationKind } from './master-fields.ts';
import { adminColumns, certaintyText, checkedLabels, isAssociationKind, kindLabels, masterNames as names } from './master-fields.ts';
import type { MasterRow } from './master-fields.ts';
import { masterTexts as texts } from './master-messages.ts';

/** 医師会マスタ as a file (`screens.md J-02, §9`): the same layout goes out and comes in. Read without database or clock. */

export const masterColumns = {
  code: names.code,
  name: names.name,
  kana: names.kana,
  layer: names.layer,
  parentCode: names.sheetParentCode,
  parent: names.parent,
  kind: names.kind,
  prefectureCode: names.prefectureCode,
  prefecture: names.prefecture,
  opensOn: names.opensOn,
  closesOn: names.closesOn,
  startsOn: names.startsOn,
  certainty: names.certainty,
} as const;

export type MasterColumn = keyof typeof masterColumns;

function isColumn(name: string): name is MasterColumn {
  return Object.hasOwn(masterColumns, name);
}

export const columnNames: readonly MasterColumn[] = Object.keys(masterColumns).filter(isColumn);
export const columnLabels = columnNames.map((name) => masterColumns[name]);

/** A file that opens associations has the columns of their 初期管理者 behind the others. */
export type SheetColumn = MasterColumn | AdminColumn;

function isAdminColumn(name: string): name is AdminColumn {
  return Object.hasOwn(adminColumns, name);
}

export const adminNames: readonly AdminColumn[] = Object.keys(adminColumns).filter(isAdminColumn);
export const wideLabels: readonly string[] = [...columnLabels, ...adminNames.map((name) => adminColumns[name])];

/** The head of a column. */
export function labelOf(column: SheetColumn): string {
  return isAdminColumn(column) ? adminColumns[column] : masterColumns[column];
}

const dayText = (on: Day | null) => (on === null ? '' : formatDayPlain(on));

function kindText(kind: string): string {
  return isAssociationKind(kind) ? kindLabels[kind] : kind;
}

export type Cells = Readonly<Record<MasterColumn, string>>;

/** One association as a line of the file; 適用日 is the day since which its name and place are so. */
export function cellsOf(row: MasterRow): Cells {
  return {
    code: row.code,
    name: row.name,
    kana: row.kana,
    layer: String(row.layer),
    parentCode: row.parentId === null ? '' : codeOf(row.parentId),
    parent: row.parent ?? '',
    kind: kindText(row.kind),
    prefectureCode: row.prefectureCode ?? '',
    prefecture: row.prefecture ?? '',
    opensOn: dayText(row.opensOn),
    closesOn: dayText(row.closesOn),
    startsOn: dayText(row.startsOn),
    certainty: certaintyText(row.certainty),
  };
}

/** Spreadsheets take the noughts off the front of codes; here they come back. */
const padded: Readonly<Partial<Record<MasterColumn, number>>> = { code: 5, parentCode: 5, prefectureCode: 2 };

/** The cells of a line by column. */
export function readCells(cells: readonly string[]): Cells {
  const at = (column: MasterColumn) => {
    const text = cells[columnNames.indexOf(column)] ?? '';
    const length = padded[column];
    return length === undefined || !/^\d+$/.test(text) ? text : text.padStart(length, '0');
  };
  return {
    code: at('code'),
    name: at('name'),
    kana: at('kana'),
    layer: at('layer'),
    parentCode: at('parentCode'),
    parent: at('parent'),
    kind: at('kind'),
    prefectureCode: at('prefectureCode'),
    prefecture: at('prefecture'),
    opensOn: at('opensOn'),
    closesOn: at('closesOn'),
    startsOn: at('startsOn'),
    certainty: at('certainty'),
  };
}

export type AdminCells = Readonly<Record<AdminColumn, string>>;

/** The cells of the 初期管理者; empty where the file has no such columns. */
export function readAdmin(cells: readonly string[]): AdminCells {
  const at = (column: AdminColumn) => (cells[columnNames.length + adminNames.indexOf(column)] ?? '').trim();
  return {
    surname: at('surname'),
    givenName: at('givenName'),
    surnameKana: at('surnameKana'),
    givenNameKana: at('givenNameKana'),
    adminMail: at('adminMail'),
  };
}

export type Fault = { line: number; column: SheetColumn | undefined; value: string; message: string };

/** What a line would change; `before` by column as the file would have said it. */
export type LineChange = {
  line: number;
  present: MasterRow;
  kind: 'revise' | 'close';
  startsOn: Day;
  name: string | null;
  kana: string | null;
  parentId: number | null;
  associationKind: AssociationKind | null;
  prefectureCode: string | null;
  certainty: 'sourced' | 'unverified' | null;
  before: Readonly<Partial<Record<MasterColumn, string>>>;
  after: Readonly<Partial<Record<MasterColumn, string>>>;
};

export type LineGround = {
  line: number;
  cells: Cells;
  present: MasterRow;
  today: Day;
  /** Any association by its code, as it is now. */
  byCode: (code: string) => MasterRow | undefined;
  prefectures: ReadonlySet<string>;
};

type Reading = LineGround & { was: Cells; faults: Fault[] };

function fault({ line, cells, faults }: Reading, column: MasterColumn, message: string): undefined {
  faults.push({ line, column, value: cells[column], message });
  return undefined;
}

function isSameDay(text: string, was: string): boolean {
  return text === was || (parseDayInput(text) !== undefined && parseDayInput(text) === parseDayInput(was));
}

const dayColumns: readonly MasterColumn[] = ['opensOn', 'closesOn', 'startsOn'];

function differs({ cells, was }: Reading, column: MasterColumn): boolean {
  return dayColumns.includes(column) ? !isSameDay(cells[column], was[column]) : cells[column] !== was[column];
}

const nameText = textInput(names.name, { required: true, max: 60 });
const kanaText = kanaInput(names.kana, { required: true, max: 60 });

/** A new name or フリガナ; what is as before is not looked at, whatever rule it was written under. */
function textOf(reading: Reading, column: 'name' | 'kana'): string | null {
  if (!differs(reading, column)) return null;
  const read = (column === 'name' ? nameText : kanaText).safeParse(reading.cells[column]);
  if (read.success) return read.data === reading.was[column] ? null : read.data;
  for (const issue of read.error.issues) fault(reading, column, issue.message);
  return null;
}

function parentOf(reading: Reading): number | null {
  if (!differs(reading, 'parentCode')) return null;
  const { present, cells, byCode } = reading;
  if (present.layer === 1) return fault(reading, 'parentCode', texts.notTop) ?? null;
  const parent = byCode(cells.parentCode);
  if (parent === undefined) return fault(reading, 'parentCode', texts.noParent) ?? null;
  if (parent.layer !== present.layer - 1 || parent.closesOn !== null) return fault(reading, 'parentCode', texts.wrongParent) ?? null;
  return parent.id;
}

function kindOf(reading: Reading): AssociationKind | null {
  if (!differs(reading, 'kind')) return null;
  const found = Object.entries(kindLabels).find(([, label]) => label === reading.cells.kind)?.[0];
  const fits = found !== undefined && isAssociationKind(found) && found !== 'national' && reading.present.layer > 1;
  return fits ? found : (fault(reading, 'kind', texts.oneOf(Object.values(kindLabels).slice(1))) ?? null);
}

function prefectureOf(reading: Reading): string | null {
  if (!differs(reading, 'prefectureCode')) return null;
  const { cells, prefectures } = reading;
  return prefectures.has(cells.prefectureCode)
    ? cells.prefectureCode
    : (fault(reading, 'prefectureCode', texts.unknownCode(cells.prefectureCode)) ?? null);
}

function certaintyOf(reading: Reading): 'sourced' | 'unverified' | null {
  if (!differs(reading, 'certainty')) return null;
  if (reading.cells.certainty === checkedLabels.checked) return 'sourced';
  if (reading.cells.certainty === checkedLabels.unchecked) return 'unverified';
  return fault(reading, 'certainty', texts.oneOf(Object.values(checkedLabels))) ?? null;
}

/** 廃止日 given anew: the last day. */
function closingOf(reading: Reading): Day | undefined {
  if (!differs(reading, 'closesOn')) return undefined;
  const { present, cells } = reading;
  if (present.closesOn !== null) return fault(reading, 'closesOn', texts.alreadyClosed);
  if (present.layer === 1) return fault(reading, 'closesOn', texts.notTop);
  return parseDayInput(cells.closesOn) ?? fault(reading, 'closesOn', messages.date(names.closesOn));
}

/** Changes and openings are not planned further ahead. */
export const mostDaysAhead = 5 * 366;

/** The day from which the line holds: the day after 廃止日, otherwise 適用日, which must be given anew. */
function startOf(reading: Reading, closesOn: Day | undefined): Day | undefined {
  const { cells, today, present } = reading;
  const column = closesOn === undefined ? 'startsOn' : 'closesOn';
  const typed = parseDayInput(cells.startsOn);
  const startsOn = closesOn === undefined ? typed : addDays(closesOn, 1);
  if (closesOn === undefined && !differs(reading, 'startsOn')) return fault(reading, 'startsOn', texts.dayOfChange);
  if (startsOn === undefined) return fault(reading, 'startsOn', messages.date(names.startsOn));
  if (closesOn !== null && closesOn !== undefined && differs(reading, 'startsOn') && typed !== startsOn)
    return fault(reading, 'startsOn', texts.dayAfterClosing);
  if (startsOn < today) return fault(reading, column, texts.fromToday);
  if (startsOn > addDays(today, mostDaysAhead)) return fault(reading, column, texts.tooFar);
  return startsOn <= present.startsOn ? fault(reading, column, texts.tooEarly(present.startsOn)) : startsOn;
}

/** What no change can be about. */
const fixed: readonly ('layer' | 'opensOn')[] = ['layer', 'opensOn'];
const changeable: readonly MasterColumn[] = ['name', 'kana', 'parentCode', 'kind', 'prefectureCode', 'closesOn', 'certainty'];

function changesOf(reading: Reading): Pick<LineChange, 'name' | 'kana' | 'parentId' | 'associationKind' | 'prefectureCode' | 'certainty'> {
  return {
    name: textOf(reading, 'name'),
    kana: textOf(reading, 'kana'),
    parentId: parentOf(reading),
    associationKind: kindOf(reading),
    prefectureCode: prefectureOf(reading),
    certainty: certaintyOf(reading),
  };
}

/** A line as a change, as nothing new, or with everything that can be said against it. */
export function readLine(ground: LineGround): { change: LineChange } | { faults: Fault[] } | { same: true } {
  const reading: Reading = { ...ground, was: cellsOf(ground.present), faults: [] };
  const { cells, was, present, faults, line } = reading;
  for (const column of fixed) if (differs(reading, column)) fault(reading, column, texts.fixed(masterColumns[column]));
  const changed = changeable.filter((column) => differs(reading, column));
  const wanted = changesOf(reading);
  const closesOn = closingOf(reading);
  if (changed.length === 0 && faults.length === 0)
    return differs(reading, 'startsOn')
      ? { faults: [{ line, column: 'startsOn', value: cells.startsOn, message: texts.nothingChanges }] }
      : { same: true };
  if (changed.length > 0 && present.closesOn !== null && faults.length === 0)
    faults.push({ line, column: undefined, value: '', message: texts.alreadyClosed });
  const startsOn = faults.length > 0 ? undefined : startOf(reading, closesOn);
  if (closesOn !== undefined && changed.length > 1) fault(reading, 'closesOn', texts.closesAlone);
  if (startsOn === undefined || faults.length > 0) return { faults };
  // Written another way, the same all the same.
  if (closesOn === undefined && Object.values(wanted).every((value) => value === null)) return { same: true };
  const side = (from: Cells) => Object.fromEntries(changed.map((column) => [column, from[column]]));
  return {
    change: {
      line,
      present,
      kind: closesOn === undefined ? 'revise' : 'close',
      startsOn,
      ...wanted,
      before: side(was),
      after: side(cells),
    },
  };
}
