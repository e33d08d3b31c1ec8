import type { WriteTransaction } from '../db/transaction.ts';
import type { StoredFile } from './stored-file.ts';

/**
 * Writes the record of a file that lies in the store, in the transaction that makes use of it (`rules.md 3.16`). A file whose
 * id says what it is (`derivedId`) may be there already: it is the same file.
 */
export async function recordFile(tx: WriteTransaction, file: StoredFile, about: { ownerId: string; at: Date }): Promise<void> {
  await tx
    .insertInto('stored_file')
    .values({
      id: file.fileId,
      sha256: Buffer.from(file.sha256, 'hex'),
      size: file.size,
      media_type: file.mediaType,
      name: file.fileName,
      owner_account_id: about.ownerId,
      created_at: about.at,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}
