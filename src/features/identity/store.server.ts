import type { Day } from '#kernel/day.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';
import type pg from 'pg';
import type { AccountHolder } from './rules.ts';
import { forgottenAfterSeconds, freeTriesOfAccount, waitAfter } from './rules.ts';
import type { NewAccount } from './schema.ts';

/**
 * Sign-in reads and writes on the `system` pool: at that moment nobody is anybody yet, and row-level security shows
 * accounts and sessions to no other scope.
 */

const holderColumns = `
  a.id AS "accountId", a.kind, a.state AS "accountState", a.held_until AS "heldUntil", a.initial_until AS "initialUntil",
  p.id AS "personId", p.surname || ' ' || p.given_name AS "personName", p.died_on AS "diedOn",
  m.id AS "staffId", m.surname || ' ' || m.given_name AS "staffName", m.state AS "staffState",
  CASE WHEN m.valid_until >= $2::date THEN true
       WHEN m.role <> 'admin' OR m.association_id IS NULL THEN false
       ELSE NOT EXISTS (SELECT FROM staff_member o JOIN account oa ON oa.id = o.account_id AND oa.state = 'active'
         WHERE o.association_id = m.association_id AND o.role = 'admin' AND o.state = 'active'
           AND (o.valid_until, o.id) > (m.valid_until, m.id)) END AS "staffValid",
  m.office_kind AS "officeKind", m.role, x.id AS "associationId", x.layer, v.name AS "associationName"`;

const holderJoins = `
  LEFT JOIN person p ON a.kind = 'doctor' AND p.account_id = a.id
  LEFT JOIN association x ON x.id = m.association_id
  LEFT JOIN association_version v ON v.association_id = x.id AND v.starts_on <= $2::date AND (v.ends_on IS NULL OR v.ends_on >= $2::date)`;

/**
 * Versions whose consent a session (s) of an account (a) owes: in force and made known before it began, so that nobody is
 * stopped in the middle of his work (`screens.md A-17`).
 */
export const owedVersions = `v.agree_by IS NOT NULL AND v.effective_on <= (s.created_at AT TIME ZONE 'Asia/Tokyo')::date
  AND v.published_at <= s.created_at AND v.kind = ANY (CASE a.kind WHEN 'doctor' THEN ARRAY['terms', 'privacy'] ELSE ARRAY['office'] END)
  AND NOT EXISTS (SELECT FROM terms_consent c WHERE c.account_id = a.id AND c.kind = v.kind AND c.version >= v.version)`;

export type SessionRow = AccountHolder & {
  seenAt: Date;
  expiresAt: Date;
  pageSize: number | null;
  agreeBy: Day | null;
  consentPutOff: boolean;
};

/** The session of a token hash with everything that says who it is: one query per request. */
export async function findSession(system: pg.Pool, tokenHash: Buffer, today: Day): Promise<SessionRow | undefined> {
  const found = await system.query<SessionRow>({
    name: 'session-visitor',
    text: `SELECT s.seen_at AS "seenAt", s.expires_at AS "expiresAt", f.page_size AS "pageSize", s.consent_put_off AS "consentPutOff",
      (SELECT min(v.agree_by) FROM terms_version v WHERE ${owedVersions}) AS "agreeBy", ${holderColumns}
      FROM session s JOIN account a ON a.id = s.account_id
      LEFT JOIN account_preference f ON f.account_id = a.id
      LEFT JOIN staff_member m ON m.id = s.staff_id AND m.account_id = a.id ${holderJoins}
      WHERE s.token_hash = $1`,
    values: [tokenHash, today],
  });
  return found.rows[0];
}

/** A staff member with everything that says who it is, by account and staff row. */
export async function findStaffHolder(
  system: pg.Pool,
  ask: { accountId: string; staffId: string; today: Day },
): Promise<AccountHolder | undefined> {
  const found = await system.query<AccountHolder>({
    name: 'staff-holder',
    text: `SELECT ${holderColumns}
      FROM account a JOIN staff_member m ON m.id = $3 AND m.account_id = a.id ${holderJoins}
      WHERE a.id = $1`,
    values: [ask.accountId, ask.today, ask.staffId],
  });
  return found.rows[0];
}

/** Moves the last use of a session forward. */
export async function touchSession(system: pg.Pool, tokenHash: Buffer, now: Date): Promise<void> {
  await system.query('UPDATE session SET seen_at = $2 WHERE token_hash = $1 AND seen_at < $2', [tokenHash, now]);
}

export type Candidate = AccountHolder & { passwordHash: string };

/** The account of a login ID (case does not matter) with each of its offices, usable ones first. */
export async function findCandidates(system: pg.Pool, loginId: string, today: Day): Promise<Candidate[]> {
  const found = await system.query<Candidate>({
    name: 'login-candidates',
    text: `SELECT a.password_hash AS "passwordHash", ${holderColumns}
      FROM account a LEFT JOIN staff_member m ON a.kind = 'staff' AND m.account_id = a.id ${holderJoins}
      WHERE lower(a.login_id) = lower($1)
      ORDER BY m.state, m.valid_until DESC, m.id LIMIT 20`,
    values: [loginId, today],
  });
  return found.rows;
}

/** The same for an account whose owner is known already. */
export async function findHolders(system: pg.Pool, accountId: string, today: Day): Promise<AccountHolder[]> {
  const found = await system.query<AccountHolder>({
    name: 'holders-of-account',
    text: `SELECT ${holderColumns}
      FROM account a LEFT JOIN staff_member m ON a.kind = 'staff' AND m.account_id = a.id ${holderJoins}
      WHERE a.id = $1
      ORDER BY m.state, m.valid_until DESC, m.id LIMIT 20`,
    values: [accountId, today],
  });
  return found.rows;
}

/** Counts a try of an account before its password is checked; the seconds to wait when it comes too early. */
export async function takeTry(system: pg.Pool, accountId: string, now: Date): Promise<number> {
  const tries = `CASE WHEN retry_after < $2::timestamptz - make_interval(secs => $4) THEN 1 ELSE failed_count + 1 END`;
  const taken = await system.query(
    `UPDATE account SET failed_count = ${tries},
       retry_after = $2::timestamptz + make_interval(secs => ($3::float8[])[least(${tries}, cardinality($3::float8[]))])
     WHERE id = $1 AND (retry_after IS NULL OR retry_after <= $2 OR failed_count <= $5)`,
    [accountId, now, waits, forgottenAfterSeconds, freeTriesOfAccount],
  );
  if ((taken.rowCount ?? 0) > 0) return 0;
  const blocked = await system.query<{ wait: number }>(
    `SELECT greatest(1, ceil(extract(epoch FROM retry_after - $2::timestamptz)))::int AS wait FROM account WHERE id = $1`,
    [accountId, now],
  );
  return blocked.rows[0]?.wait ?? 0;
}

/** The waits after 1, 2, 3 … failed tries; the last one repeats. */
const waits: readonly number[] = Array.from({ length: 14 }, (_, index) => waitAfter(index + 1, freeTriesOfAccount));

export type NewSession = {
  tokenHash: Buffer;
  accountId: string;
  staffId: string | null;
  now: Date;
  hours: number;
  userAgent: string;
  address: string;
};

/** Opens a session and closes the one the browser had, as well as those of the account that are over. */
export async function replaceSession(tx: WriteTransaction, session: NewSession, former: Buffer | undefined): Promise<void> {
  await tx.deleteFrom('session').where('account_id', '=', session.accountId).where('expires_at', '<', session.now).execute();
  if (former !== undefined) await tx.deleteFrom('session').where('token_hash', '=', former).execute();
  await tx
    .insertInto('session')
    .values({
      token_hash: session.tokenHash,
      account_id: session.accountId,
      staff_id: session.staffId,
      created_at: session.now,
      seen_at: session.now,
      user_agent: session.userAgent,
      address: session.address,
      expires_at: sql<Date>`${session.now}::timestamptz + make_interval(hours => ${session.hours})`,
    })
    .execute();
}

/** Clears the failed tries and notes the login; tells when the one before was, and who is to hear of it. */
export async function markLogin(
  tx: WriteTransaction,
  accountId: string,
  now: Date,
): Promise<{ before: Date | null; mail: string | null; name: string }> {
  const known = await tx
    .selectFrom('account')
    .select(['last_login_at as before', 'mail', 'display_name as name'])
    .where('id', '=', accountId)
    // Not FOR UPDATE: a new session holds its account by key, and two logins at once would wait for each other.
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
  await tx.updateTable('account').set({ failed_count: 0, retry_after: null, last_login_at: now }).where('id', '=', accountId).execute();
  return known;
}

/** Ends one session; false when it was over already. */
export async function deleteSession(tx: WriteTransaction, tokenHash: Buffer): Promise<boolean> {
  const gone = await tx.deleteFrom('session').where('token_hash', '=', tokenHash).executeTakeFirst();
  return gone.numDeletedRows > 0n;
}

/** Ends every session of an account; how many there were. */
export async function deleteSessionsOf(tx: WriteTransaction, accountId: string): Promise<number> {
  const gone = await tx.deleteFrom('session').where('account_id', '=', accountId).executeTakeFirst();
  return Number(gone.numDeletedRows);
}

export type OpenDevice = { tokenHash: Buffer; createdAt: Date; seenAt: Date; userAgent: string; address: string };

/** The sessions of an account that are still open, last used first. */
export async function listDevices(system: pg.Pool, ask: { accountId: string; now: Date; idleMinutes: number }): Promise<OpenDevice[]> {
  const found = await system.query<OpenDevice>(
    `SELECT token_hash AS "tokenHash", created_at AS "createdAt", seen_at AS "seenAt", user_agent AS "userAgent", address FROM session
     WHERE account_id = $1 AND expires_at > $2 AND seen_at > $2::timestamptz - make_interval(mins => $3) ORDER BY seen_at DESC LIMIT 50`,
    [ask.accountId, ask.now, ask.idleMinutes],
  );
  return found.rows;
}

/** The login ID of an account, as its owner wrote it, and where its mails go. */
export async function findOwnLogin(system: pg.Pool, accountId: string): Promise<{ loginId: string; mail: string } | undefined> {
  const found = await system.query<{ loginId: string; mail: string }>(
    `SELECT login_id AS "loginId", coalesce(mail, '') AS mail FROM account WHERE id = $1`,
    [accountId],
  );
  return found.rows[0];
}

type PastLogin = { at: Date; address: string; browser: string };

/** The logins of an account in one chain of records since an instant, newest first. */
export async function listLogins(
  system: pg.Pool,
  ask: { accountId: string; associationId: number | null; since: Date; limit: number },
): Promise<PastLogin[]> {
  const found = await system.query<PastLogin>(
    `SELECT at, address, coalesce(detail->>'browser', '') AS browser FROM audit_event
     WHERE association_id IS NOT DISTINCT FROM $2::int AND account_id = $1 AND at > $3 AND action = 'identity.logIn' AND result = 'done'
     ORDER BY at DESC LIMIT $4`,
    [ask.accountId, ask.associationId, ask.since, ask.limit],
  );
  return found.rows;
}

/** Writes an account. @throws unique violation `account_login_id` when the login ID is taken */
export async function insertAccount(tx: WriteTransaction, id: string, account: NewAccount & { initialUntil?: Date }): Promise<void> {
  await tx
    .insertInto('account')
    .values({
      id,
      login_id: account.loginId,
      password_hash: account.passwordHash,
      kind: account.kind,
      display_name: account.displayName,
      mail: account.mail === '' ? null : account.mail,
      initial_until: account.initialUntil ?? null,
    })
    .execute();
}

/** The stored password hash of an account, to ask its owner once more. */
export async function findPasswordHash(system: pg.Pool, accountId: string): Promise<string | undefined> {
  const found = await system.query<{ hash: string }>('SELECT password_hash AS hash FROM account WHERE id = $1', [accountId]);
  return found.rows[0]?.hash;
}

/** A right password ends the waiting. */
export async function forgetTries(system: pg.Pool, accountId: string): Promise<void> {
  await system.query('UPDATE account SET failed_count = 0, retry_after = NULL WHERE id = $1', [accountId]);
}

/** The mail address of an account that is in use. */
export async function findAccountMail(system: pg.Pool, accountId: string): Promise<string | undefined> {
  const found = await system.query<{ mail: string | null }>(`SELECT mail FROM account WHERE id = $1 AND state = 'active'`, [accountId]);
  return found.rows[0]?.mail ?? undefined;
}
