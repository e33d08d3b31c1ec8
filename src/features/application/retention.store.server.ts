import type { Day } from '#kernel/day.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';
import { isDraft, isOpen } from './flow.ts';
import { stateOf } from './store.server.ts';

/** SQL of what ends by itself: drafts that nobody touches, papers of cases long closed, uploads that reached no case. */

export type IdleDraft = { id: string; savedAt: Date; warnedOn: Day | null };

/** Drafts last saved before an instant, longest idle first, beyond one of them. */
export async function listIdleDrafts(
  tx: ReadTransaction,
  ask: { savedBefore: Date; after: { savedAt: Date; id: string } | undefined; limit: number },
): Promise<IdleDraft[]> {
  let rows = tx
    .selectFrom('application')
    .select(['id', 'updated_at as savedAt', 'draft_warned_on as warnedOn'])
    .where('state', '=', 'draft')
    .where('updated_at', '<', ask.savedBefore);
  if (ask.after !== undefined) rows = rows.where(sql<boolean>`(updated_at, id) > (${ask.after.savedAt}, ${ask.after.id}::uuid)`);
  return await rows.orderBy('updated_at').orderBy('id').limit(ask.limit).execute();
}

/** When a draft was saved last and its doctor warned; undefined when it is none (any more). */
export async function findDraftTimes(tx: ReadTransaction, id: string): Promise<IdleDraft | undefined> {
  const row = await tx
    .selectFrom('application')
    .select(['id', 'state', 'updated_at as savedAt', 'draft_warned_on as warnedOn'])
    .where('id', '=', id)
    .executeTakeFirst();
  return row === undefined || !isDraft(stateOf(row.state)) ? undefined : row;
}

/** Notes the day of the warning. */
export async function noteWarning(tx: WriteTransaction, id: string, on: Day): Promise<void> {
  await tx.updateTable('application').set({ draft_warned_on: on }).where('id', '=', id).where('state', '=', 'draft').execute();
}

/** Files of a case, those out of force too. */
export async function listFileIds(tx: ReadTransaction, applicationId: string): Promise<string[]> {
  const rows = await tx.selectFrom('document').select('file_id').distinct().where('application_id', '=', applicationId).execute();
  return rows.map((row) => row.file_id);
}

/** Forgets files that no paper names any more; their bytes go after the commit. Returns those that are gone. */
export async function forgetFiles(tx: WriteTransaction, fileIds: readonly string[]): Promise<string[]> {
  if (fileIds.length === 0) return [];
  const rows = await tx
    .deleteFrom('stored_file')
    .where('id', '=', sql<string>`ANY (${sql.val([...fileIds])}::uuid[])`)
    .where(sql<boolean>`NOT EXISTS (SELECT FROM document d WHERE d.file_id = stored_file.id)`)
    .returning('id')
    .execute();
  return rows.map((row) => row.id);
}

/** Cases closed before an instant whose papers are still there. */
export async function listCasesToErase(tx: ReadTransaction, ask: { closedBefore: Date; limit: number }): Promise<string[]> {
  const rows = await tx
    .selectFrom('application')
    .select('id')
    .where('closed_at', '<', ask.closedBefore)
    .where('papers_erased_at', 'is', null)
    .orderBy('closed_at')
    .limit(ask.limit)
    .execute();
  return rows.map((row) => row.id);
}

/** The person and the end of a case; undefined while it runs or when its papers are erased already. */
export async function findClosedCase(tx: ReadTransaction, id: string): Promise<{ personId: string; closedAt: Date } | undefined> {
  const row = await tx
    .selectFrom('application')
    .select(['person_id as personId', 'closed_at as closedAt', 'state'])
    .where('id', '=', id)
    .where('papers_erased_at', 'is', null)
    .executeTakeFirst();
  if (row === undefined || row.closedAt === null || isOpen(stateOf(row.state))) return undefined;
  return { personId: row.personId, closedAt: row.closedAt };
}

/** Marks the files of a case as erased, but those that a younger case uses too. Returns the files whose bytes must go. */
export async function eraseFilesOf(tx: WriteTransaction, ask: { applicationId: string; closedBefore: Date; now: Date }): Promise<string[]> {
  const erased = await sql<{ id: string }>`
    UPDATE stored_file f SET erased_at = ${ask.now}
    WHERE f.erased_at IS NULL AND f.id IN (SELECT d.file_id FROM document d WHERE d.application_id = ${ask.applicationId})
      AND NOT EXISTS (SELECT FROM document o JOIN application a ON a.id = o.application_id
        WHERE o.file_id = f.id AND (a.closed_at IS NULL OR a.closed_at >= ${ask.closedBefore}))
    RETURNING f.id`.execute(tx);
  await tx.updateTable('application').set({ papers_erased_at: ask.now }).where('id', '=', ask.applicationId).execute();
  return erased.rows.map((row) => row.id);
}

/** Files that nothing names, older than an instant. */
export async function listOrphans(tx: ReadTransaction, ask: { before: Date; limit: number }): Promise<string[]> {
  const found = await sql<{ id: string }>`SELECT orphan_files AS id FROM orphan_files(${ask.before}, ${ask.limit})`.execute(tx);
  return found.rows.map((row) => row.id);
}

/** Of these ids the ones under which bytes must stay. */
export async function listKeptFiles(tx: ReadTransaction, fileIds: readonly string[]): Promise<string[]> {
  if (fileIds.length === 0) return [];
  const rows = await tx
    .selectFrom('stored_file')
    .select('id')
    .where('id', '=', sql<string>`ANY (${sql.val([...fileIds])}::uuid[])`)
    .where('erased_at', 'is', null)
    .execute();
  return rows.map((row) => row.id);
}

/** 確認 that nobody has given within the pinned acknowledgeDays (`rules.md 4.1`), oldest first. */
export async function listUnacknowledged(
  tx: ReadTransaction,
  ask: { today: Day; limit: number },
): Promise<{ id: string; stepId: string }[]> {
  return await tx
    .selectFrom('application_step as s')
    .innerJoin('association_settings as v', (join) =>
      join.onRef('v.association_id', '=', 's.association_id').onRef('v.version', '=', 's.settings_version'),
    )
    .innerJoin('application as a', 'a.id', 's.application_id')
    .select(['s.application_id as id', 's.id as stepId'])
    .where(sql<boolean>`s.role = 'acknowledge' AND s.state = 'arrived' AND s.open`)
    // The clock stops while the ball is with the applicant (`rules.md 3.13`).
    .where('a.returned_at', 'is', null)
    .where(sql<boolean>`s.clock_from + coalesce((v.settings ->> 'acknowledgeDays')::int, 30) <= ${ask.today}`)
    .orderBy('s.clock_from')
    .orderBy('s.id')
    .limit(ask.limit)
    .execute();
}
