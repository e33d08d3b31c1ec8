import type { StaffRole } from '#kernel/actor.ts';
import type { Day } from '#kernel/day.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { roleOf } from './member.store.server.ts';

/** SQL of the staff whom a 合併 carries over (`screens.md J-02`). System only. */

export type Follower = {
  accountId: string;
  role: StaffRole;
  surname: string;
  givenName: string;
  surnameKana: string;
  givenNameKana: string;
  validUntil: Day;
};

/** Active staff whose 有効期間 goes on and who are not registered at the other association; as `association_staff_to_carry` counts them. */
export async function listFollowers(tx: ReadTransaction, about: { from: number; to: number; lastDay: Day }): Promise<Follower[]> {
  const { from, to, lastDay } = about;
  const rows = await tx
    .selectFrom('staff_member as m')
    .innerJoin('account as a', 'a.id', 'm.account_id')
    .select([
      'm.account_id as accountId',
      'm.role',
      'm.surname',
      'm.given_name as givenName',
      'm.surname_kana as surnameKana',
      'm.given_name_kana as givenNameKana',
      'm.valid_until as validUntil',
    ])
    .where('m.association_id', '=', from)
    .where('m.state', '=', 'active')
    .where('a.state', '=', 'active')
    .where('m.valid_until', '>', lastDay)
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom('staff_member as t')
            .select('t.id')
            .whereRef('t.account_id', '=', 'm.account_id')
            .where('t.association_id', '=', to),
        ),
      ),
    )
    .orderBy('m.id')
    .execute();
  return rows.map((row) => ({ ...row, role: roleOf(row.role) }));
}

export type Carried = { associationId: number; name: string; role: StaffRole; validUntil: Day; mail: string };

/** One of them at the new association, with the address to tell him at; undefined where there is none. */
export async function findCarried(tx: ReadTransaction, staffId: string): Promise<Carried | undefined> {
  const row = await tx
    .selectFrom('staff_member as m')
    .innerJoin('account as a', 'a.id', 'm.account_id')
    .select([
      'm.association_id as associationId',
      'm.surname',
      'm.given_name as givenName',
      'm.role',
      'm.valid_until as validUntil',
      'a.mail',
    ])
    .where('m.id', '=', staffId)
    .executeTakeFirst();
  if (row === undefined || row.associationId === null || row.mail === null) return undefined;
  const { associationId, surname, givenName, role, validUntil, mail } = row;
  return { associationId, name: `${surname} ${givenName}`, role: roleOf(role), validUntil, mail };
}
