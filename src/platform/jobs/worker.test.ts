import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { Pool } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase } from '#support/database.ts';
import { layWire } from '#support/wire.ts';
import { makeAuditLog } from '../audit/audit-log.ts';
import type { Surroundings } from '../context.ts';
import type { Database } from '../db/database.ts';
import { openDatabase } from '../db/database.ts';
import { localFileStore } from '../files/local-file-store.ts';
import { cleanTask } from './cleaning.ts';
import type { EventPayload } from './reactions.ts';
import { reactTask } from './reactions.ts';
import type { JobTask, RunningWorker } from './worker.ts';
import { startWorker } from './worker.ts';
import { noRenderer } from '#platform/render/renderer.ts';
import { noVault } from '#platform/second-factor/vault.ts';

let base: Awaited<ReturnType<typeof createTestDatabase>>;
let owner: Pool;
let database: Database;
let worker: RunningWorker | undefined;
let lines: string[] = [];

beforeAll(async () => {
  base = await createTestDatabase();
  owner = new Pool({ connectionString: base.ownerUrl, max: 3 });
  owner.on('error', () => undefined);
  database = openDatabase({ url: base.ownerUrl, onError: () => undefined });
});

afterEach(async () => {
  await worker?.stop();
  worker = undefined;
  lines = [];
  await owner.query('DELETE FROM graphile_worker._private_jobs');
});

afterAll(async () => {
  await database.close();
  await owner.end();
  await base.drop();
});

async function start(tasks: Record<string, JobTask>, more: { graceSeconds?: number; ownerUrl?: string } = {}): Promise<void> {
  worker = await startWorker({
    ownerUrl: base.ownerUrl,
    tasks,
    crontab: '',
    pollMs: 50,
    log: (level, message) => lines.push(`${level} ${message}`),
    ...more,
  });
}

async function until(done: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    if (await done()) return;
    await setTimeout(25);
  }
  const jobs = await owner.query('SELECT * FROM graphile_worker.jobs');
  throw new Error(`did not happen in time: ${lines.join('; ')} ${JSON.stringify(jobs.rows)}`);
}

const surroundings = (): Surroundings => ({
  database,
  audit: makeAuditLog(database.system),
  files: localFileStore('/nowhere'),
  render: noRenderer,
  vault: noVault,
  site: { demo: false, version: 'test', origin: 'http://localhost:3000', localMailbox: true },
});

async function emit(kind: string, payload: EventPayload): Promise<void> {
  await database.system.query('INSERT INTO outbox (kind, payload) VALUES ($1, $2)', [kind, JSON.stringify(payload)]);
}

describe('reactions', () => {
  it('hands an event to every feature that waits for its kind, as the system, with the request that caused it', async () => {
    const seen: string[] = [];
    const one = {
      'application.submitted': async (ctx: { actor: { kind: string }; requestId: string }, payload: EventPayload) => {
        seen.push(`${ctx.actor.kind} ${ctx.requestId} ${payload.id}`);
      },
    };
    const two = {
      'application.submitted': async () => {
        seen.push('second');
      },
    };
    await start({ react: reactTask({ surroundings: surroundings(), reactions: [one, two], clock: () => new Date() }) });
    await emit('application.submitted', { id: 7, requestId: 'r-1' });
    await emit('unheard.of', { id: 8 });
    await until(() => seen.length === 2);
    expect(seen).toEqual(['system r-1 7', 'second']);
    await until(async () => (await owner.query('SELECT 1 FROM graphile_worker.jobs')).rowCount === 0);
    expect(lines).toEqual([]);
  });

  it('tries again after a failure, and neither log nor queue keep the words of the failure', async () => {
    let tries = 0;
    const failing = {
      'x.happened': async () => {
        tries += 1;
        if (tries === 1) throw Object.assign(new Error('duplicate key (mail)=(taro.yamada@example.jp)'), { code: '23505' });
      },
    };
    await start({ react: reactTask({ surroundings: surroundings(), reactions: [failing], clock: () => new Date() }) });
    await emit('x.happened', {});
    await until(async () => (await owner.query('SELECT 1 FROM graphile_worker.jobs WHERE last_error IS NOT NULL')).rowCount === 1);
    const kept = await owner.query<{ last_error: string }>('SELECT last_error FROM graphile_worker.jobs');
    expect(`${kept.rows[0]?.last_error} ${lines.join(' ')}`).not.toMatch(/taro|yamada|duplicate/);
    expect(kept.rows[0]?.last_error).toContain('code=23505');
    await owner.query('UPDATE graphile_worker._private_jobs SET run_at = now()');
    await until(() => tries === 2);
  });
});

describe('worker', () => {
  it('takes up the jobs of a killed worker soon, and leaves those of a living one alone', async () => {
    await owner.query("SELECT graphile_worker.add_job('greet', json_build_object('n', n)) FROM generate_series(1, 2) n");
    await owner.query(
      "UPDATE graphile_worker._private_jobs SET locked_at = now() - interval '1 minute', locked_by = 'pool-' || (payload->>'n'), attempts = 1",
    );
    const living = await owner.connect();
    await living.query("SELECT pg_advisory_lock(hashtextextended('mamis-worker:pool-2', 0))");
    const greeted: unknown[] = [];
    await start(
      {
        greet: async (payload) => {
          greeted.push(payload);
        },
      },
      { graceSeconds: 1 },
    );
    await until(() => greeted.length > 0);
    await setTimeout(300);
    expect(greeted).toEqual([{ n: 1 }]);
    living.release(true);
  });

  it('goes on after the database has dropped every connection', async () => {
    const done: unknown[] = [];
    await start({
      note: async (payload) => {
        done.push(payload);
      },
    });
    await owner.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    await owner.query("SELECT graphile_worker.add_job('note', '{\"n\":1}')");
    await until(() => done.length === 1);
  });

  it.each(['fails', 'succeeds'])('keeps going and forgets nothing when the database goes away while a job %s', async (end) => {
    const wire = await layWire(new URL(base.ownerUrl));
    const far = new URL(base.ownerUrl);
    far.host = `127.0.0.1:${wire.port}`;
    let ended = 0;
    const done: unknown[] = [];
    await start(
      {
        cut: async () => {
          await wire.cut();
          ended += 1;
          if (end === 'fails') throw new Error('the database is away');
        },
        note: async (payload) => {
          done.push(payload);
        },
      },
      { ownerUrl: far.href, graceSeconds: 60 },
    );
    await owner.query("SELECT graphile_worker.add_job('cut')");
    await until(() => ended === 1);
    await setTimeout(300);
    await wire.join();
    await owner.query("SELECT graphile_worker.add_job('note', '{\"n\":2}')");
    await until(() => done.length === 1);
    const left = async () =>
      (
        await owner.query<{ last_error: string | null; locked_by: string | null }>(
          "SELECT last_error, locked_by FROM graphile_worker.jobs WHERE task_identifier = 'cut'",
        )
      ).rows;
    await until(async () => (await left()).every((job) => job.locked_by === null));
    expect((await left()).length).toBe(end === 'fails' ? 1 : 0);
    await worker?.stop();
    worker = undefined;
    await wire.cut();
  });

  it('lets a job at work finish before it stops', async () => {
    let finished = false;
    let started = false;
    await start({
      slow: async () => {
        started = true;
        await setTimeout(400);
        finished = true;
      },
    });
    await owner.query("SELECT graphile_worker.add_job('slow')");
    await until(() => started);
    await worker?.stop();
    worker = undefined;
    expect(finished).toBe(true);
    expect((await owner.query('SELECT 1 FROM graphile_worker.jobs')).rowCount).toBe(0);
  });

  it('says at once when there is no database', async () => {
    await expect(start({}, { ownerUrl: 'postgres://mamis@127.0.0.1:1/none' })).rejects.toThrow();
  });
});

it('forgets old idempotency records and ended sessions, and keeps the others', async () => {
  const account = randomUUID();
  await owner.query("INSERT INTO account (id, login_id, password_hash, kind, display_name) VALUES ($1, 'clean-test', 'x', 'doctor', 'x')", [
    account,
  ]);
  await owner.query(
    `INSERT INTO session (token_hash, account_id, expires_at) VALUES ('\\x01', $1, now() - interval '1 minute'), ('\\x02', $1, now() + interval '1 hour')`,
    [account],
  );
  await owner.query(`INSERT INTO idempotency (actor_key, key, command, input_hash, outcome, created_at)
    VALUES ('a', 'old', 'c', '\\x00', '{}', now() - interval '8 days'), ('a', 'new', 'c', '\\x00', '{}', now() - interval '6 days')`);
  await start({ clean: cleanTask({ idempotencyDays: async () => 7 }) });
  await owner.query("SELECT graphile_worker.add_job('clean')");
  await until(async () => (await owner.query('SELECT 1 FROM session')).rowCount === 1);
  await until(async () => (await owner.query('SELECT 1 FROM graphile_worker.jobs')).rowCount === 0);
  expect((await owner.query('SELECT key FROM idempotency')).rows).toEqual([{ key: 'new' }]);
});
