import type { Day } from '#kernel/day.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';
import { changeFlow, isMoving, isUnsettled } from './flow.ts';
import type { SplitRule } from './master-fields.ts';

/** SQL of 合併 and 分割 (`screens.md J-02`): who would move, who has moved, and who is the first 管理者 of an association. */

export type MoveAsk = { from: number; to: number; startsOn: Day; rule: SplitRule | null; entries: readonly string[] };

export type MoveNumbers = {
  members: number;
  cases: number;
  /** Members of both associations: only the one membership ends. */
  bothMembers: number;
  /** Cases in which both associations have a step: they must end before. */
  bothCases: number;
  facilities: number;
  /** Members by category. */
  categories: ReadonlyMap<number, number>;
};

type NumbersRow = Omit<MoveNumbers, 'categories'> & { categories: Record<string, number> };

/** How many would move on a day. */
export async function countMove(tx: ReadTransaction, { from, to, startsOn, rule, entries }: MoveAsk): Promise<MoveNumbers> {
  const found = await sql<NumbersRow>`
    SELECT members, cases, both_members AS "bothMembers", both_cases AS "bothCases", facilities, categories
    FROM association_move_numbers(${from}, ${to}, ${startsOn}, ${rule}, ${sql.val([...entries])}::text[])`.execute(tx);
  const [row] = found.rows;
  if (row === undefined) throw new Error('only the JMA and the system ask this');
  return { ...row, categories: new Map(Object.entries(row.categories).map(([id, count]) => [Number(id), count])) };
}

/** Staff who would follow the members: active, in time, and not registered at the other association yet. */
export async function countStaffToCarry(
  tx: ReadTransaction,
  { from, to, startsOn }: Pick<MoveAsk, 'from' | 'to' | 'startsOn'>,
): Promise<number> {
  const found = await sql<{ staff: number }>`SELECT association_staff_to_carry(${from}, ${to}, ${startsOn}) AS staff`.execute(tx);
  return found.rows[0]?.staff ?? 0;
}

export type CategoryName = { id: number; code: string; name: string };

/** Categories by id, whenever they were in force. */
export async function listCategoryNames(tx: ReadTransaction, ids: readonly number[]): Promise<CategoryName[]> {
  if (ids.length === 0) return [];
  return await tx
    .selectFrom('member_category')
    .select(['id', 'code', 'name'])
    .where('id', 'in', [...ids])
    .orderBy('sort_order')
    .orderBy('id')
    .execute();
}

const unsettled = changeFlow.states.filter((state) => isUnsettled(state));

/** True while members are to come here by a change that is not done. */
export async function isOpenTarget(tx: ReadTransaction, associationId: number): Promise<boolean> {
  const row = await tx
    .selectFrom('association_change')
    .select('id')
    .where('target_id', '=', associationId)
    .where('state', 'in', unsettled)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

const moving = changeFlow.states.filter((state) => isMoving(state));

/** Changes whose members are on their way, oldest first. */
export async function listMovingChanges(tx: ReadTransaction): Promise<string[]> {
  const rows = await tx
    .selectFrom('association_change')
    .select('id')
    .where('state', 'in', moving)
    .orderBy('starts_on')
    .orderBy('id')
    .limit(100)
    .execute();
  return rows.map((row) => row.id);
}

/** The next who are to move; those held back wait until their attempt is older than `retryBefore`. */
export async function listMovers(
  tx: ReadTransaction,
  changeId: string,
  { retryBefore, most }: { retryBefore: Date; most: number },
): Promise<string[]> {
  const found = await sql<{
    id: string;
  }>`SELECT person_id AS id FROM association_movers(${changeId}::uuid, ${retryBefore}, ${most})`.execute(tx);
  return found.rows.map((row) => row.id);
}

export type MoveRow = { changeId: string; personId: string; state: 'moved' | 'held'; reason: string; cases: number; at: Date };

/** What became of one member; a later attempt replaces an earlier one that failed. */
export async function keepMove(tx: WriteTransaction, row: MoveRow): Promise<void> {
  const after = { state: row.state, reason: row.reason, cases: row.cases, at: row.at };
  await tx
    .insertInto('association_move')
    .values({ change_id: row.changeId, person_id: row.personId, ...after })
    .onConflict((conflict) => conflict.columns(['change_id', 'person_id']).doUpdateSet(after))
    .execute();
}

/** Who was carried over and has not been told, in the order of the ids. */
export async function listUntold(tx: ReadTransaction, changeId: string, most: number): Promise<string[]> {
  const rows = await tx
    .selectFrom('association_move')
    .select('person_id as id')
    .where('change_id', '=', changeId)
    .where('state', '=', 'moved')
    .where('told_at', 'is', null)
    .orderBy('person_id')
    .limit(most)
    .execute();
  return rows.map((row) => row.id);
}

/** They have been told, or there was no address to tell them at. */
export async function markTold(tx: WriteTransaction, changeId: string, told: { personIds: readonly string[]; at: Date }): Promise<void> {
  await tx
    .updateTable('association_move')
    .set({ told_at: told.at })
    .where('change_id', '=', changeId)
    .where('person_id', '=', sql<string>`ANY (${sql.val([...told.personIds])}::uuid[])`)
    .execute();
}

export type MoveProgress = { moved: number; cases: number; held: number; reasons: string[] };

/** How far a change has come. */
export async function progressOf(tx: ReadTransaction, changeId: string): Promise<MoveProgress> {
  const found = await sql<MoveProgress>`SELECT moved, cases, held, reasons FROM association_move_progress(${changeId}::uuid)`.execute(tx);
  return found.rows[0] ?? { moved: 0, cases: 0, held: 0, reasons: [] };
}

/** Workplaces that the one association looked after belong to the other from now on. */
export async function moveFacilities(tx: WriteTransaction, { from, to, rule, entries }: Omit<MoveAsk, 'startsOn'>): Promise<void> {
  if (rule === 'list') return;
  const fits =
    rule === null
      ? sql`true`
      : sql`EXISTS (SELECT FROM unnest(${sql.val([...entries])}::text[]) e (part) WHERE position(fold_name(e.part) IN fold_name(address)) > 0)`;
  await sql`UPDATE facility SET association_id = ${to}, version = version + 1 WHERE association_id = ${from} AND ${fits}`.execute(tx);
}

export type FirstAdmin = {
  id: string;
  associationId: number;
  surname: string;
  givenName: string;
  surnameKana: string;
  givenNameKana: string;
  mail: string;
  namedBy: string;
  namedByName: string;
  namedAt: Date;
};

/** Writes who is to be the first 管理者 of an association. */
export async function insertFirstAdmin(tx: WriteTransaction, one: FirstAdmin): Promise<void> {
  await tx
    .insertInto('association_first_admin')
    .values({
      id: one.id,
      association_id: one.associationId,
      surname: one.surname,
      given_name: one.givenName,
      surname_kana: one.surnameKana,
      given_name_kana: one.givenNameKana,
      mail: one.mail,
      named_by: one.namedBy,
      named_by_name: one.namedByName,
      named_at: one.namedAt,
    })
    .execute();
}

const adminColumns = [
  'id',
  'association_id as associationId',
  'surname',
  'given_name as givenName',
  'surname_kana as surnameKana',
  'given_name_kana as givenNameKana',
  'mail',
  'named_by as namedBy',
  'named_by_name as namedByName',
  'named_at as namedAt',
] as const;

/** One of them by its id. */
export async function findFirstAdmin(tx: ReadTransaction, id: string): Promise<FirstAdmin | undefined> {
  return await tx.selectFrom('association_first_admin').select(adminColumns).where('id', '=', id).executeTakeFirst();
}

/** Those named for an association, newest first. */
export async function listFirstAdmins(tx: ReadTransaction, associationId: number): Promise<FirstAdmin[]> {
  return await tx
    .selectFrom('association_first_admin')
    .select(adminColumns)
    .where('association_id', '=', associationId)
    .orderBy('named_at', 'desc')
    .limit(20)
    .execute();
}

export type Admins = { associationId: number; admins: number; invitedUntil: Date | null };

/** How many 管理者 associations have, and until when an invitation waits. */
export async function listAdmins(tx: ReadTransaction, ids: readonly number[]): Promise<Admins[]> {
  const found = await sql<Admins>`SELECT association_id AS "associationId", admins, invited_until AS "invitedUntil"
    FROM association_admins(${sql.val([...ids])}::int[])`.execute(tx);
  return found.rows;
}
