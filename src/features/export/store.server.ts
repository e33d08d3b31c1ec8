import type { Day } from '#kernel/day.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import type { SheetFormat } from '#platform/sheet/encoding.ts';
import { sheetFormats } from '#platform/sheet/encoding.ts';
import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { DB } from '#platform/db/schema.gen.ts';
import { z } from 'zod';
import type { LabelSheet } from './fields.ts';
import { labelSheetOf } from './fields.ts';
import type { ExportState } from './flow.ts';
import { exportFlow } from './flow.ts';
import type { Unmapped } from './unmapped.ts';

/** SQL of データ出力: the file's manifest, the ids in it, and what people did with it. */

const leftOutShape = z.record(z.string(), z.int());
const unmappedShape = z.array(z.object({ glyph: z.string(), count: z.int() }));

export type ExportRow = {
  id: string;
  number: string;
  associationId: number;
  accountId: string;
  staffId: string;
  actorName: string;
  list: string;
  conditions: string;
  conditionWords: string[];
  columns: string[];
  purpose: string;
  purposeText: string;
  recipient: string;
  sensitiveReason: string;
  baseOn: Day;
  encoding: SheetFormat;
  unmappedWay: 'refuse' | 'substitute';
  numbered: boolean;
  /** '' unless labels are made. */
  labelSheet: LabelSheet | '';
  mailing: { id: number; name: string } | null;
  deleteBy: Day;
  state: ExportState;
  createdAt: Date;
  readyAt: Date | null;
  fetchUntil: Date | null;
  rowCount: number | null;
  fileId: string | null;
  fileSize: number | null;
  fileDigest: Buffer | null;
  idDigest: Buffer | null;
  unmapped: Unmapped;
  /** Persons for whom no label was printed, by reason. */
  leftOut: Record<string, number>;
};

function stateOf(text: string): ExportState {
  if (!exportFlow.isState(text)) throw new RangeError(`unknown state of an export: ${text}`);
  return text;
}

function rowOf(row: Selectable<DB['data_export']>): ExportRow {
  return {
    id: row.id,
    number: row.number,
    associationId: row.association_id,
    accountId: row.account_id,
    staffId: row.staff_id,
    actorName: row.actor_name,
    list: row.list,
    conditions: row.conditions,
    conditionWords: row.condition_words,
    columns: row.columns,
    purpose: row.purpose,
    purposeText: row.purpose_text,
    recipient: row.recipient,
    sensitiveReason: row.sensitive_reason,
    baseOn: row.base_on,
    encoding: sheetFormats.find((one) => one === row.encoding) ?? 'utf8',
    unmappedWay: row.unmapped_way === 'substitute' ? 'substitute' : 'refuse',
    numbered: row.numbered,
    labelSheet: labelSheetOf(row.label_sheet) ?? '',
    mailing: row.mailing_id === null ? null : { id: row.mailing_id, name: row.mailing_name },
    deleteBy: row.delete_by,
    state: stateOf(row.state),
    createdAt: row.created_at,
    readyAt: row.ready_at,
    fetchUntil: row.fetch_until,
    rowCount: row.row_count,
    fileId: row.file_id,
    fileSize: row.file_size,
    fileDigest: row.file_digest,
    idDigest: row.id_digest,
    unmapped: unmappedShape.parse(row.unmapped),
    leftOut: leftOutShape.parse(row.left_out),
  };
}

/** One export in scope of the actor. */
export async function findExport(tx: ReadTransaction, id: string): Promise<ExportRow | undefined> {
  const row = await tx.selectFrom('data_export').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : rowOf(row);
}

type Made = 'number' | 'readyAt' | 'fetchUntil' | 'rowCount' | 'fileId' | 'fileSize' | 'fileDigest' | 'idDigest' | 'unmapped' | 'leftOut';

/** Writes a new export; its number. */
export async function insertExport(tx: WriteTransaction, made: Omit<ExportRow, Made> & { year: number }): Promise<string> {
  const row = await tx
    .insertInto('data_export')
    .values({
      id: made.id,
      number: sql<string>`${`E${made.year}`} || '-' || lpad(nextval('data_export_number')::text, 7, '0')`,
      association_id: made.associationId,
      account_id: made.accountId,
      staff_id: made.staffId,
      actor_name: made.actorName,
      list: made.list,
      conditions: made.conditions,
      condition_words: made.conditionWords,
      columns: made.columns,
      purpose: made.purpose,
      purpose_text: made.purposeText,
      recipient: made.recipient,
      sensitive_reason: made.sensitiveReason,
      base_on: made.baseOn,
      encoding: made.encoding,
      unmapped_way: made.unmappedWay,
      numbered: made.numbered,
      label_sheet: made.labelSheet,
      mailing_id: made.mailing?.id ?? null,
      mailing_name: made.mailing?.name ?? '',
      delete_by: made.deleteBy,
      state: made.state,
      created_at: made.createdAt,
    })
    .returning('number')
    .executeTakeFirstOrThrow();
  return row.number;
}

/** Moves an export from a known state; false when it was no longer there. */
export async function moveExport(tx: WriteTransaction, at: { id: string; from: ExportState }, state: ExportState): Promise<boolean> {
  const done = await tx.updateTable('data_export').set({ state }).where('id', '=', at.id).where('state', '=', at.from).executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

export type Finished = {
  id: string;
  from: ExportState;
  at: Date;
  fetchHours: number;
  rowCount: number;
  fileId: string;
  fileSize: number;
  fileDigest: Buffer;
  idDigest: Buffer;
  unmapped: Unmapped;
  leftOut: Readonly<Record<string, number>>;
};

/** The file is there; false when another job was faster. */
export async function finishExport(tx: WriteTransaction, made: Finished): Promise<boolean> {
  const done = await tx
    .updateTable('data_export')
    .set({
      state: 'ready',
      ready_at: made.at,
      fetch_until: sql<Date>`${made.at}::timestamptz + make_interval(hours => ${made.fetchHours})`,
      row_count: made.rowCount,
      file_id: made.fileId,
      file_size: made.fileSize,
      file_digest: made.fileDigest,
      id_digest: made.idDigest,
      unmapped: JSON.stringify(made.unmapped),
      left_out: JSON.stringify(made.leftOut),
    })
    .where('id', '=', made.id)
    .where('state', '=', made.from)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** Glyphs stood in the way: what they are, and no file. */
export async function stumbleExport(
  tx: WriteTransaction,
  at: { id: string; from: ExportState; rowCount: number; unmapped: Unmapped },
): Promise<boolean> {
  const done = await tx
    .updateTable('data_export')
    .set({ state: 'unmapped', row_count: at.rowCount, unmapped: JSON.stringify(at.unmapped) })
    .where('id', '=', at.id)
    .where('state', '=', at.from)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

export type IdPart = { exportId: string; part: number; associationId: number; recordIds: readonly string[]; personIds: readonly string[] };

/** The ids of the rows of a file, in parts. */
export async function insertIds(tx: WriteTransaction, parts: readonly IdPart[]): Promise<void> {
  for (const part of parts) {
    await tx
      .insertInto('data_export_ids')
      .values({
        export_id: part.exportId,
        part: part.part,
        association_id: part.associationId,
        record_ids: [...part.recordIds],
        person_ids: [...part.personIds],
      })
      .execute();
  }
}

/** The persons in a file, part by part. */
export async function listPersonParts(tx: ReadTransaction, exportId: string): Promise<string[][]> {
  const rows = await tx.selectFrom('data_export_ids').select('person_ids').where('export_id', '=', exportId).orderBy('part').execute();
  return rows.map((row) => row.person_ids);
}

export type ExportEvent = { kind: string; accountId: string; actorName: string; reason: string; onDay: Day | null; at: Date };

/** What people did with a file, oldest first. */
export async function listEvents(tx: ReadTransaction, exportId: string): Promise<ExportEvent[]> {
  const rows = await tx.selectFrom('data_export_event').selectAll().where('export_id', '=', exportId).orderBy('at').orderBy('id').execute();
  return rows.map((row) => ({
    kind: row.kind,
    accountId: row.account_id,
    actorName: row.actor_name,
    reason: row.reason,
    onDay: row.on_day,
    at: row.at,
  }));
}

export type NewEvent = {
  id: string;
  exportId: string;
  associationId: number;
  kind: 'approved' | 'declined' | 'fetched' | 'deleted';
  accountId: string;
  actorName: string;
  reason: string;
  onDay: Day | null;
  at: Date;
};

/** Keeps what somebody did with a file. */
export async function insertEvent(tx: WriteTransaction, event: NewEvent): Promise<void> {
  await tx
    .insertInto('data_export_event')
    .values({
      id: event.id,
      export_id: event.exportId,
      association_id: event.associationId,
      kind: event.kind,
      account_id: event.accountId,
      actor_name: event.actorName,
      reason: event.reason,
      on_day: event.onDay,
      at: event.at,
    })
    .execute();
}

/** A fetch that the actor was granted lately. */
export async function findFetch(
  tx: ReadTransaction,
  ask: { exportId: string; eventId: string; accountId: string; since: Date },
): Promise<boolean> {
  const row = await tx
    .selectFrom('data_export_event')
    .select('id')
    .where('id', '=', ask.eventId)
    .where('export_id', '=', ask.exportId)
    .where('account_id', '=', ask.accountId)
    .where('kind', '=', 'fetched')
    .where('at', '>=', ask.since)
    .executeTakeFirst();
  return row !== undefined;
}
