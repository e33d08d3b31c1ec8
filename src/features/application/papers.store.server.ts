import { formatInstant } from '#kernel/wareki.ts';
import type { Actor } from '#kernel/actor.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';
import type { PaperOriginal } from './documents.ts';
import { visibleTo } from './store.server.ts';

/** SQL of 提出書類 and of files on messages: what was handed in, taken away, seen as original. */

export type DocumentRow = {
  id: string;
  kind: string;
  title: string;
  fileId: string;
  fileName: string;
  mediaType: string;
  size: number;
  createdAt: Date;
  erased: boolean;
};

export type DatedDocument = DocumentRow & { removedAt: Date | null };

const columns = [
  'd.id',
  'd.kind',
  'd.title',
  'd.file_id as fileId',
  'd.file_name as fileName',
  'd.media_type as mediaType',
  'd.size',
  'd.created_at as createdAt',
] as const;

const isErased = sql<boolean>`f.erased_at IS NOT NULL`.as('erased');

/** Files of a case with the word whether their content is still kept. */
function filesOf(tx: ReadTransaction, applicationId: string) {
  return tx.selectFrom('document as d').innerJoin('stored_file as f', 'f.id', 'd.file_id').where('d.application_id', '=', applicationId);
}

/** Papers of a case that are in force, oldest first. */
export async function listDocuments(tx: ReadTransaction, applicationId: string): Promise<DocumentRow[]> {
  return await filesOf(tx, applicationId)
    .select([...columns, isErased])
    .where('d.message_id', 'is', null)
    .where('d.removed_at', 'is', null)
    .orderBy('d.created_at')
    .orderBy('d.id')
    .limit(200)
    .execute();
}

/** Every paper ever put on the case, oldest first, with the moment it was taken away. */
export async function listAllDocuments(tx: ReadTransaction, applicationId: string): Promise<DatedDocument[]> {
  return await filesOf(tx, applicationId)
    .select([...columns, 'd.removed_at as removedAt', isErased])
    .where('d.message_id', 'is', null)
    .orderBy('d.created_at')
    .orderBy('d.id')
    .limit(500)
    .execute();
}

export type MessageFile = { id: string; messageId: string; fileName: string; mediaType: string; size: number; erased: boolean };

/** Files on the messages of a case, by message, in the order in which they were given. */
export async function listMessageFiles(tx: ReadTransaction, applicationId: string): Promise<Map<string, MessageFile[]>> {
  const rows = await filesOf(tx, applicationId)
    .select(['d.id', 'd.message_id as messageId', 'd.file_name as fileName', 'd.media_type as mediaType', 'd.size', isErased])
    .where('d.message_id', 'is not', null)
    .orderBy('d.created_at')
    .orderBy('d.id')
    .limit(2000)
    .execute();
  const byMessage = new Map<string, MessageFile[]>();
  for (const { messageId, ...row } of rows) {
    if (messageId !== null) byMessage.set(messageId, [...(byMessage.get(messageId) ?? []), { ...row, messageId }]);
  }
  return byMessage;
}

/** Originals that an office has seen and not taken back. */
export async function listOriginals(tx: ReadTransaction, applicationId: string): Promise<PaperOriginal[]> {
  const rows = await tx
    .selectFrom('paper_original as o')
    .innerJoin('association_version as v', (join) => join.onRef('v.association_id', '=', 'o.association_id').on('v.ends_on', 'is', null))
    .select(['o.kind', 'o.title', 'o.officer_name as officerName', 'v.name as officeName', 'o.at'])
    .where('o.application_id', '=', applicationId)
    .where('o.removed_at', 'is', null)
    .orderBy('o.at')
    .orderBy('o.id')
    .limit(100)
    .execute();
  return rows.map((row) => ({ ...row, at: formatInstant(row.at) }));
}

export type NewDocument = {
  id: string;
  applicationId: string;
  /** Set for a file on 審査時連絡メッセージ. */
  messageId?: string;
  kind: string;
  title: string;
  fileId: string;
  fileName: string;
  mediaType: string;
  size: number;
  sha256: Buffer;
  accountId: string;
  at: Date;
};

/** Adds a paper and the record of its stored file. */
export async function insertDocument(tx: WriteTransaction, row: NewDocument): Promise<void> {
  await tx
    .insertInto('stored_file')
    .values({
      id: row.fileId,
      sha256: row.sha256,
      size: row.size,
      media_type: row.mediaType,
      name: row.fileName,
      owner_account_id: row.accountId,
      created_at: row.at,
    })
    .execute();
  await tx
    .insertInto('document')
    .values({
      id: row.id,
      application_id: row.applicationId,
      message_id: row.messageId ?? null,
      kind: row.kind,
      title: row.title,
      file_id: row.fileId,
      file_name: row.fileName,
      media_type: row.mediaType,
      size: row.size,
      created_at: row.at,
    })
    .execute();
}

/** Takes a paper out of force; it stays on record. False when it was not in force. A file on a message stays for good. */
export async function removeDocument(
  tx: WriteTransaction,
  { applicationId, documentId }: { applicationId: string; documentId: string },
  at: Date,
): Promise<boolean> {
  const done = await tx
    .updateTable('document')
    .set({ removed_at: at })
    .where('id', '=', documentId)
    .where('application_id', '=', applicationId)
    .where('message_id', 'is', null)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

export type NewOriginal = {
  id: string;
  applicationId: string;
  kind: string;
  title: string;
  associationId: number;
  accountId: string;
  officerName: string;
  at: Date;
};

/** Records that the office has seen the original of a paper. */
export async function insertOriginal(tx: WriteTransaction, row: NewOriginal): Promise<void> {
  await tx
    .insertInto('paper_original')
    .values({
      id: row.id,
      application_id: row.applicationId,
      kind: row.kind,
      title: row.title,
      association_id: row.associationId,
      account_id: row.accountId,
      officer_name: row.officerName,
      at: row.at,
    })
    .execute();
}

/** Takes back that originals were seen; the record stays. Only the office that saw them may. */
export async function removeOriginals(
  tx: WriteTransaction,
  { applicationId, associationId, kinds }: { applicationId: string; associationId: number; kinds: readonly string[] },
  at: Date,
): Promise<void> {
  if (kinds.length === 0) return;
  await tx
    .updateTable('paper_original')
    .set({ removed_at: at })
    .where('application_id', '=', applicationId)
    .where('association_id', '=', associationId)
    .where('kind', 'in', [...kinds])
    .where('removed_at', 'is', null)
    .execute();
}

/** One file of a case with the case it belongs to, for showing its content. */
export async function findDocument(tx: ReadTransaction, actor: Actor, ask: { applicationId: string; documentId: string }) {
  const row = await tx
    .selectFrom('document as d')
    .innerJoin('application as a', 'a.id', 'd.application_id')
    .innerJoin('stored_file as f', 'f.id', 'd.file_id')
    .select([
      isErased,
      'd.id',
      'd.kind',
      'd.message_id as messageId',
      'd.file_id as fileId',
      'd.file_name as name',
      'd.media_type as mediaType',
      'd.size',
      'd.title',
      'a.person_id as personId',
      'a.id as applicationId',
      'a.number',
    ])
    .where('d.id', '=', ask.documentId)
    .where('d.application_id', '=', ask.applicationId)
    .where(visibleTo(actor))
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { messageId, ...rest } = row;
  return { ...rest, onMessage: messageId !== null };
}
