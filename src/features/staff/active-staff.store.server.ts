import type { Day } from '#kernel/day.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';

export type Colleague = { staffId: string; name: string };

/** 管理者 and スタッフ of an association who can log in on a day, in the order of their フリガナ. */
export async function listColleagues(tx: ReadTransaction, associationId: number, on: Day): Promise<Colleague[]> {
  const rows = await tx
    .selectFrom('staff_member')
    .select(['id', 'surname', 'given_name'])
    .where('association_id', '=', associationId)
    .where('state', '=', 'active')
    .where('valid_until', '>=', on)
    .where('role', 'in', ['admin', 'clerk'])
    .orderBy('surname_kana')
    .orderBy('given_name_kana')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ staffId: row.id, name: `${row.surname} ${row.given_name}` }));
}

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
