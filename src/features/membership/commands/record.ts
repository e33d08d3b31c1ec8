import { actingAccount, actingAssociation } from '#kernel/actor.ts';
import type { Day } from '#kernel/day.ts';
import type { Context } from '#platform/context.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import type { DeedKind, EventKind } from '../rules.ts';
import { foldLedger } from '../rules.ts';
import type { NewAffiliation } from '../store.server.ts';
import { insertAffiliation, insertEvents, listEvents, replacePeriods } from '../store.server.ts';

/** One line for the ledger, as a decision of a command states it. */
export type LedgerEntry = {
  personId: string;
  associationId: number;
  affiliationId: string;
  kind: EventKind;
  correctedKind?: DeedKind;
  effectiveOn: Day;
  categoryId?: number | null;
  facilityId?: string | null;
  reason?: string;
  stepId?: string | null;
  supersedes?: number | null;
  /** When another system knew it already (imports); otherwise the database's clock. */
  recordedAt?: Date;
};

/**
 * Appends to the ledger and derives the periods anew, inside the transaction of the calling command, which holds the
 * lock on the person (`rules.md 2.2`). Throws when the events cannot be true together: the caller's rules must have
 * refused such a decision before. An overlap is stopped by `membership_period_no_overlap`.
 */
export async function recordInLedger(tx: WriteTransaction, ctx: Context, entries: readonly LedgerEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const acting = { actingAccountId: actingAccount(ctx.actor) ?? null, actingAssociationId: actingAssociation(ctx.actor) ?? null };
  await insertEvents(
    tx,
    entries.map((entry) => ({ ...entry, ...acting })),
  );
  const keys = new Map(entries.map((entry) => [`${entry.personId}/${entry.associationId}`, entry]));
  for (const { personId, associationId } of keys.values()) {
    const folded = foldLedger(await listEvents(tx, personId, associationId));
    if (!folded.ok) throw new Error(`ledger event ${folded.fault.eventId}: ${folded.fault.fault}`);
    await replacePeriods(tx, { personId, associationId }, folded.periods);
  }
}

/** Creates the affiliation that a join application speaks of. */
export async function openAffiliation(tx: WriteTransaction, affiliation: NewAffiliation): Promise<void> {
  await insertAffiliation(tx, affiliation);
}
