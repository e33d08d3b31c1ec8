/**
 * 国民の祝日 computed from 国民の祝日に関する法律 as it stands since 2022 (the moved days of the Olympic years are
 * past and not covered). The equinox days are an astronomical estimate good for 1980–2099; the official day is announced each
 * February for the year after.
 */
import { addDays, dayFrom, partsOfDay, weekday } from './day.ts';
import type { Day } from './day.ts';

const FIXED: Readonly<Record<string, string>> = {
  '01-01': '元日',
  '02-11': '建国記念の日',
  '02-23': '天皇誕生日',
  '04-29': '昭和の日',
  '05-03': '憲法記念日',
  '05-04': 'みどりの日',
  '05-05': 'こどもの日',
  '08-11': '山の日',
  '11-03': '文化の日',
  '11-23': '勤労感謝の日',
};

/** Month → which Monday → name. */
const MONDAYS: Readonly<Record<number, { nth: number; name: string }>> = {
  1: { nth: 2, name: '成人の日' },
  7: { nth: 3, name: '海の日' },
  9: { nth: 3, name: '敬老の日' },
  10: { nth: 2, name: 'スポーツの日' },
};

const MONDAY = 1;
const SUNDAY = 0;

/** The name of the holiday on a day, substitutes (振替休日) and 国民の休日 included; undefined on other days. */
export function holidayName(on: Day): string | undefined {
  const name = statutoryName(on);
  if (name !== undefined) return name;
  if (isSubstitute(on)) return '振替休日';
  const between = [-1, 1].every((step) => statutoryName(addDays(on, step)) !== undefined);
  return between ? '国民の休日' : undefined;
}

function statutoryName(on: Day): string | undefined {
  const { year, month, date } = partsOfDay(on);
  const fixed = FIXED[on.slice(5)];
  if (fixed !== undefined) return fixed;
  const monday = MONDAYS[month];
  if (monday !== undefined && weekday(on) === MONDAY && Math.ceil(date / 7) === monday.nth) return monday.name;
  if (on === equinox(year, 3)) return '春分の日';
  return on === equinox(year, 9) ? '秋分の日' : undefined;
}

/** A holiday on a Sunday moves to the next day that is no holiday itself (第3条2項). */
function isSubstitute(on: Day): boolean {
  let before = addDays(on, -1);
  while (statutoryName(before) !== undefined) {
    if (weekday(before) === SUNDAY) return true;
    before = addDays(before, -1);
  }
  return false;
}

function equinox(year: number, month: 3 | 9): Day | undefined {
  const base = month === 3 ? 20.8431 : 23.2488;
  const years = year - 1980;
  return dayFrom(year, month, Math.floor(base + 0.242194 * years - Math.floor(years / 4)));
}
