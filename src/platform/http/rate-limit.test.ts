import { describe, expect, it } from 'vitest';
import { makeAllowance, makeRateLimiter } from './rate-limit.ts';

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1) + seconds * 1000);

describe('makeRateLimiter', () => {
  it('counts a minute per key and says how long to wait', () => {
    const limiter = makeRateLimiter(1);
    expect([limiter.hit('a', 2, at(0)), limiter.hit('a', 2, at(1)), limiter.hit('a', 2, at(20))]).toEqual([undefined, undefined, 40]);
    expect(limiter.hit('b', 2, at(20))).toBeUndefined();
    expect(limiter.hit('a', 2, at(60))).toBeUndefined();
  });

  it('stays bounded however many keys come', () => {
    const limiter = makeRateLimiter(1);
    for (let n = 0; n < 250_000; n += 1) limiter.hit(`k${n}`, 1, at(0));
    expect(limiter.hit('k249999', 1, at(1))).toBe(59);
  });
});

describe('makeAllowance', () => {
  it('takes amounts until the window is full; what is too much takes nothing', () => {
    const allowance = makeAllowance(10, 3600);
    expect([allowance.take('a', 6, at(0)), allowance.take('a', 5, at(600)), allowance.take('a', 4, at(600))]).toEqual([
      undefined,
      3000,
      undefined,
    ]);
    expect([allowance.take('b', 11, at(0)), allowance.take('a', 10, at(3600))]).toEqual([3600, undefined]);
  });
});
