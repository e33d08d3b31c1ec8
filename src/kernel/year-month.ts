import { LAST_YEAR, FIRST_YEAR } from './day.ts';
import type { Day } from './day.ts';

declare const yearMonthBrand: unique symbol;

/** A month between 1868-01 and 2999-12, written `YYYY-MM` (卒業年月 and other fields of kind ym). */
export type YearMonth = string & { readonly [yearMonthBrand]: 'YearMonth' };

/** True for the text of a month in range. */
export function isYearMonth(value: unknown): value is YearMonth {
  if (typeof value !== 'string' || !/^\d{4}-(0[1-9]|1[0-2])$/.test(value)) return false;
  const year = Number(value.slice(0, 4));
  return year >= FIRST_YEAR && year <= LAST_YEAR;
}

/** Builds a month; undefined if there is no such month. */
export function yearMonthFrom(year: number, month: number): YearMonth | undefined {
  const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`;
  return isYearMonth(text) ? text : undefined;
}

/** Reads a month that must be valid (constants, columns). @throws RangeError if it is not. */
export function yearMonth(text: string): YearMonth {
  if (!isYearMonth(text)) throw new RangeError(`not a month: ${text}`);
  return text;
}

/** The month in which a day lies. */
export function yearMonthOf(value: Day): YearMonth {
  return yearMonth(value.slice(0, 7));
}

/** `2026/04`, as shown in lists and entry boxes. */
export function formatYearMonth(value: YearMonth): string {
  return value.replace('-', '/');
}
