import type { WriteTransaction } from '#platform/db/transaction.ts';
import { updateMailOfAccount } from '../store.server.ts';

/** Writes a checked address into the person of an account, inside the command of the login's change; staff have no person. */
export async function writePersonMail(tx: WriteTransaction, accountId: string, change: { mail: string; at: Date }): Promise<void> {
  await updateMailOfAccount(tx, accountId, change);
}
