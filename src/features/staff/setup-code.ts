import { timingSafeEqual } from 'node:crypto';
import { hashToken } from '#platform/session/token.ts';

/** Hash of the one-time code of the first set-up; undefined when there is nothing to set up. */
let expected: Buffer | undefined;

/** Opens the first set-up of this process; the code was printed on its console. */
export function openSetup(code: string): void {
  expected = hashToken(code);
}

/** Closes it once it has been used. */
export function closeSetup(): void {
  expected = undefined;
}

/** True between the two. */
export function isSetupOpen(): boolean {
  return expected !== undefined;
}

/** True for the code that was printed; spaces and the case of letters do not matter. */
export function isSetupCode(typed: string): boolean {
  const given = hashToken(typed.replaceAll(/\s/g, '').toLowerCase());
  return expected !== undefined && timingSafeEqual(expected, given);
}
