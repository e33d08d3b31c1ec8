/** Counts requests a minute per key, in memory: a restart forgives, several processes count each for itself. */
export type RateLimiter = {
  /** Counts one request; the seconds to wait when it is one too many. */
  hit: (key: string, perMinute: number, now: Date) => number | undefined;
};

const windowMs = 60_000;
const mostKeys = 100_000;

type Count = { count: number; until: number };

/** Forgets what has run out; if that is not enough, the oldest half, so that this is done seldom. */
function makeRoom(counts: Map<string, Count>, now: number): void {
  for (const [key, { until }] of counts) if (until <= now) counts.delete(key);
  for (const key of counts.keys()) {
    if (counts.size <= mostKeys / 2) return;
    counts.delete(key);
  }
}

/** Counts an amount (files, bytes) per key within a longer window, in memory like the limiter above. */
type Allowance = {
  /** Takes an amount; the seconds to wait when it is more than is left (nothing is taken then). */
  take: (key: string, amount: number, now: Date) => number | undefined;
};

/** `most` within one window of `windowSeconds`. */
export function makeAllowance(most: number, windowSeconds: number): Allowance {
  const counts = new Map<string, Count>();
  return {
    take: (key, amount, at) => {
      const now = at.getTime();
      const known = counts.get(key);
      const current = known !== undefined && known.until > now ? known : { count: 0, until: now + windowSeconds * 1000 };
      if (current.count + amount > most) return Math.max(1, Math.ceil((current.until - now) / 1000));
      if (current !== known && counts.size >= mostKeys) makeRoom(counts, now);
      current.count += amount;
      counts.set(key, current);
      return undefined;
    },
  };
}

/** `scale` multiplies every limit: measurements and test runs come from one address. */
export function makeRateLimiter(scale: number): RateLimiter {
  const counts = new Map<string, Count>();
  return {
    hit: (key, perMinute, at) => {
      const now = at.getTime();
      const known = counts.get(key);
      const current = known !== undefined && known.until > now ? known : { count: 0, until: now + windowMs };
      if (current !== known && counts.size >= mostKeys) makeRoom(counts, now);
      current.count += 1;
      counts.set(key, current);
      return current.count > perMinute * scale ? Math.max(1, Math.ceil((current.until - now) / 1000)) : undefined;
    },
  };
}
