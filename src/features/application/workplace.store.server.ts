import { beginsWith } from '#platform/db/begins-with.ts';
import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';

/** SQL of the condition 所属施設 of 申請管理 (`screens.md O-03`). Every way in stands on an index, since a list may hold a million cases. */

function containing(fold: string): string {
  return `%${fold.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
}

/**
 * Cases whose applicant works or is going to work at a facility with this text in its name. The leaving side of a transfer
 * knows the old workplace only, the joining side the new one only (`rules.md 3.6`); while the applicant corrects a case,
 * what was sent counts, not what is being typed (`rules.md 3.8`).
 */
export function workplaceCondition(fold: string): RawBuilder<boolean> {
  const like = containing(fold);
  const named = sql`ARRAY(SELECT f.id FROM facility f WHERE f.name_fold LIKE ${like} OR f.kana_fold LIKE ${like})`;
  const typed = beginsWith('w.workplace_fold', fold);
  const carried = sql`SELECT w.id FROM application w
    WHERE w.affiliation_id = ANY (ARRAY(SELECT l.id FROM affiliation l WHERE l.facility_id = ANY (${named})))`;
  const written = sql`SELECT w.id FROM application w WHERE w.workplace_id = ANY (${named}) AND w.state <> 'returned'
    UNION ALL SELECT w.id FROM application w WHERE ${typed} AND w.state <> 'returned'
    UNION ALL SELECT w.id FROM application w CROSS JOIN LATERAL (SELECT k.form FROM application_form k
        WHERE k.application_id = w.id ORDER BY k.id DESC LIMIT 1) sent
      WHERE w.state = 'returned' AND (sent.form #>> '{details,facilityId}' = ANY (${named}::text[])
        OR fold_name(sent.form #>> '{details,facilityName}') LIKE ${like})`;
  return sql<boolean>`(s.application_id IN (${written} UNION ALL ${carried})
    AND (NOT (a.kind = 'transfer' AND s.leg = 'leave') OR s.application_id IN (${carried})))`;
}
