import { createHash, randomInt } from 'node:crypto';

/** Letters and digits that nobody confuses when he reads them from paper: no 0 O 1 I L. */
const alphabet = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
const groups = 4;
const groupLength = 4;

/** A secret for paper: four groups of four, about 79 bits. */
export function newShortSecret(): string {
  const group = () => Array.from({ length: groupLength }, () => alphabet.charAt(randomInt(alphabet.length))).join('');
  return Array.from({ length: groups }, group).join('-');
}

/** The link token that a secret from paper stands for, as typed: any case, width, spaces and hyphens. */
export function tokenOfSecret(typed: string): string {
  const read = typed
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/g, '');
  return createHash('sha256').update(`short-secret:${read}`).digest('base64url');
}
