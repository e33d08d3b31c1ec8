import type { ReadTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';
import type { SheetFacts } from './sheet-fields.ts';

/** SQL of what only the file of 申請一覧 shows (`screens.md §9`): one question for a page of rows. */

/**
 * Own category (as decided, else as applied, else as held), lowest association and workplace of each case. While the applicant corrects
 * a case, offices read what was sent, not what is being typed (`rules.md 3.8`).
 */
export async function listSheetFacts(tx: ReadTransaction, ids: readonly string[], associationId: number): Promise<SheetFacts[]> {
  if (ids.length === 0) return [];
  const found = await sql<SheetFacts>`
    SELECT a.id AS "applicationId",
      (SELECT s.association_id FROM application_step s WHERE s.application_id = a.id ORDER BY s.ordinal LIMIT 1) AS "lowestAssociationId",
      coalesce(c.name, '') AS category, coalesce(own.role, '') AS role,
      coalesce(g.name, nullif(form.details ->> 'facilityName', ''), f.name, '') AS facility
    FROM application a
    LEFT JOIN LATERAL (SELECT s.role, s.listed_category_id AS category_id FROM application_step s
      WHERE s.application_id = a.id AND s.association_id = ${associationId} ORDER BY s.open DESC, s.ordinal LIMIT 1) own ON true
    LEFT JOIN member_category c ON c.id = own.category_id
    LEFT JOIN LATERAL (SELECT coalesce(CASE WHEN a.state = 'returned' THEN
        (SELECT k.form FROM application_form k WHERE k.application_id = a.id ORDER BY k.id DESC LIMIT 1) END, a.form) -> 'details' AS details) form ON true
    LEFT JOIN facility g ON g.id = CASE WHEN form.details ->> 'facilityId' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
      THEN (form.details ->> 'facilityId')::uuid END
    LEFT JOIN affiliation l ON l.id = a.affiliation_id
    LEFT JOIN facility f ON f.id = l.facility_id
    WHERE a.id = ANY (${sql.val([...ids])}::uuid[])`.execute(tx);
  return found.rows;
}
