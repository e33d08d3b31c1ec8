import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { recordFile } from '#platform/files/record-file.ts';
import type { StoredFile } from '#platform/files/stored-file.ts';

/** SQL of the blank forms (様式) that associations hand out with their list of papers (`screens.md O-21`). */

export type PaperFormRow = { id: string; fileId: string; fileName: string; mediaType: string; size: number };

const columns = ['id', 'file_id as fileId', 'file_name as fileName', 'media_type as mediaType', 'size'] as const;

/** One form by its number; whoever is signed in may fetch it. */
export async function findPaperForm(tx: ReadTransaction, id: string): Promise<PaperFormRow | undefined> {
  return await tx.selectFrom('paper_form').select(columns).where('id', '=', id).executeTakeFirst();
}

/** Names of the association's own forms among these, by number. */
export async function paperFormNames(tx: ReadTransaction, associationId: number, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .selectFrom('paper_form')
    .select(['id', 'file_name'])
    .where('association_id', '=', associationId)
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.map((row) => [row.id, row.file_name]));
}

export type NewPaperForm = StoredFile & { id: string; associationId: number; accountId: string; byName: string; at: Date };

/** Adds a form and the record of its stored file; neither is changed afterwards, as versions of the settings name it. */
export async function insertPaperForm(tx: WriteTransaction, row: NewPaperForm): Promise<void> {
  await recordFile(tx, row, { ownerId: row.accountId, at: row.at });
  await tx
    .insertInto('paper_form')
    .values({
      id: row.id,
      association_id: row.associationId,
      file_id: row.fileId,
      file_name: row.fileName,
      media_type: row.mediaType,
      size: row.size,
      created_at: row.at,
      created_by_name: row.byName,
    })
    .execute();
}
