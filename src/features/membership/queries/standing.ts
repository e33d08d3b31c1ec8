import type { Day } from '#kernel/day.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { Actor } from '#kernel/actor.ts';
import { beyondScope } from '#platform/db/beyond-scope.ts';
import { associationsById } from '#features/association/queries/directory.ts';
import type { Chain, LedgerEvent } from '../rules.ts';
import { listAffiliationNames, listAssociationsOf } from '../history.store.server.ts';
import { lostGround } from '../rules.ts';
import type { AffiliationRow, PeriodRow, PhaseRow } from '../store.server.ts';
import { listStandingOfSteps, listStepsOfEvents } from '../revision.store.server.ts';
import { listAffiliations, listEvents, listPeriods, listPeriodsBelow, listPhases } from '../store.server.ts';

/** Where a person stands; asked by other features inside their own transaction. */

export type MembershipPeriod = PeriodRow;
export type MembershipPhase = PhaseRow;
export type Affiliation = AffiliationRow;

/** All periods of a person in scope of the actor. */
export async function periodsOf(tx: ReadTransaction, personId: string): Promise<MembershipPeriod[]> {
  return await listPeriods(tx, personId);
}

/**
 * Of some associations, those a person is or will be a member of without an end, whatever the actor himself may see: nobody joins
 * twice, whoever writes the paper (`rules.md 1.4`). What ends can be joined anew; its office decides from when.
 */
export async function memberAmong(
  tx: ReadTransaction,
  actor: Actor,
  { personId, associationIds }: { personId: string; associationIds: readonly number[] },
): Promise<number[]> {
  const periods = await beyondScope(tx, actor, async () => await listPeriods(tx, personId));
  const held = periods.filter((period) => period.leftOn === null).map((period) => period.associationId);
  return [...new Set(held)].filter((id) => associationIds.includes(id));
}

/** All phases (category, facility, affiliation) of a person in scope of the actor, newest first. */
export async function phasesOf(tx: ReadTransaction, personId: string): Promise<MembershipPhase[]> {
  return await listPhases(tx, personId);
}

/** Places of work of a person, oldest first. */
export async function affiliationsOf(tx: ReadTransaction, personId: string): Promise<Affiliation[]> {
  return await listAffiliations(tx, personId);
}

/** Names of the workplaces of affiliations in scope of the actor, by id; '' where there is none. */
export async function affiliationNames(tx: ReadTransaction, ids: readonly string[]): Promise<Map<string, string>> {
  return new Map((await listAffiliationNames(tx, ids)).map((row) => [row.id, row.facilityName ?? '']));
}

/** Days of membership in the layer directly below an association (`rules.md 1.5`); dates only, for the office that decides. */
export async function periodsBelow(
  tx: ReadTransaction,
  personId: string,
  associationId: number,
): Promise<{ joinedOn: Day; leftOn: Day | null }[]> {
  return await listPeriodsBelow(tx, personId, associationId);
}

/** Ledger of one person by association, for decisions that reach beyond the actor's own; never shown. */
export type ChainLedger = ReadonlyMap<number, readonly LedgerEvent[]>;

/** The facility of another affiliation of the same person, to which a shared upper membership moves (`rules.md 3.5`). */
export async function facilityOfAffiliation(
  tx: ReadTransaction,
  actor: Actor,
  { personId, affiliationId }: { personId: string; affiliationId: string },
): Promise<{ facilityId: string | null } | undefined> {
  return await beyondScope(tx, actor, async () => (await listAffiliations(tx, personId)).find((one) => one.id === affiliationId));
}

/** Everything recorded of a person, and what the chain rule needs to judge it; for decisions only, never shown. */
export type WholeLedger = { events: ChainLedger; chain: Chain; nameOf: (associationId: number) => string };

/** The whole ledger of a person, whatever the actor himself may see; `more` associations are in it even where nothing is recorded. */
export async function wholeLedger(
  tx: ReadTransaction,
  actor: Actor,
  { personId, more, on }: { personId: string; more: readonly number[]; on: Day },
): Promise<WholeLedger> {
  return await beyondScope(tx, actor, async () => {
    const events = new Map<number, readonly LedgerEvent[]>();
    for (const id of new Set([...(await listAssociationsOf(tx, personId)), ...more])) events.set(id, await listEvents(tx, personId, id));
    const tree = await associationsById(tx, [...events.keys()], on);
    const affiliations = await listAffiliations(tx, personId);
    const below = (id: number) => tree.filter((one) => one.parentId === id).map((one) => one.id);
    const nameOf = (id: number) => tree.find((one) => one.id === id)?.name ?? '';
    return { events, nameOf, chain: { below, lowestOf: (id) => affiliations.find((one) => one.id === id)?.lowestAssociationId } };
  });
}

/**
 * Whether a person's ledger still makes sense without what some steps wrote: no change or leave hangs in the air, and no
 * upper membership outlives the lower ones it needs (`rules.md 1.5, 3.9`).
 */
export async function holdsWithout(
  tx: ReadTransaction,
  actor: Actor,
  { personId, stepIds, on }: { personId: string; stepIds: readonly string[]; on: Day },
): Promise<boolean> {
  const { events, chain } = await wholeLedger(tx, actor, { personId, more: [], on });
  const gone = await beyondScope(tx, actor, async () => await listStandingOfSteps(tx, personId, stepIds));
  const left = new Set(gone.map((event) => event.id));
  const without = (own: readonly LedgerEvent[]) =>
    own.filter((event) => !left.has(event.id) && !(event.supersedes !== null && left.has(event.supersedes)));
  return lostGround(events, new Map([...events].map(([id, own]) => [id, without(own)])), chain)?.length === 0;
}

/** The steps for which a person's events of a day and later were written, by event; for the ledger's own bookkeeping. */
export async function stepsOfEvents(tx: ReadTransaction, personId: string, since: Day): Promise<Map<number, string>> {
  return new Map((await listStepsOfEvents(tx, personId, since)).map((row) => [row.id, row.stepId]));
}
