import type pg from 'pg';

/** SQL of a new mail address that does not hold yet (D-05), as one's own login page shows it; the entrance writes it. */

/** sent: the new address has its link · confirmed: the former address is asked, and the time runs. */
export type MailChangeStage = 'sent' | 'confirmed';

export type MailChangeRow = { stage: MailChangeStage; mail: string; until: Date };

/** What an account waits for: a confirmed address first, then the newest one whose link can still be used. */
export async function listMailChanges(system: pg.Pool, ask: { accountId: string; now: Date }): Promise<MailChangeRow[]> {
  const found = await system.query<MailChangeRow>(
    `SELECT 'confirmed' AS stage, mail, applies_at AS until FROM mail_change WHERE account_id = $1
     UNION ALL
     (SELECT 'sent', mail, expires_at FROM account_link
      WHERE account_id = $1 AND purpose = 'mail' AND used_at IS NULL AND expires_at > $2 ORDER BY created_at DESC LIMIT 1)`,
    [ask.accountId, ask.now],
  );
  return found.rows;
}
