import type { Day } from '#kernel/day.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import type { ChangeKind, FacilityContent, FieldChange } from './fields.ts';

/** SQL of the master of facilities as it changes, and of what has changed (`screens.md O-14, J-06`). */

function columnsOf(content: FacilityContent) {
  return {
    name: content.name,
    kana: content.kana,
    common_name: content.commonName,
    institution_code: content.institutionCode,
    postal_code: content.postalCode,
    prefecture_code: content.prefectureCode === '' ? null : content.prefectureCode,
    address: content.address,
    tel: content.tel,
    fax: content.fax,
    owner_type: content.ownerType,
    beds: content.beds === '' ? null : Number(content.beds),
    attached: content.attached,
  };
}

/** Adds one facility that a prefecture has approved. */
export async function insertRegistered(
  tx: WriteTransaction,
  row: { id: string; content: FacilityContent; associationId: number | null; at: Date },
): Promise<void> {
  const { id, content, associationId, at } = row;
  await tx
    .insertInto('facility')
    .values({ id, ...columnsOf(content), association_id: associationId, state: 'registered', recorded_at: at })
    .execute();
}

/** What a facility is from now on; a candidate becomes one of the master. */
export async function updateRegistered(
  tx: WriteTransaction,
  row: { id: string; content: FacilityContent; version: number; at: Date },
): Promise<void> {
  const { id, content, version, at } = row;
  await tx
    .updateTable('facility')
    .set({ ...columnsOf(content), state: 'registered', version, recorded_at: at })
    .where('id', '=', id)
    .execute();
}

/** Holds the row of a facility against everybody who is about to refer to it. */
export async function holdFacility(tx: WriteTransaction, id: string): Promise<void> {
  await tx.selectFrom('facility').select('id').where('id', '=', id).forUpdate().execute();
}

/** Closes a facility into another; those closed into it before follow. */
export async function closeInto(tx: WriteTransaction, row: { id: string; into: string; version: number; on: Day }): Promise<void> {
  const { id, into, version, on } = row;
  await tx.updateTable('facility').set({ merged_into: into }).where('merged_into', '=', id).execute();
  await tx.updateTable('facility').set({ state: 'closed', closed_on: on, merged_into: into, version }).where('id', '=', id).execute();
}

/** The version of a facility after a line of its history that changes none of its fields. */
export async function raiseVersion(tx: WriteTransaction, id: string, version: number): Promise<void> {
  await tx.updateTable('facility').set({ version }).where('id', '=', id).execute();
}

export type NewChange = {
  facilityId: string;
  version: number;
  kind: ChangeKind;
  changes: readonly FieldChange[];
  otherId: string | null;
  proposalId: string;
  associationId: number;
  deciderId: number;
  by: string;
  byName: string;
  at: Date;
};

/** One line of the history. */
export async function insertChange(tx: WriteTransaction, row: NewChange): Promise<void> {
  await tx
    .insertInto('facility_change')
    .values({
      facility_id: row.facilityId,
      version: row.version,
      kind: row.kind,
      changes: JSON.stringify(row.changes),
      other_id: row.otherId,
      proposal_id: row.proposalId,
      association_id: row.associationId,
      decider_id: row.deciderId,
      recorded_by: row.by,
      recorded_name: row.byName,
      recorded_at: row.at,
    })
    .execute();
}

export type ChangeRow = {
  version: number;
  kind: string;
  changes: unknown;
  other: string | null;
  associationId: number;
  deciderId: number;
  recordedAt: Date;
};

/** The latest changes of a facility, newest first. */
export async function listChanges(tx: ReadTransaction, facilityId: string, most: number): Promise<ChangeRow[]> {
  return await tx
    .selectFrom('facility_change as c')
    .leftJoin('facility as o', 'o.id', 'c.other_id')
    .select([
      'c.version',
      'c.kind',
      'c.changes',
      'o.name as other',
      'c.association_id as associationId',
      'c.decider_id as deciderId',
      'c.recorded_at as recordedAt',
    ])
    .where('c.facility_id', '=', facilityId)
    .orderBy('c.version', 'desc')
    .limit(most)
    .execute();
}
