import type { Day } from '#kernel/day.ts';
import { endOfDay, startOfDay } from '#kernel/day.ts';
import type { Walk } from '#kernel/paging.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';

/** SQL of 閲覧履歴 (`screens.md D-14`): a doctor asks about himself, and reads of offices, never of persons. */

/** `office` null: 運営事務局. */
export type AccessRow = { id: string; at: Date; office: string | null; action: string; purpose: string; onBehalfOf: string | null };

/** Acts of offices and of 運営事務局 on the data of the acting doctor, from a record on: the nearest first, older or newer ones. */
export async function listAccess(tx: ReadTransaction, ask: Walk & { since: Day; until: Day; on: Day }): Promise<AccessRow[]> {
  const direction = ask.backwards ? sql`ASC` : sql`DESC`;
  const found = await sql<AccessRow>`
    SELECT l.id::text AS id, l.at, l.action, l.purpose, CASE WHEN l.association_id IS NULL THEN NULL ELSE coalesce(v.name, '') END AS office, b.name AS "onBehalfOf"
    FROM own_access_log(${startOfDay(ask.since)}, ${endOfDay(ask.until)}, ${ask.from === '' ? null : ask.from}::bigint, ${ask.limit}, ${ask.backwards}) l
    LEFT JOIN association_version v ON v.association_id = l.association_id AND v.starts_on <= ${ask.on}::date AND (v.ends_on IS NULL OR v.ends_on >= ${ask.on}::date)
    LEFT JOIN association_version b ON b.association_id = l.on_behalf_of AND b.starts_on <= ${ask.on}::date AND (b.ends_on IS NULL OR b.ends_on >= ${ask.on}::date)
    ORDER BY l.at ${direction}, l.id ${direction}`.execute(tx);
  return found.rows;
}

/** How many there are in a period. */
export async function countAccess(tx: ReadTransaction, period: { since: Day; until: Day }): Promise<number> {
  const found = await sql<{ n: number }>`SELECT own_access_count(${startOfDay(period.since)}, ${endOfDay(period.until)}) AS n`.execute(tx);
  return found.rows[0]?.n ?? 0;
}

export type ViewerRow = { associationId: number; name: string; layer: number; current: boolean; ahead: boolean; applying: boolean };

/** The associations that may see a doctor now, and why (`rules.md 5.6`). */
export async function listViewers(tx: ReadTransaction, personId: string, on: Day): Promise<ViewerRow[]> {
  const found = await sql<ViewerRow>`
    SELECT x.id AS "associationId", coalesce(v.name, '') AS name, x.layer,
      EXISTS (SELECT FROM membership_period m WHERE m.person_id = p.id AND m.association_id = x.id
        AND m.joined_on <= ${on}::date AND (m.left_on IS NULL OR m.left_on >= ${on}::date)) AS current,
      EXISTS (SELECT FROM membership_period m WHERE m.person_id = p.id AND m.association_id = x.id AND m.joined_on > ${on}::date) AS ahead,
      EXISTS (SELECT FROM application_step s WHERE s.person_id = p.id AND s.association_id = x.id AND s.open) AS applying
    FROM person p CROSS JOIN unnest(p.visible_to) AS seen(id) JOIN association x ON x.id = seen.id
    LEFT JOIN association_version v ON v.association_id = x.id AND v.starts_on <= ${on}::date AND (v.ends_on IS NULL OR v.ends_on >= ${on}::date)
    WHERE p.id = ${personId}::uuid ORDER BY x.layer DESC, x.id`.execute(tx);
  return found.rows;
}
