/** The Japanese working-day calendar for reminders and 営業日 (rules.md 3.13). */
import { addDays, daysBetween, weekday } from './day.ts';
import type { Day } from './day.ts';
import { holidayName } from './holiday.ts';

/** 29 December to 3 January: offices are closed as the public authorities are (行政機関の休日に関する法律). */
const YEAR_END = new Set(['12-29', '12-30', '12-31', '01-01', '01-02', '01-03']);

/** True on Monday to Friday outside holidays and the turn of the year. */
export function isWorkingDay(on: Day): boolean {
  const place = weekday(on);
  return place !== 0 && place !== 6 && !YEAR_END.has(on.slice(5)) && holidayName(on) === undefined;
}

/** The day itself if offices work, else the next day on which they do: when a reminder is sent. */
export function workingDayFrom(on: Day): Day {
  let found = on;
  while (!isWorkingDay(found)) found = addDays(found, 1);
  return found;
}

/** The `count`-th working day after a day (0: the day itself or the next working day). @throws RangeError if negative. */
export function addWorkingDays(from: Day, count: number): Day {
  if (!Number.isInteger(count) || count < 0) throw new RangeError(`working days must be 0 or more: ${count}`);
  let found = workingDayFrom(from);
  for (let left = isWorkingDay(from) ? count : count - 1; left > 0; left -= 1) found = workingDayFrom(addDays(found, 1));
  return found;
}

/** Working days after `from` up to and including `to`; 0 when `to` is not later. */
export function workingDaysBetween(from: Day, to: Day): number {
  let count = 0;
  for (let step = 1; step <= daysBetween(from, to); step += 1) {
    if (isWorkingDay(addDays(from, step))) count += 1;
  }
  return count;
}
