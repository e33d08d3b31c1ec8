import type { Day } from '#kernel/day.ts';
import { addDays } from '#kernel/day.ts';
import type { DeedKind, LedgerEvent, Period, Phase } from '#features/membership/rules.ts';
import { foldLedger, phaseOn, standingDeeds } from '#features/membership/rules.ts';

/** What 合併 and 分割 do to one member's ledger (`screens.md J-02`, `rules.md 1.2, 2`). Pure. */

export type Line = {
  associationId: number;
  affiliationId: string;
  kind: DeedKind | 'annulled';
  effectiveOn: Day;
  categoryId: number | null;
  facilityId: string | null;
  reason: string;
  stepId: string | null;
  supersedes: number | null;
};

export type PersonGround = {
  from: number;
  to: number;
  startsOn: Day;
  /** The other association's category for each of the own ones. */
  categories: ReadonlyMap<number, number>;
  ledger: ReadonlyMap<number, readonly LedgerEvent[]>;
  /** The step that an event was written for. */
  stepOf: ReadonlyMap<number, string>;
  lowestOf: (affiliationId: string) => number | undefined;
  /** Affiliations of open cases: they go along although nothing is carried by them yet. */
  inCases: readonly string[];
};

/** The lines, and the affiliations whose place is taken: by a new one each, or by the one that carries the other membership already. */
export type Way = { lines: Line[]; old: string[]; joinsOther: string | undefined };

export type HeldReason = 'bothMembers' | 'category' | 'ledger';

type Folded = ReadonlyMap<number, readonly Period[]>;

function foldAll(ledger: PersonGround['ledger']): Folded | undefined {
  const all = new Map<number, readonly Period[]>();
  for (const [id, events] of ledger) {
    const folded = foldLedger(events);
    if (!folded.ok) return undefined;
    all.set(id, folded.periods);
  }
  return all;
}

const reaches = (phase: Phase, on: Day) => phase.endsOn === null || phase.endsOn >= on;

/** Affiliations that begin at the association and still carry something on the day or later, or stand in an open case. */
function affectedOf({ from, startsOn, lowestOf, inCases }: PersonGround, folded: Folded): string[] {
  const phases = [...folded.values()].flat().flatMap((period) => period.phases);
  const carrying = phases.filter((phase) => reaches(phase, startsOn)).map((phase) => phase.affiliationId);
  return [...new Set([...carrying, ...inCases])].filter((id) => lowestOf(id) === from);
}

type Deed = ReturnType<typeof standingDeeds>[number];
type Carry = { ground: PersonGround; successor: (affiliationId: string) => string };

function annulled(deed: Deed, associationId: number, { ground }: Carry): Line {
  const { id, affiliationId, effectiveOn, reason } = deed;
  const stepId = ground.stepOf.get(id) ?? null;
  return {
    associationId,
    affiliationId,
    kind: 'annulled',
    effectiveOn,
    categoryId: null,
    facilityId: null,
    reason,
    stepId,
    supersedes: id,
  };
}

function again(deed: Deed, associationId: number, { ground, successor }: Carry): Line {
  const categoryId =
    deed.categoryId === null ? null : associationId === ground.to ? (ground.categories.get(deed.categoryId) ?? null) : deed.categoryId;
  return {
    associationId,
    affiliationId: successor(deed.affiliationId),
    kind: deed.does,
    effectiveOn: deed.effectiveOn,
    categoryId,
    facilityId: deed.facilityId,
    reason: deed.reason,
    stepId: ground.stepOf.get(deed.id) ?? null,
    supersedes: null,
  };
}

const plain = { reason: '組織改編', stepId: null, supersedes: null } as const;

/** The end here and the beginning there; what was decided for later days is decided for the other association. */
function crossing(carry: Carry, folded: Folded, staysThere: boolean): Line[] {
  const { from, to, startsOn, categories, ledger } = carry.ground;
  const before = addDays(startsOn, -1);
  const later = standingDeeds(ledger.get(from) ?? []).filter((deed) => deed.effectiveOn >= startsOn);
  const last = phaseOn(folded.get(from) ?? [], before);
  const goesOn = (folded.get(from) ?? []).some(
    (period) => period.joinedOn < startsOn && (period.leftOn === null || period.leftOn >= startsOn),
  );
  const lines = later.map((deed) => annulled(deed, from, carry));
  if (goesOn && last !== undefined) {
    const { affiliationId, facilityId } = last;
    lines.push({ ...plain, associationId: from, affiliationId, kind: 'left', effectiveOn: before, categoryId: null, facilityId: null });
    const categoryId = categories.get(last.categoryId) ?? null;
    if (!staysThere)
      lines.push({
        ...plain,
        associationId: to,
        affiliationId: carry.successor(affiliationId),
        kind: 'joined',
        effectiveOn: startsOn,
        categoryId,
        facilityId,
      });
  }
  return [...lines, ...(staysThere ? [] : later.map((deed) => again(deed, to, carry)))];
}

/** Upper memberships go over to the affiliation that takes the old one's place. */
function above(carry: Carry, associationId: number, periods: readonly Period[]): Line[] {
  const { startsOn, ledger } = carry.ground;
  const moves = (affiliationId: string) => carry.successor(affiliationId) !== affiliationId;
  const later = standingDeeds(ledger.get(associationId) ?? []).filter(
    (deed) => deed.effectiveOn >= startsOn && deed.does !== 'left' && moves(deed.affiliationId),
  );
  const lines = later.flatMap((deed) => [annulled(deed, associationId, carry), again(deed, associationId, carry)]);
  const now = phaseOn(periods, startsOn);
  if (now === undefined || now.startsOn >= startsOn || !moves(now.affiliationId)) return lines;
  const { affiliationId, facilityId } = now;
  const line = {
    ...plain,
    associationId,
    affiliationId: carry.successor(affiliationId),
    effectiveOn: startsOn,
    categoryId: null,
    facilityId,
  };
  return [{ ...line, kind: 'facility_changed' }, ...lines];
}

/** The ledger as it would be; the lines get numbers after all others. */
function after(ground: PersonGround, lines: readonly Line[]): PersonGround['ledger'] {
  const last = Math.max(0, ...[...ground.ledger.values()].flat().map((event) => event.id));
  const added = lines.map((line, index) => ({ ...line, id: last + 1 + index, correctedKind: null }));
  const ids = new Set([...ground.ledger.keys(), ground.to]);
  return new Map([...ids].map((id) => [id, [...(ground.ledger.get(id) ?? []), ...added.filter((line) => line.associationId === id)]]));
}

/** A category that nobody has said what becomes of. */
function unmapped(ground: PersonGround, lines: readonly Line[]): boolean {
  const needs = (line: Line) => line.kind === 'joined' || line.kind === 'category_changed';
  return lines.some((line) => line.associationId === ground.to && needs(line) && line.categoryId === null);
}

/**
 * The lines that carry one member over on the day, so that counts before it stay as they were; or why a person must look at him.
 * `idFor` gives the affiliation that takes an old one's place.
 */
export function wayOf(ground: PersonGround, idFor: (old: string) => string): { ok: true; way: Way } | { ok: false; reason: HeldReason } {
  const folded = foldAll(ground.ledger);
  if (folded === undefined) return { ok: false, reason: 'ledger' };
  const old = affectedOf(ground, folded);
  const there = phaseOn(folded.get(ground.to) ?? [], ground.startsOn);
  const decidedLater = standingDeeds(ground.ledger.get(ground.from) ?? []).some((deed) => deed.effectiveOn >= ground.startsOn);
  if (there !== undefined && decidedLater) return { ok: false, reason: 'bothMembers' };
  const successor = (id: string) => (old.includes(id) ? (there?.affiliationId ?? idFor(id)) : id);
  const carry: Carry = { ground, successor };
  const uppers = [...folded].filter(([id]) => id !== ground.from && id !== ground.to);
  const lines = [...crossing(carry, folded, there !== undefined), ...uppers.flatMap(([id, periods]) => above(carry, id, periods))];
  if (unmapped(ground, lines)) return { ok: false, reason: 'category' };
  if (foldAll(after(ground, lines)) === undefined) return { ok: false, reason: 'ledger' };
  return { ok: true, way: { lines, old, joinsOther: there?.affiliationId } };
}
