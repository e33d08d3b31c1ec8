import type { Day } from '#kernel/day.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';
import type { Place } from './postal-label.ts';

/** SQL of where the mail of a page of members goes (`screens.md O-07`): one question each for the whole page. */

export type PostalWish = { personId: string; sendTo: string; affiliationId: string | null };

/** 文書送付先(初期値) of those among these persons who have chosen; the others keep the default. */
export async function listPostalWishes(tx: ReadTransaction, ids: readonly string[]): Promise<PostalWish[]> {
  if (ids.length === 0) return [];
  return await tx
    .selectFrom('mailing_preference')
    .select(['person_id as personId', 'send_to as sendTo', 'affiliation_id as affiliationId'])
    .where('person_id', '=', sql<string>`ANY (${sql.val([...ids])}::uuid[])`)
    .execute();
}

export type MemberPlace = Place & { personId: string };

/** Workplaces of these persons with a membership that has not ended, as far as they are in scope; the 主たる one first. */
export async function listMemberPlaces(tx: ReadTransaction, ids: readonly string[], today: Day): Promise<MemberPlace[]> {
  if (ids.length === 0) return [];
  const found = await sql<MemberPlace>`
    SELECT a.person_id AS "personId", a.id AS "affiliationId", a.is_primary AS "primary", coalesce(f.name, '') AS name,
      coalesce(f.postal_code, '') AS "postalCode", coalesce(f.address, '') AS address
    FROM affiliation a LEFT JOIN facility f ON f.id = a.facility_id
    WHERE a.person_id = ANY (${sql.val([...ids])}::uuid[])
      AND EXISTS (SELECT FROM membership_phase h WHERE h.affiliation_id = a.id AND (h.ends_on IS NULL OR h.ends_on >= ${today}::date))
    ORDER BY a.person_id, a.is_primary DESC, a.id`.execute(tx);
  return found.rows;
}

/** What of one mailing is meant for a person: null means 初期値と同じ. */
export type SingleWish = { personId: string; sendTo: string | null; meant: boolean };

/** Where one mailing goes, and whether it is for his 会員区分 at all; 送付不要 counts only where the office allows it. */
export async function listSingleWishes(
  tx: ReadTransaction,
  ids: readonly string[],
  mailing: { id: number; today: Day },
): Promise<SingleWish[]> {
  if (ids.length === 0) return [];
  const found = await sql<SingleWish>`
    SELECT p.id AS "personId", CASE WHEN c.send_to = 'none' AND NOT m.refusable THEN NULL ELSE c.send_to END AS "sendTo",
      m.category_ids = '{}' OR EXISTS (SELECT FROM membership_phase h WHERE h.person_id = p.id AND h.association_id = m.association_id
        AND h.category_id = ANY (m.category_ids) AND h.starts_on <= ${mailing.today}::date
        AND (h.ends_on IS NULL OR h.ends_on >= ${mailing.today}::date)) AS meant
    FROM person p JOIN association_mailing m ON m.id = ${mailing.id} LEFT JOIN mailing_choice c ON c.mailing_id = m.id AND c.person_id = p.id
    WHERE p.id = ANY (${sql.val([...ids])}::uuid[])`.execute(tx);
  return found.rows;
}

/** Of these persons the ones who left an association before a day and have nothing open there (`screens.md O-08`). */
export async function listLongGone(
  tx: ReadTransaction,
  ids: readonly string[],
  ask: { associationId: number; before: Day },
): Promise<string[]> {
  if (ids.length === 0) return [];
  const found = await sql<{ personId: string }>`
    SELECT m.person_id AS "personId" FROM membership_period m
    WHERE m.person_id = ANY (${sql.val([...ids])}::uuid[]) AND m.association_id = ${ask.associationId}
    GROUP BY m.person_id HAVING max(coalesce(m.left_on, 'infinity'::date)) < ${ask.before}::date
      AND NOT EXISTS (SELECT FROM application_step s WHERE s.person_id = m.person_id AND s.association_id = ${ask.associationId} AND s.open)`.execute(
    tx,
  );
  return found.rows.map((row) => row.personId);
}
