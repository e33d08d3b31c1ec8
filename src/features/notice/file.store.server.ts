import { newId } from '#kernel/id.ts';
import { recordFile } from '#platform/files/record-file.ts';
import type { StoredFile } from '#platform/files/stored-file.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';

/** SQL of the attachments of お知らせ; who may read the notice may read them. */

export type NoticeFile = { id: string; fileId: string; name: string; mediaType: string; size: number };

const columns = ['id', 'file_id as fileId', 'file_name as name', 'media_type as mediaType', 'size'] as const;

/** Attachments in force, in the order in which they were given. */
export async function listFiles(tx: ReadTransaction, noticeId: string): Promise<NoticeFile[]> {
  return await tx
    .selectFrom('notice_file')
    .select(columns)
    .where('notice_id', '=', noticeId)
    .where('removed_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

/** One attachment in force. */
export async function findFile(tx: ReadTransaction, at: { noticeId: string; id: string }): Promise<NoticeFile | undefined> {
  return await tx
    .selectFrom('notice_file')
    .select(columns)
    .where('id', '=', at.id)
    .where('notice_id', '=', at.noticeId)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
}

type Adding = { noticeId: string; accountId: string; at: Date };

/** Adds files that lie in the store. */
export async function addFiles(tx: WriteTransaction, { noticeId, accountId, at }: Adding, files: readonly StoredFile[]): Promise<void> {
  if (files.length === 0) return;
  for (const file of files) await recordFile(tx, file, { ownerId: accountId, at });
  await attach(
    tx,
    { noticeId, at },
    files.map((file) => ({ fileId: file.fileId, name: file.fileName, mediaType: file.mediaType, size: file.size })),
  );
}

/** Names files on a notice, new ones or those of a notice that is copied. */
export async function attach(
  tx: WriteTransaction,
  { noticeId, at }: Pick<Adding, 'noticeId' | 'at'>,
  files: readonly Omit<NoticeFile, 'id'>[],
): Promise<void> {
  if (files.length === 0) return;
  await tx
    .insertInto('notice_file')
    .values(
      files.map((file) => ({
        id: newId(),
        notice_id: noticeId,
        file_id: file.fileId,
        file_name: file.name,
        media_type: file.mediaType,
        size: file.size,
        created_at: at,
      })),
    )
    .execute();
}

/** Takes attachments off a notice; they stay on record. */
export async function removeFiles(tx: WriteTransaction, noticeId: string, ask: { ids: readonly string[]; at: Date }): Promise<void> {
  if (ask.ids.length === 0) return;
  await tx
    .updateTable('notice_file')
    .set({ removed_at: ask.at })
    .where('notice_id', '=', noticeId)
    .where('removed_at', 'is', null)
    .where('id', '=', sql<string>`ANY (${sql.val([...ask.ids])}::uuid[])`)
    .execute();
}
