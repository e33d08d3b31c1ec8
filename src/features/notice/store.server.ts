import type { Day } from '#kernel/day.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import type { DB } from '#platform/db/schema.gen.ts';
import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { NoticeCondition } from './condition.ts';
import { noticeCondition } from './condition.ts';
import type { NoticeState } from './flow.ts';
import { noticeStateOf } from './flow.ts';
import type { NoticeOrigin } from './policy.ts';
import type { NoticeContent } from './rules.ts';
import type { NoticeTarget } from './schema.ts';
import { noticeTargets } from './schema.ts';

/** SQL of お知らせ for the office that publishes; row-level security limits what is found. */

export type NoticeRow = NoticeContent & {
  id: string;
  associationId: number;
  origin: NoticeOrigin;
  state: NoticeState;
  mailAt: Date | null;
  mailed: number;
  readers: number | null;
  writerName: string;
  version: number;
  createdAt: Date;
};

function targetOf(text: string | null): NoticeTarget | null {
  return noticeTargets.find((one) => one === text) ?? null;
}

/** A row of the table with its words made types. */
export function typedNotice(row: Selectable<DB['notice']>): NoticeRow {
  return {
    id: row.id,
    associationId: row.association_id,
    origin: row.origin === 'operations' ? 'operations' : 'office',
    state: noticeStateOf(row.state),
    title: row.title,
    category1Id: row.category1_id,
    category2Id: row.category2_id,
    lead: row.lead,
    body: row.body,
    target: targetOf(row.target),
    condition: noticeCondition.parse(row.condition),
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    important: row.important,
    byMail: row.by_mail,
    mailHour: row.mail_hour,
    mailAt: row.mail_at,
    mailed: row.mailed,
    readers: row.readers,
    writerName: row.writer_name,
    version: row.version,
    createdAt: row.created_at,
  };
}

/** One notice in scope of the actor. */
export async function findNotice(tx: ReadTransaction, id: string): Promise<NoticeRow | undefined> {
  const row = await tx.selectFrom('notice').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : typedNotice(row);
}

export type Category = { id: number; name: string };

/** お知らせカテゴリ in use: the association's own, else the common ones. */
export async function listCategories(tx: ReadTransaction, associationId: number, on: Day): Promise<Category[]> {
  const rows = await tx
    .selectFrom('notice_category')
    .select(['id', 'name', 'association_id as associationId'])
    .where((where) => where.or([where('association_id', '=', associationId), where('association_id', 'is', null)]))
    .where((where) => where.or([where('ends_on', 'is', null), where('ends_on', '>=', on)]))
    .orderBy('sort_order')
    .orderBy('id')
    .limit(400)
    .execute();
  const own = rows.filter((row) => row.associationId !== null);
  return (own.length > 0 ? own : rows).map(({ id, name }) => ({ id, name }));
}

/** Names of categories, those out of use too. */
export async function categoryNames(tx: ReadTransaction, ids: readonly (number | null)[]): Promise<Map<number, string>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  if (wanted.length === 0) return new Map();
  const rows = await tx
    .selectFrom('notice_category')
    .select(['id', 'name'])
    .where('id', '=', sql<number>`ANY (${sql.val(wanted)}::int[])`)
    .execute();
  return new Map(rows.map((row) => [row.id, row.name]));
}

function contentColumns(content: NoticeContent) {
  return {
    title: content.title,
    category1_id: content.category1Id,
    category2_id: content.category2Id,
    lead: content.lead,
    body: content.body,
    target: content.target,
    condition: JSON.stringify(content.condition),
    starts_on: content.startsOn,
    ends_on: content.endsOn,
    important: content.important,
    by_mail: content.byMail,
    mail_hour: content.mailHour,
  };
}

export type NewNotice = {
  id: string;
  associationId: number;
  /** `office` when nothing is said. */
  origin?: NoticeOrigin;
  state: NoticeState;
  writerName: string;
  at: Date;
  content: NoticeContent;
};

/** Writes a new notice. */
export async function insertNotice(tx: WriteTransaction, row: NewNotice): Promise<void> {
  const { id, associationId, origin = 'office', state, writerName, at, content } = row;
  await tx
    .insertInto('notice')
    .values({ id, association_id: associationId, origin, state, writer_name: writerName, created_at: at, ...contentColumns(content) })
    .execute();
}

type At = { id: string; version: number };

/** Writes what the form holds; what was registered waits no more. */
export async function updateNotice(
  tx: WriteTransaction,
  { id, version }: At,
  change: { state: NoticeState; content: NoticeContent },
): Promise<void> {
  await tx
    .updateTable('notice')
    .set({
      ...contentColumns(change.content),
      state: change.state,
      published_at: null,
      mail_at: null,
      mail_state: 'none',
      readers: null,
      version: version + 1,
    })
    .where('id', '=', id)
    .execute();
}

export type Publication = { state: NoticeState; at: Date; mailAt: Date | null; readers: number | null };

/** Registers a notice. */
export async function markPublished(tx: WriteTransaction, { id, version }: At, { state, at, mailAt, readers }: Publication): Promise<void> {
  await tx
    .updateTable('notice')
    .set({
      state,
      published_at: at,
      mail_at: mailAt,
      mail_state: mailAt === null ? 'none' : 'waiting',
      mail_after: '',
      mailed: 0,
      readers,
      version: version + 1,
    })
    .where('id', '=', id)
    .execute();
}

export type Ending = { state: NoticeState; at: Date; stopped: number };

/** Ends a notice; mails that were stopped have not been sent to anybody. */
export async function markEnded(tx: WriteTransaction, { id, version }: At, { state, at, stopped }: Ending): Promise<void> {
  await tx
    .updateTable('notice')
    .set(({ eb }) => ({ state, ended_at: at, version: version + 1, mailed: eb('mailed', '-', stopped) }))
    .where('id', '=', id)
    .execute();
}

/** How many a notice is for on a day; null where nobody counts them. Only the publishing association is told. */
export async function countReaders(
  tx: ReadTransaction,
  ask: { associationId: number; target: NoticeTarget; condition: NoticeCondition; on: Day },
): Promise<number | null> {
  const found = await sql<{ count: number | null }>`
    SELECT notice_readers_count(${ask.associationId}, ${ask.target}, ${JSON.stringify(ask.condition)}::jsonb, ${ask.on}::date) AS count`.execute(
    tx,
  );
  return found.rows[0]?.count ?? null;
}

/** How many have read each of the notices. */
export async function countReads(tx: ReadTransaction, ids: readonly string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const found = await sql<{ noticeId: string; reads: number }>`
    SELECT notice_id AS "noticeId", reads FROM notice_reads(${sql.val([...ids])}::uuid[])`.execute(tx);
  return new Map(found.rows.map((row) => [row.noticeId, row.reads]));
}
