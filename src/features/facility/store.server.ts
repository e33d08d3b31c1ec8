import { beginsWith } from '#platform/db/begins-with.ts';
import type { Day } from '#kernel/day.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';

export type FacilityRow = {
  id: string;
  name: string;
  kana: string;
  postalCode: string;
  address: string;
  tel: string;
  fax: string;
  ownerType: string;
  beds: number | null;
  attached: string;
  associationId: number | null;
  prefectureCode: string | null;
  state: string;
  commonName: string;
  institutionCode: string;
  /** The day on which it was merged into another one. */
  closedOn: Day | null;
  mergedInto: string | null;
  version: number;
};

function facilities(tx: ReadTransaction) {
  return tx
    .selectFrom('facility')
    .select([
      'id',
      'name',
      'kana',
      'postal_code as postalCode',
      'address',
      'tel',
      'fax',
      'owner_type as ownerType',
      'beds',
      'attached',
      'association_id as associationId',
      'prefecture_code as prefectureCode',
      'state',
      'common_name as commonName',
      'institution_code as institutionCode',
      'closed_on as closedOn',
      'merged_into as mergedInto',
      'version',
    ]);
}

/** One facility of the master. */
export async function findFacilityRow(tx: ReadTransaction, id: string): Promise<FacilityRow | undefined> {
  return await facilities(tx).where('id', '=', id).executeTakeFirst();
}

/** Facilities by their ids, in no order. */
export async function listFacilityRows(tx: ReadTransaction, ids: readonly string[]): Promise<FacilityRow[]> {
  return ids.length === 0
    ? []
    : await facilities(tx)
        .where('id', 'in', [...ids])
        .execute();
}

export type FacilitySearch = { fold: string; digits: string; prefectureCode: string; limit: number };

/**
 * Registered facilities: by beginning of name or kana on the index, else by part of the name within one prefecture or
 * the whole land (bounded by `limit`); by telephone digits exactly.
 */
export async function searchFacilities(tx: ReadTransaction, search: FacilitySearch): Promise<FacilityRow[]> {
  let rows = facilities(tx).where('state', '=', 'registered');
  if (search.prefectureCode !== '') rows = rows.where('prefecture_code', '=', search.prefectureCode);
  if (search.digits.length >= 9) return await rows.where('tel_digits', '=', search.digits).limit(search.limit).execute();
  const begins = await rows
    .where((where) => where.or([beginsWith('name_fold', search.fold), beginsWith('kana_fold', search.fold)]))
    .orderBy('name_fold')
    .orderBy('id')
    .limit(search.limit)
    .execute();
  if (begins.length >= search.limit || [...search.fold].length < 2) return begins;
  const pattern = `%${search.fold.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  const parts = await rows.where('name_fold', 'like', pattern).orderBy('name_fold').orderBy('id').limit(search.limit).execute();
  const known = new Set(begins.map((row) => row.id));
  return [...begins, ...parts.filter((row) => !known.has(row.id))].slice(0, search.limit);
}

export type NewFacility = {
  id: string;
  name: string;
  kana: string;
  postalCode: string;
  prefectureCode: string | null;
  address: string;
  tel: string;
  fax: string;
  ownerType: string;
  beds: number | null;
  attached: string;
  associationId: number | null;
  state: 'registered' | 'candidate';
  proposedBy: string | null;
  commonName?: string;
  institutionCode?: string;
};

/** Adds facilities to the master, several at once. */
export async function insertFacilities(tx: WriteTransaction, rows: readonly NewFacility[]): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insertInto('facility')
    .values(
      rows.map((row) => ({
        id: row.id,
        name: row.name,
        kana: row.kana,
        postal_code: row.postalCode,
        prefecture_code: row.prefectureCode,
        address: row.address,
        tel: row.tel,
        fax: row.fax,
        owner_type: row.ownerType,
        beds: row.beds,
        attached: row.attached,
        common_name: row.commonName ?? '',
        institution_code: row.institutionCode ?? '',
        association_id: row.associationId,
        state: row.state,
        proposed_by: row.proposedBy,
      })),
    )
    .execute();
}
