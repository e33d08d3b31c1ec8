import type { OfficeActor } from '#kernel/actor.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { ViewedList } from '../schema.ts';
import type { SavedView } from '../saved-view.store.server.ts';
import { listViews } from '../saved-view.store.server.ts';

export type { SavedView };

/** The saved conditions of the acting person for one list, asked by the list inside its own transaction (`screens.md 1.3`). */
export async function savedViews(tx: ReadTransaction, office: OfficeActor, list: ViewedList): Promise<SavedView[]> {
  return await listViews(tx, office, list);
}
