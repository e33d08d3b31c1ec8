import type { Day } from '#kernel/day.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';

/** SQL around drafts: what else the person has open, and the papers handed in. */

/** Associations that the person already asks to join in another open application. */
export async function listOpenJoins(tx: ReadTransaction, personId: string, exceptApplicationId: string): Promise<number[]> {
  let rows = tx
    .selectFrom('application_step')
    .select('association_id')
    .where('person_id', '=', personId)
    .where('open', '=', true)
    .where('leg', '=', 'join')
    .where('state', '<>', 'skipped');
  if (exceptApplicationId !== '') rows = rows.where('application_id', '<>', exceptApplicationId);
  return (await rows.limit(50).execute()).map((row) => row.association_id);
}

/** The open application that stands in the way of a second one for the same affiliation. */
export async function findOpenRival(tx: ReadTransaction, personId: string, openKey: string): Promise<{ id: string } | undefined> {
  return await tx
    .selectFrom('application')
    .select('id')
    .where('person_id', '=', personId)
    .where('open_key', '=', openKey)
    .where('state', 'in', ['submitted', 'returned'])
    .executeTakeFirst();
}

export type DocumentRow = {
  id: string;
  kind: string;
  title: string;
  fileId: string;
  fileName: string;
  mediaType: string;
  size: number;
  createdAt: Date;
};

/** Papers of a case that are in force, oldest first. */
export async function listDocuments(tx: ReadTransaction, applicationId: string): Promise<DocumentRow[]> {
  return await tx
    .selectFrom('document')
    .select([
      'id',
      'kind',
      'title',
      'file_id as fileId',
      'file_name as fileName',
      'media_type as mediaType',
      'size',
      'created_at as createdAt',
    ])
    .where('application_id', '=', applicationId)
    .where('removed_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .limit(100)
    .execute();
}

export type NewDocument = {
  id: string;
  applicationId: string;
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

/** Takes a paper out of force; it stays on record. False when it was not in force. */
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
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** Deletes a draft with its papers; the stored files are removed by the cleaning job. */
export async function deleteDraftRows(tx: WriteTransaction, applicationId: string): Promise<void> {
  await tx.deleteFrom('document').where('application_id', '=', applicationId).execute();
  await tx.deleteFrom('application').where('id', '=', applicationId).where('state', '=', 'draft').execute();
}

/** The affiliation a further join continues: the one of the person whose lowest association it is. */
export async function findAffiliationOf(
  tx: ReadTransaction,
  { personId, lowestAssociationId }: { personId: string; lowestAssociationId: number },
  on: Day,
): Promise<string | undefined> {
  const row = await tx
    .selectFrom('affiliation as a')
    .innerJoin('membership_phase as p', 'p.affiliation_id', 'a.id')
    .select('a.id')
    .where('a.person_id', '=', personId)
    .where('a.lowest_association_id', '=', lowestAssociationId)
    .where((where) => where.or([where('p.ends_on', 'is', null), where('p.ends_on', '>=', on)]))
    .orderBy('a.id')
    .limit(1)
    .executeTakeFirst();
  return row?.id;
}
