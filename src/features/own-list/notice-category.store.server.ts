import type { Day } from '#kernel/day.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';

/** SQL of お知らせカテゴリ as their association keeps them (`screens.md O-20`). */

export type NoticeCategory = { id: number; name: string; endsOn: Day | null; version: number };

const most = 400;

/** Those of an association in its order, ended ones too; of nobody: the common ones. */
export async function listNoticeCategories(tx: ReadTransaction, associationId: number | null): Promise<NoticeCategory[]> {
  return await tx
    .selectFrom('notice_category')
    .select(['id', 'name', 'ends_on as endsOn', 'version'])
    .where('association_id', associationId === null ? 'is' : '=', associationId)
    .orderBy('sort_order')
    .orderBy('id')
    .limit(most)
    .execute();
}

/** Adds some behind the others. */
export async function insertNoticeCategories(tx: WriteTransaction, associationId: number, categories: readonly string[]): Promise<void> {
  await sql`INSERT INTO notice_category (association_id, name, sort_order)
    SELECT ${associationId}::int, n.name, n.place + (SELECT coalesce(max(c.sort_order), 0) FROM notice_category c WHERE c.association_id = ${associationId})
    FROM unnest(${sql.val([...categories])}::text[]) WITH ORDINALITY AS n(name, place)`.execute(tx);
}

/** A new name, or the last day of use. */
export async function updateNoticeCategory(tx: WriteTransaction, id: number, row: { name: string; endsOn: Day | null }): Promise<void> {
  await tx
    .updateTable('notice_category')
    .set({ name: row.name, ends_on: row.endsOn, version: sql<number>`version + 1` })
    .where('id', '=', id)
    .execute();
}

/** Writes the new order. */
export async function orderNoticeCategories(tx: WriteTransaction, ids: readonly number[]): Promise<void> {
  await sql`UPDATE notice_category c SET sort_order = o.place
    FROM unnest(${sql.val([...ids])}::int[]) WITH ORDINALITY AS o(id, place) WHERE c.id = o.id`.execute(tx);
}
