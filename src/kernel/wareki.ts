/** Days as people write and read them: 2026/04/01（水） and 令和8年4月1日 (look.md 5, screens.md 1.2). */
import { dayFrom, dayOfInstant, partsOfDay, weekday } from './day.ts';
import type { Day } from './day.ts';
import { foldNumber } from './fold-input.ts';
import { yearMonthFrom } from './year-month.ts';
import type { YearMonth } from './year-month.ts';

interface Era {
  readonly name: string;
  readonly letter: string;
  readonly glyph: string;
  /** First day. 明治 is taken from the first day that the system knows. */
  readonly from: string;
  readonly lastYear: number;
}

const ERAS: readonly Era[] = [
  { name: '令和', letter: 'R', glyph: '㋿', from: '2019-05-01', lastYear: 981 },
  { name: '平成', letter: 'H', glyph: '㍻', from: '1989-01-08', lastYear: 31 },
  { name: '昭和', letter: 'S', glyph: '㍼', from: '1926-12-25', lastYear: 64 },
  { name: '大正', letter: 'T', glyph: '㍽', from: '1912-07-30', lastYear: 15 },
  { name: '明治', letter: 'M', glyph: '㍾', from: '1868-01-01', lastYear: 45 },
];

const WEEKDAYS = ['日', '月', '火', '水', '木', '金', '土'] as const;

const ERA = '(?:(令和|平成|昭和|大正|明治|[RHSTM㋿㍻㍼㍽㍾])\\s*)';
const YEAR = '(元|\\d{1,4})';
const SEPARATED_DAY = new RegExp(`^${ERA}?${YEAR}\\s*(?:年|[/.-])\\s*(\\d{1,2})\\s*(?:月|[/.-])\\s*(\\d{1,2})\\s*日?$`);
const SEPARATED_MONTH = new RegExp(`^${ERA}?${YEAR}\\s*(?:年|[/.-])\\s*(\\d{1,2})\\s*月?$`);
const COMPACT_DAY = /^(?:(\d{4})|([RHSTM])(\d{2}))(\d{2})(\d{2})$/;
const COMPACT_MONTH = /^(\d{4})(\d{2})$/;
/** The weekday that we print ourselves: text copied from a screen can be pasted back. */
const PRINTED_WEEKDAY = /\s*\([日月火水木金土]\)$/;

/** `2026/04/01（水）` */
export function formatDay(value: Day): string {
  return `${formatDayPlain(value)}（${WEEKDAYS[weekday(value)]}）`;
}

/** `2026/04/01`, for entry boxes, messages and files. */
export function formatDayPlain(value: Day): string {
  return value.replaceAll('-', '/');
}

/** `令和8年4月1日`, `令和元年5月1日`; an era begins on its first day. */
export function formatWareki(value: Day): string {
  const { year, month, date } = partsOfDay(value);
  const era = ERAS.find((candidate) => candidate.from <= value);
  if (era === undefined) throw new RangeError(`no era for ${value}`);
  const count = year - Number(era.from.slice(0, 4)) + 1;
  return `${era.name}${count === 1 ? '元' : count}年${month}月${date}日`;
}

/** An instant in Japan: `2026/04/01 09:05`. */
export function formatInstant(instant: Date): string {
  const clock = new Date(instant.getTime() + 9 * 3_600_000).toISOString().slice(11, 16);
  return `${formatDayPlain(dayOfInstant(instant))} ${clock}`;
}

/**
 * Reads a day as people type it: 2026/4/1, 2026-04-01, 20260401, 2026年4月1日, 令和8年4月1日, R8.4.1, R080401, 元年,
 * full-width forms, spaces at the ends. Undefined if it is no real day of the years 1869–2199. The year of an era must exist
 * (平成32年 does not), but days on the wrong side of a change within that year are taken as meant (平成31年5月1日 = 2019-05-01).
 */
export function parseDayInput(text: string): Day | undefined {
  const typed = foldDateText(text);
  const compact = COMPACT_DAY.exec(typed);
  if (compact !== null) {
    const [, western, letter, eraYear, month, date] = compact;
    return dayOf(yearOf(letter, western ?? eraYear), month, date);
  }
  const [, era, year, month, date] = SEPARATED_DAY.exec(typed) ?? [];
  return dayOf(yearOf(era, year), month, date);
}

/** Reads a month as people type it: 2026/04, 2026-4, 202604, 2026年4月, 令和8年4月, R8.4. Undefined if there is none. */
export function parseYearMonthInput(text: string): YearMonth | undefined {
  const typed = foldDateText(text);
  const compact = COMPACT_MONTH.exec(typed);
  const [, era, year, month] = compact === null ? (SEPARATED_MONTH.exec(typed) ?? []) : [undefined, undefined, ...compact.slice(1)];
  const western = yearOf(era, year);
  return western === undefined ? undefined : yearMonthFrom(western, Number(month));
}

function foldDateText(text: string): string {
  return foldNumber(text).toUpperCase().replace(PRINTED_WEEKDAY, '');
}

function dayOf(year: number | undefined, month: string | undefined, date: string | undefined): Day | undefined {
  return year === undefined ? undefined : dayFrom(year, Number(month), Number(date));
}

/** Years that people may type: whatever the rules add to such a day or take from it is still a day that the system knows. */
const typedYears = { first: 1869, last: 2199 };

function yearOf(eraText: string | undefined, yearText: string | undefined): number | undefined {
  const year = writtenYear(eraText, yearText);
  return year === undefined || year < typedYears.first || year > typedYears.last ? undefined : year;
}

function writtenYear(eraText: string | undefined, yearText: string | undefined): number | undefined {
  if (yearText === undefined) return undefined;
  if (eraText === undefined) return /^\d{4}$/.test(yearText) ? Number(yearText) : undefined;
  const era = ERAS.find(({ name, letter, glyph }) => [name, letter, glyph].includes(eraText));
  const count = yearText === '元' ? 1 : Number(yearText);
  if (era === undefined || count < 1 || count > era.lastYear) return undefined;
  return Number(era.from.slice(0, 4)) + count - 1;
}
