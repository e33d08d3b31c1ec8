/**
 * Calendar days in Japan (rules.md 2.3). A day is the text `YYYY-MM-DD`, never an instant: arithmetic counts
 * days in UTC, so no time zone, summer time or local setting of the machine can move it.
 */
declare const dayBrand: unique symbol;

/** A real calendar day between 1868-01-01 and 2999-12-31, written `YYYY-MM-DD`; sorts as text. */
export type Day = string & { readonly [dayBrand]: 'Day' };

export const FIRST_YEAR = 1868;
export const LAST_YEAR = 2999;

const MS_PER_DAY = 86_400_000;
/** Japan has kept UTC+9 without summer time since 1952; no instant in this system is older. */
const JAPAN_OFFSET_MS = 9 * 3_600_000;

const pad = (value: number, width: number): string => String(value).padStart(width, '0');

const daysInMonth = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** True for the text of a real day in range (no 02-30, no 1700). */
export function isDay(value: unknown): value is Day {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const { year, month, date } = split(value);
  if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12) return false;
  return date >= 1 && date <= daysInMonth(year, month);
}

/** Reads exactly `YYYY-MM-DD`; undefined if it is no real day. What people type goes through `parseDayInput`. */
export function parseDay(text: string): Day | undefined {
  return isDay(text) ? text : undefined;
}

/** The nearest day in range to a `YYYY-MM-DD` that may lie a few years outside it (ends of periods). */
export function clampDay(text: string): Day {
  if (text < FIRST_DAY) return FIRST_DAY;
  return text > LAST_DAY ? LAST_DAY : day(text);
}

/** Reads a day that must be valid (constants, columns of type date). @throws RangeError if it is not. */
export function day(text: string): Day {
  if (!isDay(text)) throw new RangeError(`not a calendar day: ${text}`);
  return text;
}

/** Builds a day from year, month (1–12) and date; undefined if no such day exists. */
export function dayFrom(year: number, month: number, date: number): Day | undefined {
  return parseDay(`${pad(year, 4)}-${pad(month, 2)}-${pad(date, 2)}`);
}

/** Year, month (1–12) and date (1–31) as numbers. */
export function partsOfDay(value: Day): { year: number; month: number; date: number } {
  return split(value);
}

/** The day `count` days later (earlier when negative). @throws RangeError beyond 1868–2999. */
export function addDays(value: Day, count: number): Day {
  return fromSerial(serial(value) + count);
}

/** Negative, zero or positive: for sorting days, earliest first. */
export function compareDays(a: Day, b: Day): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The earlier / later of two days. */
export const earlierDay = (a: Day, b: Day): Day => (a <= b ? a : b);
/** The later of two days. */
export const laterDay = (a: Day, b: Day): Day => (a >= b ? a : b);

/** Days from `from` to `to`; 0 for the same day, negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return serial(to) - serial(from);
}

/** The day in Japan (Asia/Tokyo) at an instant. @throws RangeError for an invalid Date. */
export function dayOfInstant(instant: Date): Day {
  return day(new Date(instant.getTime() + JAPAN_OFFSET_MS).toISOString().slice(0, 10));
}

/** The instant at which a day begins in Japan (00:00 JST). */
export function startOfDay(value: Day): Date {
  return new Date(serial(value) * MS_PER_DAY - JAPAN_OFFSET_MS);
}

/** The instant at which a day ends in Japan, which belongs to the next one; the last day there is has an end too. */
export function endOfDay(value: Day): Date {
  return new Date(startOfDay(value).getTime() + MS_PER_DAY);
}

/** The first day of the following month. @throws RangeError after 2999-11. */
export function firstOfNextMonth(value: Day): Day {
  const { year, month } = split(value);
  return day(month === 12 ? `${pad(year + 1, 4)}-01-01` : `${pad(year, 4)}-${pad(month + 1, 2)}-01`);
}

/** The last day of the month. */
export function lastOfMonth(value: Day): Day {
  const { year, month } = split(value);
  return day(`${value.slice(0, 8)}${pad(daysInMonth(year, month), 2)}`);
}

/** Fiscal year 年度: April to March, named by the year in which it begins. */
export function fiscalYear(value: Day): number {
  const { year, month } = split(value);
  return month >= 4 ? year : year - 1;
}

/** 0 Sunday … 6 Saturday. */
export function weekday(value: Day): number {
  return new Date(serial(value) * MS_PER_DAY).getUTCDay();
}

/** Completed years from one day to another (age, 在籍年数); negative when `to` is earlier. 29 February counts as reached on 1 March. */
export function fullYearsBetween(from: Day, to: Day): number {
  if (to < from) return -fullYearsBetween(to, from);
  return split(to).year - split(from).year - (to.slice(5) < from.slice(5) ? 1 : 0);
}

/** The latest day from which so many years are completed on a day: who was born then or earlier is that old. */
export function yearsBefore(value: Day, years: number): Day {
  const { year, month, date } = split(value);
  return dayFrom(year - years, month, date) ?? dayFrom(year - years, month, date - 1) ?? FIRST_DAY;
}

/** The ends of the range. */
export const FIRST_DAY = day(`${FIRST_YEAR}-01-01`);
export const LAST_DAY = day(`${LAST_YEAR}-12-31`);

function split(text: string): { year: number; month: number; date: number } {
  return { year: Number(text.slice(0, 4)), month: Number(text.slice(5, 7)), date: Number(text.slice(8, 10)) };
}

function serial(value: Day): number {
  const { year, month, date } = split(value);
  return Date.UTC(year, month - 1, date) / MS_PER_DAY;
}

function fromSerial(count: number): Day {
  return day(new Date(count * MS_PER_DAY).toISOString().slice(0, 10));
}
