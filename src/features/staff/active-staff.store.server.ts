import type { Day } from '#kernel/day.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';

/** Staff of an association who can log in on a day, by role. */
export async function countActiveStaff(tx: ReadTransaction, associationId: number, on: Day): Promise<{ role: string; people: number }[]> {
  const rows = await tx
    .selectFrom('staff_member')
    .select(['role', ({ fn }) => fn.countAll<number>().as('people')])
    .where('association_id', '=', associationId)
    .where('state', '=', 'active')
    .where('valid_until', '>=', on)
    .groupBy('role')
    .execute();
  return rows.map(({ role, people }) => ({ role, people }));
}
