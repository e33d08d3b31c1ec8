import { expect, test } from 'vitest';
import { Shutdown } from './shutdown.ts';

const closer = (name: string, closed: string[]) => async () => {
  closed.push(name);
};

test('closes in the opposite order, once, also when one fails', async () => {
  const lines: string[] = [];
  const closed: string[] = [];
  const shutdown = new Shutdown((line) => lines.push(line));
  await shutdown.add('database', closer('database', closed));
  await shutdown.add('worker', () => Promise.reject(new Error('stuck')));
  await shutdown.add('server', closer('server', closed));
  expect(shutdown.begun).toBe(false);
  expect(await Promise.all([shutdown.run(), shutdown.run()])).toEqual([false, false]);
  expect(closed).toEqual(['server', 'database']);
  expect(lines).toEqual(['The worker did not end well: stuck']);
});

test('what opens while stopping is closed at once', async () => {
  const closed: string[] = [];
  const shutdown = new Shutdown(() => undefined);
  expect(await shutdown.run()).toBe(true);
  await shutdown.add('server', closer('server', closed));
  expect(closed).toEqual(['server']);
});
