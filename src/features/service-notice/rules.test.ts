import { describe, expect, test } from 'vitest';
import type { ServiceNotice } from './rules.ts';
import { bannerOf, phaseAt, sentenceOf } from './rules.ts';

const at = (hours: number) => new Date(Date.UTC(2026, 0, 15, 3 + hours));
const now = at(0);
const stop: ServiceNotice = { kind: 'maintenance', startsAt: at(24), endsAt: at(30), mode: 'stop', impact: '', state: 'announced' };
const fault: ServiceNotice = { ...stop, kind: 'fault', startsAt: at(-1), endsAt: null, mode: 'part', impact: 'メールが遅れています。' };

describe('計画停止と障害(screens.md 1.1, P-07)', () => {
  test('予定、継続中、終了、取消', () => {
    expect(
      [stop, { ...stop, startsAt: at(-2) }, { ...stop, startsAt: at(-2), endsAt: now }, { ...stop, state: 'withdrawn' as const }].map(
        (one) => phaseAt(one, now),
      ),
    ).toEqual(['ahead', 'running', 'over', 'withdrawn']);
  });

  test('帯の文は日時から日時まで', () => {
    expect(sentenceOf(stop)).toBe('2026/01/16 12:00から2026/01/16 18:00まで、メンテナンスのためご利用いただけません。');
    expect(sentenceOf(fault)).toBe('2026/01/15 11:00から障害が発生しています。メールが遅れています。');
  });

  test('発生中の障害が先で、計画停止は近づいてから表示する', () => {
    expect(bannerOf([stop, fault], now, 7)).toBe(fault);
    expect(bannerOf([stop], now, 1)).toBe(stop);
    expect(bannerOf([{ ...stop, startsAt: at(25) }], now, 1)).toBeUndefined();
    expect(bannerOf([{ ...stop, state: 'withdrawn' }], now, 7)).toBeUndefined();
  });
});
