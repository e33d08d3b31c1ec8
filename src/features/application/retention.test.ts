import { describe, expect, test } from 'vitest';
import { day } from '#kernel/day.ts';
import { draftDeletionOn, mustDelete, mustWarn } from './retention.ts';

const periods = { draftDays: 90, draftWarningDays: 76 };
const savedAt = new Date('2026-01-15T03:00:00Z');
const at = (today: string) => ({ periods, today: day(today) });

describe('一時保存の期限(D-06、M-22)', () => {
  test('76日で予告し、90日で削除する', () => {
    const draft = { savedAt, warnedOn: null };
    expect(draftDeletionOn(draft, at('2026-01-20'))).toBe('2026-04-15');
    expect(mustWarn(draft, at('2026-03-31'))).toBe(false);
    expect(mustWarn(draft, at('2026-04-01'))).toBe(true);
    const warned = { savedAt, warnedOn: day('2026-04-01') };
    expect(mustWarn(warned, at('2026-04-10'))).toBe(false);
    expect(draftDeletionOn(warned, at('2026-04-10'))).toBe('2026-04-15');
    expect([mustDelete(warned, at('2026-04-14')), mustDelete(warned, at('2026-04-15'))]).toEqual([false, true]);
  });

  test('予告が遅れたら、削除も遅れる。予告なしには削除しない', () => {
    const unwarned = { savedAt, warnedOn: null };
    expect(mustDelete(unwarned, at('2026-06-01'))).toBe(false);
    expect(draftDeletionOn(unwarned, at('2026-06-01'))).toBe('2026-06-15');
    const late = { savedAt, warnedOn: day('2026-06-01') };
    expect([mustDelete(late, at('2026-06-14')), mustDelete(late, at('2026-06-15'))]).toEqual([false, true]);
  });

  test('予告の後に保存すれば、初めから数える', () => {
    const again = { savedAt: new Date('2026-04-02T03:00:00Z'), warnedOn: day('2026-04-01') };
    expect(draftDeletionOn(again, at('2026-04-03'))).toBe('2026-07-01');
    expect(mustWarn(again, at('2026-06-16'))).toBe(false);
    expect(mustWarn(again, at('2026-06-17'))).toBe(true);
    expect(mustDelete(again, at('2026-07-01'))).toBe(false);
  });
});
