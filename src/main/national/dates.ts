import type { Day } from '#kernel/day.ts';
import { addDays, day, daysBetween } from '#kernel/day.ts';

/** Days as whole numbers, so that millions of them cost little. */

const zero = day('1930-01-01');
const texts: Day[] = [];

export type DayNumber = number;

/** A day as a count of days, quick to compare and add. */
export function numberOf(value: Day): DayNumber {
  return daysBetween(zero, value);
}

/** The day of such a count, from a table that grows as needed. */
export function dayText(value: DayNumber): Day {
  for (let next = texts.length; next <= value; next += 1) texts.push(addDays(zero, next));
  return texts[value] ?? zero;
}

/** An instant in office hours of a day, as PostgreSQL reads it; `tick` spreads the minutes. */
export function instantText(value: DayNumber, tick: number): string {
  const minute = 9 * 60 + (tick % 480);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${dayText(value)} ${two(Math.floor(minute / 60))}:${two(minute % 60)}:${two(tick % 60)}+09`;
}

/** The first of the month in which the day lies. */
export function monthStart(value: DayNumber): DayNumber {
  return value - Number(dayText(value).slice(8)) + 1;
}
