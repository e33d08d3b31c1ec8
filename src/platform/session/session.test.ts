import { describe, expect, it } from 'vitest';
import { cookieName, readCookie, writeCookie } from './cookie.ts';
import { makeSigner } from './signed.ts';
import { hashToken, isToken, newToken } from './token.ts';

describe('session tokens', () => {
  it('are 256 random bits, stored as a hash', () => {
    const tokens = new Set(Array.from({ length: 1_000 }, newToken));
    expect(tokens.size).toBe(1_000);
    for (const token of tokens) expect(isToken(token) && Buffer.from(token, 'base64url').length === 32).toBe(true);
    expect(hashToken('x')).toHaveLength(32);
    for (const other of ['', 'x', `${newToken()}=`, ' '.repeat(43)]) expect(isToken(other)).toBe(false);
  });
});

describe('signed text', () => {
  const signer = makeSigner('a secret');

  it('comes back unchanged, in any language', () => {
    expect(signer.verify('flash', signer.sign('flash', '保存しました。𠮷'))).toBe('保存しました。𠮷');
  });

  it('is not ours when changed, for another purpose, or from another secret', () => {
    const signed = signer.sign('flash', 'a');
    expect(signer.verify('device', signed)).toBeUndefined();
    expect(makeSigner('other').verify('flash', signed)).toBeUndefined();
    for (const forged of ['', '.', 'a.b', `x${signed}`, signed.replace('.', '.x'), signed.split('.')[0] ?? '']) {
      expect(signer.verify('flash', forged)).toBeUndefined();
    }
  });
});

describe('cookies', () => {
  it('are found among others', () => {
    expect(readCookie('a=1; mamis=two; mamis-flash=3', 'mamis')).toBe('two');
    expect(readCookie('xmamis=1', 'mamis')).toBeUndefined();
    expect(readCookie(null, 'mamis')).toBeUndefined();
  });

  it('are bound to https and host where there is https', () => {
    expect(writeCookie({ name: cookieName('mamis', true), value: 't', secure: true })).toBe(
      '__Host-mamis=t; Path=/; HttpOnly; SameSite=Lax; Secure',
    );
    expect(writeCookie({ name: cookieName('mamis', false), value: '', secure: false, maxAgeSeconds: 0 })).toContain(
      'mamis=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0',
    );
  });
});
