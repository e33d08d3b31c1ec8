import type { Day } from '#kernel/day.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';

/** Mail addresses of the active 管理者 and スタッフ of an office, each once; a mail goes to each of them alone (`screens.md 1.7`). */
export async function officeMailAddresses(tx: ReadTransaction, associationId: number, on: Day): Promise<string[]> {
  const rows = await tx
    .selectFrom('staff_member as s')
    .innerJoin('account as a', 'a.id', 's.account_id')
    .select('a.mail')
    .distinct()
    .where('s.association_id', '=', associationId)
    .where('s.role', '<>', 'trainingContractor')
    .where('s.state', '=', 'active')
    .where('a.state', '=', 'active')
    .where('s.valid_until', '>=', on)
    .where('a.mail', 'is not', null)
    .orderBy('a.mail')
    .limit(50)
    .execute();
  return rows.flatMap((row) => (row.mail === null || row.mail === '' ? [] : [row.mail]));
}
