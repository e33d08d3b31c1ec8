import { createHmac, randomInt } from 'node:crypto';

/** Letters and digits that nobody confuses when he reads them from paper: no 0 O 1 I L. */
const alphabet = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
const codeLength = 8;

/** Ten codes of eight characters (`screens.md A-02`): about 40 bits each, used with waiting after failed tries. */
export function newRecoveryCodes(): string[] {
  const glyphs = () => Array.from({ length: codeLength }, () => alphabet.charAt(randomInt(alphabet.length))).join('');
  return Array.from({ length: 10 }, glyphs);
}

/** A code as typed: any case, any spaces and hyphens. */
export function readRecoveryCode(text: string): string {
  return text.toUpperCase().replaceAll(/[\s-]/g, '');
}

/** What is kept of a code: keyed by its account, so that equal codes of two people look different. */
export function hashRecoveryCode(accountId: string, code: string): Buffer {
  return createHmac('sha256', accountId).update(code).digest();
}
