import type { Day } from '#kernel/day.ts';
import { addDays } from '#kernel/day.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { MovingMember } from '../category.store.server.ts';
import { countMembersAfter, listAllCategories, listMembersAfter } from '../category.store.server.ts';

/** Who is in a 会員区分 beyond its end, and where they are to go (`screens.md O-20`); asked by features above. */

export type CategoryMove = {
  id: number;
  name: string;
  endsOn: Day;
  /** The day from which the other category counts. */
  from: Day;
  to: { code: string; name: string };
};

/** The move that an own category calls for; undefined while it has no end or nowhere to go. */
export async function categoryMoveOf(tx: ReadTransaction, associationId: number, id: number): Promise<CategoryMove | undefined> {
  const rows = await listAllCategories(tx, associationId);
  const category = rows.find((row) => row.id === id);
  const to = rows.find((row) => row.id === category?.successorId);
  if (category === undefined || category.endsOn === null || to === undefined) return undefined;
  const { name, endsOn } = category;
  return { id, name, endsOn, from: addDays(endsOn, 1), to: { code: to.code, name: to.name } };
}

/** The members whom it concerns, in the order of their ids; `after`: the last one of the page before. */
export async function membersToMove(
  tx: ReadTransaction,
  move: CategoryMove,
  page: { after: string; limit: number },
): Promise<MovingMember[]> {
  return await listMembersAfter(tx, { categoryId: move.id, day: move.endsOn }, page);
}

/** How many they are. */
export async function countToMove(tx: ReadTransaction, move: CategoryMove): Promise<number> {
  return await countMembersAfter(tx, move.id, move.endsOn);
}
