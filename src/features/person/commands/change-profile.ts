import type { WriteTransaction } from '#platform/db/transaction.ts';
import { linkAccount, updateProfile } from '../profile.store.server.ts';
import type { Profile } from '../schema.ts';

/** Changes of a person's own data, written inside the commands of features above; the caller holds the person's lock. */

/** Writes the profile anew; licence number and day of registration stand still (`screens.md A-10`). */
export async function writeProfile(tx: WriteTransaction, personId: string, change: { profile: Profile; at: Date }): Promise<void> {
  await updateProfile(tx, personId, change);
}

/** Gives a person who has none a login. */
export async function writeAccountOf(tx: WriteTransaction, personId: string, accountId: string): Promise<void> {
  await linkAccount(tx, personId, accountId);
}
