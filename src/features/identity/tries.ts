import { forgottenAfterSeconds, waitAfter } from './rules.ts';

/** Counts tries per key in the memory of this process; the same rule as that of accounts in the database. */
export type Tries = {
  /** Counts a try; the seconds to wait when it comes too early (such a try is not counted). */
  take: (key: string, now: Date) => number;
  /** Seconds to wait now, without counting. */
  waiting: (key: string, now: Date) => number;
  forget: (key: string) => void;
};

const mostKeys = 50_000;

type Count = { tries: number; until: number };

/** `free` tries cost no waiting. Beyond 50,000 keys the oldest are forgotten. */
export function makeTries(free: number): Tries {
  const counts = new Map<string, Count>();

  function current(key: string, now: number): Count {
    const known = counts.get(key);
    const forgotten = known === undefined || now - known.until > forgottenAfterSeconds * 1000;
    return forgotten ? { tries: 0, until: 0 } : known;
  }

  function secondsLeft(count: Count, now: number): number {
    return count.tries <= free ? 0 : Math.max(0, Math.ceil((count.until - now) / 1000));
  }

  return {
    waiting: (key, at) => secondsLeft(current(key, at.getTime()), at.getTime()),
    take: (key, at) => {
      const now = at.getTime();
      const count = current(key, now);
      const wait = secondsLeft(count, now);
      if (wait > 0) return wait;
      const tries = count.tries + 1;
      counts.delete(key);
      const [oldest] = counts.keys();
      if (counts.size >= mostKeys && oldest !== undefined) counts.delete(oldest);
      counts.set(key, { tries, until: now + waitAfter(tries, free) * 1000 });
      return 0;
    },
    forget: (key) => void counts.delete(key),
  };
}
