import { describe, expect, it } from 'vitest';
import type { Day } from '#kernel/day.ts';
import { day } from '#kernel/day.ts';
import type { AdminFacts } from './rules.ts';
import { activeAdmins, endsLastAdmin, isLastAdmin, isPossibleValidUntil } from './rules.ts';

const today = day('2026-01-15');
const until = (text: string): Day => day(text);
const admin = (id: string, more: Partial<AdminFacts> = {}): AdminFacts => ({
  id,
  role: 'admin',
  state: 'active',
  validUntil: until('2026-12-31'),
  usable: true,
  ...more,
});

describe('最後の管理者(rules.md 5.3)', () => {
  const stay = { role: 'admin', state: 'active', validUntil: until('2026-12-31') } as const;

  it('ほかに操作できる管理者がいなければ、停止・削除・権限の変更・有効期間の短縮はできない', () => {
    const alone = [
      admin('a'),
      admin('b', { state: 'stopped' }),
      admin('c', { role: 'clerk' }),
      admin('d', { usable: false }),
      admin('e', { state: 'deleted' }),
    ];
    expect(isLastAdmin(alone, 'a', today)).toBe(true);
    for (const change of [
      { ...stay, state: 'stopped' },
      { ...stay, state: 'deleted' },
      { ...stay, role: 'clerk' },
      { ...stay, validUntil: until('2026-12-30') },
    ] as const)
      expect(endsLastAdmin(alone, { id: 'a', ...change }, today)).toBe(true);
    expect(endsLastAdmin(alone, { id: 'a', ...stay }, today)).toBe(false);
    expect(endsLastAdmin(alone, { id: 'a', ...stay, validUntil: until('2027-01-15') }, today)).toBe(false);
    expect(endsLastAdmin(alone, { id: 'c', ...stay, role: 'clerk', state: 'deleted' }, today)).toBe(false);
  });

  it('有効期間の切れた管理者は後任に数えない。全員が切れたら、最後まで残った1名が続けて使える', () => {
    const ended = admin('b', { validUntil: until('2026-01-14') });
    expect(endsLastAdmin([admin('a'), ended], { id: 'a', ...stay, state: 'stopped' }, today)).toBe(true);
    expect(endsLastAdmin([admin('a', { validUntil: today }), ended], { id: 'b', ...stay, state: 'stopped' }, today)).toBe(false);
    const all = [ended, admin('a', { validUntil: until('2025-12-31') })];
    expect(activeAdmins(all, today).map((one) => one.id)).toEqual(['b']);
    expect(isLastAdmin(all, 'b', today)).toBe(true);
    expect(isLastAdmin(all, 'a', today)).toBe(false);
  });

  it('ほかに管理者がいれば、だれでも外せる', () => {
    expect(endsLastAdmin([admin('a'), admin('b')], { id: 'a', ...stay, state: 'deleted' }, today)).toBe(false);
  });

  it('有効期間は本日から設定の日数まで', () => {
    expect(isPossibleValidUntil(today, today, 365)).toBe(true);
    expect(isPossibleValidUntil(until('2027-01-15'), today, 365)).toBe(true);
    expect(isPossibleValidUntil(until('2027-01-16'), today, 365)).toBe(false);
    expect(isPossibleValidUntil(until('2026-01-14'), today, 365)).toBe(false);
  });
});
