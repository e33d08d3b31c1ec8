import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('the lockfile names the packages of every platform, so that npm ci takes it everywhere', () => {
  const { status, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, 'complete-lockfile.mjs'), '--check'], {
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});
