import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';

/** SQL of the second factor: keys of authenticator apps, sealed, and recovery codes, hashed. Seen by the system only. */

export type Factor = { secret: Buffer; lastStep: number; createdAt: Date; confirmedAt: Date | null };

/** The factor of an account, finished or not. */
export async function findFactor(tx: ReadTransaction, accountId: string): Promise<Factor | undefined> {
  return await tx
    .selectFrom('second_factor')
    .select(['secret', 'last_step as lastStep', 'created_at as createdAt', 'confirmed_at as confirmedAt'])
    .where('account_id', '=', accountId)
    .executeTakeFirst();
}

/** A new key that is still to be confirmed; one that was never confirmed goes. */
export async function putFactor(tx: WriteTransaction, accountId: string, made: { secret: Buffer; at: Date }): Promise<void> {
  await tx.deleteFrom('second_factor').where('account_id', '=', accountId).where('confirmed_at', 'is', null).execute();
  await tx.insertInto('second_factor').values({ account_id: accountId, secret: made.secret, created_at: made.at }).execute();
}

/** The key works: from now on it is asked for. */
export async function confirmFactorRow(tx: WriteTransaction, accountId: string, done: { step: number; at: Date }): Promise<void> {
  await tx.updateTable('second_factor').set({ confirmed_at: done.at, last_step: done.step }).where('account_id', '=', accountId).execute();
}

/** After a lifted factor the new one holds decisions and exports back for a while (`screens.md A-02`). */
export async function holdAfterLift(tx: WriteTransaction, accountId: string, until: Date): Promise<void> {
  await tx
    .updateTable('account')
    .set({ held_until: until, factor_lifted: false })
    .where('id', '=', accountId)
    .where('factor_lifted', '=', true)
    .execute();
}

/** A code was used; false when it, or a later one, had been used before. */
export async function useStep(tx: WriteTransaction, accountId: string, step: number): Promise<boolean> {
  const done = await tx
    .updateTable('second_factor')
    .set({ last_step: step })
    .where('account_id', '=', accountId)
    .where('last_step', '<', step)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

/** Takes the factor and its codes away. */
export async function deleteFactor(tx: WriteTransaction, accountId: string): Promise<void> {
  await tx.deleteFrom('recovery_code').where('account_id', '=', accountId).execute();
  await tx.deleteFrom('second_factor').where('account_id', '=', accountId).execute();
}

/** New recovery codes; the ones before are worth nothing any more. */
export async function replaceCodes(tx: WriteTransaction, accountId: string, hashes: readonly Buffer[]): Promise<void> {
  await tx.deleteFrom('recovery_code').where('account_id', '=', accountId).execute();
  await tx
    .insertInto('recovery_code')
    .values(hashes.map((hash) => ({ account_id: accountId, code_hash: hash })))
    .execute();
}

/** Uses up one recovery code; false when there is none like it. */
export async function useCode(tx: WriteTransaction, accountId: string, used: { hash: Buffer; at: Date }): Promise<boolean> {
  const done = await tx
    .updateTable('recovery_code')
    .set({ used_at: used.at })
    .where('account_id', '=', accountId)
    .where('code_hash', '=', used.hash)
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

/** How many recovery codes are left. */
export async function countCodes(tx: ReadTransaction, accountId: string): Promise<number> {
  const row = await tx
    .selectFrom('recovery_code')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('account_id', '=', accountId)
    .where('used_at', 'is', null)
    .executeTakeFirstOrThrow();
  return row.n;
}
