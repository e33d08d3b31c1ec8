import type { Day } from './days.ts';
import { plus } from './days.ts';
import type { Deed, Entry, Model } from './state.ts';
import { associationOf } from './state.ts';

/** Who was a member where, as what, on which day, as known when (`rules.md 1.4, 1.5, 2`). Day by day, without any cleverness. */

export type Standing = { joinedOn: Day; affiliation: string; category: number };

const atMorning: Record<Deed, number> = { joined: 0, changed: 1, left: 2 };

/** The lines that stood at a time of recording, in the order of their days. */
export function known(ledger: readonly Entry[], tick: number): Entry[] {
  const standing = ledger.filter((one) => one.knownSince <= tick && (one.takenBackAt === undefined || one.takenBackAt > tick));
  return standing.sort((a, b) =>
    a.on !== b.on
      ? a.on < b.on
        ? -1
        : 1
      : atMorning[a.deed] !== atMorning[b.deed]
        ? atMorning[a.deed] - atMorning[b.deed]
        : a.number - b.number,
  );
}

export function linesOf(entries: readonly Entry[], person: number, association: number): Entry[] {
  return entries.filter((one) => one.person === person && one.association === association);
}

/** What the lines of one person in one association say of a day. The leave date is still a day of membership. */
export function standingOn(lines: readonly Entry[], day: Day): Standing | undefined {
  let now: Standing | undefined;
  for (const line of lines) {
    if (line.on > day) break;
    if (line.deed === 'joined') now = { joinedOn: line.on, affiliation: line.affiliation, category: line.category ?? 0 };
    if (line.deed === 'changed' && now !== undefined)
      now = { ...now, affiliation: line.affiliation, category: line.category ?? now.category };
    if (line.deed === 'left' && line.on < day) now = undefined;
  }
  return now;
}

/** Nobody joins where he is a member, or leaves or changes where he is not. */
export function makesSense(lines: readonly Entry[]): boolean {
  let since: Day | undefined;
  let last: Day | undefined;
  for (const line of lines) {
    if (line.deed === 'joined') {
      if (since !== undefined || (last !== undefined && line.on <= last)) return false;
      since = line.on;
    } else {
      if (since === undefined || line.on < since) return false;
      if (line.deed === 'left') [since, last] = [undefined, line.on];
    }
  }
  return true;
}

/** Days on which something may change: each line's day and the one after it. */
function daysAround(lines: readonly Entry[]): Day[] {
  return [...new Set(lines.flatMap((line) => [line.on, plus(line.on, 1)]))].sort();
}

export type Stretch = Standing & { association: number; from: Day; to: Day | undefined };

/** Unbroken stretches of the same standing, one association after the other. */
export function stretchesOf(entries: readonly Entry[], person: number): Stretch[] {
  const associations = [...new Set(entries.filter((one) => one.person === person).map((one) => one.association))].sort((a, b) => a - b);
  return associations.flatMap((association) => {
    const lines = linesOf(entries, person, association);
    const days = daysAround(lines);
    const found: Stretch[] = [];
    days.forEach((from, place) => {
      const next = days[place + 1];
      const standing = standingOn(lines, from);
      if (standing === undefined) return;
      const to = next === undefined ? undefined : plus(next, -1);
      const before = found.at(-1);
      const goesOn = before !== undefined && before.to === plus(from, -1) && sameStanding(before, standing);
      if (goesOn) before.to = to;
      else found.push({ ...standing, association, from, to });
    });
    return found;
  });
}

function sameStanding(a: Standing, b: Standing): boolean {
  return a.joinedOn === b.joinedOn && a.affiliation === b.affiliation && a.category === b.category;
}

/** Members of an association on a day as known at a time; each person once (`rules.md 7`). */
export function countOn(model: Model, association: number, at: { day: Day; tick: number }): number {
  const entries = known(model.ledger, at.tick);
  let members = 0;
  for (let person = 0; person < model.persons; person += 1)
    if (standingOn(linesOf(entries, person, association), at.day) !== undefined) members += 1;
  return members;
}

/** Days between the two sides of a transfer that an office has accepted with a reason (`rules.md 3.6`). */
function acceptedGap(model: Model, person: number, day: Day): boolean {
  return model.cases.some((one) => {
    if (one.person !== person || one.paper.kind !== 'transfer' || one.state !== 'completed') return false;
    const left = one.steps.find((step) => step.leg === 'leave' && step.role === 'decide')?.on;
    const joined = one.steps.find((step) => step.leg === 'join')?.on;
    return left !== undefined && joined !== undefined && left < day && day < joined;
  });
}

/** Every upper membership stands on one below it, on every day (`rules.md 1.5`). */
export function chainHolds(model: Model, entries: readonly Entry[], person: number): boolean {
  const own = entries.filter((one) => one.person === person);
  return daysAround(own).every((day) =>
    model.associations.every((association) => {
      const standing = standingOn(linesOf(own, person, association.id), day);
      if (standing === undefined || acceptedGap(model, person, day)) return true;
      const lowest = model.affiliations.find((one) => one.id === standing.affiliation)?.lowest ?? association.id;
      if (lowest === association.id || association.layer === 4) return true;
      if (association.layer === 3 && associationOf(model, lowest).layer !== 4) return true;
      return model.associations.some(
        (below) => below.parent === association.id && standingOn(linesOf(own, person, below.id), day) !== undefined,
      );
    }),
  );
}
