import type { Page } from '#kernel/paging.ts';
import { pageOf } from '#kernel/paging.ts';
import { refuse } from '#kernel/refusal.ts';
import type { Colleague } from '#features/staff/queries/colleagues.ts';
import { officeColleagues } from '#features/staff/queries/colleagues.ts';
import { query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { Told } from '../content-labels.ts';
import { contentLine, contentOf, sourceText } from '../content-labels.ts';
import { shownChanges } from '#features/person/schema.ts';
import type { NotificationState } from '../flow.ts';
import { firstState, notificationFlow } from '../flow.ts';
import { isDeed, isKind, kindLabels } from '../labels.ts';
import type { NotificationRow } from '../list.store.server.ts';
import { countNotifications, listNotifications } from '../list.store.server.ts';
import { notifiedOffice } from '../policy.ts';
import type { ListFilter } from '../schema.ts';
import { listInputs } from '../schema.ts';

/** Counted exactly up to so many. */
const mostCounted = 10_000;

export type NotificationLine = Pick<
  NotificationRow,
  'id' | 'at' | 'personId' | 'name' | 'kana' | 'licence' | 'applicationId' | 'assignee'
> & {
  kind: string;
  before: string;
  after: string;
  lines: readonly string[];
  source: string;
  state: NotificationState;
};

function toldIn(row: NotificationRow): Told {
  if (!isDeed(row.deed)) throw new RangeError(`unknown deed: ${row.deed}`);
  const { also, more, on, categoryBefore, categoryAfter, fields } = row;
  const changes = row.changes === null ? [] : shownChanges.parse(row.changes);
  return { deed: row.deed, about: row.about ?? '', also, more, on, categoryBefore, categoryAfter, fields, changes };
}

/** A row in words. */
export function lineOf(row: NotificationRow): NotificationLine {
  const { id, at, personId, name, kana, licence, applicationId, assignee } = row;
  if (!isKind(row.kind) || !notificationFlow.isState(row.state)) throw new RangeError(`unknown notification: ${row.kind} ${row.state}`);
  return {
    id,
    at,
    personId,
    name,
    kana,
    licence,
    applicationId,
    assignee,
    kind: kindLabels[row.kind],
    ...contentOf(toldIn(row)),
    source: sourceText(row.source, row.sourceName),
    state: row.state,
  };
}

export type NotificationList = Page<NotificationLine> & {
  count: number;
  orMore: boolean;
  filter: ListFilter;
  colleagues: Colleague[];
};

/** 会員関連通知 (`screens.md O-15`): what others changed about own members, newest first, 未読 unless asked otherwise. */
export const notificationList = query({
  name: 'memberNotification.list',
  input: listInputs,
  allow: (ctx) => (notifiedOffice(ctx.actor) === undefined ? refuse('forbidden') : true),
  read: async (tx, filter, ctx): Promise<NotificationList | undefined> => {
    const office = notifiedOffice(ctx.actor);
    if (office === undefined) return undefined;
    const page = { filter, ascending: filter.sort === 'at', before: filter.before, after: filter.after, limit: filter.size + 1 };
    const counted = await countNotifications(tx, office.associationId, { filter, limit: mostCounted + 1 });
    const found = pageOf(await listNotifications(tx, office.associationId, page), filter, (row) => row.id);
    return {
      ...found,
      rows: found.rows.map(lineOf),
      count: Math.min(counted, mostCounted),
      orMore: counted > mostCounted,
      filter,
      colleagues: await officeColleagues(tx, office.associationId, ctx.today),
    };
  },
  audit: ({ rows }) => ({ action: 'memberNotification.listed', personIds: [...new Set(rows.flatMap((row) => row.personId ?? []))] }),
});

/** What the menu and TOP count up to. */
const mostShown = 99;

/** 「12」 or 「99+」; undefined while nothing is new. */
export async function unreadWord(tx: ReadTransaction, associationId: number): Promise<string | undefined> {
  const count = await countNotifications(tx, associationId, { filter: unread, limit: mostShown + 1 });
  if (count === 0) return undefined;
  return count > mostShown ? `${mostShown}+` : String(count);
}

const unread = { kind: undefined, member: '', from: undefined, to: undefined, state: firstState };

export type FreshNews = { id: string; at: Date; kind: string; text: string; personId: string | null; name: string | null };

const mostFresh = 10;

/** The ten newest 会員関連通知 not yet seen, for 新着情報 on TOP (`screens.md O-01`). */
export async function freshNews(tx: ReadTransaction, ctx: Context): Promise<FreshNews[]> {
  const office = notifiedOffice(ctx.actor);
  if (office === undefined) return [];
  const page = { filter: unread, ascending: false, before: '', after: '', limit: mostFresh };
  return (await listNotifications(tx, office.associationId, page)).map((row) => ({
    id: row.id,
    at: row.at,
    kind: lineOf(row).kind,
    text: contentLine(toldIn(row)),
    personId: row.personId,
    name: row.name,
  }));
}
