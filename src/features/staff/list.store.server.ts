import type { StaffRole } from '#kernel/actor.ts';
import type { Day } from '#kernel/day.ts';
import { foldName } from '#kernel/fold-name.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';
import { staffFlow, type StaffState } from './flow.ts';
import type { StaffFilter } from './schema.ts';

/** SQL of 事務局ユーザー管理 (`screens.md O-17`): the staff of one office and those it has invited. */

export type StaffRow = {
  id: string;
  /** Null while he is only invited. */
  accountId: string | null;
  surname: string;
  givenName: string;
  surnameKana: string;
  givenNameKana: string;
  role: StaffRole;
  /** Undefined for somebody who is only invited. */
  state: StaffState | undefined;
  validUntil: Day;
  version: number;
  loginId: string;
  mail: string;
  lastLoginAt: Date | null;
  /** Of an invitation: until when its link can be used; null while the mail is being made. */
  expiresAt: Date | null;
  /** 2段階認証 is set. */
  factor: boolean;
};

type RawRow = Omit<StaffRow, 'state'> & { state: string | null };

function rowOf(row: RawRow): StaffRow {
  const { state, ...rest } = row;
  if (state !== null && !staffFlow.isState(state)) throw new RangeError(`unknown state of a staff member: ${state}`);
  return { ...rest, state: state ?? undefined };
}

/** Staff and open invitations of an office as one table; who was deleted is in it no more. */
const everybody = (associationId: number) => sql`
  SELECT m.id, m.account_id, m.surname, m.given_name, m.surname_kana, m.given_name_kana, m.role, m.state, m.valid_until, m.version,
    l.login_id, coalesce(l.mail, '') AS mail, l.last_login_at, NULL::timestamptz AS expires_at,
    EXISTS (SELECT FROM staff_factors(${associationId}) f WHERE f.staff_id = m.id) AS factor
  FROM staff_member m JOIN staff_logins(${associationId}) l ON l.staff_id = m.id
  WHERE m.association_id = ${associationId} AND m.state <> 'deleted'
  UNION ALL
  SELECT i.id, NULL, i.surname, i.given_name, i.surname_kana, i.given_name_kana, i.role, NULL, i.valid_until, i.version,
    '', i.mail, NULL, i.expires_at, false
  FROM staff_invitation i WHERE i.association_id = ${associationId} AND i.outcome IS NULL`;

const shown = sql`id, account_id AS "accountId", surname, given_name AS "givenName", surname_kana AS "surnameKana", given_name_kana AS "givenNameKana", role, state,
  valid_until AS "validUntil", version, login_id AS "loginId", mail, last_login_at AS "lastLoginAt", expires_at AS "expiresAt", factor`;

const order = sql`(surname_kana || ' ' || given_name_kana) COLLATE "C"`;

/** Conditions of the list; an office has some hundred staff at most, so parts of a name may be looked for anywhere. */
function conditions(filter: StaffFilter) {
  const name = foldName(filter.name);
  const has = (column: string, text: string) => sql<boolean>`position(lower(${text}) IN lower(${sql.ref(column)})) > 0`;
  const given = [
    name === ''
      ? undefined
      : sql<boolean>`(position(${name} IN fold_name(surname || given_name)) > 0 OR position(${name} IN fold_name(surname_kana || given_name_kana)) > 0)`,
    filter.loginId === '' ? undefined : has('login_id', filter.loginId),
    filter.mail === '' ? undefined : has('mail', filter.mail),
    filter.role === undefined ? undefined : sql<boolean>`role = ${filter.role}`,
  ];
  return sql.join([sql`true`, ...given.filter((one) => one !== undefined)], sql` AND `);
}

/** One page in the order of フリガナ, beyond or before a row; and how many rows the conditions have. */
export async function listStaff(
  tx: ReadTransaction,
  ask: { associationId: number; filter: StaffFilter; limit: number },
): Promise<{ rows: StaffRow[]; count: number }> {
  const { filter } = ask;
  const backwards = filter.before !== '';
  const from = backwards ? filter.before : filter.after;
  const beside = backwards ? sql`<` : sql`>`;
  const place = from === '' ? sql`true` : sql`(${order}, id) ${beside} (SELECT ${order}, id FROM everybody WHERE id = ${from}::uuid)`;
  const direction = backwards ? sql`DESC` : sql`ASC`;
  const rows = await sql<RawRow>`WITH everybody AS (${everybody(ask.associationId)})
    SELECT ${shown} FROM everybody WHERE ${conditions(filter)} AND ${place}
    ORDER BY ${order} ${direction}, id ${direction} LIMIT ${ask.limit}`.execute(tx);
  const total = await sql<{ count: number }>`WITH everybody AS (${everybody(ask.associationId)})
    SELECT count(*)::int AS count FROM everybody WHERE ${conditions(filter)}`.execute(tx);
  const found = rows.rows.map(rowOf);
  return { rows: backwards ? found.toReversed() : found, count: total.rows[0]?.count ?? 0 };
}

/** Rows of the list by their ids; who was deleted is not among them. */
export async function findStaffRows(tx: ReadTransaction, associationId: number, ids: readonly string[]): Promise<StaffRow[]> {
  const found = await sql<RawRow>`WITH everybody AS (${everybody(associationId)})
    SELECT ${shown} FROM everybody WHERE id = ANY (${sql.val(ids)}::uuid[]) ORDER BY ${order}, id`.execute(tx);
  return found.rows.map(rowOf);
}

/** How many browsers are logged in as a staff member of the own office. */
export async function countSessions(tx: ReadTransaction, associationId: number, id: string): Promise<number> {
  const found = await sql<{
    open: number;
  }>`SELECT open_sessions::int AS open FROM staff_logins(${associationId}) WHERE staff_id = ${id}::uuid`.execute(tx);
  return found.rows[0]?.open ?? 0;
}
