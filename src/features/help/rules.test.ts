import { describe, expect, it } from 'vitest';
import { statusOfService } from './rules.ts';

describe('稼働状況(screens.md A-16)', () => {
  const now = new Date('2026-01-15T03:00:00Z');
  const before = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

  it('すべて動いていれば正常、待ちのメールが15分までなら正常', () => {
    expect(statusOfService({ database: true, mailWaitingSince: undefined, told: [] }, now).overall).toBe('normal');
    expect(statusOfService({ database: true, mailWaitingSince: before(15), told: [] }, now).overall).toBe('normal');
  });

  it('メールが15分を超えて待てば一部に障害で、いつからかを示す', () => {
    expect(statusOfService({ database: true, mailWaitingSince: before(16), told: [] }, now)).toEqual({
      overall: 'troubled',
      screens: 'normal',
      mail: 'troubled',
      mailSince: before(16),
    });
  });

  it('始まった計画停止は停止中、障害と読み取りのみは一部に障害、予定はまだ正常', () => {
    const at = (mode: string, phase: string) =>
      statusOfService({ database: true, mailWaitingSince: undefined, told: [{ kind: 'maintenance', mode, phase }] }, now).overall;
    expect([at('stop', 'running'), at('readOnly', 'running'), at('part', 'running'), at('stop', 'ahead')]).toEqual([
      'stopped',
      'troubled',
      'troubled',
      'normal',
    ]);
  });

  it('データベースに届かなければ停止中', () => {
    expect(statusOfService({ database: false, mailWaitingSince: undefined, told: [] }, now)).toMatchObject({
      overall: 'stopped',
      mail: 'stopped',
    });
  });
});
