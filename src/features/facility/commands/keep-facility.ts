import { actingAccount, actorName } from '#kernel/actor.ts';
import type { Day } from '#kernel/day.ts';
import type { Context } from '#platform/context.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import type { FacilityContent, FieldChange } from '../fields.ts';
import { contentOf } from '../queries/facility.ts';
import type { ChangeKind } from '../fields.ts';
import { closeInto, insertChange, insertRegistered, raiseVersion, updateRegistered } from '../master.store.server.ts';
import type { FacilityRow } from '../store.server.ts';

/** Where a change of the master comes from: the proposal, who made it and who agreed; `signed` where he has agreed before its day. */
export type ChangeSource = { proposalId: string; associationId: number; deciderId: number; signed?: { by: string; byName: string } };

type Line = {
  facilityId: string;
  version: number;
  kind: ChangeKind;
  changes: readonly FieldChange[];
  source: ChangeSource;
  otherId?: string;
};

/** A line of the history, signed by who acts, or who has set its day. */
export async function noteChange(tx: WriteTransaction, ctx: Context, { source, otherId, ...line }: Line): Promise<void> {
  const { signed, ...from } = source;
  const by = signed?.by ?? actingAccount(ctx.actor);
  if (by === undefined) throw new Error('the master changes by the act of a person');
  await insertChange(tx, { ...line, ...from, otherId: otherId ?? null, by, byName: signed?.byName ?? actorName(ctx.actor), at: ctx.now });
}

/** Adds a facility to the master, inside the transaction of the approval, which holds the lock. */
export async function registerFacility(
  tx: WriteTransaction,
  ctx: Context,
  facility: { id: string; content: FacilityContent; associationId: number | null; source: ChangeSource },
): Promise<void> {
  const { id, content, associationId, source } = facility;
  await insertRegistered(tx, { id, content, associationId, at: ctx.now });
  await noteChange(tx, ctx, { facilityId: id, version: 1, kind: 'added', changes: [], source });
}

/** Makes a name that a doctor has typed one of the master, inside the transaction of the approval, which holds the lock. */
export async function registerTyped(
  tx: WriteTransaction,
  ctx: Context,
  { facility, content, source }: { facility: FacilityRow; content: FacilityContent; source: ChangeSource },
): Promise<void> {
  const version = facility.version + 1;
  await updateRegistered(tx, { id: facility.id, content, version, at: ctx.now });
  await noteChange(tx, ctx, { facilityId: facility.id, version, kind: 'added', changes: [], source });
}

/** Changes some fields of a facility, inside the transaction of the approval, which holds the lock. */
export async function changeFacility(
  tx: WriteTransaction,
  ctx: Context,
  change: { facility: FacilityRow; changes: readonly FieldChange[]; source: ChangeSource },
): Promise<void> {
  const { facility, changes, source } = change;
  const content = { ...contentOf(facility), ...Object.fromEntries(changes.map((one) => [one.field, one.after])) };
  const version = facility.version + 1;
  await updateRegistered(tx, { id: facility.id, content, version, at: ctx.now });
  await noteChange(tx, ctx, { facilityId: facility.id, version, kind: 'changed', changes, source });
}

/**
 * Merges one facility into another from a day on, inside the transaction of the JMA's act, which holds the locks: the one is closed and
 * both histories say so. What is written about the closed one from now on is written about the other (`facility_follow`).
 */
export async function mergeFacility(
  tx: WriteTransaction,
  ctx: Context,
  { closes, stays, source, on }: { closes: FacilityRow; stays: FacilityRow; source: ChangeSource; on: Day },
): Promise<void> {
  const next = closes.version + 1;
  await closeInto(tx, { id: closes.id, into: stays.id, version: next, on });
  await raiseVersion(tx, stays.id, stays.version + 1);
  await noteChange(tx, ctx, { facilityId: closes.id, version: next, kind: 'closed', changes: [], source, otherId: stays.id });
  await noteChange(tx, ctx, {
    facilityId: stays.id,
    version: stays.version + 1,
    kind: 'absorbed',
    changes: [],
    source,
    otherId: closes.id,
  });
}
