import { startOfDay } from '#kernel/day.ts';
import type { Day } from '#kernel/day.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { Selectable, SelectQueryBuilder } from 'kysely';
import type { DB } from '#platform/db/schema.gen.ts';
import { sql } from 'kysely';
import type { DeskSection } from './fields.ts';
import type { ListFilter } from './schema.ts';
import type { Inquiry } from './store.server.ts';
import { typed } from './store.server.ts';

/** SQL of lists of お問合せ: one's own, and the inbox of a desk. */

/** Whose questions: the doctor's, the whole office's, or one account's. */
export type OwnScope = { personId: string } | { associationId: number } | { accountId: string };

const dayMs = 86_400_000;

function matching(tx: ReadTransaction, filter: ListFilter) {
  let rows = tx.selectFrom('inquiry as i').selectAll('i');
  if (filter.state !== undefined) rows = rows.where('i.state', '=', filter.state);
  if (filter.kind !== undefined) rows = rows.where('i.kind', '=', filter.kind);
  if (filter.from !== undefined) rows = rows.where('i.asked_at', '>=', startOfDay(filter.from));
  if (filter.to !== undefined) rows = rows.where('i.asked_at', '<', new Date(startOfDay(filter.to).getTime() + dayMs));
  return rows;
}

type Rows = SelectQueryBuilder<DB & { i: DB['inquiry'] }, 'i', Selectable<DB['inquiry']>>;

export type Listed = { found: Inquiry[]; count: number };

/** A page in the order of a column: one row more than its size, in front when it is read backwards; and how many there are in all. */
async function pageIn(
  tx: ReadTransaction,
  all: Rows,
  ask: { filter: ListFilter; key: 'asked_at' | 'changed_at'; newestFirst: boolean },
): Promise<Listed> {
  const { filter, key, newestFirst } = ask;
  const { before, after, size } = filter;
  const backwards = before !== '';
  const place = backwards ? before : after;
  const down = newestFirst !== backwards;
  let rows = all;
  if (place !== '') {
    const from = await tx.selectFrom('inquiry').select(key).where('id', '=', place).executeTakeFirst();
    const beyond = down ? sql`<` : sql`>`;
    if (from !== undefined) rows = rows.where(sql<boolean>`(${sql.ref(`i.${key}`)}, i.id) ${beyond} (${from[key]}, ${place}::uuid)`);
  }
  const way = down ? 'desc' : 'asc';
  const page = await rows
    .orderBy(`i.${key}`, way)
    .orderBy('i.id', way)
    .limit(size + 1)
    .execute();
  const total = await all.clearSelect().select(sql<number>`count(*)::int`.as('count')).executeTakeFirstOrThrow();
  const found = page.map(typed);
  return { found: backwards ? found.toReversed() : found, count: total.count };
}

/** Own questions, last changed first. */
export async function listOwn(tx: ReadTransaction, scope: OwnScope, filter: ListFilter): Promise<Listed> {
  let rows = matching(tx, filter);
  if ('personId' in scope) rows = rows.where('i.person_id', '=', scope.personId);
  else if ('associationId' in scope) rows = rows.where('i.asker_association_id', '=', scope.associationId);
  else rows = rows.where('i.account_id', '=', scope.accountId);
  return await pageIn(tx, rows, { filter, key: 'changed_at', newestFirst: true });
}

/** Whose inbox: an office's, 運営事務局's, or the JMA's 担当課 (one of them, or all). */
export type InboxScope = { desk: 'office' | 'jma'; associationId: number; section?: DeskSection | undefined } | { desk: 'operations' };

function inboxOf(tx: ReadTransaction, scope: InboxScope, filter: ListFilter) {
  const rows = matching(tx, filter).where('i.desk', '=', scope.desk);
  if (scope.desk === 'operations') return rows.where('i.desk_association_id', 'is', null);
  const here = rows.where('i.desk_association_id', '=', scope.associationId);
  return scope.section === undefined ? here : here.where('i.desk_section', '=', scope.section);
}

/** The inbox of a desk: what is open, oldest first, or all, newest first. */
export async function listInbox(tx: ReadTransaction, scope: InboxScope, ask: { filter: ListFilter; open: boolean }): Promise<Listed> {
  const { filter, open } = ask;
  const rows = inboxOf(tx, scope, filter);
  const shown = open ? rows.where('i.state', '<>', 'done') : rows;
  return await pageIn(tx, shown, { filter, key: 'asked_at', newestFirst: !open });
}

export type InboxCount = { open: number; late: number };

/** Questions that wait for an answer at a desk, and of these the ones whose 期限 is over. */
export async function countInbox(tx: ReadTransaction, scope: InboxScope, today: Day): Promise<InboxCount> {
  let rows = tx.selectFrom('inquiry as i').where('i.desk', '=', scope.desk).where('i.state', 'in', ['new', 'inProgress']);
  if (scope.desk === 'operations') rows = rows.where('i.desk_association_id', 'is', null);
  else rows = rows.where('i.desk_association_id', '=', scope.associationId);
  const found = await rows
    .select(sql<number>`count(*)::int`.as('open'))
    .select(sql<number>`(count(*) FILTER (WHERE i.due_on < ${today}))::int`.as('late'))
    .executeTakeFirstOrThrow();
  return found;
}

/** Mails that a stranger has caused to one address, in whatever case, since an instant. */
export async function countAsked(tx: ReadTransaction, mail: string, since: Date): Promise<number> {
  const row = await tx
    .selectFrom('inquiry')
    .select(sql<number>`count(*)::int`.as('n'))
    .where(sql<boolean>`lower(asker_mail) = lower(${mail})`)
    .where('asker_mail', '<>', '')
    .where('asked_at', '>=', since)
    .executeTakeFirstOrThrow();
  return row.n;
}
