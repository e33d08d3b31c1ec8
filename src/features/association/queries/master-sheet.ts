import type { Day } from '#kernel/day.ts';
import { addDays } from '#kernel/day.ts';
import { refuse } from '#kernel/refusal.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
import { query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import type { Batch } from '../batch.store.server.ts';
import { findBatch, listBatchChanges } from '../batch.store.server.ts';
import { judgeBatch } from '../commands/judge-batch.ts';
import type { ChangeState } from '../flow.ts';
import { codeOf } from '../labels.ts';
import { certaintyText, isAssociationKind, kindLabels } from '../master-fields.ts';
import { listWholeMaster } from '../master-list.store.server.ts';
import { changeIdInput, checkBatchInput, masterSheetInput } from '../master-schema.ts';
import type { Fault, LineChange, MasterColumn } from '../master-sheet.ts';
import { cellsOf, columnLabels, columnNames, masterColumns } from '../master-sheet.ts';
import type { Change } from '../master.store.server.ts';
import { masterOffice, mayKeepMaster } from '../policy.ts';
import { associationsById, codeList } from './directory.ts';

/** 医師会マスタ as a file, and what a file would change (`screens.md J-02, §9`). No personal data. */

const jmaOnly = (ctx: Context) => (masterOffice(ctx.actor) === undefined ? refuse('forbidden') : true);
const keepersOnly = (ctx: Context) => (mayKeepMaster(ctx.actor) ? true : refuse('forbidden'));

/** CSVダウンロード: the lines of the file, the head first, as of today. */
export const masterSheet = query({
  name: 'association.masterSheet',
  input: masterSheetInput,
  allow: jmaOnly,
  read: async (tx, narrowed, ctx) => {
    const rows = await listWholeMaster(tx, narrowed, ctx.today);
    return [
      columnLabels,
      ...rows.map((row) => {
        const cells = cellsOf(row);
        return columnNames.map((name) => cells[name]);
      }),
    ];
  },
  audit: 'nothing',
});

export type ShownChange = { label: string; before: string; after: string };

export type CheckedLine = { line: number; code: string; name: string; startsOn: Day; changes: ShownChange[] };

export type ShownFault = { line: number; item: string; value: string; message: string };

export type CheckedBatch = {
  broken: string | undefined;
  total: number;
  same: number;
  lines: CheckedLine[];
  faults: ShownFault[];
  warnings: ShownFault[];
};

/** Columns in the order of the file. */
function shownChanges(before: Readonly<Record<string, string | undefined>>, after: (column: MasterColumn) => string): ShownChange[] {
  return columnNames.flatMap((column) => {
    const was = before[column];
    return was === undefined ? [] : [{ label: masterColumns[column], before: was, after: after(column) }];
  });
}

function shownFault({ line, column, value, message }: Fault): ShownFault {
  return { line, item: column === undefined ? '' : masterColumns[column], value, message };
}

function shownLine({ line, present, startsOn, before, after }: LineChange): CheckedLine {
  return { line, code: present.code, name: present.name, startsOn, changes: shownChanges(before, (column) => after[column] ?? '') };
}

/** 検査する: what a file would change, or every fault of it. Nothing is kept. */
export const checkBatch = query({
  name: 'association.checkBatch',
  input: checkBatchInput,
  allow: keepersOnly,
  read: async (tx, { text }, ctx): Promise<CheckedBatch> => {
    const { broken, total, same, changes, faults, warnings } = await judgeBatch(tx, ctx, text);
    return { broken, total, same, lines: changes.map(shownLine), faults: faults.map(shownFault), warnings: warnings.map(shownFault) };
  },
  audit: 'nothing',
});

export type BatchLine = { id: string; code: string; name: string; startsOn: Day; state: ChangeState; changes: ShownChange[] };

export type BatchDetail = { batch: Batch; lines: BatchLine[]; own: boolean; mayKeep: boolean };

type Words = { nameOf: (id: number | null) => string; prefectureOf: (code: string | null) => string };

function afterOf(change: Change, { nameOf, prefectureOf }: Words): (column: MasterColumn) => string {
  const { parentId, associationKind: kind } = change;
  const texts: Readonly<Partial<Record<MasterColumn, string>>> = {
    name: change.name ?? '',
    kana: change.kana ?? '',
    parentCode: parentId === null ? '' : `${codeOf(parentId)} ${nameOf(parentId)}`,
    kind: kind !== null && isAssociationKind(kind) ? kindLabels[kind] : '',
    prefectureCode: prefectureOf(change.prefectureCode),
    closesOn: formatDayPlain(addDays(change.startsOn, -1)),
    certainty: change.certainty === null ? '' : certaintyText(change.certainty),
  };
  return (column) => texts[column] ?? '';
}

/** One 一括更新 with all its lines. */
export const batchDetail = query({
  name: 'association.batchDetail',
  input: changeIdInput,
  allow: jmaOnly,
  read: async (tx, { id }, ctx): Promise<BatchDetail | undefined> => {
    const batch = await findBatch(tx, id);
    const office = masterOffice(ctx.actor);
    if (batch === undefined || office === undefined) return undefined;
    const changes = await listBatchChanges(tx, id);
    const ids = [...new Set(changes.flatMap((one) => [one.associationId, one.parentId ?? []].flat()))];
    const names = new Map((await associationsById(tx, ids, ctx.today)).map((one) => [one.id, one.name]));
    const prefectures = new Map((await codeList(tx, 'prefecture', ctx.today)).map((one) => [one.code, one.label]));
    const words: Words = {
      nameOf: (one) => (one === null ? '' : (names.get(one) ?? '')),
      prefectureOf: (code) => (code === null ? '' : `${code} ${prefectures.get(code) ?? ''}`),
    };
    return {
      batch,
      lines: changes.map((one) => ({
        id: one.id,
        code: codeOf(one.associationId),
        name: one.before['name'] ?? names.get(one.associationId) ?? '',
        startsOn: one.startsOn,
        state: one.state,
        changes: shownChanges(one.before, afterOf(one, words)),
      })),
      own: batch.proposedBy === office.accountId,
      mayKeep: mayKeepMaster(ctx.actor),
    };
  },
  audit: 'nothing',
});
