import type { Day } from '#kernel/day.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';
import type pg from 'pg';
import { owedVersions } from './store.server.ts';

/** SQL of the consent to a new version of the terms (`screens.md A-17`); seen by the system only, like all of sign-in. */

export type OwedVersion = { kind: string; version: number; effectiveOn: Day; agreeBy: Day; changes: string };

/** The versions whose consent a session owes, oldest first. */
export async function listOwed(system: pg.Pool, tokenHash: Buffer): Promise<OwedVersion[]> {
  const found = await system.query<OwedVersion>(
    `SELECT v.kind, v.version, v.effective_on AS "effectiveOn", v.agree_by AS "agreeBy", v.changes
     FROM session s JOIN account a ON a.id = s.account_id JOIN terms_version v ON ${owedVersions}
     WHERE s.token_hash = $1 ORDER BY array_position(ARRAY['terms', 'privacy', 'office'], v.kind), v.version`,
    [tokenHash],
  );
  return found.rows;
}

/** Notes what an account has agreed to; a second press changes nothing. */
export async function insertAgreed(
  tx: WriteTransaction,
  consent: { accountId: string; at: Date; versions: readonly Pick<OwedVersion, 'kind' | 'version'>[] },
): Promise<void> {
  if (consent.versions.length === 0) return;
  await tx
    .insertInto('terms_consent')
    .values(consent.versions.map(({ kind, version }) => ({ account_id: consent.accountId, kind, version, agreed_at: consent.at })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The office terms of the day, which a newcomer agrees to as he begins. */
export async function insertOfficeConsent(tx: WriteTransaction, accountId: string, about: { on: Day; at: Date }): Promise<void> {
  await sql`
    INSERT INTO terms_consent (account_id, kind, version, agreed_at)
    SELECT ${accountId}::uuid, v.kind, v.version, ${about.at}::timestamptz FROM terms_version v
    WHERE v.kind = 'office' AND v.effective_on <= ${about.on} ORDER BY v.version DESC LIMIT 1
    ON CONFLICT DO NOTHING`.execute(tx);
}

/** 今は同意しない: for this session only. */
export async function putOffConsent(tx: WriteTransaction, tokenHash: Buffer): Promise<void> {
  await tx.updateTable('session').set({ consent_put_off: true }).where('token_hash', '=', tokenHash).execute();
}
