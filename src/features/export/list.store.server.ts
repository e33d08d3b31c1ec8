import type { Day } from '#kernel/day.ts';
import { addDays, startOfDay } from '#kernel/day.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { ExportState } from './flow.ts';
import { exportFlow, shownWhen } from './flow.ts';
import type { ExportFilter } from './schema.ts';

/** SQL of the list of exports (`screens.md O-23`) and of what its days ask for. */

export type ListedExport = {
  id: string;
  number: string;
  list: string;
  actorName: string;
  purpose: string;
  purposeText: string;
  createdAt: Date;
  deleteBy: Day;
  rowCount: number | null;
  columnCount: number;
  state: ExportState;
  fetchUntil: Date | null;
  fetched: boolean;
  deleted: boolean;
};

function stateOf(text: string): ExportState {
  if (!exportFlow.isState(text)) throw new RangeError(`unknown state of an export: ${text}`);
  return text;
}

const did = (kind: string) => sql<boolean>`EXISTS (SELECT FROM data_export_event v WHERE v.export_id = e.id AND v.kind = ${kind})`;

const isOver = (now: Date) => sql<boolean>`coalesce(e.fetch_until < ${now}, false)`;

/** The conditions of the list; 状態 as `shownState` says it. */
function conditions({ state, purpose, actor, from, to }: ExportFilter, now: Date): RawBuilder<boolean> {
  const when = state === undefined ? undefined : shownWhen(state);
  const given = [
    when === undefined ? undefined : sql`e.state = ${when.state}`,
    when?.fetched === undefined ? undefined : sql`${did('fetched')} = ${when.fetched}`,
    when?.deleted === undefined ? undefined : sql`${did('deleted')} = ${when.deleted}`,
    when?.over === undefined ? undefined : sql`${isOver(now)} = ${when.over}`,
    purpose === '' ? undefined : sql`e.purpose = ${purpose}`,
    actor === '' ? undefined : sql`position(fold_name(${actor}) IN fold_name(e.actor_name)) > 0`,
    from === undefined ? undefined : sql`e.created_at >= ${startOfDay(from)}`,
    to === undefined ? undefined : sql`e.created_at < ${startOfDay(addDays(to, 1))}`,
  ].filter((one) => one !== undefined);
  return given.length === 0 ? sql<boolean>`true` : sql<boolean>`(${sql.join(given, sql` AND `)})`;
}

/** How many exports of an office the conditions leave. */
export async function countExports(tx: ReadTransaction, ask: { associationId: number; filter: ExportFilter; now: Date }): Promise<number> {
  const row = await tx
    .selectFrom('data_export as e')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('e.association_id', '=', ask.associationId)
    .where(conditions(ask.filter, ask.now))
    .executeTakeFirstOrThrow();
  return row.count;
}

/** A page of an office's exports, newest first: one row more than its size, in front when it is read backwards. */
export async function listExports(
  tx: ReadTransaction,
  ask: { associationId: number; filter: ExportFilter; now: Date },
): Promise<ListedExport[]> {
  const { before, after, size } = ask.filter;
  const backwards = before !== '';
  const place = backwards ? before : after;
  const from =
    place === '' ? undefined : await tx.selectFrom('data_export').select('created_at').where('id', '=', place).executeTakeFirst();
  let rows = tx
    .selectFrom('data_export as e')
    .select(['e.id', 'e.number', 'e.list', 'e.actor_name', 'e.purpose', 'e.purpose_text', 'e.created_at', 'e.delete_by', 'e.row_count'])
    .select([
      'e.state',
      'e.fetch_until',
      sql<number>`cardinality(e.columns)`.as('columns'),
      did('fetched').as('fetched'),
      did('deleted').as('deleted'),
    ])
    .where('e.association_id', '=', ask.associationId)
    .where(conditions(ask.filter, ask.now));
  if (from !== undefined) {
    const beyond = backwards ? sql`>` : sql`<`;
    rows = rows.where(sql<boolean>`(e.created_at, e.id) ${beyond} (${from.created_at}, ${place}::uuid)`);
  }
  const way = backwards ? 'asc' : 'desc';
  const found = await rows
    .orderBy('e.created_at', way)
    .orderBy('e.id', way)
    .limit(size + 1)
    .execute();
  return (backwards ? found.toReversed() : found).map((row) => ({
    id: row.id,
    number: row.number,
    list: row.list,
    actorName: row.actor_name,
    purpose: row.purpose,
    purposeText: row.purpose_text,
    createdAt: row.created_at,
    deleteBy: row.delete_by,
    rowCount: row.row_count,
    columnCount: row.columns,
    state: stateOf(row.state),
    fetchUntil: row.fetch_until,
    fetched: row.fetched,
    deleted: row.deleted,
  }));
}

export type DueExport = { id: string; number: string; list: string; accountId: string; deleteBy: Day; rowCount: number };

export type DueAsk = {
  on: Day;
  associationId?: number;
  /** Only those whose 削除予定日 is the day, or lies whole weeks back. */
  weekly?: boolean;
  after?: DueExport | undefined;
  limit: number;
};

/** Fetched files whose 削除予定日 has come and of which nobody has reported the deletion. */
export async function listDue(tx: ReadTransaction, ask: DueAsk): Promise<DueExport[]> {
  let rows = tx
    .selectFrom('data_export as e')
    .select(['e.id', 'e.number', 'e.list', 'e.account_id', 'e.delete_by', 'e.row_count'])
    .where('e.state', '=', 'ready')
    .where('e.delete_by', '<=', ask.on)
    .where(did('fetched'))
    .where(sql<boolean>`NOT ${did('deleted')}`);
  if (ask.associationId !== undefined) rows = rows.where('e.association_id', '=', ask.associationId);
  if (ask.weekly === true) rows = rows.where(sql<boolean>`(${ask.on}::date - e.delete_by) % 7 = 0`);
  if (ask.after !== undefined) rows = rows.where(sql<boolean>`(e.delete_by, e.id) > (${ask.after.deleteBy}::date, ${ask.after.id}::uuid)`);
  const found = await rows.orderBy('e.delete_by').orderBy('e.id').limit(ask.limit).execute();
  return found.map((row) => ({
    id: row.id,
    number: row.number,
    list: row.list,
    accountId: row.account_id,
    deleteBy: row.delete_by,
    rowCount: row.row_count ?? 0,
  }));
}

/** Files that nobody can fetch any more, since an instant. */
export async function listExpiredFiles(tx: ReadTransaction, ask: { before: Date; since: Date }): Promise<string[]> {
  const rows = await tx
    .selectFrom('data_export')
    .select('file_id')
    .where('state', '=', 'ready')
    .where('fetch_until', '<', ask.before)
    .where('fetch_until', '>=', ask.since)
    .execute();
  return rows.flatMap((row) => row.file_id ?? []);
}
