import { associationsById, chainOf, pinnedSettings, settingsOn } from '#features/association/queries/directory.ts';
import { reasonsFor } from '#features/association/queries/reasons.ts';
import type { PinnedSettings } from '#features/association/queries/directory.ts';
import type { MembershipPhase } from '#features/membership/queries/standing.ts';
import { affiliationsOf, phasesOf } from '#features/membership/queries/standing.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { listOpenKeys } from '../draft.store.server.ts';
import type { Case } from '../store.server.ts';
import type { CarriedLine, CarryingAffiliation } from '../withdrawal-rules.ts';

/** What a 退会届 is written and judged against: where the person stands, by affiliation. */

export type HeldLine = CarriedLine & { categoryId: number; category: string };

export type HeldAffiliation = Omit<CarryingAffiliation, 'lines'> & { lines: readonly HeldLine[]; rivalId: string | undefined };

export type LeaveReason = { code: string; label: string; needsText: boolean };

export type WithdrawalAround = {
  /** The primary one first; those that carry nothing are left out. */
  affiliations: HeldAffiliation[];
  settings: PinnedSettings[];
  reasons: LeaveReason[];
};

/** Who carries a membership in the end, after everything that is decided: the last phase of its last period. */
function lastPhases(phases: readonly MembershipPhase[], today: string): MembershipPhase[] {
  const live = phases.filter((phase) => (phase.leftOn === null || phase.leftOn >= today) && phase.endsOn === phase.leftOn);
  return live.filter((phase, place) => live.findIndex((one) => one.associationId === phase.associationId) === place);
}

async function affiliationsNow(tx: ReadTransaction, ctx: Context, ask: { personId: string; exceptId: string }): Promise<HeldAffiliation[]> {
  const phases = lastPhases(await phasesOf(tx, ask.personId), ctx.today);
  const names = new Map(
    (
      await associationsById(
        tx,
        phases.map((phase) => phase.associationId),
        ctx.today,
      )
    ).map((one) => [one.id, one]),
  );
  const open = (await listOpenKeys(tx, ask.personId)).filter((one) => one.id !== ask.exceptId);
  const held: HeldAffiliation[] = [];
  for (const affiliation of await affiliationsOf(tx, ask.personId)) {
    const lines = phases.flatMap((phase): HeldLine[] => {
      const association = names.get(phase.associationId);
      if (phase.affiliationId !== affiliation.id || association === undefined) return [];
      const { associationId, joinedOn, leftOn, categoryId, categoryName } = phase;
      const { layer, name } = association;
      return [{ associationId, layer, name, joinedOn, leavesOn: leftOn ?? undefined, categoryId, category: categoryName }];
    });
    if (lines.length === 0) continue;
    held.push({
      id: affiliation.id,
      facility: affiliation.facilityName ?? '',
      isPrimary: affiliation.isPrimary,
      lines: lines.toSorted((a, b) => b.layer - a.layer),
      chain: (await chainOf(tx, affiliation.lowestAssociationId, ctx.today)).map((link) => link.id),
      rivalId: open.find((one) => one.openKey === affiliation.id)?.id,
    });
  }
  return held.toSorted((a, b) => Number(b.isPrimary) - Number(a.isPrimary));
}

/** 退会事由; 死亡 and 所在不明 are grounds of an office, never a reason one chooses (`screens.md D-11, O-11`). */
async function reasonsOf(tx: ReadTransaction, ctx: Context): Promise<LeaveReason[]> {
  return await reasonsFor(tx, { use: 'withdrawal', on: ctx.today, by: 'doctor' });
}

/** Everything around a 退会届 of a person; a case that was sent keeps the settings it was sent under (`rules.md 4.1`). */
export async function loadWithdrawalAround(
  tx: ReadTransaction,
  ctx: Context,
  { personId, target }: { personId: string; target: Case | undefined },
): Promise<WithdrawalAround> {
  const affiliations = await affiliationsNow(tx, ctx, { personId, exceptId: target?.id ?? '' });
  const pins = (target?.steps ?? []).map((step) => ({ associationId: step.associationId, version: step.settingsVersion }));
  const pinned = await pinnedSettings(tx, pins);
  const known = new Set(pinned.map((row) => row.associationId));
  const others = affiliations.flatMap((one) => one.lines.map((line) => line.associationId)).filter((id) => !known.has(id));
  return {
    affiliations,
    settings: [...pinned, ...(await settingsOn(tx, [...new Set(others)], ctx.today))],
    reasons: await reasonsOf(tx, ctx),
  };
}
