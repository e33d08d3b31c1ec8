import type { Day } from '#kernel/day.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { countActiveStaff } from '../active-staff.store.server.ts';

/** How many people can work at an office, and how many of them are 管理者. */
export async function activeStaff(tx: ReadTransaction, associationId: number, on: Day): Promise<{ people: number; admins: number }> {
  const rows = await countActiveStaff(tx, associationId, on);
  return { people: rows.reduce((sum, row) => sum + row.people, 0), admins: rows.find((row) => row.role === 'admin')?.people ?? 0 };
}
