import { join } from 'node:path';
import { Client } from 'pg';
import { dayOfInstant } from '#kernel/day.ts';
import { prepareDataDirectory } from '#main/data-directory.ts';
import { lockDataDirectory } from '#main/data-lock.ts';
import { startEmbedded } from '#main/embedded/embedded.ts';
import { loadMasters } from '#main/masters.ts';
import { loadNational } from '#main/national/load.ts';
import { migrate } from '#platform/db/migrate.ts';

/** The two databases of a measurement: kept between runs, loaded when they are missing. */

export type BenchServer = { urlOf: (doctors: number) => Promise<string>; version: string; stop: () => Promise<void> };

type Log = (line: string) => void;

async function asAdmin<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function ensure(adminUrl: string, doctors: number, log: Log): Promise<string> {
  const name = `mamis_bench_${doctors}`;
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  const there = await asAdmin(
    adminUrl,
    async (client) => (await client.query('SELECT FROM pg_database WHERE datname = $1', [name])).rowCount,
  );
  if (there === 0)
    await asAdmin(
      adminUrl,
      async (client) => await client.query(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'`),
    );
  await migrate({ ownerUrl: url.href, log });
  const full = await asAdmin(url.href, async (client) => (await client.query('SELECT FROM person LIMIT 1')).rowCount);
  if (full === 0) {
    await loadMasters({ ownerUrl: url.href }, log);
    await loadNational({ ownerUrl: url.href, doctors, today: dayOfInstant(new Date()), log });
  }
  return url.href;
}

/** BENCH_SERVER_URL (an owner of a PostgreSQL server), or an embedded one under `data-bench`. */
export async function openBenchServer(log: Log): Promise<BenchServer> {
  const given = process.env['BENCH_SERVER_URL'];
  const embedded = given === undefined ? await openEmbedded(log) : undefined;
  const adminUrl = given ?? embedded?.ownerUrl ?? '';
  const version = await asAdmin(
    adminUrl,
    async (client) =>
      (await client.query<{ v: string }>(`SELECT current_setting('server_version') || ', fsync ' || current_setting('fsync') AS v`)).rows[0]
        ?.v ?? '',
  );
  return { urlOf: async (doctors) => await ensure(adminUrl, doctors, log), version, stop: async () => await embedded?.stop() };
}

async function openEmbedded(log: Log): Promise<{ ownerUrl: string; stop: () => Promise<void> }> {
  const dataDir = join(import.meta.dirname, '../data-bench');
  prepareDataDirectory(dataDir);
  const lock = lockDataDirectory(dataDir);
  const server = await startEmbedded({ dataDir, log, onLost: (error) => log(error.message) });
  return {
    ownerUrl: server.ownerUrl,
    stop: async () => {
      await server.stop();
      lock.release();
    },
  };
}
