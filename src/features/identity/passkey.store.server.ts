import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import type { Newcomer } from '#platform/second-factor/passkey.ts';
import type pg from 'pg';

/** SQL of passkeys and of the challenges that wait for an answer. Seen by the system only. */

export type PasskeyRow = {
  id: string;
  credentialId: Buffer;
  transports: string[];
  name: string;
  createdAt: Date;
  usedAt: Date | null;
};

/** The passkeys of an account, oldest first. */
export async function listPasskeys(tx: ReadTransaction, accountId: string): Promise<PasskeyRow[]> {
  return await tx
    .selectFrom('passkey')
    .select(['id', 'credential_id as credentialId', 'transports', 'name', 'created_at as createdAt', 'used_at as usedAt'])
    .where('account_id', '=', accountId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

/** How many passkeys an account has. */
export async function countPasskeys(tx: ReadTransaction, accountId: string): Promise<number> {
  const row = await tx
    .selectFrom('passkey')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow();
  return row.n;
}

/** Keeps a new passkey. @throws unique violation `passkey_credential_id` when it is known already */
export async function insertPasskey(
  tx: WriteTransaction,
  passkey: Newcomer & { id: string; accountId: string; name: string; at: Date },
): Promise<void> {
  await tx
    .insertInto('passkey')
    .values({
      id: passkey.id,
      account_id: passkey.accountId,
      credential_id: passkey.credentialId,
      public_key: passkey.publicKey,
      counter: passkey.counter,
      transports: passkey.transports,
      name: passkey.name,
      created_at: passkey.at,
    })
    .execute();
}

/** Takes one passkey of an account away; false when it has none like it. */
export async function deletePasskeyRow(tx: WriteTransaction, accountId: string, id: string): Promise<boolean> {
  const gone = await tx.deleteFrom('passkey').where('account_id', '=', accountId).where('id', '=', id).executeTakeFirst();
  return gone.numDeletedRows > 0n;
}

/** Notes a use; false when the device has counted further in the meantime, or the passkey is gone. */
export async function markUse(tx: WriteTransaction, id: string, use: { counter: number; at: Date }): Promise<boolean> {
  const done = await tx
    .updateTable('passkey')
    .set({ counter: use.counter, used_at: use.at })
    .where('id', '=', id)
    // A device that does not count says 0 every time.
    .where('counter', use.counter === 0 ? '=' : '<', use.counter)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

export type StoredPasskey = { id: string; accountId: string; credentialId: Buffer; publicKey: Buffer; counter: number };

/** The passkey that a browser names, whosever it is. */
export async function findPasskey(system: pg.Pool, credentialId: Buffer): Promise<StoredPasskey | undefined> {
  const found = await system.query<StoredPasskey>({
    name: 'passkey-of-credential',
    text: `SELECT id, account_id AS "accountId", credential_id AS "credentialId", public_key AS "publicKey", counter
      FROM passkey WHERE credential_id = $1`,
    values: [credentialId],
  });
  return found.rows[0];
}

/** What a challenge is for; `login` belongs to nobody yet. */
export type Wanted = { purpose: 'add' | 'second'; accountId: string } | { purpose: 'login'; accountId: null };

/** Keeps a challenge until it is answered or over; a few that are over go with it, so that strangers cannot pile them up. */
export async function putChallenge(system: pg.Pool, wanted: Wanted, made: { hash: Buffer; now: Date; until: Date }): Promise<void> {
  await system.query(
    `WITH over AS (SELECT challenge_hash FROM passkey_challenge WHERE expires_at <= $4 ORDER BY expires_at LIMIT 20 FOR UPDATE SKIP LOCKED),
       gone AS (DELETE FROM passkey_challenge c USING over WHERE c.challenge_hash = over.challenge_hash)
     INSERT INTO passkey_challenge (challenge_hash, purpose, account_id, expires_at) VALUES ($1, $2, $3, $5)`,
    [made.hash, wanted.purpose, wanted.accountId, made.now, made.until],
  );
}

/** Uses up a challenge, whatever becomes of the answer; false when it is unknown, used, over or meant for something else. */
export async function takeChallenge(system: pg.Pool, wanted: Wanted, given: { hash: Buffer; now: Date }): Promise<boolean> {
  const taken = await system.query<{ open: boolean }>(
    `DELETE FROM passkey_challenge WHERE challenge_hash = $1 AND purpose = $2 AND account_id IS NOT DISTINCT FROM $3::uuid
     RETURNING expires_at > $4 AS open`,
    [given.hash, wanted.purpose, wanted.accountId, given.now],
  );
  return taken.rows[0]?.open === true;
}
