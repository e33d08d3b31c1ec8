import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lockDataDirectory } from './data-lock.ts';

let dataDir = '';
let busy: Server;
let busyPort = '';

/** Runs the real start program to its end; everything it writes to the error channel, and its exit code. */
async function failingStart(env: Record<string, string>): Promise<{ status: unknown; said: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'start.ts')], {
    env: { PATH: process.env.PATH, DATA_DIR: dataDir, PORT: '39999', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const [status] = await once(child, 'close');
  return { status, said };
}

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'mamis-start-'));
  busy = createServer().listen(0, '127.0.0.1');
  await once(busy, 'listening');
  const address = busy.address();
  busyPort = String(typeof address === 'object' && address !== null ? address.port : 0);
});
afterAll(() => {
  busy.close();
  rmSync(dataDir, { recursive: true });
});

describe('a start that cannot succeed says why in one line and ends with 1', () => {
  test('busy port', async () => {
    const result = await failingStart({ PORT: busyPort });
    expect(result).toEqual({ status: 1, said: `Port ${busyPort} is busy; stop the program that uses it or set PORT to another number.\n` });
  });

  test('data directory in use', async () => {
    const lock = lockDataDirectory(dataDir);
    const { status, said } = await failingStart({});
    lock.release();
    expect(status).toBe(1);
    expect(said).toMatch(/^The data directory .+ is in use by another MAMIS process \(process \d+\); .+\n$/);
  });

  test('wrong DATABASE_URL', async () => {
    const { status, said } = await failingStart({ DATABASE_URL: 'postgres://mamis:secret@127.0.0.1:1/mamis' });
    expect(status).toBe(1);
    expect(said).toBe('DATABASE_URL (127.0.0.1:1/mamis) cannot be used: nothing listens there.\n');
  });

  test('wrong setting', async () => {
    const { status, said } = await failingStart({ PORT: '0' });
    expect(status).toBe(1);
    expect(said).toBe('The environment variable PORT must be a number from 1 to 65535.\n');
  });
});
