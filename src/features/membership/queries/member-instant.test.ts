import { describe, expect, test } from 'vitest';
import { knownAtInput } from './member-instant.ts';

const input = knownAtInput('記録の時点');

describe('記録の時点', () => {
  test('日だけならその日の終わりまで、時刻があればその分まで(日本時間)', () => {
    expect(input.parse('2026/04/01')?.toISOString()).toBe('2026-04-01T14:59:59.999Z');
    expect(input.parse('2026-04-01T09:30')?.toISOString()).toBe('2026-04-01T00:30:59.999Z');
    expect(input.parse('令和8年4月1日 ９：３０')?.toISOString()).toBe('2026-04-01T00:30:59.999Z');
    expect(input.parse('')).toBeUndefined();
  });

  test('日付でないもの、ない時刻は断られる', () => {
    for (const text of ['きのう', '2026/02/30', '2026/04/01 24:00', '2026/04/01 09:60']) expect(input.safeParse(text).success).toBe(false);
  });
});
