import { isClosed } from '#features/facility/fields.ts';
import { facilityToMerge } from '#features/facility/queries/facility.ts';
import { followFacility } from '#features/membership/commands/record.ts';
import { peopleAt } from '#features/membership/queries/people-at.ts';
import type { Day } from '#kernel/day.ts';
import { idInput } from '#kernel/input.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import type { DomainEvent } from '#platform/command/command.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { z } from 'zod';
import { texts } from '../messages.ts';
import { mostAtOnce, portion } from '../rules.ts';

/** Who works at a facility that has been closed into another works at that one, from the day of the merge on (`screens.md O-14, J-06`). */

type Way = { from: string; to: string; on: Day; reason: string; sourceId: number };
type Following = Way & { personIds: readonly string[] };

/** Those who work at a facility from a day on, as far as one act carries them over, and one more. */
export async function followers(tx: ReadTransaction, ctx: Context, at: { facilityId: string; on: Day }): Promise<string[]> {
  return await peopleAt(tx, ctx.actor, { ...at, most: mostAtOnce + 1 });
}

/** Each is told by mail, and the offices of each by 会員関連通知. */
async function carryOver(tx: WriteTransaction, ctx: Context, { personIds, sourceId, ...way }: Following): Promise<DomainEvent[]> {
  for (const personId of personIds) await followFacility(tx, ctx, { personId, ...way });
  const { from, to, on } = way;
  return personIds.map((personId) => ({
    kind: 'facility.memberFollowed',
    payload: { personId, fromFacilityId: from, facilityId: to, on, associationId: sourceId },
  }));
}

const toContinue = ({ from, reason, sourceId }: Way): DomainEvent => ({
  kind: 'facility.followContinued',
  payload: { facilityId: from, reason, sourceId },
});

/**
 * Carries the people over who work at a facility that this transaction has closed: at once as long as one transaction can bear it,
 * otherwise by jobs, portion by portion. `personIds` is what `followers` has found under the locks.
 */
export async function follow(tx: WriteTransaction, ctx: Context, following: Following): Promise<DomainEvent[]> {
  return following.personIds.length > mostAtOnce ? [toContinue(following)] : await carryOver(tx, ctx, following);
}

const input = z.object({
  facilityId: idInput,
  personIds: z.array(idInput).min(1).max(portion),
  reason: z.string().max(40),
  sourceId: z.int().min(0),
});

/**
 * One portion of those who still stand at a closed facility, in one transaction; a full portion hands on to the next. Repeating it
 * changes nothing: who has been carried over does not stand there any more.
 */
export const followMerged = command({
  name: 'facility.followMerged',
  input,
  locks: async (_tx, { personIds }) => await Promise.resolve(personIds.map((id) => ({ kind: 'person' as const, id }))),
  load: async (tx, { facilityId, personIds }, ctx) => {
    const facility = await facilityToMerge(tx, facilityId);
    if (facility === undefined || facility.closedOn === null || facility.mergedInto === null) return undefined;
    const { closedOn: on, mergedInto: to, state } = facility;
    const standing = new Set(await peopleAt(tx, ctx.actor, { facilityId, on, among: personIds, most: personIds.length }));
    return { state, on, to, personIds: personIds.filter((id) => standing.has(id)) };
  },
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  decide: (_ctx, { state }) => (isClosed(state) ? accepted(undefined) : refuse('conflict', { message: texts.closed })),
  save: async (tx, { ctx, target: { on, to, personIds }, input: { facilityId: from, reason, sourceId, personIds: asked } }) => {
    const way = { from, to, on, reason, sourceId };
    const events = await carryOver(tx, ctx, { ...way, personIds });
    return {
      value: { people: personIds.length },
      audit: { action: 'facility.followMerged', target: from, personIds, detail: { stays: to, people: personIds.length } },
      events: asked.length === portion ? [...events, toContinue(way)] : events,
    };
  },
});
