import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';

/** SQL of a new address between its own confirmation and the day it holds (D-05). Seen by the system only. */

export type WaitingMail = { accountId: string; mail: string; askedAt: Date; appliesAt: Date };

function waiting(tx: ReadTransaction) {
  return tx.selectFrom('mail_change').select(['account_id as accountId', 'mail', 'asked_at as askedAt', 'applies_at as appliesAt']);
}

/** The address that an account waits for. */
export async function findWaitingMail(tx: ReadTransaction, accountId: string): Promise<WaitingMail | undefined> {
  return await waiting(tx).where('account_id', '=', accountId).executeTakeFirst();
}

/** Accounts whose time has come. */
export async function listDueMails(tx: ReadTransaction, now: Date, limit: number): Promise<WaitingMail[]> {
  return await waiting(tx).where('applies_at', '<=', now).orderBy('applies_at').limit(limit).execute();
}

/** A later wish replaces an earlier one. */
export async function putWaitingMail(tx: WriteTransaction, row: WaitingMail): Promise<void> {
  const values = { mail: row.mail, asked_at: row.askedAt, applies_at: row.appliesAt };
  await tx
    .insertInto('mail_change')
    .values({ account_id: row.accountId, ...values })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet(values))
    .execute();
}

/** Nothing is waited for any more. */
export async function removeWaitingMail(tx: WriteTransaction, accountId: string): Promise<void> {
  await tx.deleteFrom('mail_change').where('account_id', '=', accountId).execute();
}

/** The doctor behind an account; staff have none. */
export async function findPersonOf(tx: ReadTransaction, accountId: string): Promise<string | undefined> {
  return (await tx.selectFrom('person').select('id').where('account_id', '=', accountId).executeTakeFirst())?.id;
}
