import type { Day } from './day.ts';
import { day } from './day.ts';
import { formatDayPlain } from './wareki.ts';

/** The start of what was there when the system began (shipped associations, categories, settings): no day that anybody has chosen. */
export const sinceEver: Day = day('1900-01-01');

/** It was there from the beginning; takes days as they come from the database or an address. */
export function isSinceEver(startsOn: string): boolean {
  return startsOn === sinceEver;
}

/** The start of a row of a master: `2026/04/01`, or 当初から where no day was ever chosen. */
export function formatStart(startsOn: Day): string {
  return isSinceEver(startsOn) ? '当初から' : formatDayPlain(startsOn);
}

/** The same within a sentence: `2026/04/01から`, or 当初から. */
export function sinceText(startsOn: Day): string {
  return isSinceEver(startsOn) ? formatStart(startsOn) : `${formatDayPlain(startsOn)}から`;
}
