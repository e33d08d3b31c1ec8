import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { dataDirectoryInUse, lockDataDirectory } from './data-lock.ts';
import { processToken } from './embedded/process.ts';

let dataDir = '';
const lockFile = () => join(dataDir, 'mamis.lock');

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'mamis-lock-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

test('one holder at a time, with one clear sentence for the second', () => {
  const lock = lockDataDirectory(dataDir);
  expect(dataDirectoryInUse(dataDir)).toBe(true);
  expect(() => lockDataDirectory(dataDir)).toThrow(`${dataDir} is in use by another MAMIS process (process ${process.pid})`);
  lock.release();
  lock.release();
  expect(dataDirectoryInUse(dataDir)).toBe(false);
  lockDataDirectory(dataDir).release();
});

test('the lock of an ended process does not count', () => {
  writeFileSync(lockFile(), JSON.stringify({ pid: 2 ** 22 + 1, token: 'boot 1' }));
  const lock = lockDataDirectory(dataDir);
  expect(readFileSync(lockFile(), 'utf8')).toContain(`"pid":${process.pid}`);
  lock.release();
});

test('neither does the lock of an earlier process with the number of a living one', () => {
  writeFileSync(lockFile(), JSON.stringify({ pid: process.pid, token: `${processToken(process.pid)} earlier` }));
  const lock = lockDataDirectory(dataDir);
  expect(readFileSync(lockFile(), 'utf8')).not.toContain('earlier');
  lock.release();
});

test('an empty lock counts while it may still be being written', () => {
  writeFileSync(lockFile(), '');
  expect(() => lockDataDirectory(dataDir)).toThrow('just starting');
  utimesSync(lockFile(), 0, 0);
  lockDataDirectory(dataDir).release();
});
