import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';

/** SQL of はじめの一歩: whether this person has hidden it. */

/** Hidden by this account. */
export async function isHidden(tx: ReadTransaction, accountId: string): Promise<boolean> {
  const row = await tx.selectFrom('first_steps_hidden').select('account_id').where('account_id', '=', accountId).executeTakeFirst();
  return row !== undefined;
}

/** Hides or shows it for this account. */
export async function putHidden(tx: WriteTransaction, accountId: string, about: { hidden: boolean; at: Date }): Promise<void> {
  if (!about.hidden) {
    await tx.deleteFrom('first_steps_hidden').where('account_id', '=', accountId).execute();
    return;
  }
  await tx
    .insertInto('first_steps_hidden')
    .values({ account_id: accountId, hidden_at: about.at })
    .onConflict((conflict) => conflict.column('account_id').doNothing())
    .execute();
}
