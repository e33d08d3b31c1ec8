import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, compareDays, day, dayFrom, dayOfInstant, daysBetween, firstOfNextMonth, fiscalYear } from './day.ts';
import { endOfDay, fullYearsBetween, isDay, lastOfMonth, parseDay, startOfDay, weekday } from './day.ts';

const FIRST = day('1868-01-01');
const SPAN = daysBetween(FIRST, day('2999-12-31'));
const anyDay = fc.integer({ min: 0, max: SPAN }).map((count) => addDays(FIRST, count));

describe('日付', () => {
  it('実在する日だけを受け付ける', () => {
    expect(isDay('2024-02-29')).toBe(true);
    for (const text of ['2023-02-29', '2026-04-31', '2026-13-01', '2026-00-10', '1867-12-31', '3000-01-01', '2026-4-1', '']) {
      expect(parseDay(text), text).toBeUndefined();
    }
    expect(isDay(20260401)).toBe(false);
    expect(isDay('2026-04-01\n')).toBe(false);
    expect(dayFrom(2026, 2, 30)).toBeUndefined();
    expect(() => day('2026-02-30')).toThrow(RangeError);
  });

  it('足して引けば元の日に戻り、順序は文字列の順と同じ', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -4000, max: 4000 }), (from, count) => {
        const position = daysBetween(FIRST, from) + count;
        fc.pre(position >= 0 && position <= SPAN);
        const to = addDays(from, count);
        expect(isDay(to)).toBe(true);
        expect(daysBetween(from, to)).toBe(count);
        expect(addDays(to, -count)).toBe(from);
        expect(Math.sign(compareDays(to, from))).toBe(Math.sign(count));
        expect((weekday(from) + (((count % 7) + 7) % 7)) % 7).toBe(weekday(to));
      }),
    );
  });

  it('範囲の外へは出られない', () => {
    expect(() => addDays(day('2999-12-31'), 1)).toThrow(RangeError);
    expect(() => addDays(FIRST, -1)).toThrow(RangeError);
  });

  it('瞬間は日本の暦日に属する', () => {
    expect(dayOfInstant(new Date('2026-03-31T14:59:59.999Z'))).toBe('2026-03-31');
    expect(dayOfInstant(new Date('2026-03-31T15:00:00Z'))).toBe('2026-04-01');
    expect(() => dayOfInstant(new Date(Number.NaN))).toThrow(RangeError);
  });

  it('日の始まりの瞬間はその日に、その直前は前の日に属する', () => {
    fc.assert(
      fc.property(anyDay, (value) => {
        fc.pre(value > FIRST);
        const start = startOfDay(value);
        expect(dayOfInstant(start)).toBe(value);
        expect(dayOfInstant(new Date(start.getTime() - 1))).toBe(addDays(value, -1));
      }),
    );
  });

  it('翌月の初日と月末は隣り合う', () => {
    expect(firstOfNextMonth(day('2026-12-15'))).toBe('2027-01-01');
    expect(lastOfMonth(day('2024-02-01'))).toBe('2024-02-29');
    fc.assert(
      fc.property(anyDay, (value) => {
        fc.pre(value < '2999-12-01');
        expect(addDays(lastOfMonth(value), 1)).toBe(firstOfNextMonth(value));
      }),
    );
  });

  it('年度は4月に始まる', () => {
    expect(fiscalYear(day('2026-03-31'))).toBe(2025);
    expect(fiscalYear(day('2026-04-01'))).toBe(2026);
  });

  it('曜日', () => {
    expect(weekday(day('2026-04-01'))).toBe(3);
    expect(weekday(day('1868-01-01'))).toBe(3);
  });

  it('満年数は応当日に増える', () => {
    expect(fullYearsBetween(day('2000-04-01'), day('2026-03-31'))).toBe(25);
    expect(fullYearsBetween(day('2000-04-01'), day('2026-04-01'))).toBe(26);
    expect(fullYearsBetween(day('2000-02-29'), day('2001-02-28'))).toBe(0);
    expect(fullYearsBetween(day('2000-02-29'), day('2001-03-01'))).toBe(1);
  });

  it('最後の日にも終わりがあり、翌日の始まりと同じ瞬間である', () => {
    expect(endOfDay(day('2026-03-31'))).toEqual(startOfDay(day('2026-04-01')));
    expect(endOfDay(day('2999-12-31')).toISOString()).toBe('2999-12-31T15:00:00.000Z');
  });
});
