import type { Day } from '#kernel/day.ts';
import type { DB } from '#platform/db/schema.gen.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { recordFile } from '#platform/files/record-file.ts';
import type { StoredFile } from '#platform/files/stored-file.ts';
import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { InfoContent } from './info-fields.ts';

/** SQL of 医師会情報 (`screens.md O-19`): insert only, by version; of those that have begun the one with the latest 適用日 counts. */

export type Info = InfoContent & { associationId: number; version: number; startsOn: Day; recordedBy: string; recordedAt: Date };

type Row = Selectable<DB['association_info']> & { breach_mail?: string | null };

function typed(row: Row): Info {
  return {
    associationId: row.association_id,
    version: row.version,
    startsOn: row.starts_on,
    presidentName: row.president_name,
    postalCode: row.postal_code,
    address: row.address,
    tel: row.tel,
    fax: row.fax,
    mail: row.mail,
    officeHours: row.office_hours,
    website: row.website,
    joinGuide: row.join_guide,
    way: row.way === 'office' ? 'office' : 'direct',
    signerTitle: row.signer_title,
    signerName: row.signer_name,
    sealId: row.seal_id,
    breachMail: row.breach_mail ?? '',
    recordedBy: row.recorded_by,
    recordedAt: row.recorded_at,
  };
}

/** What is in force in some associations on a day; one that has stored nothing is missing from the answer. 漏えい報告先 is left out. */
export async function listInfoOn(tx: ReadTransaction, ids: readonly number[], on: Day): Promise<Info[]> {
  if (ids.length === 0) return [];
  const found = await sql<Row>`
    SELECT i.* FROM unnest(${sql.val([...ids])}::int[]) AS a(id) CROSS JOIN LATERAL association_info_on(a.id, ${on}) i`.execute(tx);
  return found.rows.map(typed);
}

const mostVersions = 100;

/** Every version of the own association, newest first. */
export async function listInfo(tx: ReadTransaction, associationId: number): Promise<Info[]> {
  const rows = await tx
    .selectFrom('association_info as i')
    .leftJoin('association_breach_mail as b', (join) =>
      join.onRef('b.association_id', '=', 'i.association_id').onRef('b.version', '=', 'i.version'),
    )
    .selectAll('i')
    .select('b.mail as breach_mail')
    .where('i.association_id', '=', associationId)
    .orderBy('i.version', 'desc')
    .limit(mostVersions)
    .execute();
  return rows.map(typed);
}

/** Writes a further version. */
export async function insertInfo(tx: WriteTransaction, { breachMail, ...row }: Info): Promise<void> {
  await tx
    .insertInto('association_info')
    .values({
      association_id: row.associationId,
      version: row.version,
      starts_on: row.startsOn,
      president_name: row.presidentName,
      postal_code: row.postalCode,
      address: row.address,
      tel: row.tel,
      fax: row.fax,
      mail: row.mail,
      office_hours: row.officeHours,
      website: row.website,
      join_guide: row.joinGuide,
      way: row.way,
      signer_title: row.signerTitle,
      signer_name: row.signerName,
      seal_id: row.sealId,
      recorded_by: row.recordedBy,
      recorded_at: row.recordedAt,
    })
    .execute();
  if (breachMail === '') return;
  await tx
    .insertInto('association_breach_mail')
    .values({ association_id: row.associationId, version: row.version, mail: breachMail })
    .execute();
}

export type SealRow = { id: string; associationId: number; fileId: string; mediaType: string; size: number };

/** A seal by its number. */
export async function findSeal(tx: ReadTransaction, id: string): Promise<SealRow | undefined> {
  return await tx
    .selectFrom('association_seal')
    .select(['id', 'association_id as associationId', 'file_id as fileId', 'media_type as mediaType', 'size'])
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Adds a seal and the record of its stored file; versions name it, so neither is changed afterwards. */
export async function insertSeal(
  tx: WriteTransaction,
  row: StoredFile & { id: string; associationId: number; accountId: string; byName: string; at: Date },
): Promise<void> {
  const { id, fileId, mediaType, size } = row;
  await recordFile(tx, row, { ownerId: row.accountId, at: row.at });
  await tx
    .insertInto('association_seal')
    .values({
      id,
      association_id: row.associationId,
      file_id: fileId,
      media_type: mediaType,
      size,
      created_at: row.at,
      created_by_name: row.byName,
    })
    .execute();
}
