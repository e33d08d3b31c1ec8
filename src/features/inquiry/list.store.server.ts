import { startOfDay } from '#kernel/day.ts';
import type { Day } from '#kernel/day.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
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

/** Own questions, last changed first, after one of them. */
export async function listOwn(tx: ReadTransaction, scope: OwnScope, ask: { filter: ListFilter; limit: number }): Promise<Inquiry[]> {
  const { filter, limit } = ask;
  let rows = matching(tx, filter);
  if ('personId' in scope) rows = rows.where('i.person_id', '=', scope.personId);
  else if ('associationId' in scope) rows = rows.where('i.asker_association_id', '=', scope.associationId);
  else rows = rows.where('i.account_id', '=', scope.accountId);
  if (filter.after !== '') {
    const from = await tx.selectFrom('inquiry').select('changed_at').where('id', '=', filter.after).executeTakeFirst();
    if (from !== undefined) rows = rows.where(sql<boolean>`(i.changed_at, i.id) < (${from.changed_at}, ${filter.after}::uuid)`);
  }
  return (await rows.orderBy('i.changed_at', 'desc').orderBy('i.id', 'desc').limit(limit).execute()).map(typed);
}

/** Whose inbox: an office's, 運営事務局's, or the JMA's 担当課 (one of them, or all). */
export type InboxScope = { desk: 'office' | 'jma'; associationId: number; section?: DeskSection | undefined } | { desk: 'operations' };

function inboxOf(tx: ReadTransaction, scope: InboxScope, filter: ListFilter) {
  const rows = matching(tx, filter).where('i.desk', '=', scope.desk);
  if (scope.desk === 'operations') return rows.where('i.desk_association_id', 'is', null);
  const here = rows.where('i.desk_association_id', '=', scope.associationId);
  return scope.section === undefined ? here : here.where('i.desk_section', '=', scope.section);
}

export type InboxAsk = { filter: ListFilter; open: boolean; limit: number };

/** The inbox of a desk: what is open, oldest first, or all, newest first; after one of them. */
export async function listInbox(tx: ReadTransaction, scope: InboxScope, { filter, open, limit }: InboxAsk): Promise<Inquiry[]> {
  let rows = inboxOf(tx, scope, filter);
  if (open) rows = rows.where('i.state', '<>', 'done');
  if (filter.after !== '') {
    const from = await tx.selectFrom('inquiry').select('asked_at').where('id', '=', filter.after).executeTakeFirst();
    const beyond = open ? sql`>` : sql`<`;
    if (from !== undefined) rows = rows.where(sql<boolean>`(i.asked_at, i.id) ${beyond} (${from.asked_at}, ${filter.after}::uuid)`);
  }
  const way = open ? 'asc' : 'desc';
  return (await rows.orderBy('i.asked_at', way).orderBy('i.id', way).limit(limit).execute()).map(typed);
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
