import type { Day } from '#kernel/day.ts';
import { addDays } from '#kernel/day.ts';
import { foldName } from '#kernel/fold-name.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';
import { z } from 'zod';
import type { ChangeState } from './flow.ts';
import { awaitsDay, changeFlow, firstChangeState, isUnsettled } from './flow.ts';
import type { ChangeKind, SplitRule } from './master-fields.ts';
import { isChangeKind, isSplitRule } from './master-fields.ts';

/** SQL of 医師会マスタ (`screens.md J-02`): the tree of associations through time. */

export type MasterRow = {
  id: number;
  code: string;
  name: string;
  kana: string;
  layer: number;
  kind: string;
  prefecture: string | null;
  parentId: number | null;
  parent: string | null;
  certainty: string;
  startsOn: Day;
  endsOn: Day | null;
  closesOn: Day | null;
  members: number;
};

type Ask = { q: string; layer: number | undefined; on: Day; before: string; after: string; limit: number };

/** Associations in the order of their codes, as they are on a day; one that begins later is shown as planned, one that is closed as closed. */
export async function listMaster(tx: ReadTransaction, ask: Ask): Promise<MasterRow[]> {
  const backwards = ask.before !== '';
  const key = backwards ? ask.before : ask.after;
  const place = key === '' ? sql`true` : sql`a.code ${backwards ? sql`<` : sql`>`} ${key}`;
  const fold = foldName(ask.q);
  const fits =
    ask.q === ''
      ? sql`true`
      : sql`(a.code = ${ask.q} OR (${fold} <> '' AND (position(${fold} in v.name_fold) > 0 OR position(${fold} in fold_name(v.kana)) > 0)))`;
  const found = await sql<MasterRow>`
    WITH page AS (
      SELECT a.id, a.code, v.name, v.kana, a.layer, a.kind, a.prefecture_code, v.parent_id, a.certainty, v.starts_on, v.ends_on, z.closes_on
      FROM association a CROSS JOIN LATERAL (SELECT * FROM association_version w WHERE w.association_id = a.id
        ORDER BY w.starts_on <= ${ask.on} DESC, CASE WHEN w.starts_on <= ${ask.on} THEN w.starts_on END DESC, w.starts_on LIMIT 1) v
        LEFT JOIN association_closing z ON z.association_id = a.id
      WHERE ${place} AND ${fits} AND ${ask.layer === undefined ? sql`true` : sql`a.layer = ${ask.layer}`}
      ORDER BY a.code ${backwards ? sql`DESC` : sql`ASC`} LIMIT ${ask.limit}
    )
    SELECT p.id, p.code, p.name, p.kana, p.layer, p.kind, c.label AS prefecture, p.parent_id AS "parentId",
      (SELECT u.name FROM association_version u WHERE u.association_id = p.parent_id ORDER BY u.starts_on <= ${ask.on} DESC, u.starts_on DESC LIMIT 1) AS parent,
      p.certainty, p.starts_on AS "startsOn", p.ends_on AS "endsOn", p.closes_on AS "closesOn",
      coalesce(m.members, 0)::int AS members
    FROM page p LEFT JOIN code_value c ON c.list = 'prefecture' AND c.code = p.prefecture_code
    LEFT JOIN member_counts_on(${ask.on}, ARRAY(SELECT id FROM page)) m ON m.association_id = p.id
    ORDER BY p.code`.execute(tx);
  return found.rows;
}

/** One association by its code, as it is on a day. */
export async function findMaster(tx: ReadTransaction, code: string, on: Day): Promise<MasterRow | undefined> {
  const rows = await listMaster(tx, { q: code, layer: undefined, on, before: '', after: '', limit: 50 });
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

export type Burden = { members: number; cases: number; below: number; staff: number };

/** What an association has from a day on. */
export async function burdenOf(tx: ReadTransaction, id: number, on: Day): Promise<Burden> {
  const found = await sql<Burden>`SELECT members, cases, below, staff FROM association_burden(${id}, ${on})`.execute(tx);
  const [row] = found.rows;
  if (row === undefined) throw new Error('only the JMA and the system ask this');
  return row;
}

export type Change = {
  id: string;
  associationId: number;
  kind: ChangeKind;
  name: string | null;
  kana: string | null;
  parentId: number | null;
  /** Where members go by 合併 and 分割. */
  targetId: number | null;
  /** Ids of the other association's categories by id of the own one. */
  categoryMap: Readonly<Record<string, number>>;
  splitRule: SplitRule | null;
  splitEntries: string[];
  startsOn: Day;
  reason: string;
  state: ChangeState;
  proposedBy: string;
  proposedName: string;
  proposedAt: Date;
};

const changeColumns = [
  'id',
  'association_id as associationId',
  'kind',
  'name',
  'kana',
  'parent_id as parentId',
  'target_id as targetId',
  'category_map as categoryMap',
  'split_rule as splitRule',
  'split_entries as splitEntries',
  'starts_on as startsOn',
  'reason',
  'state',
  'proposed_by as proposedBy',
  'proposed_name as proposedName',
  'proposed_at as proposedAt',
] as const;

const categoryMap = z.record(z.string(), z.int());

type ChangeRow = Omit<Change, 'kind' | 'state' | 'splitRule' | 'categoryMap'> & {
  kind: string;
  state: string;
  splitRule: string | null;
  categoryMap: unknown;
};

function typed(row: ChangeRow): Change {
  const { kind, state, splitRule } = row;
  if (!isChangeKind(kind) || !changeFlow.isState(state) || !(splitRule === null || isSplitRule(splitRule)))
    throw new RangeError(`unknown change: ${kind} ${state}`);
  return { ...row, kind, state, splitRule, categoryMap: categoryMap.parse(row.categoryMap) };
}

/** One change by its number. */
export async function findChange(tx: ReadTransaction, id: string): Promise<Change | undefined> {
  const row = await tx.selectFrom('association_change').select(changeColumns).where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : typed(row);
}

/** Changes of one association, newest first. */
export async function listChanges(tx: ReadTransaction, associationId: number): Promise<Change[]> {
  const rows = await tx
    .selectFrom('association_change')
    .select(changeColumns)
    .where('association_id', '=', associationId)
    .orderBy('proposed_at', 'desc')
    .limit(50)
    .execute();
  return rows.map(typed);
}

const unsettled = changeFlow.states.filter((state) => isUnsettled(state));

/** True while something is planned. */
export async function hasOpenChange(tx: ReadTransaction, associationId: number): Promise<boolean> {
  const row = await tx
    .selectFrom('association_change')
    .select('id')
    .where('association_id', '=', associationId)
    .where('state', 'in', unsettled)
    .executeTakeFirst();
  return row !== undefined;
}

const due = changeFlow.states.filter((state) => awaitsDay(state));

/** Reserved changes whose day has come, oldest first. */
export async function listDueChanges(tx: ReadTransaction, on: Day): Promise<string[]> {
  const rows = await tx
    .selectFrom('association_change')
    .select('id')
    .where('state', 'in', due)
    .where('starts_on', '<=', on)
    .orderBy('starts_on')
    .orderBy('id')
    .limit(500)
    .execute();
  return rows.map((row) => row.id);
}

type MoveFields = 'targetId' | 'categoryMap' | 'splitRule' | 'splitEntries';

/** A change as it is entered; what only 合併 and 分割 have may be missing. */
export type NewChange = Omit<Change, 'state' | MoveFields> & Partial<Pick<Change, MoveFields>> & { requestId: string | null };

/** Writes a change that waits for its second person. */
export async function insertChange(tx: WriteTransaction, row: NewChange): Promise<void> {
  await tx
    .insertInto('association_change')
    .values({
      id: row.id,
      association_id: row.associationId,
      kind: row.kind,
      name: row.name,
      kana: row.kana,
      parent_id: row.parentId,
      target_id: row.targetId ?? null,
      category_map: JSON.stringify(row.categoryMap ?? {}),
      split_rule: row.splitRule ?? null,
      split_entries: [...(row.splitEntries ?? [])],
      starts_on: row.startsOn,
      reason: row.reason,
      state: firstChangeState,
      proposed_by: row.proposedBy,
      proposed_name: row.proposedName,
      proposed_at: row.proposedAt,
      request_id: row.requestId,
    })
    .execute();
}

/** Moves a change on. */
export async function moveChange(tx: WriteTransaction, id: string, to: { state: ChangeState; by: string; at: Date }): Promise<void> {
  await tx
    .updateTable('association_change')
    .set({ state: to.state, settled_name: to.by, settled_at: to.at })
    .where('id', '=', id)
    .execute();
}

/** The day has come: the version in force ends the day before, another begins; a closed association, a merged one too, keeps its last one. */
export async function carryIntoTree(tx: WriteTransaction, change: Change, at: Date): Promise<void> {
  const before = addDays(change.startsOn, -1);
  if (change.kind === 'split') return;
  if (change.kind === 'close' || change.kind === 'merge') {
    await tx
      .insertInto('association_closing')
      .values({ association_id: change.associationId, closes_on: before, recorded_at: at })
      .execute();
    return;
  }
  await sql`
    WITH old AS (SELECT * FROM association_version WHERE association_id = ${change.associationId} AND ends_on IS NULL),
    ended AS (UPDATE association_version v SET ends_on = ${before}::date FROM old WHERE v.id = old.id RETURNING v.id)
    SELECT count(*) FROM ended`.execute(tx);
  await sql`
    INSERT INTO association_version (association_id, starts_on, parent_id, name, kana)
    SELECT association_id, ${change.startsOn}::date, coalesce(${change.parentId}::int, parent_id), coalesce(${change.name}::text, name), coalesce(${change.kana}::text, kana)
    FROM association_version WHERE association_id = ${change.associationId} AND ends_on = ${before}::date`.execute(tx);
}

export type NewAssociation = {
  code: string;
  layer: number;
  kind: string;
  prefectureCode: string;
  name: string;
  kana: string;
  parentId: number;
  opensOn: Day;
  settings: string;
  reason: string;
};

/** A new association with its first version, the settings of the beginning and the categories of the JMA. */
export async function insertAssociation(tx: WriteTransaction, row: NewAssociation): Promise<number> {
  const id = Number(row.code);
  await tx
    .insertInto('association')
    .values({ id, code: row.code, layer: row.layer, kind: row.kind, prefecture_code: row.prefectureCode, certainty: 'sourced' })
    .execute();
  await tx
    .insertInto('association_version')
    .values({ association_id: id, starts_on: row.opensOn, parent_id: row.parentId, name: row.name, kana: row.kana })
    .execute();
  await sql`INSERT INTO association_settings (association_id, version, starts_on, settings, reason)
    VALUES (${id}, 1, ${row.opensOn}::date, ${row.settings}::jsonb, ${row.reason})`.execute(tx);
  await sql`
    INSERT INTO member_category (association_id, code, name, description, jma_code, liability_insurance, trainee, starts_on, sort_order)
    SELECT ${id}, c.code, c.name, c.description, c.jma_code, c.liability_insurance, c.trainee, ${row.opensOn}::date, c.sort_order
    FROM member_category c WHERE c.association_id = 0 AND (c.ends_on IS NULL OR c.ends_on >= ${row.opensOn})`.execute(tx);
  return id;
}
