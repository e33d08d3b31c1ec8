import { createHmac, randomBytes } from 'node:crypto';

/** Codes of authenticator apps: RFC 6238 as every app speaks it (SHA-1, 30 seconds, 6 digits). */

const stepSeconds = 30;
const digits = 6;
const secretBytes = 20;
/** One step early or late: clocks of phones differ. */
const drift = 1;

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** A new key. */
export function newTotpSecret(): Buffer {
  return randomBytes(secretBytes);
}

/** A key as people type it into their app: RFC 4648 base 32. */
export function base32(bytes: Buffer): string {
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  const groups = bits.match(/.{1,5}/g) ?? [];
  return groups.map((group) => alphabet.charAt(Number.parseInt(group.padEnd(5, '0'), 2))).join('');
}

/** The code of one step. */
export function totpCode(secret: Buffer, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 0x0f;
  const number = (mac.readUInt32BE(offset) & 0x7fff_ffff) % 10 ** digits;
  return String(number).padStart(digits, '0');
}

/** The step that an instant lies in. */
export function totpStep(now: Date): number {
  return Math.floor(now.getTime() / 1000 / stepSeconds);
}

/**
 * The step whose code was typed; undefined when none of the steps around now has it, or when that step, or a later one, was
 * used before: a code that somebody saw opens nothing twice.
 */
export function matchingStep(secret: Buffer, typed: { code: string; now: Date; lastStep: number }): number | undefined {
  const here = totpStep(typed.now);
  for (let step = here - drift; step <= here + drift; step += 1) {
    if (step > typed.lastStep && totpCode(secret, step) === typed.code) return step;
  }
  return undefined;
}

/** What an app reads from the QR code; the label holds the login ID, nothing else of the person. */
export function totpUri(secret: Buffer, loginId: string): string {
  return `otpauth://totp/MAMIS:${encodeURIComponent(loginId)}?secret=${base32(secret)}&issuer=MAMIS&algorithm=SHA1&digits=${digits}&period=${stepSeconds}`;
}
