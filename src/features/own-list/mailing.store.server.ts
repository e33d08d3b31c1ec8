import type { Day } from '#kernel/day.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';

/** SQL of 送付物 (`screens.md O-20`) and of what doctors chose (`screens.md D-04`). */

export type Mailing = {
  id: number;
  associationId: number;
  name: string;
  kind: string;
  categoryIds: number[];
  refusable: boolean;
  startsOn: Day;
  endsOn: Day | null;
  version: number;
};

const columns = [
  'id',
  'association_id as associationId',
  'name',
  'kind',
  'category_ids as categoryIds',
  'refusable',
  'starts_on as startsOn',
  'ends_on as endsOn',
  'version',
] as const;

const mostMailings = 400;

/** 送付物 of one association in its order, ended ones too. */
export async function listMailings(tx: ReadTransaction, associationId: number): Promise<Mailing[]> {
  return await tx
    .selectFrom('association_mailing')
    .select(columns)
    .where('association_id', '=', associationId)
    .orderBy('sort_order')
    .orderBy('id')
    .limit(mostMailings)
    .execute();
}

export type NewMailing = Omit<Mailing, 'id' | 'version'>;

/** Adds one behind the others. */
export async function insertMailing(tx: WriteTransaction, row: NewMailing): Promise<number> {
  const { id } = await tx
    .insertInto('association_mailing')
    .values({
      association_id: row.associationId,
      name: row.name,
      kind: row.kind,
      category_ids: row.categoryIds,
      refusable: row.refusable,
      starts_on: row.startsOn,
      ends_on: row.endsOn,
      sort_order: sql<number>`(SELECT coalesce(max(m.sort_order), 0) + 1 FROM association_mailing m WHERE m.association_id = ${row.associationId})`,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Writes what the form holds; the kind stands. */
export async function updateMailing(tx: WriteTransaction, id: number, row: NewMailing): Promise<void> {
  await tx
    .updateTable('association_mailing')
    .set({
      name: row.name,
      category_ids: row.categoryIds,
      refusable: row.refusable,
      starts_on: row.startsOn,
      ends_on: row.endsOn,
      version: sql<number>`version + 1`,
    })
    .where('id', '=', id)
    .execute();
}

/** True when a doctor has chosen where it goes. */
export async function isMailingInUse(tx: ReadTransaction, id: number): Promise<boolean> {
  const found = await sql<{ used: boolean }>`SELECT mailing_in_use(${id}) AS used`.execute(tx);
  return found.rows[0]?.used === true;
}

/** Takes away what nobody has used. */
export async function deleteMailing(tx: WriteTransaction, id: number): Promise<void> {
  await tx.deleteFrom('association_mailing').where('id', '=', id).execute();
}

/** Writes the new order. */
export async function orderMailings(tx: WriteTransaction, ids: readonly number[]): Promise<void> {
  await sql`UPDATE association_mailing m SET sort_order = o.place
    FROM unnest(${sql.val([...ids])}::int[]) WITH ORDINALITY AS o(id, place) WHERE m.id = o.id`.execute(tx);
}

export type OfferedMailing = Mailing & { associationName: string; sendTo: string | null };

/** What is sent to a doctor on a day: of the associations he is a member of, for his category; lowest association first. */
export async function listMailingsOf(tx: ReadTransaction, personId: string, on: Day): Promise<OfferedMailing[]> {
  const found = await sql<OfferedMailing>`
    SELECT m.id, m.association_id AS "associationId", m.name, m.kind, m.category_ids AS "categoryIds", m.refusable,
      m.starts_on AS "startsOn", m.ends_on AS "endsOn", m.version, v.name AS "associationName", c.send_to AS "sendTo"
    FROM membership_phase h
    JOIN association_mailing m ON m.association_id = h.association_id AND (m.category_ids = '{}' OR h.category_id = ANY (m.category_ids))
      AND m.starts_on <= ${on} AND (m.ends_on IS NULL OR m.ends_on >= ${on})
    JOIN association a ON a.id = m.association_id
    JOIN association_version v ON v.association_id = a.id AND v.starts_on <= ${on} AND (v.ends_on IS NULL OR v.ends_on >= ${on})
    LEFT JOIN mailing_choice c ON c.mailing_id = m.id AND c.person_id = h.person_id
    WHERE h.person_id = ${personId} AND h.starts_on <= ${on} AND (h.ends_on IS NULL OR h.ends_on >= ${on})
    ORDER BY a.layer DESC, a.id, m.sort_order, m.id LIMIT 200`.execute(tx);
  return found.rows;
}

/** Keeps what a doctor chose. */
export async function putMailingChoice(
  tx: WriteTransaction,
  personId: string,
  choice: { mailing: Pick<Mailing, 'id' | 'associationId'>; sendTo: string; at: Date },
): Promise<void> {
  const values = { send_to: choice.sendTo, changed_at: choice.at };
  await tx
    .insertInto('mailing_choice')
    .values({ person_id: personId, mailing_id: choice.mailing.id, association_id: choice.mailing.associationId, ...values })
    .onConflict((conflict) => conflict.columns(['person_id', 'mailing_id']).doUpdateSet(values))
    .execute();
}

/** Back to 初期値と同じ. */
export async function dropMailingChoice(tx: WriteTransaction, personId: string, mailingId: number): Promise<void> {
  await tx.deleteFrom('mailing_choice').where('person_id', '=', personId).where('mailing_id', '=', mailingId).execute();
}
