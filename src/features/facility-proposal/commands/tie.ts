import { mergeFacility } from '#features/facility/commands/keep-facility.ts';
import { isCandidate, isRegistered } from '#features/facility/fields.ts';
import type { Facility } from '#features/facility/queries/facility.ts';
import { facilityToMerge } from '#features/facility/queries/facility.ts';
import { facilityInSight } from '#features/membership/queries/facilities.ts';
import { newId } from '#kernel/id.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import { texts } from '../messages.ts';
import { mayPropose, proposalOffice } from '../policy.ts';
import { tieInput } from '../schema.ts';
import { follow, followers } from './follow.ts';
import { facilityLock } from './propose.ts';

type Target = { typed: Facility; other: Facility | undefined; personIds: string[] };

/** The rows are held before anybody is counted: who comes to the typed name meanwhile comes to the facility that it is tied to. */
async function loadTarget(
  tx: WriteTransaction,
  ctx: Context,
  { id, otherId }: { id: string; otherId: string },
): Promise<Target | undefined> {
  const office = proposalOffice(ctx.actor);
  const seen = office === undefined ? undefined : await facilityInSight(tx, office.associationId, id);
  const typed = seen === undefined || !mayPropose(ctx.actor) ? undefined : await facilityToMerge(tx, id);
  if (typed === undefined) return undefined;
  return { typed, other: await facilityToMerge(tx, otherId), personIds: await followers(tx, ctx, { facilityId: id, on: ctx.today }) };
}

/**
 * 既存の施設に結び付ける (`screens.md O-14`): a name that a doctor has typed is a facility of the master. Who works there under the typed
 * name works at that facility from today on; days before today stay as they were, and nobody above has to decide,
 * as the master itself does not change.
 */
export const tieFacility = command({
  name: 'facility.tie',
  input: tieInput,
  locks: async (tx, { id, otherId }, ctx) => {
    const office = proposalOffice(ctx.actor);
    const seen = office === undefined ? undefined : await facilityInSight(tx, office.associationId, id);
    const persons = seen === undefined || !mayPropose(ctx.actor) ? [] : await followers(tx, ctx, { facilityId: id, on: ctx.today });
    const facilities = [...new Set([id, otherId])].map(facilityLock);
    return [...persons.map((person) => ({ kind: 'person' as const, id: person })), ...facilities];
  },
  load: async (tx, input, ctx) => await loadTarget(tx, ctx, input),
  allow: (ctx) => (mayPropose(ctx.actor) ? true : refuse('forbidden')),
  decide: (_ctx, { typed, other }, { version, confirmed }) => {
    if (!isCandidate(typed.state)) return refuse('conflict', { message: texts.noLongerTyped });
    if (typed.version !== version) return refuse('conflict', { message: texts.changedMeanwhile });
    if (other === undefined || !isRegistered(other.state)) return refuseFields({ otherId: [texts.otherGone] });
    return confirmed ? accepted({ other }) : refuseFields({ confirmed: [texts.tieNeedsConfirmation] });
  },
  save: async (tx, { ctx, target: { typed, personIds }, decision: { other } }) => {
    const associationId = proposalOffice(ctx.actor)?.associationId;
    if (associationId === undefined) throw new Error('a typed name tied by no office');
    const source = { proposalId: newId(), associationId, deciderId: associationId };
    await mergeFacility(tx, ctx, { closes: typed, stays: other, source, on: ctx.today });
    const way = { from: typed.id, to: other.id, on: ctx.today, reason: texts.tieReason, sourceId: associationId };
    const events = await follow(tx, ctx, { ...way, personIds });
    return {
      value: { id: other.id },
      audit: { action: 'facility.tie', target: typed.id, personIds, detail: { facility: other.id, people: personIds.length } },
      events,
    };
  },
});
