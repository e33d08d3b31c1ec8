import type { Day } from '#kernel/day.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';

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

export type StaffToLookAt = { staffId: string; name: string; validUntil: Day; lastLoginAt: Date | null };

/** Active staff whose 有効期間 ends by a day, or who have not logged in since an instant; nearest end first. */
export async function listStaffToLookAt(
  tx: ReadTransaction,
  associationId: number,
  ask: { on: Day; endsBy: Day; unusedSince: Date },
): Promise<StaffToLookAt[]> {
  const found = await sql<StaffToLookAt>`
    SELECT m.id AS "staffId", m.surname || ' ' || m.given_name AS name, m.valid_until AS "validUntil", l.last_login_at AS "lastLoginAt"
    FROM staff_member m JOIN staff_logins(${associationId}) l ON l.staff_id = m.id
    WHERE m.association_id = ${associationId} AND m.state = 'active' AND m.valid_until >= ${ask.on}
      AND (m.valid_until <= ${ask.endsBy} OR (m.created_at < ${ask.unusedSince} AND (l.last_login_at IS NULL OR l.last_login_at < ${ask.unusedSince})))
    ORDER BY m.valid_until, m.id LIMIT 100`.execute(tx);
  return found.rows;
}
