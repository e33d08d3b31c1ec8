import { createHash } from 'node:crypto';

/** A name for a session that its owner's page may carry: says nothing about the token. */
export function deviceOf(tokenHash: Buffer): string {
  return createHash('sha256').update(tokenHash).digest('hex').slice(0, 32);
}
