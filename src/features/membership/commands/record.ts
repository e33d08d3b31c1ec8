import { actingAccount, actingAssociation } from '#kernel/actor.ts';
import type { Day } from '#kernel/day.ts';
import type { Context } from '#platform/context.ts';
import { beyondScope } from '#platform/db/beyond-scope.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import { moveAffiliations } from '../facility-move.store.server.ts';
import { stepsOfEvents, wholeLedger } from '../queries/standing.ts';
import { followingFacility, foldLedger } from '../rules.ts';
import type { LedgerEntry, NewAffiliation } from '../store.server.ts';
import { listStandingOfSteps, movePrimary } from '../revision.store.server.ts';
import { insertAffiliation, insertEvents, listEvents, replacePeriods } from '../store.server.ts';

export type { LedgerEntry };

/**
 * Appends to the ledger and derives the periods anew, inside the transaction of the calling command, which holds the
 * lock on the person (`rules.md 2.2`). Throws when the events cannot be true together: the caller's rules must have
 * refused such a decision before. An overlap is stopped by `membership_period_no_overlap`.
 */
export async function recordInLedger(tx: WriteTransaction, ctx: Context, entries: readonly LedgerEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await insertEvents(tx, signed(ctx, entries));
  await beyondScope(tx, ctx.actor, async () => await deriveAnew(tx, entries));
}

/** The same where the acting office is shown less of the person than it decides about: one act for everybody at a facility (`screens.md J-06`). */
async function recordForAll(tx: WriteTransaction, ctx: Context, entries: readonly LedgerEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await insertEvents(tx, signed(ctx, entries));
  await deriveAnew(tx, entries);
}

function signed(ctx: Context, entries: readonly LedgerEntry[]) {
  const acting = { actingAccountId: actingAccount(ctx.actor) ?? null, actingAssociationId: actingAssociation(ctx.actor) ?? null };
  return entries.map((entry) => ({ ...entry, ...acting }));
}

async function deriveAnew(tx: WriteTransaction, entries: readonly LedgerEntry[]): Promise<void> {
  const keys = new Map(entries.map((entry) => [`${entry.personId}/${entry.associationId}`, entry]));
  for (const { personId, associationId } of keys.values()) {
    const folded = foldLedger(await listEvents(tx, personId, associationId));
    if (!folded.ok) throw new Error(`ledger event ${folded.fault.eventId}: ${folded.fault.fault}`);
    await replacePeriods(tx, { personId, associationId }, folded.periods);
  }
}

type Annulment = {
  personId: string;
  stepIds: readonly string[];
  reason: string;
  /** The affiliation that was there before the case: it is the primary one again where it had been. */
  affiliationId: string | null;
};

/** Takes back what steps of a case wrote: each standing event of theirs is annulled, and stays visible (`rules.md 3.9`). */
export async function annulSteps(
  tx: WriteTransaction,
  ctx: Context,
  { personId, stepIds, reason, affiliationId }: Annulment,
): Promise<void> {
  const standing = await beyondScope(tx, ctx.actor, async () => await listStandingOfSteps(tx, personId, stepIds));
  await recordInLedger(
    tx,
    ctx,
    standing.map((event) => ({
      personId,
      associationId: event.associationId,
      affiliationId: event.affiliationId,
      kind: 'annulled',
      effectiveOn: event.effectiveOn,
      reason,
      stepId: event.stepId,
      supersedes: event.id,
    })),
  );
  const taken = new Set(standing.map((event) => event.affiliationId).filter((id) => id !== affiliationId));
  if (affiliationId === null) return;
  for (const from of taken) await passPrimary(tx, ctx, { personId, from, to: affiliationId });
}

/** The affiliation that takes another's place, the primary one where that was (`rules.md 1.3, 1.4`). */
export async function succeedAffiliation(
  tx: WriteTransaction,
  ctx: Context,
  { from, to }: { from: string; to: NewAffiliation },
): Promise<void> {
  await beyondScope(tx, ctx.actor, async () => {
    await insertAffiliation(tx, to);
    await movePrimary(tx, { personId: to.personId, from, to: to.id });
  });
}

/** Makes another affiliation of the person the primary one, where the first was; nothing happens where it was not. */
export async function passPrimary(tx: WriteTransaction, ctx: Context, move: { personId: string; from: string; to: string }): Promise<void> {
  await beyondScope(tx, ctx.actor, async () => await movePrimary(tx, move));
}

/** Creates the affiliation that a join application speaks of. */
export async function openAffiliation(tx: WriteTransaction, affiliation: NewAffiliation): Promise<void> {
  await insertAffiliation(tx, affiliation);
}

export type FacilityMove = { personId: string; from: string; to: string; on: Day; reason: string };

/**
 * A facility takes another's place for one person from a day on: his ledger in every association, and the affiliations that still
 * carry something or stand in an open case. The calling command holds the lock on the person.
 */
export async function followFacility(tx: WriteTransaction, ctx: Context, { personId, ...move }: FacilityMove): Promise<void> {
  const { events } = await wholeLedger(tx, ctx.actor, { personId, more: [], on: move.on });
  const stepOf = await beyondScope(tx, ctx.actor, async () => await stepsOfEvents(tx, personId, move.on));
  const entries = [...events].flatMap(([associationId, own]) =>
    followingFacility(own, move).map(({ repeats, ...line }) => ({
      ...line,
      personId,
      associationId,
      stepId: repeats === null ? null : (stepOf.get(repeats) ?? null),
    })),
  );
  await beyondScope(tx, ctx.actor, async () => {
    await recordForAll(tx, ctx, entries);
    await moveAffiliations(tx, personId, move);
  });
}
