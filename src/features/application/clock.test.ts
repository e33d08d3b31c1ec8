import { describe, expect, test } from 'vitest';
import { day } from '#kernel/day.ts';
import { ageOn, dueMarks, isLateOn, lateDaysOf, workingAgeOn } from './clock.ts';

const clock = { clockFrom: day('2026-01-15'), lateOn: day('2026-01-22') };

describe('段階の時計(rules.md 3.13)', () => {
  test('▲は到達から設定の日数を経た日に付く', () => {
    expect(ageOn(clock, day('2026-01-15'))).toBe(0);
    expect(ageOn(clock, day('2026-01-21'))).toBe(6);
    expect(isLateOn(clock, day('2026-01-21'))).toBe(false);
    expect(isLateOn(clock, day('2026-01-22'))).toBe(true);
    expect(lateDaysOf(clock)).toBe(7);
  });

  test('到達していない段階に年齢はない', () => {
    const before = { clockFrom: null, lateOn: null };
    expect(ageOn(before, day('2026-01-15'))).toBe(0);
    expect(isLateOn(before, day('2099-01-15'))).toBe(false);
    expect(lateDaysOf(before)).toBeUndefined();
  });

  test('通知の日数は営業日で数える。土日と祝日は数えない', () => {
    // 2026-04-28 火、29 昭和の日、5/3–6 連休
    const step = { reachedOn: day('2026-04-27'), pauses: [] };
    expect(workingAgeOn(step, day('2026-05-01'))).toBe(3);
    expect(workingAgeOn(step, day('2026-05-06'))).toBe(3);
    expect(workingAgeOn(step, day('2026-05-12'))).toBe(7);
  });

  test('申請者のもとにあった営業日は除き、到達より前の差戻しは関わらない', () => {
    const reachedOn = day('2026-01-15');
    const pause = { from: day('2026-01-19'), to: day('2026-01-26') };
    expect(workingAgeOn({ reachedOn, pauses: [pause] }, day('2026-01-27'))).toBe(
      workingAgeOn({ reachedOn, pauses: [] }, day('2026-01-20')),
    );
    const earlier = { from: day('2026-01-05'), to: day('2026-01-09') };
    expect(workingAgeOn({ reachedOn, pauses: [earlier] }, day('2026-01-20'))).toBe(3);
  });

  test('設定の日数とその二倍で一度ずつ。休止の後は両方を一度に', () => {
    const asked = (workingAge: number, had: number[]) => dueMarks({ workingAge, reminderDays: 7, had });
    expect(asked(6, [])).toEqual([]);
    expect(asked(7, [])).toEqual([1]);
    expect(asked(13, [1])).toEqual([]);
    expect(asked(14, [1])).toEqual([2]);
    expect(asked(30, [])).toEqual([1, 2]);
    expect(asked(300, [1, 2])).toEqual([]);
  });
});
