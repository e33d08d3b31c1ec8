import { describe, expect, it } from 'vitest';
import { base32, matchingStep, newTotpSecret, totpCode, totpStep, totpUri } from './totp.ts';
import { makeVault } from './vault.ts';

const rfcSecret = Buffer.from('12345678901234567890');

describe('認証アプリのコード(RFC 6238)', () => {
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
  ])('%i秒のコードはRFCの表のとおり', (seconds, code) => {
    expect(totpCode(rfcSecret, totpStep(new Date(seconds * 1000)))).toBe(code);
  });

  it('前後30秒のずれは通り、それより離れたコードと、使ったコードは通らない', () => {
    const now = new Date(1_234_567_890_000);
    const here = totpStep(now);
    const at = (step: number, lastStep = 0) => matchingStep(rfcSecret, { code: totpCode(rfcSecret, step), now, lastStep });
    expect([at(here - 2), at(here - 1), at(here), at(here + 1), at(here + 2)]).toEqual([undefined, here - 1, here, here + 1, undefined]);
    expect([at(here, here), at(here - 1, here), at(here + 1, here)]).toEqual([undefined, undefined, here + 1]);
  });

  it('アプリに渡す形はbase32', () => {
    expect(base32(rfcSecret)).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
    expect(totpUri(rfcSecret, 'my id')).toContain('MAMIS:my%20id?secret=GEZDGNBVGY3TQOJQ');
  });
});

describe('鍵の保管', () => {
  it('封をした相手と鍵でだけ開き、書き換えられたものは開かない', () => {
    const [vault, other] = [makeVault('one key'), makeVault('another key')];
    const secret = newTotpSecret();
    const sealed = vault.seal('account-1', secret);
    expect(sealed.includes(secret)).toBe(false);
    expect(vault.open('account-1', sealed)).toEqual(secret);
    expect(vault.open('account-2', sealed)).toBeUndefined();
    expect(other.open('account-1', sealed)).toBeUndefined();
    const changed = Buffer.from(sealed);
    changed.writeUInt8(changed.readUInt8(changed.length - 1) ^ 1, changed.length - 1);
    expect(vault.open('account-1', changed)).toBeUndefined();
    expect(vault.open('account-1', Buffer.alloc(4))).toBeUndefined();
  });
});
