import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';

/** SQL of accounts outside of sign-in itself: what registration, recovery and one's own login page ask and change. */

/** The name of a doctor who uses a mail address already; undefined when nobody does. */
export async function findDoctorOfMail(tx: ReadTransaction, mail: string): Promise<string | undefined> {
  const row = await tx
    .selectFrom('account')
    .select('display_name as name')
    .where(sql<boolean>`lower(mail) = lower(${mail})`)
    .where('kind', '=', 'doctor')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return row?.name;
}

/** True when a login ID is taken, in whatever case. */
export async function hasLoginId(tx: ReadTransaction, loginId: string): Promise<boolean> {
  const row = await tx.selectFrom('account').select('id').where(sql<boolean>`lower(login_id) = lower(${loginId})`).executeTakeFirst();
  return row !== undefined;
}

export type LoginRow = {
  loginId: string;
  passwordHash: string;
  displayName: string;
  mail: string | null;
  kind: string;
  version: number;
  /** Until when the initial login of a migrated doctor can be used; null once he has his own. */
  initialUntil: Date | null;
};

/** The login of an account, to be changed. */
export async function findLogin(tx: ReadTransaction, accountId: string): Promise<LoginRow | undefined> {
  return await tx
    .selectFrom('account')
    .select([
      'login_id as loginId',
      'password_hash as passwordHash',
      'display_name as displayName',
      'mail',
      'kind',
      'version',
      'initial_until as initialUntil',
    ])
    .where('id', '=', accountId)
    .where('state', '=', 'active')
    .executeTakeFirst();
}

/** A new password; the waiting after failed tries is over with it. */
export async function updatePassword(tx: WriteTransaction, accountId: string, password: { hash: string; at: Date }): Promise<void> {
  await tx
    .updateTable('account')
    .set(({ eb }) => ({
      password_hash: password.hash,
      password_changed_at: password.at,
      failed_count: 0,
      retry_after: null,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', accountId)
    .execute();
}

export type InitialLogin = { loginId: string; passwordHash: string; until: Date };

/** Another initial login for an account that has not been used yet; one that its owner has made his own stays. */
export async function renewInitialLogin(tx: WriteTransaction, accountId: string, login: InitialLogin): Promise<void> {
  await tx
    .updateTable('account')
    .set(({ eb }) => ({
      login_id: login.loginId,
      password_hash: login.passwordHash,
      initial_until: login.until,
      failed_count: 0,
      retry_after: null,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', accountId)
    .where('initial_until', 'is not', null)
    .execute();
}

/** The owner's own login takes the place of the initial one. @throws unique violation `account_login_id` when the ID is taken */
export async function settleLogin(
  tx: WriteTransaction,
  accountId: string,
  own: { loginId: string; passwordHash: string; mail: string; displayName: string; at: Date },
): Promise<void> {
  await tx
    .updateTable('account')
    .set(({ eb }) => ({
      login_id: own.loginId,
      password_hash: own.passwordHash,
      password_changed_at: own.at,
      mail: own.mail,
      mail_bounced_at: null,
      display_name: own.displayName,
      initial_until: null,
      failed_count: 0,
      retry_after: null,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', accountId)
    .execute();
}

/** A new login ID. @throws unique violation `account_login_id` when it is taken */
export async function updateLoginId(tx: WriteTransaction, accountId: string, loginId: string): Promise<void> {
  await tx
    .updateTable('account')
    .set(({ eb }) => ({ login_id: loginId, version: eb('version', '+', 1) }))
    .where('id', '=', accountId)
    .execute();
}

/** An address that has been checked, a new one or the same again: mail has just arrived there. */
export async function updateMail(tx: WriteTransaction, accountId: string, mail: string): Promise<void> {
  await tx
    .updateTable('account')
    .set(({ eb }) => ({ mail, mail_bounced_at: null, version: eb('version', '+', 1) }))
    .where('id', '=', accountId)
    .execute();
}

/** An address that waits to take effect, and the links that lead to it: whoever asked for it may not be the owner (D-05). */
export async function dropMailChange(tx: WriteTransaction, accountId: string, at: Date): Promise<void> {
  await tx.deleteFrom('mail_change').where('account_id', '=', accountId).execute();
  await tx
    .updateTable('account_link')
    .set({ used_at: at })
    .where('account_id', '=', accountId)
    .where('purpose', 'in', ['mail', 'oldMail'])
    .where('used_at', 'is', null)
    .execute();
}

/** Ends the sessions of an account, all but one when it is named. */
export async function endSessionsOf(tx: WriteTransaction, accountId: string, except?: Buffer): Promise<void> {
  await tx
    .deleteFrom('session')
    .where('account_id', '=', accountId)
    .$if(except !== undefined, (rows) => rows.where('token_hash', '<>', except ?? Buffer.alloc(0)))
    .execute();
}

/** 表示件数 of an account, for all lists. */
export async function putPageSize(tx: WriteTransaction, accountId: string, chosen: { pageSize: number; at: Date }): Promise<void> {
  const row = { page_size: chosen.pageSize, changed_at: chosen.at };
  await tx
    .insertInto('account_preference')
    .values({ account_id: accountId, ...row })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet(row))
    .execute();
}
