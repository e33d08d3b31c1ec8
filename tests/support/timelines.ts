import type { Day } from '#kernel/day.ts';
import { addDays, day } from '#kernel/day.ts';
import fc from 'fast-check';

/** Random ledgers of one person in one association, and a naive model of what they mean (`rules.md 2`), day by day. */

type Deed = 'joined' | 'left' | 'category_changed' | 'facility_changed';

export type TimelineEvent = {
  id: number;
  kind: Deed | 'corrected' | 'annulled';
  correctedKind: Deed | null;
  affiliationId: string;
  effectiveOn: Day;
  categoryId: number | null;
  facilityId: string | null;
  reason: string;
  supersedes: number | null;
};

/** Spans a leap day and a change of 年度, so that the ends of months are met. */
export const firstDay = day('2024-02-10');
export const horizon = 70;

export const affiliations = ['00000000-0000-7000-8000-00000000000a', '00000000-0000-7000-8000-00000000000b'] as const;
export const facilities = ['00000000-0000-7000-8000-0000000000f1', '00000000-0000-7000-8000-0000000000f2'] as const;

type Wish = { deed: Deed; step: number; category: number; facility: number; affiliation: number; corrects: number; annuls: boolean };

const anyWish: fc.Arbitrary<Wish> = fc.record({
  deed: fc.constantFrom<Deed>('joined', 'left', 'category_changed', 'facility_changed'),
  step: fc.nat(14),
  category: fc.integer({ min: 1, max: 3 }),
  facility: fc.nat(2),
  affiliation: fc.nat(1),
  corrects: fc.nat(9),
  annuls: fc.boolean(),
});

function eventOf(wish: Wish, id: number, about: { deed: Deed; effectiveOn: Day }): TimelineEvent {
  return {
    id,
    kind: about.deed,
    correctedKind: null,
    affiliationId: affiliations[wish.affiliation] ?? affiliations[0],
    effectiveOn: about.effectiveOn,
    categoryId: about.deed === 'joined' || about.deed === 'category_changed' ? wish.category : null,
    facilityId: about.deed === 'joined' || about.deed === 'facility_changed' ? (facilities[wish.facility] ?? null) : null,
    reason: '',
    supersedes: null,
  };
}

/** Mostly plausible: deeds in the order of their days, a leave only after a join. */
function plausible(wishes: readonly Wish[]): TimelineEvent[] {
  let at = firstDay;
  let member = false;
  const last = addDays(firstDay, horizon);
  const events = wishes.flatMap((wish) => {
    const deed: Deed = !member ? 'joined' : wish.deed === 'joined' ? 'left' : wish.deed;
    const effectiveOn = addDays(at, wish.step);
    if (effectiveOn > last) return [];
    at = deed === 'left' ? addDays(effectiveOn, 1) : effectiveOn;
    member = deed !== 'left';
    return [eventOf(wish, 0, { deed, effectiveOn })];
  });
  return events.map((one, place) => ({ ...one, id: place + 1 }));
}

/** Anything at all, on any day. */
function wild(wishes: readonly Wish[]): TimelineEvent[] {
  return wishes.map((wish, place) =>
    eventOf(wish, place + 1, { deed: wish.deed, effectiveOn: addDays(firstDay, (wish.step * 5 + wish.corrects) % horizon) }),
  );
}

/** Some records are annulled or corrected afterwards: to another day, or to another deed. */
function amended(events: readonly TimelineEvent[], wishes: readonly Wish[]): TimelineEvent[] {
  const all = [...events];
  for (const wish of wishes) {
    const target = all[wish.corrects];
    if (target === undefined || all.some((one) => one.supersedes === target.id)) continue;
    const id = all.length + 1;
    if (wish.annuls || target.kind === 'annulled') {
      all.push({ ...target, id, kind: 'annulled', correctedKind: null, supersedes: target.id });
    } else {
      const does = target.kind === 'corrected' ? (target.correctedKind ?? 'joined') : target.kind;
      const effectiveOn = addDays(target.effectiveOn, wish.step % 5);
      all.push({ ...eventOf(wish, id, { deed: does, effectiveOn }), kind: 'corrected', correctedKind: does, supersedes: target.id });
    }
  }
  return all;
}

const wishes = fc.array(anyWish, { maxLength: 8 });
const corrections = fc.array(anyWish, { maxLength: 3 });

/** Timelines with every kind of event; about half of them make sense. */
export const anyTimeline: fc.Arbitrary<TimelineEvent[]> = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(wishes, corrections).map(([deeds, later]) => amended(plausible(deeds), later)) },
  { weight: 2, arbitrary: wishes.map(plausible) },
  { weight: 1, arbitrary: fc.tuple(fc.array(anyWish, { maxLength: 4 }), corrections).map(([deeds, later]) => amended(wild(deeds), later)) },
);

export type Standing = { affiliationId: string; categoryId: number; facilityId: string | null };

/** What the person is on each day of membership; undefined when the records cannot all be true. */
export function modelOf(events: readonly TimelineEvent[]): Map<Day, Standing> | undefined {
  const live = events.flatMap((one) => {
    if (one.kind === 'annulled' || events.some((other) => other.supersedes === one.id)) return [];
    const deed = one.kind === 'corrected' ? one.correctedKind : one.kind;
    return deed === null ? [] : [{ ...one, deed }];
  });
  const days = new Map<Day, Standing>();
  let now: Standing | undefined;
  for (let offset = -1; offset <= horizon + 30; offset += 1) {
    const on = addDays(firstDay, offset);
    const today = live.filter((one) => one.effectiveOn === on).toSorted((a, b) => a.id - b.id);
    for (const join of today.filter((one) => one.deed === 'joined')) {
      if (now !== undefined || join.categoryId === null) return undefined;
      now = { affiliationId: join.affiliationId, categoryId: join.categoryId, facilityId: join.facilityId };
    }
    for (const change of today.filter((one) => one.deed === 'category_changed' || one.deed === 'facility_changed')) {
      if (now === undefined) return undefined;
      now = {
        affiliationId: change.affiliationId,
        categoryId: change.categoryId ?? now.categoryId,
        facilityId: change.deed === 'facility_changed' ? change.facilityId : now.facilityId,
      };
    }
    if (now !== undefined) days.set(on, now);
    const leaves = today.filter((one) => one.deed === 'left');
    if (leaves.length > 1 || (leaves.length === 1 && now === undefined)) return undefined;
    if (leaves.length === 1) now = undefined;
  }
  return days;
}
