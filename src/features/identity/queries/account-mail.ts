import type { Database } from '#platform/db/database.ts';
import { findAccountMail } from '../store.server.ts';

/** Where a mail to one account goes; undefined when it is out of use or has no address. For the jobs of the system. */
export async function accountMail(database: Database, accountId: string): Promise<string | undefined> {
  return await findAccountMail(database.system, accountId);
}
