import { describe, expect, it } from 'vitest';
import { statusOfService } from './rules.ts';

describe('稼働状況(screens.md A-16)', () => {
  const now = new Date('2026-01-15T03:00:00Z');
  const before = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

  it('すべて動いていれば正常、待ちのメールが15分までなら正常', () => {
    expect(statusOfService({ database: true, mailWaitingSince: undefined }, now).overall).toBe('normal');
    expect(statusOfService({ database: true, mailWaitingSince: before(15) }, now).overall).toBe('normal');
  });

  it('メールが15分を超えて待てば一部に障害で、いつからかを示す', () => {
    expect(statusOfService({ database: true, mailWaitingSince: before(16) }, now)).toEqual({
      overall: 'troubled',
      screens: 'normal',
      mail: 'troubled',
      mailSince: before(16),
    });
  });

  it('データベースに届かなければ停止中', () => {
    expect(statusOfService({ database: false, mailWaitingSince: undefined }, now)).toMatchObject({ overall: 'stopped', mail: 'stopped' });
  });
});
