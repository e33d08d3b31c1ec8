import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createTestDatabase } from '#support/database.ts';
import type { TestDatabase } from '#support/template.ts';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrate } from './migrate.ts';

let database: TestDatabase;
let directory: string;
let lines: string[];

beforeEach(async () => {
  database = await createTestDatabase();
  directory = mkdtempSync(join(tmpdir(), 'mamis-migrations-'));
  lines = [];
});
afterEach(async () => {
  rmSync(directory, { recursive: true, force: true });
  await database.drop();
});

const write = (name: string, statement: string) => writeFileSync(join(directory, name), statement);
const run = async () =>
  await migrate({ ownerUrl: database.ownerUrl, log: (line) => lines.push(line), from: pathToFileURL(`${directory}/`) });

async function ask(statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  try {
    return (await client.query<unknown[]>({ text: statement, rowMode: 'array' })).rows.flat();
  } finally {
    await client.end();
  }
}

test('applies what is new, in the order of the names, and only once', async () => {
  write('9002_second.sql', 'INSERT INTO steps VALUES (2)');
  write('9001_first.sql', 'CREATE TABLE steps (n int); INSERT INTO steps VALUES (1)');
  write('notes.txt', 'not a migration');
  await run();
  await run();
  expect(lines).toEqual(['database: 9001_first.sql', 'database: 9002_second.sql']);
  expect(await ask('SELECT n FROM steps ORDER BY n')).toEqual([1, 2]);
});

test('a migration that fails leaves nothing behind and stops the later ones', async () => {
  write('9001_good.sql', 'CREATE TABLE good (n int)');
  write('9002_bad.sql', 'CREATE TABLE half (n int); SELECT 1 / 0');
  write('9003_later.sql', 'CREATE TABLE later (n int)');
  await expect(run()).rejects.toThrow('Migration 9002_bad.sql failed.');
  expect(await ask("SELECT to_regclass('good')::text, to_regclass('half')::text, to_regclass('later')::text")).toEqual([
    'good',
    null,
    null,
  ]);
  write('9002_bad.sql', 'CREATE TABLE half (n int)');
  await run();
  expect(await ask("SELECT to_regclass('half')::text, to_regclass('later')::text")).toEqual(['half', 'later']);
});

test('a migration changed after it was applied is an error', async () => {
  write('9001_first.sql', 'CREATE TABLE first (n int)');
  await run();
  write('9001_first.sql', 'CREATE TABLE first (n bigint)');
  await expect(run()).rejects.toThrow('9001_first.sql was changed after it had been applied');
});

test('several processes that start at once apply everything once', async () => {
  write('9001_slow.sql', 'SELECT pg_sleep(0.2); CREATE TABLE slow (n int); INSERT INTO slow VALUES (1)');
  await Promise.all([run(), run(), run()]);
  expect(lines).toEqual(['database: 9001_slow.sql']);
  expect(await ask('SELECT n FROM slow')).toEqual([1]);
});
