import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { Context } from '#platform/context.ts';
import { sheetFileTexts } from '#platform/sheet/messages.ts';
import { wrongColumns } from '#platform/sheet/layout.ts';
import type { SheetLine } from '#platform/sheet/read-csv.ts';
import { readCsv } from '#platform/sheet/read-csv.ts';
import { burdensOf, plansAround } from '../batch.store.server.ts';
import type { MasterRow } from '../master-fields.ts';
import { allMaster, listWholeMaster } from '../master-list.store.server.ts';
import { masterTexts as texts } from '../master-messages.ts';
import { mostBatchRows, mostOpenings } from '../master-schema.ts';
import type { AdminCells, Cells, Fault, LineChange } from '../master-sheet.ts';
import { adminNames, columnLabels, readAdmin, readCells, readLine, wideLabels } from '../master-sheet.ts';
import type { LineOpening } from '../opening-sheet.ts';
import { namesAdmin } from '../opening-sheet.ts';
import { listCodes } from '../store.server.ts';
import { isBurdened } from './judge-change.ts';
import type { RawOpening } from './judge-openings.ts';
import { readOpenings, sameNamesOfNew, waitingFaults } from './judge-openings.ts';

/** A file of 医師会マスタ judged as of now (`screens.md J-02`): every line, nothing kept. */

export type JudgedBatch = {
  /** Why the file as a whole cannot be used. */
  broken: string | undefined;
  total: number;
  same: number;
  changes: LineChange[];
  /** New associations. */
  openings: LineOpening[];
  faults: Fault[];
  warnings: Fault[];
};

const nothing: JudgedBatch = { broken: undefined, total: 0, same: 0, changes: [], openings: [], faults: [], warnings: [] };

/** A file with the columns of 初期管理者, or one without. */
function linesOf(text: string): { broken: string } | { lines: SheetLine[]; width: number } {
  const read = readCsv(text);
  if (read === undefined) return { broken: sheetFileTexts.unreadable };
  const [head, ...lines] = read;
  const labels = (head?.cells.length ?? 0) > columnLabels.length ? wideLabels : columnLabels;
  const wrong = wrongColumns(head?.cells ?? [], labels);
  if (wrong.length > 0) return { broken: texts.header(wrong.join('、')) };
  if (lines.length === 0) return { broken: texts.emptyFile };
  return lines.length > mostBatchRows ? { broken: texts.mostRows(lines.length, mostBatchRows) } : { lines, width: labels.length };
}

type Known = { byCode: ReadonlyMap<string, MasterRow>; prefectures: ReadonlySet<string>; today: Context['today']; width: number };

/** Only new associations have a 初期管理者 here. */
function strayAdmin(line: number, admin: AdminCells): Fault[] {
  return adminNames
    .filter((column) => admin[column] !== '')
    .map((column) => ({ line, column, value: admin[column], message: texts.adminOfKnown }));
}

type ReadLines = Pick<JudgedBatch, 'total' | 'same' | 'changes' | 'faults'> & { fresh: RawOpening[] };

/** Said of the lines one by one: what they would change, or why they cannot; new associations are kept together. */
function readLines(lines: readonly SheetLine[], { byCode, prefectures, today, width }: Known): ReadLines {
  const judged: ReadLines = { total: lines.length, same: 0, changes: [], faults: [], fresh: [] };
  const above = new Map<string, number>();
  for (const { line, cells: given } of lines) {
    if (given.length !== width) {
      judged.faults.push({ line, column: undefined, value: '', message: texts.cells(given.length, width) });
      continue;
    }
    const cells: Cells = readCells(given);
    const admin = readAdmin(given);
    const present = byCode.get(cells.code);
    const first = above.get(cells.code);
    above.set(cells.code, first ?? line);
    const isNew = present === undefined && namesAdmin(admin);
    const wrong = first !== undefined ? texts.twice(first) : present === undefined && !isNew ? texts.unknownAssociation(cells.code) : '';
    if (wrong !== '') {
      judged.faults.push({ line, column: 'code', value: cells.code, message: wrong });
      continue;
    }
    if (present?.withdrawn === true) {
      judged.faults.push({ line, column: 'code', value: cells.code, message: texts.codeWithdrawn });
      continue;
    }
    if (present === undefined) {
      judged.fresh.push({ line, cells, admin });
      continue;
    }
    judged.faults.push(...strayAdmin(line, admin));
    const found = readLine({ line, cells, present, today, byCode: (code) => byCode.get(code), prefectures });
    if ('change' in found) judged.changes.push(found.change);
    else if ('faults' in found) judged.faults.push(...found.faults);
    else judged.same += 1;
  }
  return judged;
}

/** Another place in the tree, or none: what stands on the association must not lose its ground. */
async function groundFaults(tx: ReadTransaction, changes: readonly LineChange[]): Promise<Fault[]> {
  const plans = await plansAround(
    tx,
    changes.map((change) => change.present.id),
  );
  const moving = changes.filter((change) => change.kind === 'close' || change.parentId !== null);
  const burdens = await burdensOf(
    tx,
    moving.map(({ present, startsOn }) => ({ id: present.id, on: startsOn })),
  );
  return changes.flatMap((change): Fault[] => {
    const { line, present, kind, startsOn, after } = change;
    if (plans.own.has(present.id)) return [{ line, column: undefined, value: '', message: texts.changeOpen }];
    const burden = burdens.get(present.id);
    if (burden === undefined) return [];
    const column = kind === 'close' ? 'closesOn' : 'parentCode';
    const counted = kind === 'close' ? burden : { ...burden, below: 0 };
    const message = plans.target.has(present.id) ? texts.isTarget : isBurdened(counted) ? texts.burden(counted, startsOn) : undefined;
    return message === undefined ? [] : [{ line, column, value: after[column] ?? '', message }];
  });
}

/** The same name twice in a prefecture is no fault, but is said (`screens.md J-02`). */
function sameNames(changes: readonly LineChange[], all: readonly MasterRow[]): Fault[] {
  const changed = new Map(changes.map((change) => [change.present.id, change]));
  const key = (row: MasterRow) => {
    const change = changed.get(row.id);
    return `${change?.prefectureCode ?? row.prefectureCode ?? ''} ${change?.name ?? row.name}`;
  };
  const holders = Map.groupBy(
    all.filter((row) => row.closesOn === null),
    key,
  );
  return changes.flatMap((change): Fault[] => {
    const others = (holders.get(key(change.present)) ?? []).filter((row) => row.id !== change.present.id);
    const isNew = change.name !== null || change.prefectureCode !== null;
    if (!isNew || others.length === 0) return [];
    const message = texts.sameNameAs(others.map((row) => row.code).join('、'));
    return [{ line: change.line, column: 'name', value: change.name ?? change.present.name, message }];
  });
}

/** Judges every line of a file as of now. */
export async function judgeBatch(tx: ReadTransaction, ctx: Context, text: string): Promise<JudgedBatch> {
  const read = linesOf(text);
  if ('broken' in read) return { ...nothing, broken: read.broken };
  const all = await listWholeMaster(tx, allMaster, ctx.today);
  const byCode = new Map(all.map((row) => [row.code, row]));
  const prefectures = new Set((await listCodes(tx, ['prefecture'], ctx.today)).map((row) => row.code));
  const { fresh, ...judged } = readLines(read.lines, { byCode, prefectures, today: ctx.today, width: read.width });
  if (fresh.length > mostOpenings) return { ...nothing, broken: texts.mostOpenings(mostOpenings) };
  const closing = new Set(judged.changes.filter((change) => change.kind === 'close').map((change) => change.present.code));
  const opened = readOpenings(fresh, { byCode, closing, prefectures, today: ctx.today });
  const faults = [
    ...judged.faults,
    ...opened.faults,
    ...(await groundFaults(tx, judged.changes)),
    ...(await waitingFaults(tx, opened.openings)),
  ].toSorted((a, b) => a.line - b.line);
  const warnings = [...sameNames(judged.changes, all), ...sameNamesOfNew(opened.openings, all)].toSorted((a, b) => a.line - b.line);
  return { ...judged, broken: undefined, openings: opened.openings, faults, warnings };
}
