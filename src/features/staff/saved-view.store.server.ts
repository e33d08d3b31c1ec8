import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';

/** SQL of saved conditions of lists (`screens.md 1.3`): each belongs to one person at one office. */

type Owner = { associationId: number; accountId: string };

export type SavedView = { id: string; name: string; conditions: string };

/** The saved conditions of somebody for one list, in the order of saving. */
export async function listViews(tx: ReadTransaction, owner: Owner, list: string): Promise<SavedView[]> {
  return await tx
    .selectFrom('saved_view')
    .select(['id', 'name', 'conditions'])
    .where('account_id', '=', owner.accountId)
    .where('association_id', '=', owner.associationId)
    .where('list', '=', list)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

/** Whose saved conditions those of a staff member are. */
export async function ownerOf(tx: ReadTransaction, staffId: string): Promise<Owner | undefined> {
  const row = await tx.selectFrom('staff_member').select(['association_id', 'account_id']).where('id', '=', staffId).executeTakeFirst();
  return row === undefined || row.association_id === null ? undefined : { associationId: row.association_id, accountId: row.account_id };
}

/** The saved conditions of somebody for every list. */
export async function listAllViews(tx: ReadTransaction, owner: Owner): Promise<(SavedView & { list: string })[]> {
  return await tx
    .selectFrom('saved_view')
    .select(['id', 'name', 'conditions', 'list'])
    .where('account_id', '=', owner.accountId)
    .where('association_id', '=', owner.associationId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

/** One of somebody's own. */
export async function findView(tx: ReadTransaction, owner: Owner, id: string): Promise<SavedView | undefined> {
  return await tx
    .selectFrom('saved_view')
    .select(['id', 'name', 'conditions'])
    .where('id', '=', id)
    .where('account_id', '=', owner.accountId)
    .where('association_id', '=', owner.associationId)
    .executeTakeFirst();
}

type NewView = SavedView & Owner & { list: string; at: Date };

/** Keeps conditions under a name. */
export async function insertView(tx: WriteTransaction, view: NewView): Promise<void> {
  await tx
    .insertInto('saved_view')
    .values({
      id: view.id,
      association_id: view.associationId,
      account_id: view.accountId,
      list: view.list,
      name: view.name,
      conditions: view.conditions,
      created_at: view.at,
    })
    .execute();
}

/** Forgets conditions. */
export async function removeView(tx: WriteTransaction, id: string): Promise<void> {
  await tx.deleteFrom('saved_view').where('id', '=', id).execute();
}
