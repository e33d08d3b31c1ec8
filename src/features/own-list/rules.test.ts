import { describe, expect, test } from 'vitest';
import { day } from '#kernel/day.ts';
import { canSucceed, carriedValues, choicesError, choicesOf, inOrder, periodErrors, stateOn } from './rules.ts';

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

  test('合併で引き継ぐのは、同じ名称・種類の使用中の項目にまだ無い値だけ', () => {
    const item = (id: number, name: string, kind = 'text', more: { choices?: string[]; endsOn?: typeof today } = {}) => ({
      id,
      name,
      kind,
      choices: more.choices ?? [],
      endsOn: more.endsOn ?? null,
    });
    const own = {
      fields: [item(1, '班', 'choice', { choices: ['一', '二'] }), item(2, '備考'), item(3, '係'), item(4, '旧')],
      values: [1, 2, 3, 4].map((fieldId) => ({ fieldId, value: fieldId === 1 ? '一' : 'あり' })),
    };
    const carried = (there: Parameters<typeof carriedValues>[1]) => carriedValues(own, there, today).map((one) => one.fieldId);
    const fields = [
      item(11, '班', 'choice', { choices: ['一'] }),
      item(12, '備考'),
      item(13, '係', 'day'),
      item(14, '旧', 'text', { endsOn: day('2026-01-14') }),
    ];
    expect(carried({ fields, values: [] })).toEqual([11, 12]);
    expect(carried({ fields, values: [{ fieldId: 12, value: '既にあり' }] })).toEqual([11]);
    expect(carried({ fields, values: [{ fieldId: 12, value: '' }] })).toEqual([11, 12]);
    expect(carried({ fields: [item(11, '班', 'choice', { choices: ['三'] })], values: [] })).toEqual([]);
    expect(carriedValues({ ...own, values: [{ fieldId: 2, value: '' }] }, { fields, values: [] }, today)).toEqual([]);
  });
});
