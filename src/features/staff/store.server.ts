import type { Day } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import type pg from 'pg';
import type { NewStaff } from './schema.ts';

/** Writes a staff member; the id of the new row. */
export async function insertStaff(tx: WriteTransaction, staff: Omit<NewStaff, 'accountId'> & { accountId: string }): Promise<string> {
  const id = newId();
  await tx
    .insertInto('staff_member')
    .values({
      id,
      account_id: staff.accountId,
      association_id: staff.associationId,
      office_kind: staff.associationId === null ? 'operations' : 'association',
      role: staff.role,
      surname: staff.surname,
      given_name: staff.givenName,
      surname_kana: staff.surnameKana,
      given_name_kana: staff.givenNameKana,
      valid_until: staff.validUntil,
    })
    .execute();
  return id;
}

/** The kind of an account, to refuse a doctor's; undefined when there is none. */
export async function findAccountKind(tx: ReadTransaction, accountId: string): Promise<string | undefined> {
  const found = await tx.selectFrom('account').select('kind').where('id', '=', accountId).executeTakeFirst();
  return found?.kind;
}

/** True for the number of an association of any day. */
export async function associationExists(tx: ReadTransaction, id: number): Promise<boolean> {
  return (await tx.selectFrom('association').select('id').where('id', '=', id).executeTakeFirst()) !== undefined;
}

/** 日本医師会, once the masters are loaded. */
export async function findNationalId(tx: ReadTransaction): Promise<number | undefined> {
  return (await tx.selectFrom('association').select('id').where('layer', '=', 1).orderBy('id').executeTakeFirst())?.id;
}

/** True once there is any staff member, whatever its state. Asked before anybody is known, so on the system pool. */
export async function hasStaff(system: pg.Pool): Promise<boolean> {
  const found = await system.query<{ there: boolean }>('SELECT EXISTS (SELECT FROM staff_member) AS there');
  return found.rows[0]?.there === true;
}

/** The same inside the transaction that decides. */
export async function staffExists(tx: ReadTransaction): Promise<boolean> {
  return (await tx.selectFrom('staff_member').select('id').limit(1).executeTakeFirst()) !== undefined;
}

/** Mail addresses of the active 管理者 and スタッフ of an office. */
export async function listOfficeMail(tx: ReadTransaction, associationId: number | null, on: Day): Promise<{ mail: string | null }[]> {
  return await tx
    .selectFrom('staff_member as s')
    .innerJoin('account as a', 'a.id', 's.account_id')
    .select('a.mail')
    .distinct()
    .where('s.association_id', 'is not distinct from', associationId)
    .where('s.role', '<>', 'trainingContractor')
    .where('s.state', '=', 'active')
    .where('a.state', '=', 'active')
    .where('s.valid_until', '>=', on)
    .where('a.mail', 'is not', null)
    .orderBy('a.mail')
    .limit(50)
    .execute();
}

/** Mail addresses of the active 管理者 of several offices. System only. */
export async function listAdminMail(
  tx: ReadTransaction,
  associationIds: readonly number[],
  on: Day,
): Promise<{ associationId: number; mail: string }[]> {
  const rows = await tx
    .selectFrom('staff_member as s')
    .innerJoin('account as a', 'a.id', 's.account_id')
    .select(['s.association_id as associationId', 'a.mail'])
    .distinct()
    .where('s.association_id', 'in', [-1, ...associationIds])
    .where('s.role', '=', 'admin')
    .where('s.state', '=', 'active')
    .where('a.state', '=', 'active')
    .where('s.valid_until', '>=', on)
    .execute();
  return rows.flatMap(({ associationId, mail }) => (associationId === null || mail === null ? [] : [{ associationId, mail }]));
}
