import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';
import type { BulkActionName } from './schema.ts';
import { bulkActionNames } from './schema.ts';

/** SQL of 一括操作: runs, their rows and results, all of them insert only. */

export type RunRow = {
  id: string;
  associationId: number;
  accountId: string;
  staffId: string;
  actorName: string;
  action: BulkActionName;
  total: number;
  retryOf: string | null;
  createdAt: Date;
};

function actionNameOf(text: string): BulkActionName {
  const found = bulkActionNames.find((name) => name === text);
  if (found === undefined) throw new RangeError(`unknown bulk action in the database: ${text}`);
  return found;
}

export type NewRun = RunRow & { common: unknown };

export type NewRow = { ordinal: number; applicationId: string; input: unknown; stopped: string; key: string };

/** Writes a run with its rows. */
export async function insertRun(tx: WriteTransaction, run: NewRun, rows: readonly NewRow[]): Promise<void> {
  await tx
    .insertInto('bulk_run')
    .values({
      id: run.id,
      association_id: run.associationId,
      account_id: run.accountId,
      staff_id: run.staffId,
      actor_name: run.actorName,
      action: run.action,
      common: JSON.stringify(run.common),
      total: run.total,
      retry_of: run.retryOf,
      created_at: run.createdAt,
    })
    .execute();
  await tx
    .insertInto('bulk_row')
    .values(
      rows.map((row) => ({
        run_id: run.id,
        ordinal: row.ordinal,
        association_id: run.associationId,
        application_id: row.applicationId,
        input: row.input === null ? null : JSON.stringify(row.input),
        stopped: row.stopped,
        key: row.key,
      })),
    )
    .execute();
}

const runColumns = ['id', 'association_id', 'account_id', 'staff_id', 'actor_name', 'action', 'total', 'retry_of', 'created_at'] as const;

type StoredRun = {
  id: string;
  association_id: number;
  account_id: string;
  staff_id: string;
  actor_name: string;
  action: string;
  total: number;
  retry_of: string | null;
  created_at: Date;
};

function runOf(row: StoredRun): RunRow {
  return {
    id: row.id,
    associationId: row.association_id,
    accountId: row.account_id,
    staffId: row.staff_id,
    actorName: row.actor_name,
    action: actionNameOf(row.action),
    total: row.total,
    retryOf: row.retry_of,
    createdAt: row.created_at,
  };
}

/** One run in scope. */
export async function findRun(tx: ReadTransaction, id: string): Promise<RunRow | undefined> {
  const row = await tx.selectFrom('bulk_run').select(runColumns).where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : runOf(row);
}

export type WaitingRow = { ordinal: number; applicationId: string; input: unknown; stopped: string; key: string };

/** The first rows of a run that have no result yet. */
export async function listWaitingRows(tx: ReadTransaction, runId: string, limit: number): Promise<WaitingRow[]> {
  const rows = await tx
    .selectFrom('bulk_row as w')
    .leftJoin('bulk_result as r', (join) => join.onRef('r.run_id', '=', 'w.run_id').onRef('r.ordinal', '=', 'w.ordinal'))
    .select(['w.ordinal', 'w.application_id', 'w.input', 'w.stopped', 'w.key'])
    .where('w.run_id', '=', runId)
    .where('r.run_id', 'is', null)
    .orderBy('w.ordinal')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    ordinal: row.ordinal,
    applicationId: row.application_id,
    input: row.input,
    stopped: row.stopped,
    key: row.key,
  }));
}

export type NewResult = { runId: string; ordinal: number; done: boolean; code: string; reason: string; at: Date };

/** Writes the result of a row; false when it had one already. */
export async function insertResult(tx: WriteTransaction, result: NewResult): Promise<boolean> {
  const written = await sql`
    INSERT INTO bulk_result (run_id, ordinal, association_id, done, code, reason, at)
    SELECT w.run_id, w.ordinal, w.association_id, ${result.done}, ${result.code}, ${result.reason}, ${result.at}
    FROM bulk_row w WHERE w.run_id = ${result.runId} AND w.ordinal = ${result.ordinal}
    ON CONFLICT DO NOTHING`.execute(tx);
  return written.numAffectedRows === 1n;
}

export type Tally = { runId: string; done: number; refused: number };

/** How far runs have come. */
export async function tallyOf(tx: ReadTransaction, runIds: readonly string[]): Promise<Tally[]> {
  if (runIds.length === 0) return [];
  return await tx
    .selectFrom('bulk_result')
    .select([
      'run_id as runId',
      sql<number>`count(*) FILTER (WHERE done)::int`.as('done'),
      sql<number>`count(*) FILTER (WHERE NOT done)::int`.as('refused'),
    ])
    .where('run_id', '=', sql<string>`ANY (${sql.val([...runIds])}::uuid[])`)
    .groupBy('run_id')
    .execute();
}

export type ResultRow = { ordinal: number; applicationId: string; done: boolean; code: string; reason: string; at: Date };

/** The results of a run in its order, after one ordinal. */
export async function listResults(tx: ReadTransaction, runId: string, page: { after: number; limit: number }): Promise<ResultRow[]> {
  const rows = await tx
    .selectFrom('bulk_result as r')
    .innerJoin('bulk_row as w', (join) => join.onRef('w.run_id', '=', 'r.run_id').onRef('w.ordinal', '=', 'r.ordinal'))
    .select(['r.ordinal', 'w.application_id', 'r.done', 'r.code', 'r.reason', 'r.at'])
    .where('r.run_id', '=', runId)
    .where('r.ordinal', '>', page.after)
    .orderBy('r.ordinal')
    .limit(page.limit)
    .execute();
  return rows.map((row) => ({
    ordinal: row.ordinal,
    applicationId: row.application_id,
    done: row.done,
    code: row.code,
    reason: row.reason,
    at: row.at,
  }));
}

/** Runs of an office since an instant, newest first. */
export async function listRuns(tx: ReadTransaction, ask: { associationId: number; since: Date; limit: number }): Promise<RunRow[]> {
  const rows = await tx
    .selectFrom('bulk_run')
    .select(runColumns)
    .where('association_id', '=', ask.associationId)
    .where('created_at', '>=', ask.since)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(ask.limit)
    .execute();
  return rows.map(runOf);
}
