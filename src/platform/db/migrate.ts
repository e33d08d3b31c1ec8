import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { Client } from 'pg';
import { runMigrations as runWorkerMigrations } from 'graphile-worker';

const directory = new URL('../../../db/migrations/', import.meta.url);
/** Any constant: one migration at a time on one database. */
const lockKey = 7_261_001;

type Migration = { name: string; sql: string; checksum: string };

async function readMigrations(from: URL): Promise<Migration[]> {
  const names = (await readdir(from)).filter((name) => name.endsWith('.sql')).sort();
  return await Promise.all(
    names.map(async (name) => {
      const sql = await readFile(new URL(name, from), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

async function appliedMigrations(client: Client): Promise<Map<string, string>> {
  await client.query(`CREATE TABLE IF NOT EXISTS migration (
    name text PRIMARY KEY, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`);
  await client.query(`COMMENT ON TABLE migration IS '適用済みの変更';
    COMMENT ON COLUMN migration.name IS 'ファイル名';
    COMMENT ON COLUMN migration.checksum IS '内容のハッシュ';
    COMMENT ON COLUMN migration.applied_at IS '適用日時'`);
  const rows = await client.query<{ name: string; checksum: string }>('SELECT name, checksum FROM migration');
  return new Map(rows.rows.map((row) => [row.name, row.checksum]));
}

async function applyOne(client: Client, migration: Migration): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(migration.sql);
    await client.query('INSERT INTO migration (name, checksum) VALUES ($1, $2)', [migration.name, migration.checksum]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw new Error(`Migration ${migration.name} failed.`, { cause: error });
  }
}

/**
 * Brings a database to the newest schema: the job queue's own tables first, then ours, forward only, one process at a
 * time (advisory lock). A file that was changed after it was applied is an error.
 */
export async function migrate(options: { ownerUrl: string; log: (line: string) => void; from?: URL }): Promise<void> {
  const client = new Client({ connectionString: options.ownerUrl });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [lockKey]);
    await runWorkerMigrations({ connectionString: options.ownerUrl });
    const applied = await appliedMigrations(client);
    for (const migration of await readMigrations(options.from ?? directory)) {
      const known = applied.get(migration.name);
      if (known !== undefined && known !== migration.checksum) {
        throw new Error(`Migration ${migration.name} was changed after it had been applied.`);
      }
      if (known === undefined) {
        options.log(`database: ${migration.name}`);
        await applyOne(client, migration);
      }
    }
  } finally {
    await client.end();
  }
}
