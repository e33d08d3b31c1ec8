import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startFakeServer } from '#support/mail-server.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';
import { makeLog } from '#platform/log/log.ts';
import { readSettings } from './config.ts';
import { startWork } from './worker.ts';

let world: World;
let home: string;

beforeAll(async () => {
  world = await createWorld();
  home = await mkdtemp(join(tmpdir(), 'mamis-worker-'));
});

afterAll(async () => {
  await world.close();
  await rm(home, { recursive: true });
});

async function runJobs(environment: Record<string, string>, work: () => Promise<void>): Promise<string> {
  const lines: string[] = [];
  const log = makeLog({ level: 'info', write: (line) => lines.push(line) });
  const config = {
    ...readSettings({ DATA_DIR: home, ...environment }, [], home),
    ownerUrl: world.ownerUrl,
    sessionSecret: 'x'.repeat(32),
    demo: false,
  };
  const running = await startWork({ config, surroundings: world.surroundings, log });
  try {
    await work();
  } finally {
    await running.stop();
  }
  return lines.join('');
}

const addMail = async (): Promise<string> => {
  const id = randomUUID();
  await world.database.system.query(
    "INSERT INTO mail_message (id, template, dedupe_key, to_address, subject, body) VALUES ($1, 'M-10', $2, 'ishi@example.jp', '【MAMIS】x', 'x')",
    [id, id],
  );
  return id;
};

async function untilSent(id: string): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    const found = await world.database.system.query<{ state: string }>('SELECT state FROM mail_message WHERE id = $1', [id]);
    if (found.rows[0]?.state === 'sent') return;
    await setTimeout(25);
  }
  throw new Error('never sent');
}

it('takes the first digest at once, no second one the same day, and sends mail to itself without a server', async () => {
  const log = await runJobs({}, async () => await untilSent(await addMail()));
  expect(await readdir(join(home, 'digests'))).toHaveLength(1);
  await runJobs({}, async () => undefined);
  expect(await readdir(join(home, 'digests'))).toHaveLength(1);
  expect(log).not.toContain('"error"');
});

it('sends mail through the configured server under the configured names', async () => {
  const server = await startFakeServer();
  await runJobs(
    { SMTP_URL: `smtp://127.0.0.1:${server.port}`, MAIL_DOMAIN: 'mamis.example.jp' },
    async () => await untilSent(await addMail()),
  );
  await server.stop();
  expect(server.received.map((mail) => mail.header('from'))).toEqual([expect.stringContaining('<no-reply@mamis.example.jp>')]);
});

it('works without digests when their place cannot be written, and says so', async () => {
  const log = await runJobs({ DIGEST_DIR: join(home, 'audit-digest-key.pem', 'digests') }, async () => await untilSent(await addMail()));
  expect(log).toContain('no digest of the audit');
});
