import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';

/** SQL of the settings of the installation: only what differs from its default is a row. */

/** Everything that was set. */
export async function listStored(tx: ReadTransaction): Promise<{ name: string; value: number }[]> {
  return await tx.selectFrom('system_setting').select(['name', 'value']).execute();
}

/** Sets one value. */
export async function storeValue(tx: WriteTransaction, row: { name: string; value: number; at: Date }): Promise<void> {
  const { name, value, at } = row;
  await tx
    .insertInto('system_setting')
    .values({ name, value, changed_at: at })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value, changed_at: at }))
    .execute();
}

/** Goes back to the default. */
export async function forgetValue(tx: WriteTransaction, name: string): Promise<void> {
  await tx.deleteFrom('system_setting').where('name', '=', name).execute();
}
