import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { checkPasswordHash, hashPassword } from './password.ts';
import { makeBoundedQueue } from './queue.ts';

describe('makeBoundedQueue', () => {
  it('runs so many at a time, lets so many wait, turns the rest away', async () => {
    const queue = makeBoundedQueue({ concurrency: 2, waiting: 3 });
    let running = 0;
    let most = 0;
    const work = async () => {
      running += 1;
      most = Math.max(most, running);
      await pause(10);
      running -= 1;
      return 'x';
    };
    const results = await Promise.all(Array.from({ length: 8 }, () => queue.run(work)));
    expect(most).toBe(2);
    expect(results.filter((result) => result === 'busy')).toHaveLength(3);
    expect(queue.isFull()).toBe(false);
    expect(await queue.run(work)).toEqual({ done: 'x' });
  });

  it('goes on after work that failed', async () => {
    const queue = makeBoundedQueue({ concurrency: 1, waiting: 1 });
    await expect(queue.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await queue.run(async () => 1)).toEqual({ done: 1 });
  });
});

describe('passwords', () => {
  it('are Argon2id hashes, different each time', async () => {
    const [first, second] = [await hashPassword('Kx7!mWq2zz'), await hashPassword('Kx7!mWq2zz')];
    if (!first.ok || !second.ok) throw new Error('refused');
    expect(first.value).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(first.value).not.toBe(second.value);
    expect(await checkPasswordHash(first.value, 'Kx7!mWq2zz')).toEqual({ ok: true, value: true });
    expect(await checkPasswordHash(first.value, 'Kx7!mWq2zy')).toEqual({ ok: true, value: false });
    expect(await checkPasswordHash(undefined, 'Kx7!mWq2zz')).toEqual({ ok: true, value: false });
  });

  it('IDがないときも、あるときと同じだけの手間をかける', async () => {
    const hashed = await hashPassword('Kx7!mWq2zz');
    if (!hashed.ok) throw new Error('refused');
    const middle = async (stored: string | undefined) => {
      const times: number[] = [];
      for (let n = 0; n < 15; n += 1) {
        const started = performance.now();
        await checkPasswordHash(stored, 'wrong');
        times.push(performance.now() - started);
      }
      return times.toSorted((a, b) => a - b)[7] ?? 0;
    };
    await checkPasswordHash(undefined, 'warm up');
    const ratio = (await middle(hashed.value)) / (await middle(undefined));
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
  });

  it('混み合うときは待ち時間を添えて断る', async () => {
    const answers = await Promise.all(Array.from({ length: 80 }, () => checkPasswordHash(undefined, 'x')));
    const refused = answers.filter((answer) => !answer.ok);
    expect(refused).toHaveLength(80 - 66);
    expect(refused[0]).toMatchObject({ refusal: { code: 'tooMany', retryAfterSeconds: 5 } });
  });
});
