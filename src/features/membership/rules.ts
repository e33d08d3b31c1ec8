import type { Day } from '#kernel/day.ts';
import { addDays, daysBetween, LAST_DAY, lastOfMonth, partsOfDay } from '#kernel/day.ts';

/** The ledger's arithmetic (`rules.md 2`): periods and phases of one person in one association, folded from its events. */

export type DeedKind = 'joined' | 'left' | 'category_changed' | 'facility_changed';
export type EventKind = DeedKind | 'corrected' | 'annulled';

export type LedgerEvent = {
  id: number;
  kind: EventKind;
  correctedKind: DeedKind | null;
  affiliationId: string;
  /** For `left` the last day of membership. */
  effectiveOn: Day;
  categoryId: number | null;
  facilityId: string | null;
  reason: string;
  supersedes: number | null;
};

export type Phase = {
  affiliationId: string;
  categoryId: number;
  facilityId: string | null;
  startsOn: Day;
  endsOn: Day | null;
  eventId: number;
};

export type Period = {
  joinedOn: Day;
  leftOn: Day | null;
  leftReason: string;
  joinedEventId: number;
  leftEventId: number | null;
  phases: Phase[];
};

type Deed = Omit<LedgerEvent, 'kind' | 'correctedKind' | 'supersedes'> & { does: DeedKind };

/** What a sequence of events cannot mean. */
export type LedgerFault = {
  fault: 'joinedTwice' | 'leftWithoutJoin' | 'leftBeforeJoin' | 'changedOutside' | 'noCategory';
  eventId: number;
};

export type Folded = { ok: true; periods: Period[] } | { ok: false; fault: LedgerFault };

const weight: Record<DeedKind, number> = { joined: 0, category_changed: 1, facility_changed: 1, left: 2 };

/** The deeds that stand: neither annulled nor superseded by a correction, in the order of their days. */
export function standingDeeds(events: readonly LedgerEvent[]): Deed[] {
  const gone = new Set(events.map((event) => event.supersedes).filter((id) => id !== null));
  return events
    .filter((event) => !gone.has(event.id))
    .flatMap((event): Deed[] => {
      if (event.kind === 'annulled') return [];
      const does = event.kind === 'corrected' ? event.correctedKind : event.kind;
      return does === null ? [] : [{ ...event, does }];
    })
    .sort((a, b) => a.effectiveOn.localeCompare(b.effectiveOn) || weight[a.does] - weight[b.does] || a.id - b.id);
}

/** Folds the events of one person in one association into periods and phases, or says which event makes no sense. */
export function foldLedger(events: readonly LedgerEvent[]): Folded {
  const periods: Period[] = [];
  for (const deed of standingDeeds(events)) {
    const open = periods.at(-1);
    const inside = open !== undefined && open.leftOn === null;
    const fault = deed.does === 'joined' ? join(periods, deed) : inside ? within(open, deed) : outside(deed);
    if (fault !== undefined) return { ok: false, fault: { fault, eventId: deed.id } };
  }
  return { ok: true, periods };
}

/** What a decision would add; ids come only when it is written. */
export type Addition = Omit<LedgerEvent, 'id' | 'correctedKind' | 'supersedes' | 'reason'>;

/** Events and what a decision would add to them. */
export function withAdditions(events: readonly LedgerEvent[], additions: readonly Addition[]): LedgerEvent[] {
  const last = Math.max(0, ...events.map((event) => event.id));
  const added = additions.map(
    (addition, index): LedgerEvent => ({
      ...addition,
      id: last + 1 + index,
      correctedKind: null,
      supersedes: null,
      reason: '',
    }),
  );
  return [...events, ...added];
}

/** A line of one association that takes the place of another, or stands beside it; see `followingFacility`. */
export type FollowLine = {
  affiliationId: string;
  kind: DeedKind | 'annulled';
  effectiveOn: Day;
  categoryId: number | null;
  facilityId: string | null;
  reason: string;
  /** The event whose step the line belongs to, where it repeats one. */
  repeats: number | null;
  supersedes: number | null;
};

type Following = { from: string; to: string; on: Day; reason: string };

/**
 * The lines of one person in one association by which a facility takes another's place from a day on (`screens.md J-06`): what is
 * decided for that day and later is said anew, what goes on from before changes on the day. Days before it stay as they were.
 */
export function followingFacility(events: readonly LedgerEvent[], { from, to, on, reason }: Following): FollowLine[] {
  const folded = foldLedger(events);
  if (!folded.ok) return [];
  const setting = standingDeeds(events).filter(
    (deed) => deed.effectiveOn >= on && (deed.does === 'joined' || deed.does === 'facility_changed'),
  );
  const again = setting
    .filter((deed) => deed.facilityId === from)
    .flatMap(({ id, affiliationId, does, effectiveOn, categoryId, reason: said }): FollowLine[] => {
      const line = { affiliationId, effectiveOn, reason: said, repeats: id };
      return [
        { ...line, kind: 'annulled', categoryId: null, facilityId: null, supersedes: id },
        { ...line, kind: does, categoryId, facilityId: to, supersedes: null },
      ];
    });
  const now = phaseOn(folded.periods, on);
  if (now?.facilityId !== from || setting.some((deed) => deed.effectiveOn === on)) return again;
  const { affiliationId } = now;
  const plain = { effectiveOn: on, categoryId: null, repeats: null, supersedes: null } as const;
  return [{ ...plain, affiliationId, kind: 'facility_changed', facilityId: to, reason }, ...again];
}

/** The phase of a day; undefined when the person is not a member then. */
export function phaseOn(periods: readonly Period[], on: Day): Phase | undefined {
  return periods.flatMap((period) => period.phases).find((phase) => phase.startsOn <= on && (phase.endsOn === null || on <= phase.endsOn));
}

function outside(deed: Deed): LedgerFault['fault'] {
  return deed.does === 'left' ? 'leftWithoutJoin' : 'changedOutside';
}

function join(periods: Period[], deed: Deed): LedgerFault['fault'] | undefined {
  const last = periods.at(-1);
  if (last !== undefined && (last.leftOn === null || last.leftOn >= deed.effectiveOn)) return 'joinedTwice';
  if (deed.categoryId === null) return 'noCategory';
  periods.push({
    joinedOn: deed.effectiveOn,
    leftOn: null,
    leftReason: '',
    joinedEventId: deed.id,
    leftEventId: null,
    phases: [phaseFrom(deed, deed.categoryId, deed.facilityId)],
  });
  return undefined;
}

function phaseFrom(deed: Deed, categoryId: number, facilityId: string | null): Phase {
  return { affiliationId: deed.affiliationId, categoryId, facilityId, startsOn: deed.effectiveOn, endsOn: null, eventId: deed.id };
}

function within(period: Period, deed: Deed): LedgerFault['fault'] | undefined {
  if (deed.does === 'left') {
    if (deed.effectiveOn < period.joinedOn) return 'leftBeforeJoin';
    period.leftOn = deed.effectiveOn;
    period.leftReason = deed.reason;
    period.leftEventId = deed.id;
    closeLast(period, deed.effectiveOn);
    return undefined;
  }
  const last = period.phases.at(-1);
  if (last === undefined) return 'changedOutside';
  const next = phaseFrom(deed, deed.categoryId ?? last.categoryId, deed.does === 'facility_changed' ? deed.facilityId : last.facilityId);
  if (last.startsOn === deed.effectiveOn) period.phases.pop();
  else closeLast(period, addDays(deed.effectiveOn, -1));
  period.phases.push(next);
  return undefined;
}

function closeLast(period: Period, endsOn: Day): void {
  const last = period.phases.at(-1);
  if (last !== undefined) last.endsOn = endsOn;
}

/** True on every day from the join to the leave, both included (`rules.md 2.3`). */
export function isMemberOn(period: Pick<Period, 'joinedOn' | 'leftOn'>, on: Day): boolean {
  return period.joinedOn <= on && (period.leftOn === null || on <= period.leftOn);
}

/** The day since which membership is unbroken: a leave and a join on the next day count as one (`screens.md 1.1`). */
export function unbrokenSince(periods: readonly Pick<Period, 'joinedOn' | 'leftOn'>[], on: Day): Day | undefined {
  const current = periods.find((period) => isMemberOn(period, on));
  if (current === undefined) return undefined;
  const before = periods.find((period) => period.leftOn !== null && addDays(period.leftOn, 1) === current.joinedOn);
  return before === undefined ? current.joinedOn : (unbrokenSince(periods, before.joinedOn) ?? before.joinedOn);
}

const badgeYears = [50, 40, 30, 20, 15, 10, 5, 1] as const;

/** 「20年以上」 for the badge in the header (`screens.md 1.1`); `years` are whole years of membership. */
export function badgeText(years: number): string {
  const step = badgeYears.find((limit) => years >= limit);
  return step === undefined ? '1年未満' : `${step}年以上`;
}

/** What the chain rule is judged by: the tree of associations, and where each affiliation begins. */
export type Chain = {
  /** Associations directly below one. */
  below: (associationId: number) => readonly number[];
  /** The lowest association of an affiliation; it needs nothing below itself. */
  lowestOf: (affiliationId: string) => number | undefined;
  /** A gap between the two sides of a transfer, accepted with a reason (`rules.md 3.6`). */
  excused?: (on: Day) => boolean;
};

/** Days on which something begins or has ended. */
function turningDays(ledger: ReadonlyMap<number, readonly Period[]>): Day[] {
  const days = [...ledger.values()]
    .flat()
    .flatMap((period) => [
      period.joinedOn,
      ...period.phases.map((phase) => phase.startsOn),
      ...(period.leftOn === null ? [] : [addDays(period.leftOn, 1)]),
    ]);
  return [...new Set(days)].sort();
}

/** Which upper memberships stand on no lower one, on which of the days (`rules.md 1.5`). */
function unsupported(
  ledger: ReadonlyMap<number, readonly Period[]>,
  chain: Chain,
  days: readonly Day[],
): { associationId: number; on: Day }[] {
  return [...ledger].flatMap(([associationId, periods]) =>
    days
      .filter((on) => {
        const phase = phaseOn(periods, on);
        if (phase === undefined || chain.lowestOf(phase.affiliationId) === associationId || chain.excused?.(on) === true) return false;
        return !chain.below(associationId).some((lower) => phaseOn(ledger.get(lower) ?? [], on) !== undefined);
      })
      .map((on) => ({ associationId, on })),
  );
}

type Events = ReadonlyMap<number, readonly LedgerEvent[]>;

/** Periods by association; undefined where events contradict one another. */
function foldAll(events: Events): Map<number, Period[]> | undefined {
  const all = new Map<number, Period[]>();
  for (const [associationId, own] of events) {
    const folded = foldLedger(own);
    if (!folded.ok) return undefined;
    all.set(associationId, folded.periods);
  }
  return all;
}

/**
 * The associations whose membership would lose the lower one it stands on; what was so before is not held against a decision.
 * Undefined where the events contradict one another.
 */
export function lostGround(before: Events, after: Events, chain: Chain): number[] | undefined {
  const was = foldAll(before);
  const will = foldAll(after);
  if (was === undefined || will === undefined) return undefined;
  const days = [...turningDays(was), ...turningDays(will)];
  const keyOf = ({ associationId, on }: { associationId: number; on: Day }) => `${associationId} ${on}`;
  const known = new Set(unsupported(was, chain, days).map(keyOf));
  return [...new Set(unsupported(will, chain, days).flatMap((one) => (known.has(keyOf(one)) ? [] : [one.associationId])))];
}

/** The last month whose end is at most so many days ahead: a training that ends then or earlier ends soon (`rules.md 4.2`). */
export function lastMonthEndingBy(today: Day, days: number): string {
  const horizon = days > daysBetween(today, LAST_DAY) ? LAST_DAY : addDays(today, days);
  if (lastOfMonth(horizon) === horizon) return horizon.slice(0, 7);
  const { year, month } = partsOfDay(horizon);
  return month === 1 ? `${year - 1}-12` : `${year}-${String(month - 1).padStart(2, '0')}`;
}
