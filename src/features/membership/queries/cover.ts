import type { Actor } from '#kernel/actor.ts';
import { beyondScope } from '#platform/db/beyond-scope.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { UpperMembership } from '../cover.store.server.ts';
import { listUncovered } from '../cover.store.server.ts';

/** Upper memberships of a person that would hang in the air if some lower ones ended, whatever the actor himself may see (`rules.md 1.5`). */
export async function uncoveredWithout(
  tx: ReadTransaction,
  actor: Actor,
  { personId, associationIds }: { personId: string; associationIds: readonly number[] },
): Promise<UpperMembership[]> {
  return await beyondScope(tx, actor, async () => await listUncovered(tx, personId, associationIds));
}
