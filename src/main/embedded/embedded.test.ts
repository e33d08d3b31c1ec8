import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findEmbedded, startEmbedded } from './embedded.ts';
import { isAlive, signal, waitForEnd } from './process.ts';

let dataDir = '';
const lines: string[] = [];
const start = () => startEmbedded({ dataDir, log: (line) => lines.push(line) });

async function ask(url: string, sql: string): Promise<string> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ answer: string }>(sql);
    return String(rows[0]?.answer);
  } finally {
    await client.end();
  }
}

beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'mamis-embedded-'));
});
afterAll(() => rmSync(dataDir, { recursive: true }));

describe('embedded PostgreSQL', () => {
  test('is a real, durable server that listens on loopback only', async () => {
    const database = await start();
    const show = (name: string) => ask(database.ownerUrl, `select current_setting('${name}') as answer`);
    expect(await show('fsync')).toBe('on');
    expect(await show('data_checksums')).toBe('on');
    expect(await show('listen_addresses')).toBe('127.0.0.1');
    expect(await show('server_encoding')).toBe('UTF8');
    expect(await show('is_superuser')).toBe('off');
    await ask(database.ownerUrl, `create table kept as select 'before' as answer`);
    expect(statSync(join(dataDir, 'database-password')).mode & 0o777).toBe(0o600);
    expect(statSync(join(dataDir, 'postgres')).mode & 0o777).toBe(0o700);
    await database.stop();
    expect(isAlive(database.pid)).toBe(false);
    expect(existsSync(join(dataDir, 'postgres/postmaster.pid'))).toBe(false);
  });

  test.runIf(process.platform === 'linux' && process.getuid?.() === 0)('does not run as root', async () => {
    const database = await start();
    expect(statSync(`/proc/${database.pid}`).uid).not.toBe(0);
    await database.stop();
  });

  test('keeps the data, and is adopted after a crash of MAMIS', async () => {
    const crashing = spawn(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `
      const { startEmbedded } = await import(${JSON.stringify(new URL('embedded.ts', import.meta.url).href)});
      const { pid } = await startEmbedded({ dataDir: ${JSON.stringify(dataDir)}, log: () => undefined });
      console.log(pid);
      setInterval(() => undefined, 1000);`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const [first] = await once(crashing.stdout, 'data');
    crashing.kill('SIGKILL');
    await once(crashing, 'exit');
    const pid = Number(String(first));
    expect(isAlive(pid)).toBe(true);

    const database = await start();
    expect(database).toMatchObject({ pid, adopted: true });
    expect(await ask(database.ownerUrl, 'select answer from kept')).toBe('before');
    expect((await findEmbedded(dataDir))?.ownerUrl).toBe(database.ownerUrl);
    await database.stop();
    expect(isAlive(pid)).toBe(false);
    expect(await findEmbedded(dataDir)).toBeNull();
  });

  test('is started again at the same address when the server is killed', async () => {
    const database = await start();
    signal(database.pid, 'SIGKILL');
    await waitForEnd(database.pid, 5000);
    await expect.poll(() => ask(database.ownerUrl, 'select answer from kept').catch(() => ''), { timeout: 15_000 }).toBe('before');
    expect(lines).toContain('The database server ended unexpectedly; starting it again …');
    await database.stop();
  });

  test('starts although its postmaster.pid names a living foreign process', async () => {
    const file = join(dataDir, 'postgres/postmaster.pid');
    writeFileSync(file, `${process.pid}\n${dataDir}/postgres\n1\n5432\n\n127.0.0.1\n0 0\nready\n`);
    const database = await start();
    expect(database.adopted).toBe(false);
    await database.stop();
  });

  test('refuses files of another major version and files without their password, in one sentence', async () => {
    const version = join(dataDir, 'postgres/PG_VERSION');
    const found = readFileSync(version, 'utf8');
    writeFileSync(version, '14\n');
    await expect(start()).rejects.toThrow('were written by PostgreSQL 14');
    writeFileSync(version, found);
    rmSync(join(dataDir, 'database-password'));
    await expect(start()).rejects.toThrow('is missing beside its database files');
  });
});
