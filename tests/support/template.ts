import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { Client, DatabaseError } from 'pg';
import { loadMasters } from '#main/masters.ts';
import { migrate } from '#platform/db/migrate.ts';

const ROOT = new URL('../../', import.meta.url);
const SOURCES = [
  'db/migrations/',
  'db/masters/',
  'package-lock.json',
  'src/platform/db/migrate.ts',
  'src/main/masters.ts',
  'src/features/association/schema.ts',
];
/** Any constant: one builder of the template at a time on one server. */
const BUILD_LOCK = 7_261_002;

export interface TestDatabase {
  /** Connection URL of the owner role to a migrated database with all masters and nothing else. */
  readonly ownerUrl: string;
  /** Removes the database, also when connections are still open. */
  readonly drop: () => Promise<void>;
}

/** The name of the template database of these sources; makes it when the server has none. */
export async function prepareTemplate(adminUrl: string, log: (line: string) => void): Promise<string> {
  const name = `mamis_template_${sourceHash()}`;
  await withClient(adminUrl, async (client) => {
    await client.query('select pg_advisory_lock($1)', [BUILD_LOCK]);
    const there = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (there.rowCount !== 0) return;
    log('Preparing the template database of the tests …');
    const draft = `mamis_draft_${randomBytes(6).toString('hex')}`;
    await client.query(`create database ${draft} template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C'`);
    try {
      await fill(urlOf(adminUrl, draft), log);
      await client.query(`alter database ${draft} rename to ${name}`);
    } catch (error) {
      await dropDatabase(client, draft);
      throw error;
    }
  });
  return name;
}

async function fill(ownerUrl: string, log: (line: string) => void): Promise<void> {
  await migrate({ ownerUrl, log });
  await loadMasters({ ownerUrl }, log);
}

/** A fresh copy of the template. */
export async function cloneTemplate(adminUrl: string, template: string): Promise<TestDatabase> {
  const name = `mamis_test_${randomBytes(6).toString('hex')}`;
  await withClient(adminUrl, (client) => client.query(`create database ${name} template ${template}`));
  return {
    ownerUrl: urlOf(adminUrl, name),
    drop: async () => {
      await withClient(adminUrl, (client) => dropDatabase(client, name));
    },
  };
}

/**
 * Drops a database with its connections. PostgreSQL before 17 refuses this to anybody but a superuser (42501)
 * while an autovacuum worker is in that database; the worker leaves by itself, so the drop is tried again.
 */
async function dropDatabase(client: Client, name: string): Promise<void> {
  await hungUp(client, name);
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.query(`drop database if exists ${name} with (force)`);
      return;
    } catch (error) {
      const vacuumed = error instanceof DatabaseError && error.code === '42501';
      if (!vacuumed || attempt === 40) throw error;
      await setTimeout(250);
    }
  }
}

/** Waits up to two seconds for those who are just hanging up: ended by force, a client that nobody listens to any more throws. */
async function hungUp(client: Client, name: string): Promise<void> {
  for (let attempt = 1; attempt <= 40; attempt += 1) {
    const { rowCount } = await client.query('select from pg_stat_activity where datname = $1 limit 1', [name]);
    if (rowCount === 0) return;
    await setTimeout(50);
  }
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function urlOf(adminUrl: string, database: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  return url.href;
}

function sourceHash(): string {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    const at = new URL(source, ROOT);
    const files = source.endsWith('/')
      ? readdirSync(at)
          .sort()
          .map((name) => new URL(name, at))
      : [at];
    for (const file of files) hash.update(file.pathname.slice(ROOT.pathname.length)).update(readFileSync(file));
  }
  return hash.digest('hex').slice(0, 16);
}
