import type { Actor } from '#kernel/actor.ts';
import { beyondScope } from '#platform/db/beyond-scope.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { PeopleAsk } from '../facility-move.store.server.ts';
import { listPeopleAt } from '../facility-move.store.server.ts';

/**
 * Ids of those who work at a facility on a day or later, of all or `among` some, whatever the actor himself may see; for decisions only,
 * never shown but as a number.
 */
export async function peopleAt(tx: ReadTransaction, actor: Actor, at: PeopleAsk): Promise<string[]> {
  return await beyondScope(tx, actor, async () => await listPeopleAt(tx, at));
}
