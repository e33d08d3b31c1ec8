import type { Actor, OfficeActor } from '#kernel/actor.ts';
import type { Page } from '#kernel/paging.ts';
import { turnPage } from '#kernel/paging.ts';
import type { Refused } from '#kernel/refusal.ts';
import { refuse } from '#kernel/refusal.ts';
import { associationsById, categoriesOf, childrenOf, joinableIn, settingsOn } from '#features/association/queries/directory.ts';
import { savedViews } from '#features/staff/queries/saved-views.ts';
import { query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import { withOwnPlans } from '#platform/db/list-plan.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { listAssignees } from '../assignment.store.server.ts';
import { ageOn, isLateOn, lateDaysOf } from '../clock.ts';
import { holdersSeenFrom } from '../flow.ts';
import { layerLabel } from '../labels.ts';
import type { ListRow, ListScope } from '../list.store.server.ts';
import { countCases, isPlain, listCases } from '../list.store.server.ts';
import type { Note, PageStep } from '../list-page.store.server.ts';
import { listNewestMemos, listNewestMessages, listPageSteps, listUnchecked } from '../list-page.store.server.ts';
import type { Viewer } from '../viewing.store.server.ts';
import { viewersOf } from './viewers.ts';
import type { InboxFilter } from './inbox-filter.ts';
import { inboxInput, orderOf } from './inbox-filter.ts';

/** Beyond this a list says 「10,000件以上」: an exact count of half a million rows helps nobody; less far when conditions make counting slow. */
const mostCounted = { plain: 10_000, narrowed: 2_000 };

export type InboxNote = Omit<Note, 'applicationId'>;

export type InboxRow = ListRow & {
  /** Lowest and highest association asked for. */
  lowest: string;
  highest: string;
  /** The office that has the ball; undefined while it is with the applicant or when the case has ended. */
  holder: { associationId: number; name: string; days: number } | undefined;
  late: boolean;
  /** The reminder days under which it is late. */
  lateDays: number | undefined;
  unchecked: boolean;
  /** 担当者 of our own office. */
  assignee: string | undefined;
  message: InboxNote | undefined;
  memo: InboxNote | undefined;
};

export type Inbox = {
  filter: InboxFilter;
  order: ReturnType<typeof orderOf>;
  rows: InboxRow[];
  /** Colleagues who have one of these cases open now. */
  viewers: Viewer[];
  /** 総件数 */
  count: number;
  /** Counting stopped there: 「10,000件以上」. */
  orMore: boolean;
  before: string | undefined;
  after: string | undefined;
  /** For the legend: the office's reminder days of today; each ▲ follows those of its own case. */
  lateDays: number;
  /** 対象医師会 below us to choose from. */
  below: { id: number; label: string }[];
  /** 保存した条件 of the acting person. */
  views: { id: string; name: string; conditions: string }[];
  /** 会員区分 of our own to choose from. */
  categories: { id: number; label: string }[];
};

/** 管理者 and スタッフ of an association; nobody else has a work list. */
export function officeOnly(ctx: { actor: Actor }): true | Refused {
  return ctx.actor.kind === 'office' && ctx.actor.role !== 'trainingContractor' ? true : refuse('forbidden');
}

/** The acting office of a query that `officeOnly` has let through. */
export function officeOf(ctx: { actor: Actor }): OfficeActor {
  if (ctx.actor.kind !== 'office') throw new Error('only offices ask this');
  return ctx.actor;
}

/** What a list of the acting office is read with. */
export function scopeOf(ctx: Context): ListScope {
  const { associationId, staffId } = officeOf(ctx);
  return { actor: ctx.actor, associationId, staffId, today: ctx.today };
}

/** The reminder days of the acting office's settings of today: what a legend says (`rules.md 3.13`). */
export async function legendDays(tx: ReadTransaction, ctx: Context): Promise<number> {
  const [settings] = await settingsOn(tx, [officeOf(ctx).associationId], ctx.today);
  if (settings === undefined) throw new Error('an association without settings');
  return settings.settings.reminderDays;
}

async function listBelow(tx: ReadTransaction, ctx: Context): Promise<Inbox['below']> {
  const office = officeOf(ctx);
  const [own] = await associationsById(tx, [office.associationId], ctx.today);
  const prefecture = office.layer === 2 ? own?.prefectureCode : null;
  const rows =
    prefecture === null || prefecture === undefined
      ? await childrenOf(tx, office.associationId, ctx.today)
      : await joinableIn(tx, prefecture, { name: '', on: ctx.today });
  return rows.map((row) => ({ id: row.id, label: `${layerLabel(row.layer)} ${row.name}` }));
}

type Counted = Pick<Inbox, 'count' | 'orMore'>;

async function readCount(tx: ReadTransaction, scope: ListScope, filter: InboxFilter): Promise<Counted> {
  const most = isPlain(filter, scope) ? mostCounted.plain : mostCounted.narrowed;
  const cases = await countCases(tx, scope, { filter, limit: most + 1 });
  return { count: Math.min(cases, most), orMore: cases > most };
}

/** Our own steps lie in the order of their days; other orders pay only where many rows fit. Where days or names narrow, the planner knows better. */
function isDense(filter: InboxFilter, scope: ListScope, { orMore }: Counted): boolean {
  if (filter.tab === 'ahead') return false;
  const byOwnDays = ['arrived', 'submitted'].includes(orderOf(filter).key);
  if (byOwnDays && isPlain(filter, scope)) return true;
  return orMore && isPlain({ ...filter, kind: [], state: [] }, scope);
}

async function readPage(tx: ReadTransaction, scope: ListScope, ask: { filter: InboxFilter; dense: boolean }): Promise<Page<ListRow>> {
  const { filter, dense } = ask;
  return await turnPage(
    filter,
    async (walk) => await listCases(tx, scope, { filter, ...walk, dense }),
    (row) => row.id,
  );
}

function withoutId(note: Note | undefined): InboxNote | undefined {
  return note === undefined ? undefined : { authorName: note.authorName, authorOffice: note.authorOffice, body: note.body, at: note.at };
}

type Around = {
  steps: PageStep[];
  messages: Note[];
  memos: Note[];
  unchecked: string[];
  assignees: ReadonlyMap<string, string>;
  scope: ListScope;
};

/** Lowest and highest association asked for; of a transfer, the lowest of both sides. */
function endsOf(row: ListRow, steps: readonly PageStep[]): Pick<InboxRow, 'lowest' | 'highest'> {
  const lowestOf = (leg: PageStep['leg']) => steps.find((step) => step.leg === leg)?.associationName;
  const [from, to] = [lowestOf('leave'), lowestOf('join')];
  if (row.kind === 'transfer' && from !== undefined && to !== undefined) return { lowest: from, highest: to };
  return { lowest: steps[0]?.associationName ?? '', highest: steps.at(-1)?.associationName ?? '' };
}

function dressed(row: ListRow, around: Around): InboxRow {
  const steps = around.steps.filter((step) => step.applicationId === row.id);
  const { today, associationId } = around.scope;
  const holders = holdersSeenFrom(associationId, row.state, steps);
  // Both sides of a transfer may have it at once: our own step is the one that concerns us.
  const here = holders.find((step) => step.associationId === associationId) ?? holders[0];
  return {
    ...row,
    ...endsOf(row, steps),
    holder:
      here === undefined ? undefined : { associationId: here.associationId, name: here.associationName, days: ageOn(here.clock, today) },
    late: here !== undefined && isLateOn(here.clock, today),
    lateDays: here === undefined ? undefined : lateDaysOf(here.clock),
    unchecked: around.unchecked.includes(row.personId),
    assignee: around.assignees.get(row.id),
    message: withoutId(around.messages.find((note) => note.applicationId === row.id)),
    memo: withoutId(around.memos.find((note) => note.applicationId === row.id)),
  };
}

/** Rows with what belongs to them: steps, newest notes, marks. */
export async function dressRows(tx: ReadTransaction, scope: ListScope, rows: readonly ListRow[]): Promise<InboxRow[]> {
  const ids = rows.map((row) => row.id);
  const around: Around = {
    scope,
    steps: await listPageSteps(tx, ids),
    messages: await listNewestMessages(tx, ids),
    memos: await listNewestMemos(tx, ids),
    assignees: await listAssignees(tx, scope.associationId, ids),
    unchecked: await listUnchecked(
      tx,
      rows.map((row) => row.personId),
    ),
  };
  return rows.map((row) => dressed(row, around));
}

/** 申請管理 (`screens.md O-03`): one page of the cases of the acting office with their newest notes. */
export const inbox = query({
  name: 'application.inbox',
  input: inboxInput,
  allow: officeOnly,
  read: async (tx, filter, ctx): Promise<Inbox> => {
    const scope = scopeOf(ctx);
    const { counted, page } = await withOwnPlans(tx, async () => {
      const known = await readCount(tx, scope, filter);
      return { counted: known, page: await readPage(tx, scope, { filter, dense: isDense(filter, scope, known) }) };
    });
    return {
      filter,
      order: orderOf(filter),
      rows: await dressRows(tx, scope, page.rows),
      viewers: await viewersOf(
        tx,
        ctx,
        page.rows.map((row) => row.id),
      ),
      before: page.before,
      after: page.after,
      lateDays: await legendDays(tx, ctx),
      ...counted,
      below: await listBelow(tx, ctx),
      views: await savedViews(tx, officeOf(ctx), 'applications'),
      categories: (await categoriesOf(tx, [scope.associationId], ctx.today)).map(({ id, name }) => ({ id, label: name })),
    };
  },
  audit: (value) => ({
    action: 'application.listed',
    personIds: [...new Set(value.rows.map((row) => row.personId))],
    detail: { tab: value.filter.tab, byName: value.filter.name !== '', rows: value.rows.length },
  }),
});
