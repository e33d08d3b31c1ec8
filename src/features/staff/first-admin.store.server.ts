import type { Day } from '#kernel/day.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';

/** SQL of the invitations of 初期管理者 (`screens.md J-02`): an invitation carries the number of its naming. */

/** Those named last for an association in force on a day, whose invitation is not made yet. */
export async function listUninvited(tx: ReadTransaction, on: Day): Promise<string[]> {
  const found = await sql<{ id: string }>`
    SELECT f.id FROM association_first_admin f
    WHERE NOT EXISTS (SELECT FROM staff_invitation i WHERE i.id = f.id)
      AND NOT EXISTS (SELECT FROM association_first_admin g WHERE g.association_id = f.association_id AND g.named_at > f.named_at)
      AND EXISTS (SELECT FROM association_version v WHERE v.association_id = f.association_id AND v.starts_on <= ${on})
      AND NOT EXISTS (SELECT FROM association_closing z WHERE z.association_id = f.association_id AND z.closes_on < ${on})
    ORDER BY f.named_at LIMIT 500`.execute(tx);
  return found.rows.map((row) => row.id);
}

/** Invitations of those named before for the same association that nobody has answered. */
export async function listEarlierInvitations(tx: ReadTransaction, one: { id: string; associationId: number }): Promise<string[]> {
  const found = await sql<{ id: string }>`
    SELECT i.id FROM staff_invitation i JOIN association_first_admin f ON f.id = i.id
    WHERE f.association_id = ${one.associationId} AND i.id <> ${one.id}::uuid AND i.outcome IS NULL LIMIT 100`.execute(tx);
  return found.rows.map((row) => row.id);
}
