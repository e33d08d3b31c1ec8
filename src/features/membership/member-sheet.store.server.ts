import type { ReadTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';
import type { MemberScope } from './member-scope.store.server.ts';
import { periodsIn, phasesIn } from './member-scope.store.server.ts';
import type { MemberFacts, MemberWork } from './sheet-fields.ts';

/** SQL of what only the file of 会員一覧 shows (`screens.md §9`): one question for a page of rows. */

/** Profiles of a page of members. */
export async function listMemberFacts(tx: ReadTransaction, ids: readonly string[]): Promise<MemberFacts[]> {
  if (ids.length === 0) return [];
  const found = await sql<MemberFacts>`
    SELECT p.id AS "personId", l.licensed_on AS "licensedOn", p.surname, p.given_name AS "givenName", p.surname_kana AS "surnameKana",
      p.given_name_kana AS "givenNameKana", coalesce(p.former_surname, '') AS "formerSurname", coalesce(p.former_given_name, '') AS "formerGivenName",
      p.use_former_name AS "useFormerName",
      p.birth_on AS "birthOn", p.sex, p.postal_code AS "postalCode", p.prefecture_code AS "prefectureCode", p.address_line AS "addressLine", p.building,
      p.tel, p.fax, coalesce(p.mail, '') AS mail, p.departments, coalesce(p.school_code, '') AS "schoolCode", p.school_text AS "schoolText",
      p.graduated_on AS "graduatedOn"
    FROM person p JOIN person_licence l ON l.person_id = p.id AND l.current WHERE p.id = ANY (${sql.val([...ids])}::uuid[])`.execute(tx);
  return found.rows;
}

/** Workplaces and categories through time of these persons in one association, oldest first. */
export async function listMemberWork(
  tx: ReadTransaction,
  ids: readonly string[],
  scope: Pick<MemberScope, 'associationId' | 'knownAt'>,
): Promise<MemberWork[]> {
  if (ids.length === 0) return [];
  const found = await sql<MemberWork>`
    SELECT h.person_id AS "personId", h.starts_on AS "startsOn", h.ends_on AS "endsOn", c.code AS "categoryCode", coalesce(m.left_reason, '') AS "leftReason",
      coalesce(f.name, '') AS "facilityName", coalesce(f.postal_code, '') AS "facilityPostalCode", coalesce(f.address, '') AS "facilityAddress",
      coalesce(f.tel, '') AS "facilityTel", coalesce(f.fax, '') AS "facilityFax", coalesce(f.owner_type, '') AS "ownerType",
      coalesce(a.work_code, '') AS "workCode", coalesce(a.position_code, '') AS "positionCode", coalesce(a.position_text, '') AS "positionText",
      coalesce(a.designations, '{}') AS designations
    FROM ${phasesIn(scope)} h JOIN member_category c ON c.id = h.category_id
    LEFT JOIN ${periodsIn(scope)} m ON m.person_id = h.person_id AND m.association_id = h.association_id AND m.joined_on = h.joined_on
      AND m.person_id = ANY (${sql.val([...ids])}::uuid[]) AND m.association_id = ${scope.associationId}
    LEFT JOIN facility f ON f.id = h.facility_id LEFT JOIN affiliation a ON a.id = h.affiliation_id
    WHERE h.person_id = ANY (${sql.val([...ids])}::uuid[]) AND h.association_id = ${scope.associationId}
    ORDER BY h.person_id, h.starts_on`.execute(tx);
  return found.rows;
}
