import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';

/** SQL around drafts: what else the person has open. */

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

/** Associations that an open 異動届 without destination is to end, while nobody has decided it (`rules.md 3.6`). */
export async function listLeavingUndecided(tx: ReadTransaction, personId: string): Promise<number[]> {
  const found = await sql<{ id: number }>`
    SELECT DISTINCT s.association_id AS id FROM application a JOIN application_step s ON s.application_id = a.id
    WHERE a.person_id = ${personId} AND a.kind = 'transfer' AND (a.form ->> 'undecided') = 'true' AND a.state IN ('submitted', 'returned')
      AND s.leg = 'leave' AND s.role <> 'receive'`.execute(tx);
  return found.rows.map((row) => row.id);
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

/** What the person has open, by the key that allows one of each (`rules.md 3.11`). */
export async function listOpenKeys(tx: ReadTransaction, personId: string): Promise<{ id: string; openKey: string }[]> {
  const rows = await tx
    .selectFrom('application')
    .select(['id', 'open_key'])
    .where('person_id', '=', personId)
    .where('state', 'in', ['submitted', 'returned'])
    .orderBy('id')
    .limit(100)
    .execute();
  return rows.flatMap((row) => (row.open_key === null ? [] : [{ id: row.id, openKey: row.open_key }]));
}

/** Deletes a draft with its papers; the stored files are removed by the cleaning job. */
export async function deleteDraftRows(tx: WriteTransaction, applicationId: string): Promise<void> {
  await tx.deleteFrom('document').where('application_id', '=', applicationId).execute();
  await tx.deleteFrom('paper_original').where('application_id', '=', applicationId).execute();
  await tx.deleteFrom('application').where('id', '=', applicationId).where('state', '=', 'draft').execute();
}
