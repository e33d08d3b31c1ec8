import { officeOfSettings } from '#features/association/policy.ts';
import { accepted } from '#kernel/refusal.ts';
import { command } from '#platform/command/command.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { listAllCategories, orderCategories } from '../category.store.server.ts';
import { listFields, orderFields } from '../field.store.server.ts';
import { listMailings, orderMailings } from '../mailing.store.server.ts';
import { listNoticeCategories, orderNoticeCategories } from '../notice-category.store.server.ts';
import { inOrder } from '../rules.ts';
import type { ListTab } from '../schema.ts';
import { orderInput } from '../schema.ts';
import { adminsOnly, listLocks } from './own-office.ts';

type List = {
  read: (tx: ReadTransaction, associationId: number) => Promise<readonly { id: number }[]>;
  write: (tx: WriteTransaction, ids: readonly number[]) => Promise<void>;
};

const lists: Readonly<Record<ListTab, List>> = {
  mailings: { read: listMailings, write: orderMailings },
  'member-categories': { read: listAllCategories, write: orderCategories },
  'notice-categories': { read: listNoticeCategories, write: orderNoticeCategories },
  fields: { read: listFields, write: orderFields },
};

/** 並べ替える: by the numbers typed; entries of others that a form names are left out. */
export const orderEntries = command({
  name: 'ownList.order',
  input: orderInput,
  locks: listLocks,
  load: async (tx, { tab }, ctx) => {
    const office = officeOfSettings(ctx.actor);
    return office === undefined ? undefined : (await lists[tab].read(tx, office.associationId)).map((row) => row.id);
  },
  allow: adminsOnly,
  decide: (_ctx, present, { items }) => accepted(inOrder(present, items)),
  save: async (tx, { decision: ids, input: { tab } }) => {
    await lists[tab].write(tx, ids);
    return { value: {}, audit: { action: 'ownList.order', target: tab, detail: { count: ids.length } }, events: [] };
  },
});
