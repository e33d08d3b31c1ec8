import { randomBytes } from 'node:crypto';
import type { Outcome, Refused } from '#kernel/refusal.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { serviceMessages } from '#kernel/service-messages.ts';
import { hash, verify } from '@node-rs/argon2';
import { makeBoundedQueue } from './queue.ts';

/** Argon2id with 19 MiB and two passes (the library's default algorithm), about 15 ms. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Two at a time leave the processor to the pages; 64 in line are about half a second of waiting. */
const queue = makeBoundedQueue({ concurrency: 2, waiting: 64 });

const retryAfterSeconds = 5;
/** The refusal for those who would have to wait too long. */
export function tooBusy(): Refused {
  return refuse('tooMany', { retryAfterSeconds, message: serviceMessages.busy(retryAfterSeconds) });
}

/** A hash that no password fits: checking against it costs what checking against a real one costs. */
const nobodysHash = hash(randomBytes(32), cost);

/** True when a check would be turned away now; asked before anything is written down about an attempt. */
export function passwordsBusy(): boolean {
  return queue.isFull();
}

/** Hashes a password for storage. Refuses with `tooMany` when too many wait. Never call it inside a transaction. */
export async function hashPassword(password: string): Promise<Outcome<string>> {
  const result = await queue.run(() => hash(password, cost));
  return result === 'busy' ? tooBusy() : accepted(result.done);
}

/**
 * Checks a password against a stored hash; without one (unknown login ID) the answer is false after the same work.
 * Refuses with `tooMany` when too many wait. Never call it inside a transaction.
 */
export async function checkPasswordHash(stored: string | undefined, password: string): Promise<Outcome<boolean>> {
  const against = stored ?? (await nobodysHash);
  const result = await queue.run(() => verify(against, password));
  return result === 'busy' ? tooBusy() : accepted(result.done && stored !== undefined);
}
