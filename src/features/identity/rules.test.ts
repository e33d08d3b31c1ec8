import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { day } from '#kernel/day.ts';
import { isWeakPassword, flawsOfLogin } from './passwords.ts';
import { type AccountHolder, freeTriesOfAccount, homeOf, idleMinutesOf, mayGiveUp, standingOf, waitAfter } from './rules.ts';
import { makeTries } from './tries.ts';

const nobody: AccountHolder = {
  accountId: 'a',
  kind: 'staff',
  accountState: 'active',
  personId: null,
  personName: null,
  diedOn: null,
  staffId: 's',
  staffName: '日医 花子',
  staffState: 'active',
  staffValid: true,
  officeKind: 'association',
  role: 'admin',
  associationId: 10001,
  associationName: '日本医師会',
  layer: 1,
  initialUntil: null,
  heldUntil: null,
};
const doctor: AccountHolder = { ...nobody, kind: 'doctor', staffId: null, personId: 'p', personName: '医師 太郎' };

describe('誰としてログインするか', () => {
  it('事務局ユーザーは所属医師会の権限で、医師は本人として', () => {
    expect(standingOf(nobody)).toMatchObject({ actor: { kind: 'office', role: 'admin', associationName: '日本医師会', layer: 1 } });
    expect(standingOf(doctor)).toMatchObject({ actor: { kind: 'doctor', personId: 'p' } });
    expect(standingOf({ ...nobody, officeKind: 'operations', associationId: null, layer: null })).toMatchObject({
      actor: { kind: 'operations' },
    });
  });

  it('停止中、有効期間切れ、所属のない医師会では使えない', () => {
    const stopped = { barred: 'stopped' };
    for (const more of [
      { accountState: 'stopped' },
      { staffState: 'stopped' },
      { staffValid: false },
      { staffId: null },
      { associationName: null },
    ]) {
      expect(standingOf({ ...nobody, ...more })).toEqual(stopped);
    }
    expect(standingOf({ ...doctor, personId: null })).toEqual(stopped);
    expect(standingOf({ ...doctor, accountState: 'stopped' })).toEqual(stopped);
  });

  it('死亡が記録された人は、停止中であっても死亡として扱う(誤りの組と同じ答えになる)', () => {
    expect(standingOf({ ...doctor, diedOn: day('2026-01-01') })).toEqual({ barred: 'dead' });
    expect(standingOf({ ...doctor, diedOn: day('2026-01-01'), accountState: 'stopped' })).toEqual({ barred: 'dead' });
  });

  it('無操作の時間は事務局30分、医師60分', () => {
    const of = (holder: AccountHolder) => {
      const standing = standingOf(holder);
      return 'actor' in standing ? [idleMinutesOf(standing.actor), homeOf(standing.actor)] : [];
    };
    expect([of(nobody), of(doctor)]).toEqual([
      [30, '/office'],
      [60, '/my'],
    ]);
  });
});

describe('ログインの失敗が続いたときの待ち時間', () => {
  it('3回目から1、2、4…秒と伸び、15分を超えない', () => {
    const waits = Array.from({ length: 16 }, (_, n) => waitAfter(n, freeTriesOfAccount));
    expect(waits).toEqual([0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]);
  });

  it('何回失敗しても、15分待てば必ずまた試せる', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 2_000 }), { minLength: 1, maxLength: 200 }), (gaps) => {
        const tries = makeTries(2);
        let now = Date.UTC(2026, 0, 1);
        for (const gap of gaps) {
          now += gap * 1000;
          expect(tries.take('k', new Date(now))).toBeLessThanOrEqual(900);
        }
        expect(tries.waiting('k', new Date(now + 900_000))).toBe(0);
        expect(tries.take('k', new Date(now + 900_000))).toBe(0);
      }),
    );
  });

  it('待ち時間の間の試みは数えない。1時間何もなければ忘れる', () => {
    const tries = makeTries(2);
    const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1) + seconds * 1000);
    for (let n = 0; n < 5; n += 1) tries.take('k', at(n * 10));
    expect(tries.take('k', at(41))).toBe(3);
    expect(tries.take('k', at(42))).toBe(2);
    expect(tries.take('k', at(44))).toBe(0);
    expect(tries.waiting('k', at(44))).toBe(8);
    expect(tries.waiting('other', at(44))).toBe(0);
    tries.take('k', at(44 + 8 + 3_601));
    expect(tries.waiting('k', at(44 + 8 + 3_601))).toBe(0);
  });
});

describe('推測されやすいパスワード', () => {
  it.each([
    'Password1!',
    'p@ssw0rd1',
    'Mamis2026!',
    'aaaa1111!',
    'Abcd1234!',
    '12345678a!',
    'Qwerty123!',
    'Tokyo2020!',
    'tanaka1980#',
    'Ishikai99%',
  ])('%s は使えない', (password) => {
    expect(isWeakPassword(password, [])).toBe(true);
  });

  it.each(['Kx7!mWq2zz', 'umi8to!yama3', 'hK4%tR9&bn', 'correct7horse!battery'])('%s は使える', (password) => {
    expect(isWeakPassword(password, ['yamada01', '山田', '太郎'])).toBe(false);
  });

  it('ログインIDや氏名を含むものは使えない', () => {
    expect(isWeakPassword('xx!yamada01!77', ['Yamada01'])).toBe(true);
    expect(flawsOfLogin({ loginId: 'kq7-hanako', password: 'Kq7-Hanako!9', names: [] })).toHaveProperty('password');
    expect(flawsOfLogin({ loginId: 'Administrator', password: 'Kx7!mWq2zz', names: [] })).toHaveProperty('loginId');
    expect(flawsOfLogin({ loginId: 'kq7-hanako', password: 'Kx7!mWq2zz', names: [] })).toEqual({});
  });
});

describe('2段階認証を手放す(rules.md 5.4)', () => {
  it('必須の人には、認証アプリかパスキーのどちらかが残らなければならない', () => {
    expect(mayGiveUp(false, { app: false, passkeys: 0 })).toBe(true);
    expect(mayGiveUp(true, { app: false, passkeys: 0 })).toBe(false);
    expect(mayGiveUp(true, { app: true, passkeys: 0 })).toBe(true);
    expect(mayGiveUp(true, { app: false, passkeys: 1 })).toBe(true);
  });
});
