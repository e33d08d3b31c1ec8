import type { ReadTransaction } from '#platform/db/transaction.ts';
import { findDoctorOfMail, hasLoginId } from '../account.store.server.ts';

/** Asked by registration inside its own transaction, as the system; the answers reach nobody but the holder himself. */

/** The name of the doctor who uses a mail address already (M-02 instead of M-01). */
export async function doctorOfMail(tx: ReadTransaction, mail: string): Promise<string | undefined> {
  return await findDoctorOfMail(tx, mail);
}

/** True when a login ID is taken (check idUsed). */
export async function isLoginIdTaken(tx: ReadTransaction, loginId: string): Promise<boolean> {
  return await hasLoginId(tx, loginId);
}
