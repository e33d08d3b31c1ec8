import type { Day } from '#kernel/day.ts';
import { addDays } from '#kernel/day.ts';
import { refuse } from '#kernel/refusal.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
import { query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { Batch } from '../batch.store.server.ts';
import { findBatch, listBatchChanges } from '../batch.store.server.ts';
import { judgeBatch } from '../commands/judge-batch.ts';
import type { ChangeState } from '../flow.ts';
import { codeOf } from '../labels.ts';
import { adminColumns, certaintyText, isAssociationKind, kindLabels, masterNames } from '../master-fields.ts';
import { listWholeMaster } from '../master-list.store.server.ts';
import { changeIdInput, checkBatchInput, masterSheetInput } from '../master-schema.ts';
import type { Fault, LineChange, MasterColumn } from '../master-sheet.ts';
import { adminNames, cellsOf, columnLabels, columnNames, labelOf, masterColumns, wideLabels } from '../master-sheet.ts';
import { listOpenings } from '../opening.store.server.ts';
import type { Opening } from '../opening-sheet.ts';
import type { Change } from '../master.store.server.ts';
import { masterTexts } from '../master-messages.ts';
import { masterOffice, mayKeepMaster } from '../policy.ts';
import { associationsById, codeList } from './directory.ts';

/** 医師会マスタ as a file, and what a file would change (`screens.md J-02, §9`). No personal data but the 初期管理者 of new associations. */

const jmaOnly = (ctx: Context) => (masterOffice(ctx.actor) === undefined ? refuse('forbidden') : true);
const keepersOnly = (ctx: Context) => (mayKeepMaster(ctx.actor) ? true : refuse('forbidden'));

/** CSVダウンロード: the lines of the file, the head first, as of today; with empty columns for new associations where they are asked for. */
export const masterSheet = query({
  name: 'association.masterSheet',
  input: masterSheetInput,
  allow: jmaOnly,
  read: async (tx, { columns, ...narrowed }, ctx) => {
    // What was never opened has nothing to be changed.
    const rows = (await listWholeMaster(tx, narrowed, ctx.today)).filter((row) => !row.withdrawn);
    const wide = columns !== undefined;
    const empty = wide ? adminNames.map(() => '') : [];
    return [
      wide ? wideLabels : columnLabels,
      ...rows.map((row) => {
        const cells = cellsOf(row);
        return [...columnNames.map((name) => cells[name]), ...empty];
      }),
    ];
  },
  audit: 'nothing',
});

export type ShownChange = { label: string; before: string; after: string };

/** `fresh`: a new association. */
export type CheckedLine = { line: number; fresh: boolean; code: string; name: string; startsOn: Day; changes: ShownChange[] };

export type ShownFault = { line: number; item: string; value: string; message: string };

export type CheckedBatch = {
  broken: string | undefined;
  total: number;
  same: number;
  /** New associations among the lines. */
  opened: number;
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
  return { line, item: column === undefined ? '' : labelOf(column), value, message };
}

function shownLine({ line, present, startsOn, before, after }: LineChange): CheckedLine {
  const changes = shownChanges(before, (column) => after[column] ?? '');
  return { line, fresh: false, code: present.code, name: present.name, startsOn, changes };
}

/** What a new association would be; before it there is nothing. */
function openingChanges(opening: Opening, words: { parent: string; prefecture: string }): ShownChange[] {
  const { surname, givenName, surnameKana, givenNameKana, mail } = opening;
  const person = surname === '' ? '' : `${surname} ${givenName}(${surnameKana} ${givenNameKana})`;
  return [
    [masterNames.name, opening.name],
    [masterNames.kana, opening.kana],
    [masterNames.layer, masterTexts.layer(opening.layer)],
    [masterNames.parent, `${opening.parentCode} ${words.parent}`.trim()],
    [masterNames.kind, kindLabels[opening.kind]],
    [masterNames.prefecture, words.prefecture],
    [masterNames.firstAdmin, person],
    [adminColumns.adminMail, mail],
  ].map(([label = '', after = '']) => ({ label, before: '', after }));
}

/** The names of who stands above, those that the same file opens included. */
async function openingWords(tx: ReadTransaction, openings: readonly Opening[], on: Day) {
  const ids = [...new Set(openings.map((one) => Number(one.parentCode)))];
  const known = new Map((await associationsById(tx, ids, on)).map((one) => [one.id, one.name]));
  const fresh = new Map(openings.map((one) => [one.code, one.name]));
  const prefectures = new Map((await codeList(tx, 'prefecture', on)).map((one) => [one.code, one.label]));
  return (opening: Opening) => ({
    parent: known.get(Number(opening.parentCode)) ?? fresh.get(opening.parentCode) ?? '',
    prefecture: `${opening.prefectureCode} ${prefectures.get(opening.prefectureCode) ?? ''}`,
  });
}

/** 検査する: what a file would change, or every fault of it. Nothing is kept. */
export const checkBatch = query({
  name: 'association.checkBatch',
  input: checkBatchInput,
  allow: keepersOnly,
  read: async (tx, { text }, ctx): Promise<CheckedBatch> => {
    const { broken, total, same, changes, openings, faults, warnings } = await judgeBatch(tx, ctx, text);
    const words = await openingWords(tx, openings, ctx.today);
    const fresh = openings.map((one) => ({
      line: one.line,
      fresh: true,
      code: one.code,
      name: one.name,
      startsOn: one.opensOn,
      changes: openingChanges(one, words(one)),
    }));
    const lines = [...changes.map(shownLine), ...fresh].toSorted((a, b) => a.line - b.line);
    const shown = { faults: faults.map(shownFault), warnings: warnings.map(shownFault) };
    return { broken, total, same, opened: openings.length, lines, ...shown };
  },
  audit: 'nothing',
});

export type BatchLine = { id: string; code: string; name: string; startsOn: Day; state: ChangeState; changes: ShownChange[] };

export type BatchDetail = { batch: Batch; openings: BatchLine[]; lines: BatchLine[]; own: boolean; mayKeep: boolean };

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
    const openings = await listOpenings(tx, id);
    const wordsOf = await openingWords(tx, openings, ctx.today);
    const changed = changes.map((one) => ({
      id: one.id,
      code: codeOf(one.associationId),
      name: one.before['name'] ?? names.get(one.associationId) ?? '',
      startsOn: one.startsOn,
      state: one.state,
      changes: shownChanges(one.before, afterOf(one, words)),
    }));
    const fresh = openings.map((one) => ({
      id: one.id,
      code: one.code,
      name: one.name,
      startsOn: one.opensOn,
      state: one.state,
      changes: openingChanges(one, wordsOf(one)),
    }));
    return {
      batch,
      openings: fresh,
      lines: changed,
      own: batch.proposedBy === office.accountId,
      mayKeep: mayKeepMaster(ctx.actor),
    };
  },
  audit: 'nothing',
});
