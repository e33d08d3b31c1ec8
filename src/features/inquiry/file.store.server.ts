import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';

/** SQL of files on an お問合せ: kept while the form is looked at again, bound when it is sent. */

export type KeptFile = { id: string; fileName: string; size: number };

/** Of these files the ones that their owner has sent and nothing names yet, in the order of their ids. */
export async function listFree(tx: ReadTransaction, ownerId: string, fileIds: readonly string[]): Promise<KeptFile[]> {
  if (fileIds.length === 0) return [];
  return await tx
    .selectFrom('stored_file as f')
    .select(['f.id', 'f.name as fileName', 'f.size'])
    .where('f.id', 'in', [...fileIds])
    .where('f.owner_account_id', '=', ownerId)
    .where('f.erased_at', 'is', null)
    .where(sql<boolean>`NOT EXISTS (SELECT FROM inquiry_file q WHERE q.file_id = f.id)`)
    .where(sql<boolean>`NOT EXISTS (SELECT FROM document d WHERE d.file_id = f.id)`)
    .orderBy('f.id')
    .execute();
}

/** Binds files to a message. */
export async function bindFiles(
  tx: WriteTransaction,
  rows: readonly { id: string; inquiryId: string; messageId: string; fileId: string }[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insertInto('inquiry_file')
    .values(rows.map((row) => ({ id: row.id, inquiry_id: row.inquiryId, message_id: row.messageId, file_id: row.fileId })))
    .execute();
}

export type OpenedFile = { id: string; fileId: string; fileName: string; mediaType: string; size: number };

/** A file of an inquiry in scope whose content is still kept. */
export async function findFile(tx: ReadTransaction, ask: { id: string; fileId: string }): Promise<OpenedFile | undefined> {
  return await tx
    .selectFrom('inquiry_file as q')
    .innerJoin('stored_file as f', 'f.id', 'q.file_id')
    .select(['q.inquiry_id as id', 'f.id as fileId', 'f.name as fileName', 'f.media_type as mediaType', 'f.size'])
    .where('q.inquiry_id', '=', ask.id)
    .where('q.file_id', '=', ask.fileId)
    .where('f.erased_at', 'is', null)
    .executeTakeFirst();
}
