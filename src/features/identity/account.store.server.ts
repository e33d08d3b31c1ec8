import type { ReadTransaction } from '#platform/db/transaction.ts';
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
