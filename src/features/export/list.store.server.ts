import type { Day } from '#kernel/day.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';
import type { ExportState } from './flow.ts';
import { exportFlow } from './flow.ts';

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

/** Exports of an office, newest first, before one of them. */
export async function listExports(
  tx: ReadTransaction,
  ask: { associationId: number; after: string; limit: number },
): Promise<ListedExport[]> {
  const from =
    ask.after === '' ? undefined : await tx.selectFrom('data_export').select('created_at').where('id', '=', ask.after).executeTakeFirst();
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
    .where('e.association_id', '=', ask.associationId);
  if (from !== undefined) rows = rows.where(sql<boolean>`(e.created_at, e.id) < (${from.created_at}, ${ask.after}::uuid)`);
  const found = await rows.orderBy('e.created_at', 'desc').orderBy('e.id', 'desc').limit(ask.limit).execute();
  return found.map((row) => ({
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

/** Fetched files whose 削除予定日 has come and of which nobody has reported the deletion. */
export async function listDue(tx: ReadTransaction, ask: { on: Day; associationId?: number; limit: number }): Promise<DueExport[]> {
  let rows = tx
    .selectFrom('data_export as e')
    .select(['e.id', 'e.number', 'e.list', 'e.account_id', 'e.delete_by', 'e.row_count'])
    .where('e.state', '=', 'ready')
    .where('e.delete_by', '<=', ask.on)
    .where(did('fetched'))
    .where(sql<boolean>`NOT ${did('deleted')}`);
  if (ask.associationId !== undefined) rows = rows.where('e.association_id', '=', ask.associationId);
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
