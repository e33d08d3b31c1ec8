import type { Day } from '#kernel/day.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { listAdminMail, listOfficeMail } from '../store.server.ts';

function addresses(rows: readonly { mail: string | null }[]): string[] {
  return rows.flatMap((row) => (row.mail === null || row.mail === '' ? [] : [row.mail]));
}

/** Mail addresses of the active 管理者 and スタッフ of an office, each once; a mail goes to each of them alone (`screens.md 1.7`). */
export async function officeMailAddresses(tx: ReadTransaction, associationId: number, on: Day): Promise<string[]> {
  return addresses(await listOfficeMail(tx, associationId, on));
}

/** Mail addresses of the active 管理者 of some offices. */
export async function adminMailAddresses(
  tx: ReadTransaction,
  associationIds: readonly number[],
  on: Day,
): Promise<{ associationId: number; mail: string }[]> {
  return await listAdminMail(tx, associationIds, on);
}

/** The same of 運営事務局. */
export async function operationsMailAddresses(tx: ReadTransaction, on: Day): Promise<string[]> {
  return addresses(await listOfficeMail(tx, null, on));
}
