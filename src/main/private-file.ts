import { closeSync, fsyncSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { errorCode } from './start-error.ts';

/** Creates a file that only this account can read and forces it to the disk; fails with EEXIST when it is there. */
export function writeNewFile(path: string, text: string): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } catch (error) {
    rmSync(path, { force: true }); // a half-written secret or lock is worse than none
    throw error;
  } finally {
    closeSync(file);
  }
}

/** The text of a file, or null when it does not exist. */
export function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

/** A random secret (256 bits) kept in a file: made at the first call, the same ever after. */
export function keptSecret(path: string): string {
  const known = readIfThere(path)?.trim();
  if (known !== undefined && known.length >= 32) return known;
  const secret = randomBytes(32).toString('base64url');
  if (known !== undefined) rmSync(path); // emptied by a crash or a full disk
  writeNewFile(path, `${secret}\n`);
  return secret;
}
