import type { Day } from '#kernel/day.ts';
import { foldName } from '#kernel/fold-name.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { MasterState } from './flow.ts';
import type { MasterRow } from './master-fields.ts';

/** SQL of the lists of 医師会マスタ (`screens.md J-02`): associations as they are on a day. */

/** What the list is narrowed by; nothing of it given is all. */
export type MasterConditions = {
  q: string;
  layer: number | undefined;
  kind: string | undefined;
  prefecture: string | undefined;
  state: MasterState | undefined;
  checked: 'checked' | 'unchecked' | undefined;
};

export const allMaster: MasterConditions = {
  q: '',
  layer: undefined,
  kind: undefined,
  prefecture: undefined,
  state: undefined,
  checked: undefined,
};

type Ask = MasterConditions & { on: Day; descending: boolean; before: string; after: string; limit: number };

function textCondition(q: string): RawBuilder<unknown> {
  const fold = foldName(q);
  return sql`(a.code = ${q} OR (${fold} <> '' AND (position(${fold} in v.name_fold) > 0 OR position(${fold} in fold_name(v.kana)) > 0)))`;
}

function stateCondition(state: MasterState, on: Day): RawBuilder<unknown> {
  const open = sql`(z.closes_on IS NULL OR z.closes_on >= ${on})`;
  const over = sql`z.closes_on < ${on}`;
  const taken = sql`EXISTS (SELECT FROM association_opening_withdrawal t WHERE t.association_id = a.id)`;
  if (state === 'closed') return sql`${over} AND NOT ${taken}`;
  if (state === 'withdrawn') return sql`${over} AND ${taken}`;
  return state === 'planned' ? sql`${open} AND v.starts_on > ${on}` : sql`${open} AND v.starts_on <= ${on}`;
}

function conditions(ask: MasterConditions, on: Day): RawBuilder<unknown> {
  const { q, layer, kind, prefecture, state, checked } = ask;
  const given = [
    q === '' ? undefined : textCondition(q),
    layer === undefined ? undefined : sql`a.layer = ${layer}`,
    kind === undefined ? undefined : sql`a.kind = ${kind}`,
    prefecture === undefined ? undefined : sql`a.prefecture_code = ${prefecture}`,
    checked === undefined ? undefined : sql`(a.certainty = 'unverified') = ${checked === 'unchecked'}`,
    state === undefined ? undefined : stateCondition(state, on),
  ].filter((one) => one !== undefined);
  return given.length === 0 ? sql`true` : sql.join(given, sql` AND `);
}

/** Associations in the order of their codes, as they are on a day; one that begins later is shown as planned, one that is closed as closed. */
export async function listMaster(tx: ReadTransaction, ask: Ask): Promise<MasterRow[]> {
  const backwards = ask.before !== '';
  const key = backwards ? ask.before : ask.after;
  const down = ask.descending !== backwards;
  const place = key === '' ? sql`true` : sql`a.code ${down ? sql`<` : sql`>`} ${key}`;
  const found = await sql<MasterRow>`
    WITH page AS (
      SELECT a.id, a.code, v.name, v.kana, a.layer, a.kind, a.prefecture_code, v.parent_id, a.certainty, v.starts_on, v.ends_on, z.closes_on
      FROM association a CROSS JOIN LATERAL (SELECT * FROM association_version w WHERE w.association_id = a.id
        ORDER BY w.starts_on <= ${ask.on} DESC, CASE WHEN w.starts_on <= ${ask.on} THEN w.starts_on END DESC, w.starts_on LIMIT 1) v
        LEFT JOIN association_closing z ON z.association_id = a.id
      WHERE ${place} AND ${conditions(ask, ask.on)}
      ORDER BY a.code ${down ? sql`DESC` : sql`ASC`} LIMIT ${ask.limit}
    )
    SELECT p.id, p.code, p.name, p.kana, p.layer, p.kind, p.prefecture_code AS "prefectureCode", c.label AS prefecture, p.parent_id AS "parentId",
      (SELECT u.name FROM association_version u WHERE u.association_id = p.parent_id ORDER BY u.starts_on <= ${ask.on} DESC, u.starts_on DESC LIMIT 1) AS parent,
      (SELECT min(o.starts_on) FROM association_version o WHERE o.association_id = p.id) AS "opensOn",
      p.certainty, p.starts_on AS "startsOn", p.ends_on AS "endsOn", p.closes_on AS "closesOn",
      EXISTS (SELECT FROM association_opening_withdrawal t WHERE t.association_id = p.id) AS withdrawn,
      coalesce(m.members, 0)::int AS members
    FROM page p LEFT JOIN code_value c ON c.list = 'prefecture' AND c.code = p.prefecture_code
    LEFT JOIN member_counts_on(${ask.on}, ARRAY(SELECT id FROM page)) m ON m.association_id = p.id
    ORDER BY p.code ${ask.descending ? sql`DESC` : sql`ASC`}`.execute(tx);
  return found.rows;
}

/** More than the country has; a tree or a file of more would be cut off, and says so. */
export const mostAssociations = 5_000;

/** All that fit, as they are on a day. */
export async function listWholeMaster(tx: ReadTransaction, narrowed: MasterConditions, on: Day): Promise<MasterRow[]> {
  return await listMaster(tx, { ...narrowed, on, descending: false, before: '', after: '', limit: mostAssociations });
}

/** One association by its code, as it is on a day. */
export async function findMaster(tx: ReadTransaction, code: string, on: Day): Promise<MasterRow | undefined> {
  const rows = await listMaster(tx, { ...allMaster, q: code, on, descending: false, before: '', after: '', limit: 50 });
  return rows.find((row) => row.code === code);
}

export type MasterVersion = { startsOn: Day; endsOn: Day | null; name: string; kana: string; parent: string | null };

/** Names and places through time, newest first. */
export async function listVersions(tx: ReadTransaction, id: number): Promise<MasterVersion[]> {
  const found = await sql<MasterVersion>`
    SELECT v.starts_on AS "startsOn", v.ends_on AS "endsOn", v.name, v.kana,
      (SELECT u.name FROM association_version u WHERE u.association_id = v.parent_id ORDER BY u.starts_on <= v.starts_on DESC, u.starts_on DESC LIMIT 1) AS parent
    FROM association_version v WHERE v.association_id = ${id} ORDER BY v.starts_on DESC LIMIT 100`.execute(tx);
  return found.rows;
}
