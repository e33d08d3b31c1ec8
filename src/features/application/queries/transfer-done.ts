import type { Actor } from '#kernel/actor.ts';
import type { Day } from '#kernel/day.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { isCourseComplete } from '../plan.ts';
import { loadCase } from '../store.server.ts';

/** A transfer that is through, as the desks of the JMA ask about it (`rules.md 6`). */

export type DoneTransfer = {
  number: string;
  personId: string;
  /** Names of the lowest associations of both sides, with the day of leaving and of joining. */
  from: { name: string; leftOn: Day | undefined };
  to: { name: string; joinedOn: Day | undefined };
  associationIds: readonly number[];
};

/** The completed transfer; undefined for every other case. */
export async function doneTransfer(tx: ReadTransaction, actor: Actor, id: string): Promise<DoneTransfer | undefined> {
  const found = await loadCase(tx, actor, id);
  if (found === undefined || found.kind !== 'transfer' || found.number === null || !isCourseComplete(found.steps)) return undefined;
  const lowest = (leg: 'join' | 'leave') => found.steps.filter((step) => step.leg === leg).toSorted((a, b) => b.layer - a.layer)[0];
  const decided = (leg: 'join' | 'leave') =>
    found.steps.find((step) => step.leg === leg && step.decidedOn !== null)?.decidedOn ?? undefined;
  return {
    number: found.number,
    personId: found.personId,
    from: { name: lowest('leave')?.associationName ?? '', leftOn: decided('leave') },
    to: { name: lowest('join')?.associationName ?? '', joinedOn: decided('join') },
    associationIds: found.steps.map((step) => step.associationId),
  };
}
