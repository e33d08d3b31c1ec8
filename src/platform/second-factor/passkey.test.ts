import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Authenticator, type Dishonesty } from '#support/authenticator.ts';
import { checkCreated, checkProof, newChallenge, newcomerOptions, partyOf, proofOptions } from './passkey.ts';
import { clientAnswer, readCreated, readProof } from './passkey-answer.ts';

const accountId = '01900000-0000-7000-8000-000000000001';
const origin = 'https://mamis.example.jp';
const party = partyOf(origin);
const ask = (challenge = newChallenge()) => ({ challenge, accountId, loginId: 'doctor-one', name: '日医 太郎', known: [] });

/** A passkey made and kept, as behind a TLS proxy with PUBLIC_ORIGIN. */
async function made(device: Authenticator) {
  const wish = await newcomerOptions(party, ask());
  const created = readCreated(device.create(wish));
  if (created === undefined) throw new Error('unreadable');
  const newcomer = await checkCreated(created, { party, challenge: wish.challenge });
  if (typeof newcomer === 'string') throw new Error(newcomer);
  return { ...newcomer, accountId };
}

describe('passkeys', () => {
  it('belong to the host of the public origin, whatever its port', () => {
    expect(party).toEqual({ id: 'mamis.example.jp', origin });
    expect(partyOf('http://localhost:3000').id).toBe('localhost');
  });

  it('are asked for on the device, with PIN, finger or face, and name nobody', async () => {
    const wish = await newcomerOptions(party, ask());
    expect(wish).toMatchObject({ attestation: 'none', authenticatorSelection: { residentKey: 'required', userVerification: 'required' } });
    expect(Buffer.from(wish.user.id, 'base64url').toString('hex')).toBe(accountId.replaceAll('-', ''));
    const question = await proofOptions(party, { challenge: newChallenge() });
    expect(question).toMatchObject({ rpId: 'mamis.example.jp', userVerification: 'required' });
    expect(question.allowCredentials).toBeUndefined();
  });

  it('prove themselves to the right party only, by the right challenge, owner, key and count', async () => {
    const device = new Authenticator(origin, true);
    const passkey = await made(device);
    const answer = async (unlike: Dishonesty, more: Partial<typeof passkey> = {}) => {
      const challenge = newChallenge();
      const proof = readProof(device.prove({ challenge }, unlike));
      return proof === undefined ? 'unreadable' : await checkProof(proof, { ...passkey, ...more }, { party, challenge });
    };
    expect(await answer({})).toBeGreaterThan(passkey.counter);
    expect(await answer({ origin: 'http://mamis.example.jp' })).toBe('origin');
    expect(await answer({ challenge: newChallenge() })).toBe('challenge');
    expect(await answer({ rpId: 'example.jp' })).toBe('proof');
    expect(await answer({ verified: false })).toBe('proof');
    expect(await answer({ userHandle: 'eA' })).toBe('proof');
    expect(await answer({}, { counter: 1_000 })).toBe('proof');
    expect(await answer({}, { publicKey: (await made(new Authenticator(origin))).publicKey })).toBe('proof');
    expect(await answer({}, { publicKey: randomBytes(77) })).toBe('proof');
  });

  it('are not read out of what is no answer', () => {
    for (const odd of ['', 'x', 'null', '[]', '{}', '{"id":1}', '{"__proto__":{}}', `"${'a'.repeat(50_000)}"`]) {
      expect(readProof(odd)).toBeUndefined();
      expect(readCreated(odd)).toBeUndefined();
    }
    expect(clientAnswer('%%%')).toEqual({ challenge: '', origin: '' });
    expect(clientAnswer(Buffer.from('{"challenge":1}').toString('base64url'))).toEqual({ challenge: '', origin: '' });
  });
});
