import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, day } from './day.ts';
import { holidayName } from './holiday.ts';
import { addWorkingDays, isWorkingDay, workingDayFrom, workingDaysBetween } from './working-day.ts';

/** 内閣府 2026年の祝日。 */
const HOLIDAYS_2026 = {
  '2026-01-01': '元日',
  '2026-01-12': '成人の日',
  '2026-02-11': '建国記念の日',
  '2026-02-23': '天皇誕生日',
  '2026-03-20': '春分の日',
  '2026-04-29': '昭和の日',
  '2026-05-03': '憲法記念日',
  '2026-05-04': 'みどりの日',
  '2026-05-05': 'こどもの日',
  '2026-05-06': '振替休日',
  '2026-07-20': '海の日',
  '2026-08-11': '山の日',
  '2026-09-21': '敬老の日',
  '2026-09-22': '国民の休日',
  '2026-09-23': '秋分の日',
  '2026-10-12': 'スポーツの日',
  '2026-11-03': '文化の日',
  '2026-11-23': '勤労感謝の日',
};

const anyDay = fc.integer({ min: 0, max: 20_000 }).map((count) => addDays(day('2022-01-01'), count));

describe('国民の祝日', () => {
  it('2026年の祝日がすべて、それだけ求められる', () => {
    const found = Array.from({ length: 365 }, (_, step) => addDays(day('2026-01-01'), step)).flatMap((on) => {
      const name = holidayName(on);
      return name === undefined ? [] : [[on, name] as const];
    });
    expect(Object.fromEntries(found)).toEqual(HOLIDAYS_2026);
  });

  it.each([
    ['2023-01-02', '振替休日'],
    ['2024-03-20', '春分の日'],
    ['2024-02-12', '振替休日'],
    ['2024-09-22', '秋分の日'],
    ['2024-09-23', '振替休日'],
    ['2025-02-24', '振替休日'],
    ['2025-05-06', '振替休日'],
    ['2025-11-24', '振替休日'],
    ['2027-03-21', '春分の日'],
    ['2027-03-22', '振替休日'],
    ['2032-09-21', '国民の休日'],
  ])('%s は%s', (on, name) => {
    expect(holidayName(day(on))).toBe(name);
  });
});

/**
 * 振替休日と国民の休日を含む月日。2024–2027年は内閣府の公表どおり、2028–2030年は法律と国立天文台の春分・秋分の計算による。
 */
const HOLIDAYS: Readonly<Record<number, string>> = {
  2024: '1/1 1/8 2/11 2/12 2/23 3/20 4/29 5/3 5/4 5/5 5/6 7/15 8/11 8/12 9/16 9/22 9/23 10/14 11/3 11/4 11/23',
  2025: '1/1 1/13 2/11 2/23 2/24 3/20 4/29 5/3 5/4 5/5 5/6 7/21 8/11 9/15 9/23 10/13 11/3 11/23 11/24',
  2026: '1/1 1/12 2/11 2/23 3/20 4/29 5/3 5/4 5/5 5/6 7/20 8/11 9/21 9/22 9/23 10/12 11/3 11/23',
  2027: '1/1 1/11 2/11 2/23 3/21 3/22 4/29 5/3 5/4 5/5 7/19 8/11 9/20 9/23 10/11 11/3 11/23',
  2028: '1/1 1/10 2/11 2/23 3/20 4/29 5/3 5/4 5/5 7/17 8/11 9/18 9/22 10/9 11/3 11/23',
  2029: '1/1 1/8 2/11 2/12 2/23 3/20 4/29 4/30 5/3 5/4 5/5 7/16 8/11 9/17 9/23 9/24 10/8 11/3 11/23',
  2030: '1/1 1/14 2/11 2/23 3/20 4/29 5/3 5/4 5/5 5/6 7/15 8/11 8/12 9/16 9/23 10/14 11/3 11/4 11/23',
};

describe.each(Object.entries(HOLIDAYS))('%s年', (year, expected) => {
  it('祝日・振替休日・国民の休日がすべて、それだけ求められる', () => {
    const found = Array.from({ length: 366 }, (_, step) => addDays(day(`${year}-01-01`), step))
      .filter((on) => on.startsWith(year) && holidayName(on) !== undefined)
      .map((on) => `${Number(on.slice(5, 7))}/${Number(on.slice(8))}`);
    expect(found.join(' ')).toBe(expected);
  });
});

describe('営業日(rules.md 3.13)', () => {
  it('土日、祝日、年末年始は休み', () => {
    for (const on of ['2026-04-04', '2026-04-05', '2026-04-29', '2026-12-29', '2027-01-03', '2026-05-06'])
      expect(isWorkingDay(day(on)), on).toBe(false);
    for (const on of ['2026-04-01', '2026-12-28', '2027-01-04', '2026-05-07']) expect(isWorkingDay(day(on)), on).toBe(true);
  });

  it('休みの日に当たる通知は次の営業日に送る', () => {
    expect(workingDayFrom(day('2026-05-02'))).toBe('2026-05-07');
    expect(workingDayFrom(day('2026-05-07'))).toBe('2026-05-07');
  });

  it('営業日を数える', () => {
    expect(addWorkingDays(day('2026-04-03'), 1)).toBe('2026-04-06');
    expect(addWorkingDays(day('2026-04-04'), 1)).toBe('2026-04-06');
    expect(addWorkingDays(day('2026-04-04'), 0)).toBe('2026-04-06');
    expect(addWorkingDays(day('2026-04-28'), 3)).toBe('2026-05-07');
    expect(workingDaysBetween(day('2026-04-28'), day('2026-05-07'))).toBe(3);
    expect(workingDaysBetween(day('2026-05-07'), day('2026-04-28'))).toBe(0);
    expect(() => addWorkingDays(day('2026-04-01'), -1)).toThrow(RangeError);
  });

  it('n営業日後までの営業日はちょうどn日', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 40 }), (from, count) => {
        const to = addWorkingDays(from, count);
        expect(isWorkingDay(to)).toBe(true);
        expect(workingDaysBetween(from, to)).toBe(count);
      }),
    );
  });
});
