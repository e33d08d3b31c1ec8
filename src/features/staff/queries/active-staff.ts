import type { Day } from '#kernel/day.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { countActiveStaff } from '../active-staff.store.server.ts';

/** How many people can work at an office, how many of them decide (管理者 and スタッフ), and how many are 管理者. */
export async function activeStaff(
  tx: ReadTransaction,
  associationId: number,
  on: Day,
): Promise<{ people: number; deciders: number; admins: number }> {
  const rows = await countActiveStaff(tx, associationId, on);
  const count = (role: (name: string) => boolean) => rows.filter((row) => role(row.role)).reduce((sum, row) => sum + row.people, 0);
  return {
    people: count(() => true),
    deciders: count((role) => role !== 'trainingContractor'),
    admins: count((role) => role === 'admin'),
  };
}
