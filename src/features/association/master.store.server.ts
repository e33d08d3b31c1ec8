import type { Day } from '#kernel/day.ts';
import { addDays } from '#kernel/day.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';
import { z } from 'zod';
import type { ChangeState } from './flow.ts';
import { awaitsDay, changeFlow, firstChangeState, isUnsettled } from './flow.ts';
import type { ChangeKind, SplitRule } from './master-fields.ts';
import { isChangeKind, isSplitRule } from './master-fields.ts';

/** SQL of 医師会マスタ (`screens.md J-02`): what is planned for the tree of associations, and what becomes of it. */

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
  /** Of 合併: the staff follow, too. */
  carriesStaff: boolean;
  /** Only of 一括更新: the batch, what has no days of its own, and how it was when the file was checked. */
  batchId: string | null;
  associationKind: string | null;
  prefectureCode: string | null;
  certainty: string | null;
  before: Readonly<Record<string, string>>;
  startsOn: Day;
  reason: string;
  state: ChangeState;
  proposedBy: string;
  proposedName: string;
  proposedAt: Date;
};

export const changeColumns = [
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
  'carries_staff as carriesStaff',
  'batch_id as batchId',
  'association_kind as associationKind',
  'prefecture_code as prefectureCode',
  'certainty',
  'before',
  'starts_on as startsOn',
  'reason',
  'state',
  'proposed_by as proposedBy',
  'proposed_name as proposedName',
  'proposed_at as proposedAt',
] as const;

const categoryMap = z.record(z.string(), z.int());
const beforeTexts = z.record(z.string(), z.string());

type ChangeRow = Omit<Change, 'kind' | 'state' | 'splitRule' | 'categoryMap' | 'before'> & {
  kind: string;
  state: string;
  splitRule: string | null;
  categoryMap: unknown;
  before: unknown;
};

/** A row of the database as a change. */
export function typedChange(row: ChangeRow): Change {
  const { kind, state, splitRule } = row;
  if (!isChangeKind(kind) || !changeFlow.isState(state) || !(splitRule === null || isSplitRule(splitRule)))
    throw new RangeError(`unknown change: ${kind} ${state}`);
  return { ...row, kind, state, splitRule, categoryMap: categoryMap.parse(row.categoryMap), before: beforeTexts.parse(row.before) };
}

/** One change by its number. */
export async function findChange(tx: ReadTransaction, id: string): Promise<Change | undefined> {
  const row = await tx.selectFrom('association_change').select(changeColumns).where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : typedChange(row);
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
  return rows.map(typedChange);
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

/** Reserved changes whose day has come, oldest first; those of a file are asked for with it. */
export async function listDueChanges(tx: ReadTransaction, on: Day): Promise<string[]> {
  const rows = await tx
    .selectFrom('association_change')
    .select('id')
    .where('state', 'in', due)
    .where('batch_id', 'is', null)
    .where('starts_on', '<=', on)
    .orderBy('starts_on')
    .orderBy('id')
    .limit(500)
    .execute();
  return rows.map((row) => row.id);
}

type MoveFields = 'targetId' | 'categoryMap' | 'splitRule' | 'splitEntries' | 'carriesStaff';
type BatchFields = 'batchId' | 'associationKind' | 'prefectureCode' | 'certainty' | 'before';

/** A change as it is entered; what only 合併, 分割 and 一括更新 have may be missing. */
export type NewChange = Omit<Change, 'state' | MoveFields | BatchFields> &
  Partial<Pick<Change, MoveFields | BatchFields>> & { requestId: string | null };

/** Writes changes that wait for their second person. */
export async function insertChanges(tx: WriteTransaction, rows: readonly NewChange[]): Promise<void> {
  await tx
    .insertInto('association_change')
    .values(
      rows.map((row) => ({
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
        carries_staff: row.carriesStaff ?? false,
        batch_id: row.batchId ?? null,
        association_kind: row.associationKind ?? null,
        prefecture_code: row.prefectureCode ?? null,
        certainty: row.certainty ?? null,
        before: JSON.stringify(row.before ?? {}),
        starts_on: row.startsOn,
        reason: row.reason,
        state: firstChangeState,
        proposed_by: row.proposedBy,
        proposed_name: row.proposedName,
        proposed_at: row.proposedAt,
        request_id: row.requestId,
      })),
    )
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
  if (change.associationKind !== null || change.prefectureCode !== null || change.certainty !== null)
    await sql`SELECT revise_association(${change.associationId}, ${change.associationKind}, ${change.prefectureCode}, ${change.certainty})`.execute(
      tx,
    );
  if (change.name === null && change.kana === null && change.parentId === null) return;
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
