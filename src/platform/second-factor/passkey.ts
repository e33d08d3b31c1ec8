import { randomBytes } from 'node:crypto';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { type ClientAnswer, clientAnswer, type Proof, type ReadCreated } from './passkey-answer.ts';

/** Passkeys (WebAuthn): what a browser is asked, and whether its answer proves what it says. Knows no database. */

/** For whom a passkey works: it is bound to this host by the browser itself. */
export type Party = { id: string; origin: string };

/** The party of an installation, from the address that people see (`PUBLIC_ORIGIN`), never from headers. */
export function partyOf(origin: string): Party {
  return { id: new URL(origin).hostname, origin };
}

/** How long a browser may take to answer; the challenge lives as long. */
export const challengeMs = 5 * 60_000;

/** EdDSA, ES256, RS256: what authenticators in use can do. */
const algorithms = [-8, -7, -257];

/** 256 random bits, base64url. */
export function newChallenge(): string {
  return randomBytes(32).toString('base64url');
}

const bytesOf = (challenge: string) => new Uint8Array(Buffer.from(challenge, 'base64url'));

/** What authenticators keep to name the account: its id as bytes, nothing that tells about the person. */
export function handleOf(accountId: string): Buffer {
  return Buffer.from(accountId.replaceAll('-', ''), 'hex');
}

/** A passkey as the browser is told of it, so that it offers (or leaves out) the right ones. */
export type KnownPasskey = { credentialId: Buffer; transports: readonly string[] };

const described = (known: readonly KnownPasskey[]) =>
  known.map(({ credentialId, transports }) => ({ id: credentialId.toString('base64url'), transports: [...transports] }));

export type NewcomerOptions = PublicKeyCredentialCreationOptionsJSON;
export type ProofOptions = PublicKeyCredentialRequestOptionsJSON;

/** Asks for a new passkey: kept on the device by account, opened by PIN, finger or face; none beside one that is known. */
export async function newcomerOptions(
  party: Party,
  ask: { challenge: string; accountId: string; loginId: string; name: string; known: readonly KnownPasskey[] },
): Promise<NewcomerOptions> {
  return await generateRegistrationOptions({
    rpName: 'MAMIS',
    rpID: party.id,
    userName: ask.loginId,
    userDisplayName: ask.name,
    userID: new Uint8Array(handleOf(ask.accountId)),
    challenge: bytesOf(ask.challenge),
    timeout: challengeMs,
    attestationType: 'none',
    excludeCredentials: described(ask.known),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: algorithms,
  });
}

/** Asks for proof by a passkey: any that the device has for us, or one of those that are known. */
export async function proofOptions(party: Party, ask: { challenge: string; known?: readonly KnownPasskey[] }): Promise<ProofOptions> {
  return await generateAuthenticationOptions({
    rpID: party.id,
    challenge: bytesOf(ask.challenge),
    timeout: challengeMs,
    userVerification: 'required',
    ...(ask.known === undefined ? {} : { allowCredentials: described(ask.known) }),
  });
}

/** Why an answer proves nothing; `origin` is what an operator sees when PUBLIC_ORIGIN is wrong. */
export type Flaw = 'challenge' | 'origin' | 'proof';

type Expected = { party: Party; challenge: string };

/** What the browser itself says of the ceremony, before any signature is looked at. */
function flawOfClient(said: ClientAnswer, { party, challenge }: Expected): Flaw | undefined {
  if (said.origin !== party.origin) return 'origin';
  return said.challenge === challenge ? undefined : 'challenge';
}

/** Whatever is wrong inside an answer made by strangers comes as an error of the library: then it proves nothing. */
async function orFlaw<T>(check: () => Promise<T | 'proof'>): Promise<T | 'proof'> {
  try {
    return await check();
  } catch (error) {
    if (error instanceof Error) return 'proof';
    throw error;
  }
}

/** What is kept of a new passkey. */
export type Newcomer = { credentialId: Buffer; publicKey: Buffer; counter: number; transports: string[] };

/** The new passkey in an answer; the flaw when it proves nothing. */
export async function checkCreated(created: ReadCreated, expected: Expected): Promise<Newcomer | Flaw> {
  const flaw = flawOfClient(clientAnswer(created.response.clientDataJSON), expected);
  if (flaw !== undefined) return flaw;
  return await orFlaw(async () => {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: { ...created, clientExtensionResults: {} },
      expectedChallenge: expected.challenge,
      expectedOrigin: expected.party.origin,
      expectedRPID: expected.party.id,
      requireUserVerification: true,
      supportedAlgorithmIDs: algorithms,
    });
    if (!verified) return 'proof';
    const { id, publicKey, counter, transports } = registrationInfo.credential;
    return { credentialId: Buffer.from(id, 'base64url'), publicKey: Buffer.from(publicKey), counter, transports: transports ?? [] };
  });
}

/** A passkey with what is needed to check its signature. */
export type Checkable = { accountId: string; credentialId: Buffer; publicKey: Buffer; counter: number };

/**
 * The device's count in a proof by this passkey; the flaw when it proves nothing: foreign host, other challenge, owner not asked for
 * PIN, finger or face, a count that does not grow where the device counts, or another account than the passkey's.
 */
export async function checkProof(proof: Proof, passkey: Checkable, expected: Expected): Promise<number | Flaw> {
  const flaw = flawOfClient(clientAnswer(proof.response.clientDataJSON), expected);
  if (flaw !== undefined) return flaw;
  const { userHandle } = proof.response;
  if (userHandle !== undefined && !Buffer.from(userHandle, 'base64url').equals(handleOf(passkey.accountId))) return 'proof';
  return await orFlaw(async () => {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: { ...proof, clientExtensionResults: {} },
      expectedChallenge: expected.challenge,
      expectedOrigin: expected.party.origin,
      expectedRPID: expected.party.id,
      credential: {
        id: passkey.credentialId.toString('base64url'),
        publicKey: new Uint8Array(passkey.publicKey),
        counter: passkey.counter,
      },
      requireUserVerification: true,
    });
    return verified ? authenticationInfo.newCounter : 'proof';
  });
}
