import { createHash, randomBytes } from 'node:crypto';

const tokenBytes = 32;

/** A new session token: 256 random bits, base64url. Only its hash is ever stored. */
export function newToken(): string {
  return randomBytes(tokenBytes).toString('base64url');
}

/** SHA-256 of a token; the token is random, so no slow hash is needed. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** True for text that `newToken` could have made; anything else need not be looked up. */
export function isToken(text: string): boolean {
  return /^[A-Za-z0-9_-]{43}$/.test(text);
}
