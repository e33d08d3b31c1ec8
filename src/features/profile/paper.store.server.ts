import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import type { FreeFile } from '#platform/files/free-files.ts';

/** SQL of 証拠書類 (`screens.md O-09`): bound to the profile_change when it is registered. */

export type Paper = FreeFile;

/** Binds papers to a change. */
export async function bindPapers(tx: WriteTransaction, rows: readonly { id: string; changeId: string; fileId: string }[]): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insertInto('profile_change_paper')
    .values(rows.map((row) => ({ id: row.id, change_id: row.changeId, file_id: row.fileId })))
    .execute();
}

/** The papers of changes, as far as the actor may see them. */
export async function listPapers(tx: ReadTransaction, changeIds: readonly string[]): Promise<(Paper & { changeId: string })[]> {
  if (changeIds.length === 0) return [];
  return await tx
    .selectFrom('profile_change_paper as q')
    .innerJoin('stored_file as f', 'f.id', 'q.file_id')
    .select(['q.change_id as changeId', 'f.id', 'f.name as fileName', 'f.size'])
    .where('q.change_id', 'in', [...changeIds])
    .where('f.erased_at', 'is', null)
    .orderBy('f.name')
    .orderBy('f.id')
    .execute();
}

/** One paper of a person's changes whose content is still kept. */
export async function findPaper(
  tx: ReadTransaction,
  ask: { personId: string; fileId: string },
): Promise<(Paper & { mediaType: string }) | undefined> {
  return await tx
    .selectFrom('profile_change_paper as q')
    .innerJoin('profile_change as c', 'c.id', 'q.change_id')
    .innerJoin('stored_file as f', 'f.id', 'q.file_id')
    .select(['f.id', 'f.name as fileName', 'f.media_type as mediaType', 'f.size'])
    .where('c.person_id', '=', ask.personId)
    .where('q.file_id', '=', ask.fileId)
    .where('f.erased_at', 'is', null)
    .executeTakeFirst();
}
