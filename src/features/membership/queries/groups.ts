import type { Actor } from '#kernel/actor.ts';
import type { Day } from '#kernel/day.ts';
import { beyondScope } from '#platform/db/beyond-scope.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { AffiliationRow } from '../store.server.ts';
import { listAffiliations, listPhases } from '../store.server.ts';

/** A group: the affiliation with the memberships that it carries from now on, those with an end already known left out (`rules.md 1.3`). */
export type Group = Omit<AffiliationRow, 'workCode' | 'positionCode'> & {
  workCode: string;
  positionCode: string;
  carried: readonly { associationId: number; categoryId: number }[];
};

/**
 * The groups of a person that carry a membership, the primary one first; whatever the actor himself may see, for
 * whoever writes an application must know what it touches.
 */
export async function groupsOf(tx: ReadTransaction, actor: Actor, personId: string): Promise<Group[]> {
  const { affiliations, phases } = await beyondScope(tx, actor, async () => ({
    affiliations: await listAffiliations(tx, personId),
    phases: await listPhases(tx, personId),
  }));
  const lasting = phases.filter((phase) => phase.endsOn === null);
  return affiliations
    .map((affiliation) => ({
      ...affiliation,
      workCode: affiliation.workCode ?? '',
      positionCode: affiliation.positionCode ?? '',
      carried: lasting
        .filter((phase) => phase.affiliationId === affiliation.id)
        .map(({ associationId, categoryId }) => ({ associationId, categoryId })),
    }))
    .filter((group) => group.carried.length > 0)
    .toSorted((a, b) => Number(b.isPrimary) - Number(a.isPrimary));
}

/** The affiliation that a further join continues: the one that begins at an association and carries something on a day or later. */
export async function affiliationFrom(
  tx: ReadTransaction,
  actor: Actor,
  { personId, lowestAssociationId, on }: { personId: string; lowestAssociationId: number; on: Day },
): Promise<string | undefined> {
  const { affiliations, phases } = await beyondScope(tx, actor, async () => ({
    affiliations: await listAffiliations(tx, personId),
    phases: await listPhases(tx, personId),
  }));
  const carrying = new Set(phases.filter((phase) => phase.endsOn === null || phase.endsOn >= on).map((phase) => phase.affiliationId));
  return affiliations
    .filter((one) => one.lowestAssociationId === lowestAssociationId && carrying.has(one.id))
    .map((one) => one.id)
    .toSorted()
    .at(0);
}
