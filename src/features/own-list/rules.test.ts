import { describe, expect, test } from 'vitest';
import { day } from '#kernel/day.ts';
import { canSucceed, choicesError, choicesOf, inOrder, periodErrors, stateOn } from './rules.ts';

const today = day('2026-01-15');

describe('送付物・会員区分設定の決まり(screens.md O-20)', () => {
  test('開始日も終了日も使用中に入る', () => {
    const entry = { startsOn: today, endsOn: today };
    expect([stateOn(entry, day('2026-01-14')), stateOn(entry, today), stateOn(entry, day('2026-01-16'))]).toEqual([
      'ahead',
      'current',
      'ended',
    ]);
    expect(stateOn({ endsOn: null }, today)).toBe('current');
  });

  test('終了日は開始日以降かつ本日以降。すでに過ぎた終了日はそのままでよい', () => {
    const errors = (startsOn: string, endsOn: string | null, before?: { startsOn: string; endsOn: string }) =>
      Object.keys(
        periodErrors(
          { startsOn: day(startsOn), endsOn: endsOn === null ? null : day(endsOn) },
          { today, before: before === undefined ? undefined : { startsOn: day(before.startsOn), endsOn: day(before.endsOn) } },
        ),
      );
    expect(errors('2020-04-01', null)).toEqual([]);
    expect(errors('2026-04-01', '2026-03-31')).toEqual(['endsOn']);
    expect(errors('2020-04-01', '2026-01-14')).toEqual(['endsOn']);
    expect(errors('2020-04-01', '2026-01-14', { startsOn: '2020-04-01', endsOn: '2026-01-14' })).toEqual([]);
    expect(errors('2999-12-31', null)).toEqual(['startsOn']);
    expect(errors('2026-04-01', '2999-12-31')).toEqual(['endsOn']);
  });

  test('移行先は、終了日の翌日に使用できる区分', () => {
    const endsOn = day('2026-03-31');
    expect(canSucceed({ startsOn: day('2026-04-01'), endsOn: null }, endsOn)).toBe(true);
    expect(canSucceed({ startsOn: day('2026-04-02'), endsOn: null }, endsOn)).toBe(false);
    expect(canSucceed({ startsOn: day('2020-04-01'), endsOn }, endsOn)).toBe(false);
    expect(canSucceed({ startsOn: day('2020-04-01'), endsOn: null }, day('2999-12-31'))).toBe(true);
  });

  test('並び順は入力した数の順で、同じ数は元の順、書かれなかったものは後', () => {
    const wished = [
      { id: 3, order: 1 },
      { id: 1, order: 2 },
      { id: 2, order: 2 },
      { id: 99, order: 0 },
    ];
    expect(inOrder([1, 2, 3, 4], wished)).toEqual([3, 1, 2, 4]);
  });

  test('選択肢は1行に1つ、空行を除き、重ならず、20個まで', () => {
    expect(choicesOf(' 一班 \n\n二班\n')).toEqual(['一班', '二班']);
    expect(choicesError(['一班', '二班'])).toBeUndefined();
    for (const bad of [[], ['一班', '一班'], ['字'.repeat(41)], Array.from({ length: 21 }, (_, n) => `${n}班`)])
      expect(choicesError(bad)).toEqual(expect.any(String));
  });
});
