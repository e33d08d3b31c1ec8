import { newId } from '#kernel/id.ts';
import { facilityOfAffiliation } from '#features/membership/queries/standing.ts';
import type { LedgerEntry } from '#features/membership/commands/record.ts';
import { passPrimary, recordInLedger } from '#features/membership/commands/record.ts';
import type { Addition } from '#features/membership/rules.ts';
import { foldWith, phaseOn } from '#features/membership/rules.ts';
import type { Context } from '#platform/context.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import type { Effect } from '../effects.ts';
import type { Case } from '../store.server.ts';
import { affiliationForJoin, successorOf } from './affiliation.ts';
import type { DecisionAround } from './decision-around.ts';
import { periodsIn } from './decision-around.ts';

/** Any id: whether events can be true together does not depend on who carries them. */
const anyAffiliation = newId();

/** Whether the ledger of every association could take these effects (`rules.md 2.2`); asked before anything is written. */
export function ledgerTakes(around: DecisionAround, effects: readonly Effect[]): boolean {
  return [...new Set(effects.map((effect) => effect.associationId))].every((associationId) => {
    const additions = effects
      .filter((effect) => effect.associationId === associationId)
      .map(
        (effect): Addition => ({
          kind: effect.deed,
          affiliationId: anyAffiliation,
          effectiveOn: effect.on,
          categoryId: 'categoryId' in effect ? effect.categoryId : null,
          facilityId: null,
        }),
      );
    return foldWith(around.ledger.get(associationId) ?? [], additions).ok;
  });
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
