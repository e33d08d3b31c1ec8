import type { Day } from '#kernel/day.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';
import type { ChangeState } from './flow.ts';
import { awaitsDay, changeFlow, firstChangeState, firstOpeningState, isUnsettled } from './flow.ts';
import type { Burden, Change, NewChange } from './master.store.server.ts';
import { changeColumns, insertChanges, typedChange } from './master.store.server.ts';

/** SQL of CSVで一括更新 (`screens.md J-02`): the changes of one file, and what stands in the way of many associations at once. */

export type Batch = { id: string; rows: number; reason: string; proposedBy: string; proposedName: string; proposedAt: Date };

const batchColumns = [
  'id',
  'row_count as rows',
  'reason',
  'proposed_by as proposedBy',
  'proposed_name as proposedName',
  'proposed_at as proposedAt',
] as const;

/** Rows of one INSERT, well below what one statement can carry. */
const portion = 500;

/** Writes a file's changes, which wait for their second person together. */
export async function insertBatch(tx: WriteTransaction, batch: Batch, changes: readonly NewChange[]): Promise<void> {
  await tx
    .insertInto('association_batch')
    .values({
      id: batch.id,
      row_count: batch.rows,
      reason: batch.reason,
      proposed_by: batch.proposedBy,
      proposed_name: batch.proposedName,
      proposed_at: batch.proposedAt,
    })
    .execute();
  for (let from = 0; from < changes.length; from += portion) await insertChanges(tx, changes.slice(from, from + portion));
}

/** One of them by its number. */
export async function findBatch(tx: ReadTransaction, id: string): Promise<Batch | undefined> {
  return await tx.selectFrom('association_batch').select(batchColumns).where('id', '=', id).executeTakeFirst();
}

/** Files whose second person is still to come, oldest first. */
export async function listWaitingBatches(tx: ReadTransaction): Promise<Batch[]> {
  const waiting = tx
    .selectFrom('association_change')
    .select('batch_id')
    .where('batch_id', 'is not', null)
    .where('state', '=', firstChangeState);
  const unopened = tx.selectFrom('association_opening').select('batch_id').where('state', '=', firstOpeningState);
  return await tx
    .selectFrom('association_batch')
    .select(batchColumns)
    .where((where) => where.or([where('id', 'in', waiting.$castTo<{ batch_id: string }>()), where('id', 'in', unopened)]))
    .orderBy('proposed_at')
    .limit(20)
    .execute();
}

/** The changes of a file in the order of the codes. */
export async function listBatchChanges(tx: ReadTransaction, batchId: string): Promise<Change[]> {
  const rows = await tx
    .selectFrom('association_change')
    .select(changeColumns)
    .where('batch_id', '=', batchId)
    .orderBy('association_id')
    .execute();
  return rows.map(typedChange);
}

const due = changeFlow.states.filter((state) => awaitsDay(state));

export type DueBatch = { id: string; startsOn: Day };

/** Files with reserved changes whose day has come, oldest day first. */
export async function listDueBatches(tx: ReadTransaction, on: Day): Promise<DueBatch[]> {
  const rows = await tx
    .selectFrom('association_change')
    .select(['batch_id as id', 'starts_on as startsOn'])
    .distinct()
    .where('state', 'in', due)
    .where('batch_id', 'is not', null)
    .where('starts_on', '<=', on)
    .orderBy('starts_on')
    .orderBy('batch_id')
    .limit(100)
    .execute();
  return rows.flatMap(({ id, startsOn }) => (id === null ? [] : [{ id, startsOn }]));
}

/** Moves many changes on at once. */
export async function moveChanges(
  tx: WriteTransaction,
  ids: readonly string[],
  to: { state: ChangeState; by: string; at: Date },
): Promise<void> {
  await tx
    .updateTable('association_change')
    .set({ state: to.state, settled_name: to.by, settled_at: to.at })
    .where('id', '=', sql<string>`ANY (${sql.val([...ids])}::uuid[])`)
    .execute();
}

const unsettled = changeFlow.states.filter((state) => isUnsettled(state));

/** Of these associations those for which something is planned, and those to which members are to come. */
export async function plansAround(tx: ReadTransaction, ids: readonly number[]): Promise<{ own: Set<number>; target: Set<number> }> {
  const rows = await tx
    .selectFrom('association_change')
    .select(['association_id as own', 'target_id as target'])
    .where('state', 'in', unsettled)
    .where((where) =>
      where.or([
        where('association_id', '=', sql<number>`ANY (${sql.val([...ids])}::int[])`),
        where('target_id', '=', sql<number>`ANY (${sql.val([...ids])}::int[])`),
      ]),
    )
    .execute();
  return { own: new Set(rows.map((row) => row.own)), target: new Set(rows.flatMap((row) => row.target ?? [])) };
}

/** What many associations have, each from a day of its own on. */
export async function burdensOf(tx: ReadTransaction, asked: readonly { id: number; on: Day }[]): Promise<Map<number, Burden>> {
  if (asked.length === 0) return new Map();
  const found = await sql<Burden & { id: number }>`
    SELECT w.id, b.members, b.cases, b.below, b.staff
    FROM unnest(${sql.val(asked.map((one) => one.id))}::int[], ${sql.val(asked.map((one) => one.on))}::date[]) AS w (id, day)
    CROSS JOIN LATERAL association_burden(w.id, w.day) b`.execute(tx);
  return new Map(found.rows.map(({ id, ...burden }) => [id, burden]));
}
