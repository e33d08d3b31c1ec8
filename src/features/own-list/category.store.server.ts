import type { Day } from '#kernel/day.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';

/** SQL of 会員区分 as their association keeps them (`screens.md O-20`). */

export type Category = {
  id: number;
  associationId: number;
  code: string;
  name: string;
  description: string;
  jmaCode: string | null;
  liabilityInsurance: boolean;
  trainee: boolean;
  startsOn: Day;
  endsOn: Day | null;
  successorId: number | null;
  version: number;
};

const mostCategories = 200;

/** 会員区分 of one association in its order, ended ones too. */
export async function listAllCategories(tx: ReadTransaction, associationId: number): Promise<Category[]> {
  return await tx
    .selectFrom('member_category')
    .select([
      'id',
      'association_id as associationId',
      'code',
      'name',
      'description',
      'jma_code as jmaCode',
      'liability_insurance as liabilityInsurance',
      'trainee',
      'starts_on as startsOn',
      'ends_on as endsOn',
      'successor_id as successorId',
      'version',
    ])
    .where('association_id', '=', associationId)
    .orderBy('sort_order')
    .orderBy('id')
    .limit(mostCategories)
    .execute();
}

/** 在籍数 of each category on a day. */
export async function countMembersByCategory(tx: ReadTransaction, associationId: number, on: Day): Promise<Map<number, number>> {
  const found = await sql<{ id: number; members: string }>`
    SELECT category_id AS id, count(*) AS members FROM membership_phase
    WHERE association_id = ${associationId} AND starts_on <= ${on} AND (ends_on IS NULL OR ends_on >= ${on}) GROUP BY category_id`.execute(
    tx,
  );
  return new Map(found.rows.map((row) => [row.id, Number(row.members)]));
}

/** How many persons are in a category after a day, as things are recorded. */
export async function countMembersAfter(tx: ReadTransaction, categoryId: number, day: Day): Promise<number> {
  const found = await sql<{ members: string }>`
    SELECT count(DISTINCT person_id) AS members FROM membership_phase
    WHERE category_id = ${categoryId} AND (ends_on IS NULL OR ends_on > ${day})`.execute(tx);
  return Number(found.rows[0]?.members ?? 0);
}

export type MovingMember = { personId: string; licence: string; birthOn: Day };

/** Persons who are in a category after a day, in the order of their ids. */
export async function listMembersAfter(
  tx: ReadTransaction,
  of: { categoryId: number; day: Day },
  page: { after: string; limit: number },
): Promise<MovingMember[]> {
  const found = await sql<MovingMember>`
    SELECT p.id AS "personId", l.number AS licence, p.birth_on AS "birthOn" FROM person p
    JOIN person_licence l ON l.person_id = p.id AND l.current
    WHERE p.id IN (SELECT h.person_id FROM membership_phase h WHERE h.category_id = ${of.categoryId} AND (h.ends_on IS NULL OR h.ends_on > ${of.day}))
      AND ${page.after === '' ? sql`true` : sql`p.id > ${page.after}::uuid`}
    ORDER BY p.id LIMIT ${page.limit}`.execute(tx);
  return found.rows;
}

export type NewCategory = Omit<Category, 'id' | 'version' | 'successorId'>;

/** Adds one behind the others. */
export async function insertCategory(tx: WriteTransaction, row: NewCategory): Promise<number> {
  const { id } = await tx
    .insertInto('member_category')
    .values({
      association_id: row.associationId,
      code: row.code,
      name: row.name,
      description: row.description,
      jma_code: row.jmaCode,
      liability_insurance: row.liabilityInsurance,
      trainee: row.trainee,
      starts_on: row.startsOn,
      ends_on: row.endsOn,
      sort_order: sql<number>`(SELECT coalesce(max(c.sort_order), 0) + 1 FROM member_category c WHERE c.association_id = ${row.associationId})`,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** 説明, 終了日 and where its members go. */
export async function updateCategory(
  tx: WriteTransaction,
  id: number,
  row: Pick<Category, 'description' | 'endsOn' | 'successorId'>,
): Promise<void> {
  await tx
    .updateTable('member_category')
    .set({
      description: row.description,
      ends_on: row.endsOn,
      successor_id: row.successorId,
      version: sql<number>`version + 1`,
    })
    .where('id', '=', id)
    .execute();
}

/** Writes the new order. */
export async function orderCategories(tx: WriteTransaction, ids: readonly number[]): Promise<void> {
  await sql`UPDATE member_category c SET sort_order = o.place
    FROM unnest(${sql.val([...ids])}::int[]) WITH ORDINALITY AS o(id, place) WHERE c.id = o.id`.execute(tx);
}
