import type { Day } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import { facilityOfAffiliation } from '#features/membership/queries/standing.ts';
import type { LedgerEntry } from '#features/membership/commands/record.ts';
import { passPrimary, recordInLedger } from '#features/membership/commands/record.ts';
import type { Addition, Chain } from '#features/membership/rules.ts';
import { lostGround, phaseOn, withAdditions } from '#features/membership/rules.ts';
import type { Context } from '#platform/context.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import type { Effect } from '../effects.ts';
import type { Case } from '../store.server.ts';
import { affiliationForJoin, successorOf } from './affiliation.ts';
import type { DecisionAround } from './decision-around.ts';
import { periodsIn } from './decision-around.ts';

/** Stands for the affiliation that the case is about to make. */
const freshId = newId();

/** The affiliation that would carry the membership after an effect. */
function carrierAfter(around: DecisionAround, target: Case, effect: Effect): string {
  if (effect.carrier.by === 'other') return effect.carrier.affiliationId;
  if (effect.carrier.by === 'new') return (target.kind === 'join' ? target.affiliationId : null) ?? freshId;
  return phaseOn(periodsIn(around.ledger, effect.associationId), effect.on)?.affiliationId ?? freshId;
}

function additionsIn(
  around: DecisionAround,
  target: Case,
  { effects, associationId }: { effects: readonly Effect[]; associationId: number },
) {
  return effects
    .filter((effect) => effect.associationId === associationId)
    .map(
      (effect): Addition => ({
        kind: effect.deed,
        affiliationId: carrierAfter(around, target, effect),
        effectiveOn: effect.on,
        categoryId: 'categoryId' in effect ? effect.categoryId : null,
        facilityId: null,
      }),
    );
}

/** The days between the two sides of a transfer: their gap has its reason. */
function gapOf(target: Case, effects: readonly Effect[]): (on: Day) => boolean {
  const left = effects.find((effect) => effect.deed === 'left');
  const joined = effects.find((effect) => effect.deed === 'joined');
  if (target.kind !== 'transfer' || left === undefined || joined === undefined) return () => false;
  return (on) => left.on < on && on < joined.on;
}

/**
 * The upper associations whose membership would lose the lower one it stands on, were these effects entered; undefined where the
 * ledger would contradict itself (`rules.md 1.5, 2.2`). Asked before anything is written.
 */
export function groundAfter(around: DecisionAround, target: Case, effects: readonly Effect[]): number[] | undefined {
  const after = new Map(
    [...around.ledger].map(([associationId, events]) => [
      associationId,
      withAdditions(events, additionsIn(around, target, { effects, associationId })),
    ]),
  );
  const bottom = target.steps.filter((step) => step.leg !== 'leave').toSorted((a, b) => b.layer - a.layer)[0];
  const chain: Chain = {
    below: around.chain.below,
    lowestOf: (id) => (id === freshId ? bottom?.associationId : around.chain.lowestOf(id)),
    excused: gapOf(target, effects),
  };
  return lostGround(around.ledger, after, chain);
}

type Carried = { id: string; facilityId: string | null };

type Entering = { target: Case; around: DecisionAround; effects: readonly Effect[]; reason: string };

/** The affiliation that a case makes: once, by the first decision that needs it. */
async function freshAffiliation(tx: WriteTransaction, ctx: Context, target: Case): Promise<Carried> {
  return target.kind === 'join' ? await affiliationForJoin(tx, target) : await successorOf(tx, ctx, target);
}

async function otherAffiliation(
  tx: WriteTransaction,
  ctx: Context,
  { personId, affiliationId }: { personId: string; affiliationId: string },
): Promise<Carried> {
  const found = await facilityOfAffiliation(tx, ctx.actor, { personId, affiliationId });
  if (found === undefined) throw new Error('the affiliation to move to does not exist');
  return { id: affiliationId, facilityId: found.facilityId };
}

/** Writes effects of a decision into the ledger. Returns the affiliation the case made, if it made one. */
export async function enterEffects(
  tx: WriteTransaction,
  ctx: Context,
  { target, around, effects, reason }: Entering,
): Promise<string | undefined> {
  let fresh: Carried | undefined;
  const entries: LedgerEntry[] = [];
  for (const effect of effects) {
    const carried = await carrierOf(effect);
    entries.push({
      personId: target.personId,
      associationId: effect.associationId,
      affiliationId: carried.id,
      kind: effect.deed,
      effectiveOn: effect.on,
      categoryId: 'categoryId' in effect ? effect.categoryId : null,
      facilityId: effect.deed === 'joined' || effect.deed === 'facility_changed' ? carried.facilityId : null,
      reason,
      stepId: effect.stepId,
    });
  }
  await recordInLedger(tx, ctx, entries);
  return fresh?.id;

  async function carrierOf(effect: Effect): Promise<Carried> {
    if (effect.carrier.by === 'new') {
      fresh ??= await freshAffiliation(tx, ctx, target);
      return fresh;
    }
    if (effect.carrier.by === 'other') {
      const to = effect.carrier.affiliationId;
      if (target.affiliationId !== null) await passPrimary(tx, ctx, { personId: target.personId, from: target.affiliationId, to });
      return await otherAffiliation(tx, ctx, { personId: target.personId, affiliationId: to });
    }
    const phase = phaseOn(periodsIn(around.ledger, effect.associationId), effect.on);
    if (phase === undefined) throw new Error('nobody carries this membership');
    return { id: phase.affiliationId, facilityId: phase.facilityId };
  }
}
