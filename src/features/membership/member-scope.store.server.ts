import type { Day } from '#kernel/day.ts';
import type { WaivedMonths } from '#kernel/fee-period.ts';
import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';

/** For whom and for which day 会員情報管理 is asked, and how category and workplace of that day are read in SQL. */

export type MemberScope = {
  associationId: number;
  on: Day;
  /** Only what was recorded by then (`rules.md 2.1`); undefined is everything recorded so far. */
  knownAt: Date | undefined;
  /** The list is walked in its order, one person after the other, and stops after a page. */
  walking: boolean;
  /** More memberships, present and past, than one sorts for a page. */
  large: boolean;
  /** Whom the fee is waived for on the day. */
  waived: WaivedMonths;
  /** A training that ends in this month or earlier ends soon (`rules.md 4.2`). */
  trainingEndsBy: string;
};

type Known = Pick<MemberScope, 'knownAt'>;

/** Memberships as recorded, or as they were known at the instant asked for: one row of the same columns for each. */
export function periodsIn({ knownAt }: Known): RawBuilder<unknown> {
  return knownAt === undefined ? sql`membership_period` : sql`membership_periods_then(${knownAt})`;
}

/** Categories and workplaces through time as recorded, or as they were known at the instant asked for. */
export function phasesIn({ knownAt }: Known): RawBuilder<unknown> {
  return knownAt === undefined ? sql`membership_phase` : sql`membership_phases_then(${knownAt})`;
}

/** Ends a subquery about one person: whoever walks a list folds the records of those he passes, not of the whole association. */
export function ofOne({ knownAt, walking }: Pick<MemberScope, 'knownAt' | 'walking'>): RawBuilder<unknown> {
  return knownAt !== undefined && walking ? sql`OFFSET 0` : sql``;
}

/** A day within the membership on which category and workplace are read: the day asked for, or its nearest. */
export function readingDay({ on }: Pick<MemberScope, 'on'>): RawBuilder<Day> {
  return sql<Day>`greatest(least(${on}::date, coalesce(m.left_on, ${on}::date)), m.joined_on)`;
}

/** The phase of the reading day fulfils a condition on `h`. */
export function inPhase(scope: MemberScope, condition: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`EXISTS (SELECT FROM ${phasesIn(scope)} h WHERE h.person_id = p.id AND h.association_id = ${scope.associationId}
    AND h.starts_on <= ${readingDay(scope)} AND (h.ends_on IS NULL OR h.ends_on >= ${readingDay(scope)}) AND ${condition} ${ofOne(scope)})`;
}
