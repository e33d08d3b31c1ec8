import type { Day } from '#kernel/day.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';
import { phasesIn } from './member-scope.store.server.ts';
import type { LedgerEvent } from './rules.ts';
import { listEvents } from './store.server.ts';

/** SQL of what is shown with a page of members and of one member (`screens.md O-07, O-08`). */

export type MemberPhaseRow = {
  personId: string;
  associationId: number;
  category: string;
  facility: string;
  startsOn: Day;
  endsOn: Day | null;
  joinedOn: Day;
  leftOn: Day | null;
};

/** Categories and workplaces through time of these persons in these associations, as far as they are in scope; oldest first. */
export async function listMemberPhases(
  tx: ReadTransaction,
  personIds: readonly string[],
  { associationIds, knownAt }: { associationIds: readonly number[]; knownAt?: Date | undefined },
): Promise<MemberPhaseRow[]> {
  if (personIds.length === 0) return [];
  const found = await sql<MemberPhaseRow>`
    SELECT h.person_id AS "personId", h.association_id AS "associationId", c.name AS category, coalesce(f.name, '') AS facility,
      h.starts_on AS "startsOn", h.ends_on AS "endsOn", h.joined_on AS "joinedOn", h.left_on AS "leftOn"
    FROM ${phasesIn({ knownAt })} h JOIN member_category c ON c.id = h.category_id LEFT JOIN facility f ON f.id = h.facility_id
    WHERE h.person_id = ANY (${sql.val([...personIds])}::uuid[]) AND h.association_id = ANY (${sql.val([...associationIds])}::int[])
    ORDER BY h.person_id, h.starts_on`.execute(tx);
  return found.rows;
}

/** Of these persons the ones with an application that is open in an association: 未処理の申請あり. */
export async function listApplying(tx: ReadTransaction, personIds: readonly string[], associationId: number): Promise<string[]> {
  if (personIds.length === 0) return [];
  const rows = await tx
    .selectFrom('application_step')
    .select('person_id')
    .distinct()
    .where('person_id', '=', sql<string>`ANY (${sql.val([...personIds])}::uuid[])`)
    .where('association_id', '=', associationId)
    .where('open', '=', true)
    .execute();
  return rows.map((row) => row.person_id);
}

/** True when the person has, or had, a membership in the association or has an application open there (`rules.md 5.6`). */
export async function isInScope(tx: ReadTransaction, personId: string, associationId: number): Promise<boolean> {
  const period = await tx
    .selectFrom('membership_event')
    .select('id')
    .where('person_id', '=', personId)
    .where('association_id', '=', associationId)
    .limit(1)
    .executeTakeFirst();
  return period !== undefined || (await listApplying(tx, [personId], associationId)).length > 0;
}

export type LedgerLine = LedgerEvent & { recordedAt: Date; category: string; facility: string; office: string };

/** The ledger of one person in one association, as it was known at an instant when one is given; in the order of recording. */
export async function listLedger(
  tx: ReadTransaction,
  key: { personId: string; associationId: number },
  knownAt: Date | undefined,
): Promise<LedgerLine[]> {
  const events = await listEvents(tx, key.personId, key.associationId);
  const rows = await tx
    .selectFrom('membership_event as e')
    .leftJoin('member_category as c', 'c.id', 'e.category_id')
    .leftJoin('facility as f', 'f.id', 'e.facility_id')
    .leftJoin('association_version as v', (join) =>
      join.onRef('v.association_id', '=', 'e.acting_association_id').on('v.ends_on', 'is', null),
    )
    .select(['e.id', 'e.recorded_at', 'c.name as category', 'f.name as facility', 'v.name as office'])
    .where('e.person_id', '=', key.personId)
    .where('e.association_id', '=', key.associationId)
    .where(knownAt === undefined ? sql<boolean>`true` : sql<boolean>`e.recorded_at <= ${knownAt}`)
    .execute();
  const facts = new Map(rows.map((row) => [row.id, row]));
  return events.flatMap((event) => {
    const fact = facts.get(event.id);
    if (fact === undefined) return [];
    return [
      { ...event, recordedAt: fact.recorded_at, category: fact.category ?? '', facility: fact.facility ?? '', office: fact.office ?? '' },
    ];
  });
}

export type MemberAffiliation = {
  id: string;
  isPrimary: boolean;
  lowestAssociationId: number;
  facility: string;
  facilityAddress: string;
  work: string;
  position: string;
  positionText: string;
  designations: string[];
  designationText: string;
};

/** 所属 of a person within our scope. */
export async function listMemberAffiliations(tx: ReadTransaction, personId: string): Promise<MemberAffiliation[]> {
  const rows = await tx
    .selectFrom('affiliation as a')
    .leftJoin('facility as f', 'f.id', 'a.facility_id')
    .select([
      'a.id',
      'a.is_primary',
      'a.lowest_association_id',
      'f.name',
      'f.address',
      'a.work_code',
      'a.position_code',
      'a.position_text',
      'a.designations',
      'a.designation_text',
    ])
    .where('a.person_id', '=', personId)
    .orderBy('a.is_primary', 'desc')
    .orderBy('a.id')
    .limit(100)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    isPrimary: row.is_primary,
    lowestAssociationId: row.lowest_association_id,
    facility: row.name ?? '',
    facilityAddress: row.address ?? '',
    work: row.work_code ?? '',
    position: row.position_code ?? '',
    positionText: row.position_text,
    designations: row.designations,
    designationText: row.designation_text,
  }));
}

/** When a doctor within our scope was on マイページ last; null when never. */
export async function lastLoginOf(tx: ReadTransaction, personId: string): Promise<Date | null> {
  const found = await sql<{ at: Date | null }>`SELECT last_login_of(${personId}::uuid) AS at`.execute(tx);
  return found.rows[0]?.at ?? null;
}
