import type { Day } from '#kernel/day.ts';
import type { Layer } from '#kernel/actor.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';

export type AssociationRow = {
  id: number;
  code: string;
  layer: Layer;
  kind: string;
  name: string;
  kana: string;
  parentId: number | null;
  prefectureCode: string | null;
  tel: string | null;
  mail: string | null;
};

function isLayer(value: number): value is Layer {
  return value >= 1 && value <= 4;
}

function layerOf(value: number): Layer {
  if (!isLayer(value)) throw new RangeError(`no such layer: ${value}`);
  return value;
}

/** A closed association keeps its last version, so that what is past keeps its name. */
function versionsOn(tx: ReadTransaction, on: Day) {
  return tx
    .selectFrom('association as a')
    .innerJoin('association_version as v', 'v.association_id', 'a.id')
    .where('v.starts_on', '<=', on)
    .where((where) => where.or([where('v.ends_on', 'is', null), where('v.ends_on', '>=', on)]))
    .select([
      'a.id',
      'a.code',
      'a.layer',
      'a.kind',
      'a.prefecture_code as prefectureCode',
      'v.name',
      'v.kana',
      'v.parent_id as parentId',
      sql<string | null>`(SELECT i.tel FROM association_info_on(a.id, ${on}) i)`.as('tel'),
      sql<string | null>`(SELECT i.mail FROM association_info_on(a.id, ${on}) i)`.as('mail'),
    ]);
}

/** Those that can be chosen on a day: not closed. */
function openOn(tx: ReadTransaction, on: Day) {
  return versionsOn(tx, on).where(
    sql<boolean>`NOT EXISTS (SELECT FROM association_closing z WHERE z.association_id = a.id AND z.closes_on < ${on})`,
  );
}

async function amongIds(source: ReturnType<typeof versionsOn>, ids: readonly number[]): Promise<AssociationRow[]> {
  if (ids.length === 0) return [];
  const rows = await source
    .where('a.id', '=', sql<number>`ANY (${sql.val([...ids])}::int[])`)
    .orderBy('a.layer', 'desc')
    .orderBy('a.id')
    .execute();
  return rows.map((row) => ({ ...row, layer: layerOf(row.layer) }));
}

/** The associations of the ids, as they are named and placed on a day; those closed by then under their last name. */
export async function findAssociations(tx: ReadTransaction, ids: readonly number[], on: Day): Promise<AssociationRow[]> {
  return await amongIds(versionsOn(tx, on), ids);
}

/** Of the ids the associations that are not closed on a day. */
export async function findOpenAssociations(tx: ReadTransaction, ids: readonly number[], on: Day): Promise<AssociationRow[]> {
  return await amongIds(openOn(tx, on), ids);
}

/** Direct children on a day, code order. */
export async function listChildren(tx: ReadTransaction, parentId: number, on: Day): Promise<AssociationRow[]> {
  const rows = await openOn(tx, on).where('v.parent_id', '=', parentId).orderBy('a.id').limit(1000).execute();
  return rows.map((row) => ({ ...row, layer: layerOf(row.layer) }));
}

/** All associations of one prefecture on layers 3 and 4 (at most about 100), code order; `nameFold` narrows by part of the name. */
export async function listOfPrefecture(
  tx: ReadTransaction,
  prefectureCode: string,
  narrow: { nameFold: string; on: Day },
): Promise<AssociationRow[]> {
  let rows = openOn(tx, narrow.on).where('a.prefecture_code', '=', prefectureCode).where('a.layer', '>=', 3);
  if (narrow.nameFold !== '') rows = rows.where(sql<boolean>`position(${narrow.nameFold} in v.name_fold) > 0`);
  const found = await rows.orderBy('a.layer').orderBy('a.id').limit(200).execute();
  return found.map((row) => ({ ...row, layer: layerOf(row.layer) }));
}

/** The 都道府県医師会 of a prefecture on a day. */
export async function findPrefectural(tx: ReadTransaction, prefectureCode: string, on: Day): Promise<AssociationRow | undefined> {
  const row = await openOn(tx, on)
    .where('a.prefecture_code', '=', prefectureCode)
    .where('a.layer', '=', 2)
    .orderBy('a.id')
    .executeTakeFirst();
  return row === undefined ? undefined : { ...row, layer: layerOf(row.layer) };
}

/** Associations of every layer by part of their name or kana on a day, lowest code first. */
export async function listByName(tx: ReadTransaction, find: { fold: string; on: Day; limit: number }): Promise<AssociationRow[]> {
  const rows = await openOn(tx, find.on)
    .where((where) =>
      where.or([sql<boolean>`position(${find.fold} in v.name_fold) > 0`, sql<boolean>`position(${find.fold} in fold_name(v.kana)) > 0`]),
    )
    .orderBy('a.id')
    .limit(find.limit)
    .execute();
  return rows.map((row) => ({ ...row, layer: layerOf(row.layer) }));
}

/** The chain from an association up to the top on a day, lowest first. */
export async function listChain(tx: ReadTransaction, lowestId: number, on: Day): Promise<AssociationRow[]> {
  const ids = await sql<{ id: number }>`
    WITH RECURSIVE up AS (
      SELECT v.association_id AS id, v.parent_id FROM association_version v
        WHERE v.association_id = ${lowestId} AND v.starts_on <= ${on} AND (v.ends_on IS NULL OR v.ends_on >= ${on})
      UNION ALL
      SELECT v.association_id, v.parent_id FROM up JOIN association_version v ON v.association_id = up.parent_id
        WHERE v.starts_on <= ${on} AND (v.ends_on IS NULL OR v.ends_on >= ${on})
    ) SELECT id FROM up LIMIT 10`.execute(tx);
  const chain = await findOpenAssociations(
    tx,
    ids.rows.map((row) => row.id),
    on,
  );
  return chain.sort((a, b) => b.layer - a.layer);
}

export type SettingsRow = { associationId: number; version: number; startsOn: Day; settings: unknown };

/** The settings in force on a day, one row per association; plans that were taken back never come into force. */
export async function listSettingsOn(tx: ReadTransaction, ids: readonly number[], on: Day): Promise<SettingsRow[]> {
  if (ids.length === 0) return [];
  return await tx
    .selectFrom('association_settings as s')
    .distinctOn('s.association_id')
    .select(['s.association_id as associationId', 's.version', 's.starts_on as startsOn', 's.settings'])
    .where('s.association_id', 'in', [...ids])
    .where('s.starts_on', '<=', on)
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom('association_settings_withdrawal as w')
            .select('w.version')
            .whereRef('w.association_id', '=', 's.association_id')
            .whereRef('w.version', '=', 's.version'),
        ),
      ),
    )
    .orderBy('s.association_id')
    .orderBy('s.starts_on', 'desc')
    .orderBy('s.version', 'desc')
    .execute();
}

/** Exact versions, as pinned by applications. */
export async function listPinnedSettings(
  tx: ReadTransaction,
  pins: readonly { associationId: number; version: number }[],
): Promise<SettingsRow[]> {
  if (pins.length === 0) return [];
  return await tx
    .selectFrom('association_settings')
    .select(['association_id as associationId', 'version', 'starts_on as startsOn', 'settings'])
    .where((where) =>
      where.or(pins.map((pin) => where.and([where('association_id', '=', pin.associationId), where('version', '=', pin.version)]))),
    )
    .execute();
}

export type CategoryRow = {
  id: number;
  associationId: number;
  code: string;
  name: string;
  description: string;
  jmaCode: string | null;
  liabilityInsurance: boolean;
  trainee: boolean;
};

/** Member categories in use on a day, in the association's own order. */
export async function listCategories(tx: ReadTransaction, associationIds: readonly number[], on: Day): Promise<CategoryRow[]> {
  if (associationIds.length === 0) return [];
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
    ])
    .where('association_id', 'in', [...associationIds])
    .where('starts_on', '<=', on)
    .where((where) => where.or([where('ends_on', 'is', null), where('ends_on', '>=', on)]))
    .orderBy('association_id')
    .orderBy('sort_order')
    .execute();
}

export type CodeRow = { code: string; label: string; kana: string; detail: unknown; certainty: string };

/** Code lists in their order, entries in use on a day. */
export async function listCodes(tx: ReadTransaction, lists: readonly string[], on: Day): Promise<(CodeRow & { list: string })[]> {
  return await tx
    .selectFrom('code_value')
    .select(['list', 'code', 'label', 'kana', 'detail', 'certainty'])
    .where('list', 'in', [...lists])
    .where('starts_on', '<=', on)
    .where((where) => where.or([where('ends_on', 'is', null), where('ends_on', '>=', on)]))
    .orderBy('sort_order')
    .limit(1000 * lists.length)
    .execute();
}
