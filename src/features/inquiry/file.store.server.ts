import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';

/** SQL of files on an お問合せ, bound when it is sent. */

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
