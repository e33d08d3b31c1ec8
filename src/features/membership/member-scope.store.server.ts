import type { Day } from '#kernel/day.ts';
import type { WaivedMonths } from '#kernel/fee-period.ts';
import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';

/** For whom and for which day 会員情報管理 is asked, and how category and workplace of that day are read in SQL. */

export type MemberScope = {
  associationId: number;
  on: Day;
  /** More memberships, present and past, than one sorts for a page. */
  large: boolean;
  /** Whom the fee is waived for on the day. */
  waived: WaivedMonths;
  /** A training that ends in this month or earlier ends soon (`rules.md 4.2`). */
  trainingEndsBy: string;
};

/** A day within the membership on which category and workplace are read: the day asked for, or its nearest. */
export function readingDay({ on }: Pick<MemberScope, 'on'>): RawBuilder<Day> {
  return sql<Day>`greatest(least(${on}::date, coalesce(m.left_on, ${on}::date)), m.joined_on)`;
}

/** The phase of the reading day fulfils a condition on `h`. */
export function inPhase(scope: Pick<MemberScope, 'associationId' | 'on'>, condition: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`EXISTS (SELECT FROM membership_phase h WHERE h.person_id = p.id AND h.association_id = ${scope.associationId}
    AND h.starts_on <= ${readingDay(scope)} AND (h.ends_on IS NULL OR h.ends_on >= ${readingDay(scope)}) AND ${condition})`;
}
