import type { Day } from '#kernel/day.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';

/** SQL of 独自項目 (`screens.md O-20`) and of their values for a member (`screens.md O-08`). */

export type Field = {
  id: number;
  associationId: number;
  name: string;
  kind: string;
  choices: string[];
  shown: boolean;
  endsOn: Day | null;
  version: number;
};

const most = 400;

/** 独自項目 of one association in its order, ended ones too. */
export async function listFields(tx: ReadTransaction, associationId: number): Promise<Field[]> {
  return await tx
    .selectFrom('association_field')
    .select(['id', 'association_id as associationId', 'name', 'kind', 'choices', 'shown', 'ends_on as endsOn', 'version'])
    .where('association_id', '=', associationId)
    .orderBy('sort_order')
    .orderBy('id')
    .limit(most)
    .execute();
}

export type NewField = Omit<Field, 'id' | 'version' | 'endsOn'>;

/** Adds one behind the others. */
export async function insertField(tx: WriteTransaction, row: NewField): Promise<number> {
  const { id } = await tx
    .insertInto('association_field')
    .values({
      association_id: row.associationId,
      name: row.name,
      kind: row.kind,
      choices: row.choices,
      shown: row.shown,
      sort_order: sql<number>`(SELECT coalesce(max(f.sort_order), 0) + 1 FROM association_field f WHERE f.association_id = ${row.associationId})`,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Writes what the form holds; the kind stands. */
export async function updateField(tx: WriteTransaction, id: number, row: NewField): Promise<void> {
  await tx
    .updateTable('association_field')
    .set({ name: row.name, choices: row.choices, shown: row.shown, version: sql<number>`version + 1` })
    .where('id', '=', id)
    .execute();
}

/** The last day of use. */
export async function endField(tx: WriteTransaction, id: number, endsOn: Day): Promise<void> {
  await tx.updateTable('association_field').set({ ends_on: endsOn, version: sql<number>`version + 1` }).where('id', '=', id).execute();
}

/** Writes the new order. */
export async function orderFields(tx: WriteTransaction, ids: readonly number[]): Promise<void> {
  await sql`UPDATE association_field f SET sort_order = o.place
    FROM unnest(${sql.val([...ids])}::int[]) WITH ORDINALITY AS o(id, place) WHERE f.id = o.id`.execute(tx);
}

/** Of some choices the ones that stand in a member's record now. */
export async function listUsedChoices(tx: ReadTransaction, fieldId: number, choices: readonly string[]): Promise<string[]> {
  if (choices.length === 0) return [];
  const found = await sql<{ value: string }>`
    SELECT DISTINCT value FROM (SELECT DISTINCT ON (person_id) value FROM member_field_value
      WHERE field_id = ${fieldId} ORDER BY person_id, version DESC) AS now
    WHERE value = ANY (${sql.val([...choices])}::text[])`.execute(tx);
  return found.rows.map((row) => row.value);
}

export type ValueKey = { personId: string; associationId: number };
export type FieldValue = { fieldId: number; value: string; version: number; accountId: string; authorName: string; at: Date };

/** The present values of one member at one association. */
export async function listValues(tx: ReadTransaction, key: ValueKey): Promise<FieldValue[]> {
  return await tx
    .selectFrom('member_field_value')
    .distinctOn('field_id')
    .select(['field_id as fieldId', 'value', 'version', 'account_id as accountId', 'author_name as authorName', 'at'])
    .where('person_id', '=', key.personId)
    .where('association_id', '=', key.associationId)
    .orderBy('field_id')
    .orderBy('version', 'desc')
    .execute();
}

type Many = { personIds: readonly string[]; fieldIds: readonly number[] };

/** The present values of many members in some items; what was emptied again is not among them. */
export async function listValuesOf(
  tx: ReadTransaction,
  associationId: number,
  { personIds, fieldIds }: Many,
): Promise<{ personId: string; fieldId: number; value: string }[]> {
  if (personIds.length === 0) return [];
  const found = await sql<{ personId: string; fieldId: number; value: string }>`
    SELECT person_id AS "personId", field_id AS "fieldId", value FROM (
      SELECT DISTINCT ON (person_id, field_id) person_id, field_id, value FROM member_field_value
      WHERE person_id = ANY (${sql.val([...personIds])}::uuid[]) AND association_id = ${associationId}
        AND field_id = ANY (${sql.val([...fieldIds])}::int[])
      ORDER BY person_id, field_id, version DESC) AS now
    WHERE value <> ''`.execute(tx);
  return found.rows;
}

export type NewValue = { fieldId: number; value: string };

/** Adds what was changed in one save. */
export async function insertValues(
  tx: WriteTransaction,
  key: ValueKey,
  save: { version: number; accountId: string; authorName: string; at: Date; values: readonly NewValue[] },
): Promise<void> {
  await tx
    .insertInto('member_field_value')
    .values(
      save.values.map(({ fieldId, value }) => ({
        person_id: key.personId,
        association_id: key.associationId,
        field_id: fieldId,
        version: save.version,
        value,
        account_id: save.accountId,
        author_name: save.authorName,
        at: save.at,
      })),
    )
    .execute();
}

export type ShownValue = { association: string; name: string; kind: string; value: string };

/** What a doctor sees of himself: items that his associations show, where something is entered. */
export async function listShownValues(tx: ReadTransaction, personId: string, on: Day): Promise<ShownValue[]> {
  const found = await sql<ShownValue>`
    SELECT a.name AS association, f.name, f.kind, v.value FROM association_field f
    JOIN association_version a ON a.association_id = f.association_id AND a.starts_on <= ${on} AND (a.ends_on IS NULL OR a.ends_on >= ${on})
    JOIN LATERAL (SELECT m.value FROM member_field_value m WHERE m.person_id = ${personId} AND m.association_id = f.association_id
      AND m.field_id = f.id ORDER BY m.version DESC LIMIT 1) v ON v.value <> ''
    WHERE f.shown AND (f.ends_on IS NULL OR f.ends_on >= ${on})
      AND f.association_id IN (SELECT p.association_id FROM membership_period p WHERE p.person_id = ${personId}
        AND p.joined_on <= ${on} AND (p.left_on IS NULL OR p.left_on >= ${on}))
    ORDER BY f.association_id DESC, f.sort_order, f.id LIMIT 100`.execute(tx);
  return found.rows;
}
