import type { StaffRole } from '#kernel/actor.ts';
import type { Day } from '#kernel/day.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';
import { chosenStates, staffFlow, type StaffState } from './flow.ts';
import { roleOptions } from './labels.ts';
import type { AdminFacts } from './rules.ts';

/** SQL of one 事務局ユーザー of the own office, and of what the rule of the last 管理者 asks. */

function stateOf(text: string): StaffState {
  if (!staffFlow.isState(text)) throw new RangeError(`unknown state of a staff member: ${text}`);
  return text;
}

/** A role of a row. @throws RangeError for a text that is none */
export function roleOf(text: string): StaffRole {
  const found = roleOptions.find((option) => option.value === text)?.value;
  if (found === undefined) throw new RangeError(`unknown role: ${text}`);
  return found;
}

export type Member = AdminFacts & {
  accountId: string;
  version: number;
  surname: string;
  givenName: string;
  surnameKana: string;
  givenNameKana: string;
  /** A second factor is set. */
  factor: boolean;
};

/** Everybody who is or was on the staff of an office; the caller holds its lock when he is about to change one of them. */
export async function listMembers(tx: ReadTransaction, associationId: number): Promise<Member[]> {
  const found = await sql<Omit<Member, 'state' | 'role'> & { state: string; role: string }>`
    SELECT m.id, m.account_id AS "accountId", m.version, m.surname, m.given_name AS "givenName", m.surname_kana AS "surnameKana",
      m.given_name_kana AS "givenNameKana", m.role, m.state, m.valid_until AS "validUntil", l.usable,
      EXISTS (SELECT FROM staff_factors(${associationId}) f WHERE f.staff_id = m.id) AS factor
    FROM staff_member m JOIN staff_logins(${associationId}) l ON l.staff_id = m.id
    WHERE m.association_id = ${associationId} AND m.state <> 'deleted'`.execute(tx);
  return found.rows.map((row) => ({ ...row, state: stateOf(row.state), role: roleOf(row.role) }));
}

export type MemberChange = {
  role: StaffRole;
  state: StaffState;
  validUntil: Day;
  surname: string;
  givenName: string;
  surnameKana: string;
  givenNameKana: string;
};

/** Writes what was changed of a staff member. */
export async function updateMember(tx: WriteTransaction, id: string, change: MemberChange): Promise<void> {
  await tx
    .updateTable('staff_member')
    .set({
      role: change.role,
      state: change.state,
      valid_until: change.validUntil,
      surname: change.surname,
      given_name: change.givenName,
      surname_kana: change.surnameKana,
      given_name_kana: change.givenNameKana,
      version: sql<number>`version + 1`,
    })
    .where('id', '=', id)
    .execute();
}

/** Ends every session of a staff member of the own office; how many there were. */
export async function endSessions(tx: WriteTransaction, id: string): Promise<number> {
  const found = await sql<{ ended: number }>`SELECT end_staff_sessions(${id}::uuid) AS ended`.execute(tx);
  return found.rows[0]?.ended ?? 0;
}

/** Takes the second factor of a staff member of the own office away and holds his decisions back until an instant. */
export async function liftFactor(tx: WriteTransaction, id: string, until: Date): Promise<void> {
  await sql`SELECT lift_staff_factor(${id}::uuid, ${until}::timestamptz)`.execute(tx);
}

/** Ends the 有効期間 of everybody at an association that is no more; those whose period it shortens. System only. */
export async function endMembersOf(tx: WriteTransaction, associationId: number, lastDay: Day): Promise<string[]> {
  const rows = await tx
    .updateTable('staff_member')
    .set({ valid_until: lastDay, version: sql<number>`version + 1` })
    .where('association_id', '=', associationId)
    .where('state', 'in', chosenStates)
    .where('valid_until', '>', lastDay)
    .returning('id')
    .execute();
  return rows.map((row) => row.id);
}

export type DueMember = { id: string; associationId: number; name: string; mail: string; validUntil: Day };

/** Staff whose 有効期間 ends on one of these days. System only. */
export async function listEndingOn(tx: ReadTransaction, days: readonly Day[]): Promise<DueMember[]> {
  const found = await sql<DueMember>`
    SELECT m.id, m.association_id AS "associationId", m.surname || ' ' || m.given_name AS name, a.mail, m.valid_until AS "validUntil"
    FROM staff_member m JOIN account a ON a.id = m.account_id AND a.state = 'active'
    WHERE m.state = 'active' AND m.association_id IS NOT NULL AND a.mail IS NOT NULL AND m.valid_until = ANY (${sql.val(days)}::date[])
    ORDER BY m.association_id, m.id`.execute(tx);
  return found.rows;
}

export type AdminlessOffice = { associationId: number; until: Day | null };

/** Offices with staff whose last 管理者 ends by a day, or that have none in use at all. System only. */
export async function listAdminEnding(tx: ReadTransaction, by: Day): Promise<AdminlessOffice[]> {
  const found = await sql<AdminlessOffice>`
    SELECT m.association_id AS "associationId",
      max(m.valid_until) FILTER (WHERE m.role = 'admin' AND m.state = 'active' AND a.state = 'active') AS until
    FROM staff_member m JOIN account a ON a.id = m.account_id
    WHERE m.association_id IS NOT NULL
      AND NOT EXISTS (SELECT FROM association_closing z WHERE z.association_id = m.association_id AND z.closes_on < ${by}::date)
    GROUP BY m.association_id
    HAVING coalesce(max(m.valid_until) FILTER (WHERE m.role = 'admin' AND m.state = 'active' AND a.state = 'active') <= ${by}::date, true)
    ORDER BY m.association_id`.execute(tx);
  return found.rows;
}
