import { sql } from 'kysely';
import type { ReadTransaction } from '../db/transaction.ts';

/** A file that was sent and belongs to nothing yet. */
export type FreeFile = { id: string; fileName: string; size: number };

/**
 * Of these files the ones that their owner has sent, whose content is kept and that nothing names yet, in the order of their
 * ids. The one rule for every table that names files: the database knows them by their references, seen or not, and refuses
 * the later one of two who take a file at the same moment.
 */
export async function listFreeFiles(tx: ReadTransaction, ownerId: string, ids: readonly string[]): Promise<FreeFile[]> {
  if (ids.length === 0) return [];
  return await tx
    .selectFrom('stored_file as f')
    .select(['f.id', 'f.name as fileName', 'f.size'])
    .where('f.id', 'in', sql<string>`(SELECT free_files(${ownerId}, ${sql.val([...ids])}::uuid[]))`)
    .orderBy('f.id')
    .execute();
}
