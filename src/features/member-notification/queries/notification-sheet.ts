import { isId } from '#kernel/id.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { sheetList } from '#platform/sheet/list-definition.ts';
import { listTitle } from '../labels.ts';
import { countNotifications, listNotifications } from '../list.store.server.ts';
import { notifiedOffice } from '../policy.ts';
import type { ListFilter } from '../schema.ts';
import { listInputs } from '../schema.ts';
import { notificationColumns, notificationWords } from '../sheet-fields.ts';
import type { NotificationLine } from './notifications.ts';
import { lineOf } from './notifications.ts';

/** A notification about an association names no doctor. */
const nobody = '00000000-0000-0000-0000-000000000000';

async function pageOf(tx: ReadTransaction, ctx: Context, ask: { filter: ListFilter; after: string; limit: number }) {
  const office = notifiedOffice(ctx.actor);
  if (office === undefined) return { rows: [], after: undefined };
  const page = {
    filter: ask.filter,
    ascending: ask.filter.sort === 'at',
    before: '',
    after: isId(ask.after) ? ask.after : '',
    limit: ask.limit,
  };
  const rows = (await listNotifications(tx, office.associationId, page)).map(lineOf);
  return { rows, after: rows.length < ask.limit ? undefined : rows.at(-1)?.id };
}

/** 会員関連通知 as a file (`screens.md §9`), with purpose and manifest (`rules.md 8.2`). */
export const notificationSheet = sheetList<ListFilter, NotificationLine>({
  name: 'memberNotifications',
  title: listTitle,
  columns: notificationColumns,
  read: (conditions) => {
    const found = listInputs.safeParse(Object.fromEntries(new URLSearchParams(conditions)));
    return found.success ? found.data : undefined;
  },
  words: notificationWords,
  count: async (tx, ctx, { filter, limit }) => {
    const office = notifiedOffice(ctx.actor);
    return office === undefined ? 0 : await countNotifications(tx, office.associationId, { filter, limit });
  },
  page: pageOf,
  idsOf: (row) => ({ recordId: row.id, personId: row.personId ?? nobody }),
});
