import type { Day } from '#kernel/day.ts';
import { addDays } from '#kernel/day.ts';
import { kanaInput, textInput } from '#kernel/input.ts';
import { messages } from '#kernel/messages.ts';
import { parseDayInput } from '#kernel/wareki.ts';
import type { AssociationKind } from './master-fields.ts';
import { checkedLabels, isAssociationKind, kindLabels, masterNames as names } from './master-fields.ts';
import type { MasterRow } from './master-fields.ts';
import { masterTexts as texts } from './master-messages.ts';
import { adminFields } from './master-schema.ts';
import type { AdminCells, Cells, Fault, SheetColumn } from './master-sheet.ts';
import { adminNames, mostDaysAhead } from './master-sheet.ts';

/** A line of a file that opens an association (`screens.md J-02`). Pure: read without database or clock. */

export type Opening = {
  code: string;
  name: string;
  kana: string;
  layer: number;
  parentCode: string;
  kind: AssociationKind;
  prefectureCode: string;
  opensOn: Day;
  surname: string;
  givenName: string;
  surnameKana: string;
  givenNameKana: string;
  mail: string;
};

/** An opening beside its line. */
export type LineOpening = Opening & { line: number };

/** Who may stand above: an association of the master, or a new one of the same file. */
export type Above = { layer: number; opensOn: Day; closesOn: Day | null; closing: boolean };

export type OpeningGround = {
  line: number;
  cells: Cells;
  admin: AdminCells;
  today: Day;
  /** Who has this code, in the master or in the file; `closing` when a line of the file closes it. */
  above: (code: string) => Above | undefined;
  prefectures: ReadonlySet<string>;
};

type Reading = OpeningGround & { faults: Fault[] };

function fault({ line, cells, admin, faults }: Reading, column: SheetColumn, message: string): undefined {
  faults.push({ line, column, value: { ...cells, ...admin }[column], message });
  return undefined;
}

/** True when somebody is named as 初期管理者, which makes a line with an unknown code one of a new association. */
export function namesAdmin(admin: AdminCells): boolean {
  return adminNames.some((column) => admin[column] !== '');
}

/** What a line says of its place, as far as it can be read; others of the file may stand below it. */
export function placeOf(cells: Cells): Above | undefined {
  const opensOn = parseDayInput(cells.opensOn);
  const layer = layerOf(cells.layer);
  return opensOn === undefined || layer === undefined ? undefined : { layer, opensOn, closesOn: null, closing: false };
}

/** An association of the master as one that may stand above. */
export function placeInTree({ layer, opensOn, closesOn }: MasterRow, closing: boolean): Above {
  return { layer, opensOn, closesOn, closing };
}

function layerOf(text: string): number | undefined {
  return /^[2-4]$/.test(text) ? Number(text) : undefined;
}

const nameText = textInput(names.name, { required: true, max: 60 });
const kanaText = kanaInput(names.kana, { required: true, max: 60 });

function textOf(reading: Reading, column: 'name' | 'kana'): string | undefined {
  const read = (column === 'name' ? nameText : kanaText).safeParse(reading.cells[column]);
  if (read.success) return read.data;
  for (const issue of read.error.issues) fault(reading, column, issue.message);
  return undefined;
}

function adminOf(reading: Reading): AdminCells | undefined {
  const read = { ...reading.admin };
  let whole = true;
  for (const column of adminNames) {
    const parsed = adminFields[column].safeParse(reading.admin[column]);
    if (parsed.success) read[column] = parsed.data;
    else {
      whole = false;
      for (const issue of parsed.error.issues) fault(reading, column, issue.message);
    }
  }
  return whole ? read : undefined;
}

function kindOf(reading: Reading): AssociationKind | undefined {
  const found = Object.entries(kindLabels).find(([, label]) => label === reading.cells.kind)?.[0];
  if (found !== undefined && isAssociationKind(found) && found !== 'national') return found;
  return fault(reading, 'kind', texts.oneOf(Object.values(kindLabels).slice(1)));
}

function openingDay(reading: Reading): Day | undefined {
  const { cells, today } = reading;
  const opensOn = parseDayInput(cells.opensOn);
  if (opensOn === undefined)
    return fault(reading, 'opensOn', cells.opensOn === '' ? messages.req(names.opensOn) : messages.date(names.opensOn));
  if (opensOn < today) return fault(reading, 'opensOn', texts.openingFromToday);
  if (opensOn > addDays(today, mostDaysAhead)) return fault(reading, 'opensOn', texts.openingTooFar);
  if (cells.startsOn !== '' && parseDayInput(cells.startsOn) !== opensOn) return fault(reading, 'startsOn', texts.startOfNew);
  return opensOn;
}

function parentOf(reading: Reading, layer: number | undefined, opensOn: Day | undefined): string | undefined {
  const { cells, above } = reading;
  const parent = above(cells.parentCode);
  if (parent === undefined) return fault(reading, 'parentCode', texts.noParent);
  if (layer !== undefined && parent.layer !== layer - 1) return fault(reading, 'parentCode', texts.wrongParent);
  if (parent.closing) return fault(reading, 'parentCode', texts.parentCloses);
  if (opensOn !== undefined && parent.closesOn !== null && parent.closesOn < opensOn)
    return fault(reading, 'parentCode', texts.wrongParent);
  if (opensOn !== undefined && opensOn < parent.opensOn) return fault(reading, 'opensOn', texts.parentLater(parent.opensOn));
  return cells.parentCode;
}

/** A line as an opening, or with everything that can be said against it. */
export function readOpening(ground: OpeningGround): { opening: LineOpening } | { faults: Fault[] } {
  const reading: Reading = { ...ground, faults: [] };
  const { cells, line, faults, prefectures } = reading;
  if (!/^\d{5}$/.test(cells.code)) fault(reading, 'code', texts.codeShape(names.code));
  const name = textOf(reading, 'name');
  const kana = textOf(reading, 'kana');
  const layer = layerOf(cells.layer) ?? fault(reading, 'layer', texts.layerOfNew);
  const kind = kindOf(reading);
  if (!prefectures.has(cells.prefectureCode)) fault(reading, 'prefectureCode', texts.unknownCode(cells.prefectureCode));
  const opensOn = openingDay(reading);
  if (cells.closesOn !== '') fault(reading, 'closesOn', texts.notForNew);
  if (cells.certainty !== '' && cells.certainty !== checkedLabels.checked) fault(reading, 'certainty', texts.certaintyOfNew);
  const parentCode = parentOf(reading, layer, opensOn);
  const admin = adminOf(reading);
  if (faults.length > 0 || name === undefined || kana === undefined || layer === undefined) return { faults };
  if (kind === undefined || opensOn === undefined || parentCode === undefined || admin === undefined) return { faults };
  const { code, prefectureCode } = cells;
  const { adminMail: mail, ...person } = admin;
  return { opening: { line, code, name, kana, layer, parentCode, kind, prefectureCode, opensOn, ...person, mail } };
}
