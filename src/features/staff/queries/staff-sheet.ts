import { isId } from '#kernel/id.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { sheetList } from '#platform/sheet/list-definition.ts';
import { listStaff, type StaffRow } from '../list.store.server.ts';
import { staffAdmin } from '../policy.ts';
import { type StaffFilter, staffListInput } from '../schema.ts';
import { staffSheetColumns, staffSheetTitle, staffSheetWords } from '../sheet-fields.ts';

/** The rows are about staff and name no doctor. */
const noDoctor = '00000000-0000-0000-0000-000000000000';

/** Rows for 管理者 only; for everybody else the list is empty (`rules.md 5.3`). */
async function rowsOf(tx: ReadTransaction, ctx: Context, ask: { filter: StaffFilter; after: string; limit: number }) {
  const admin = staffAdmin(ctx.actor);
  if (admin === undefined) return { rows: [], count: 0 };
  const filter: StaffFilter = { ...ask.filter, after: isId(ask.after) ? ask.after : '', before: '' };
  return await listStaff(tx, { associationId: admin.associationId, filter, limit: ask.limit });
}

/** 事務局ユーザー as a file (`screens.md §9`), with purpose and manifest (`rules.md 8.2`). */
export const staffSheet = sheetList<StaffFilter, StaffRow>({
  name: 'staffMembers',
  title: staffSheetTitle,
  columns: staffSheetColumns,
  read: (conditions) => {
    const found = staffListInput.safeParse(Object.fromEntries(new URLSearchParams(conditions)));
    return found.success ? found.data : undefined;
  },
  words: staffSheetWords,
  count: async (tx, ctx, { filter, limit }) => Math.min((await rowsOf(tx, ctx, { filter, after: '', limit: 1 })).count, limit),
  page: async (tx, ctx, ask) => {
    const { rows } = await rowsOf(tx, ctx, ask);
    return { rows, after: rows.length < ask.limit ? undefined : rows.at(-1)?.id };
  },
  idsOf: (row) => ({ recordId: row.id, personId: noDoctor }),
});
