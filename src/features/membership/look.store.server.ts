import type { ReadTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';

/** SQL of the last look at a member's page, as the record of looks tells (`screens.md O-08`). */

/** When an account saw a member's data last, before an instant; null when it never did. */
export async function lastLook(
  tx: ReadTransaction,
  ask: { accountId: string; associationId: number; personId: string; before: Date },
): Promise<Date | null> {
  const found = await sql<{ at: Date }>`
    SELECT e.at FROM audit_event e WHERE e.account_id = ${ask.accountId}::uuid AND e.target = ${ask.personId} AND e.action = 'member.viewed'
      AND e.detail ? 'asOf' AND e.association_id = ${ask.associationId} AND e.at < ${ask.before} ORDER BY e.at DESC LIMIT 1`.execute(tx);
  return found.rows[0]?.at ?? null;
}
