import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { createTestDatabase } from '#support/database.ts';
import type { TestDatabase } from '#support/template.ts';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Context } from '../context.ts';
import { makeContext } from '../context.ts';
import type { Database } from './database.ts';
import { openDatabase } from './database.ts';
import { readTransaction, writeTransaction } from './transaction.ts';
import { noRenderer } from '#platform/render/renderer.ts';
import { noVault } from '#platform/second-factor/vault.ts';

let template: TestDatabase;
let database: Database;
let idleErrors: string[];

beforeAll(async () => {
  template = await createTestDatabase();
});
afterAll(async () => {
  await template.drop();
});
beforeEach(() => {
  idleErrors = [];
  database = openDatabase({ url: template.ownerUrl, poolSize: 2, onError: (error) => idleErrors.push(error.message) });
});
afterEach(async () => {
  await database.close();
});

const doctor: Actor = { kind: 'doctor', accountId: newId(), personId: newId(), displayName: "O'Brien 太郎" };

const unused = async () => await Promise.reject(new Error('not part of a transaction'));

async function* none(): AsyncGenerator<never> {}

function context(actor: Actor): Context {
  const surroundings = {
    database,
    audit: { write: unused, drain: unused },
    files: { put: unused, get: unused, remove: unused, list: none },
    render: noRenderer,
    vault: noVault,
  };
  const site = { demo: false, version: 'test', origin: 'http://localhost:3000', localMailbox: true };
  return makeContext({ ...surroundings, site }, { actor, now: new Date('2026-01-15T03:00:00Z'), requestId: newId() });
}

type Settings = { scope: string; person: string; associations: string; account: string; key: string };
const settings = sql<Settings>`SELECT current_setting('mamis.scope', true) AS scope, current_setting('mamis.person', true) AS person,
  current_setting('mamis.associations', true) AS associations, current_setting('mamis.account', true) AS account, current_setting('mamis.actor_key', true) AS key`;

describe('a transaction', () => {
  test('tells row-level security who acts', async () => {
    const seen = await readTransaction(context(doctor), async (tx) => (await settings.execute(tx)).rows[0]);
    expect(seen).toEqual({ scope: 'own', person: doctor.personId, associations: '{}', account: doctor.accountId, key: doctor.accountId });
  });

  test('leaves nothing of the actor on the connection for the next one', async () => {
    await readTransaction(context(doctor), async () => undefined);
    for (let tries = 0; tries < 4; tries += 1) {
      const { rows } = await database.pool.query<{ scope: string }>("SELECT coalesce(current_setting('mamis.scope', true), '') AS scope");
      expect(rows[0]?.scope).toBe('');
    }
  });

  test('keeps the actors of simultaneous transactions apart', async () => {
    const people = Array.from({ length: 20 }, (): Actor => ({ ...doctor, personId: newId() }));
    const seen = await Promise.all(
      people.map(
        async (actor) =>
          await readTransaction(context(actor), async (tx) => {
            await sql`SELECT pg_sleep(0.01)`.execute(tx);
            return (await settings.execute(tx)).rows[0]?.person;
          }),
      ),
    );
    expect(seen).toEqual(people.map((actor) => 'personId' in actor && actor.personId));
  });

  test('commits what it wrote, or takes all of it back', async () => {
    const add = (name: string, commit: boolean) =>
      writeTransaction(context(doctor), async (tx) => {
        await tx.insertInto('facility').values({ id: newId(), name }).execute();
        return { value: name, commit };
      });
    expect([await add('残る', true), await add('消える', false)]).toEqual(['残る', '消える']);
    await expect(
      writeTransaction(context(doctor), async (tx) => {
        await tx.insertInto('facility').values({ id: newId(), name: '壊れる' }).execute();
        throw new Error('broken');
      }),
    ).rejects.toThrow('broken');
    const { rows } = await database.pool.query<{ name: string }>('SELECT name FROM facility');
    expect(rows.map((row) => row.name)).toEqual(['残る']);
  });

  test('reads one consistent state from beginning to end', async () => {
    const counts = await readTransaction(context(doctor), async (tx) => {
      const count = async () =>
        (
          await tx
            .selectFrom('facility')
            .select((f) => f.fn.countAll<number>().as('n'))
            .executeTakeFirstOrThrow()
        ).n;
      const before = await count();
      await database.pool.query("INSERT INTO facility (id, name) VALUES ($1, '途中')", [newId()]);
      return [before, await count()];
    });
    expect(counts[0]).toBe(counts[1]);
  });

  test('cannot write when it is for reading', async () => {
    await expect(
      readTransaction(
        context(doctor),
        async (tx) => await sql`INSERT INTO facility (id, name) VALUES (gen_random_uuid(), 'x')`.execute(tx),
      ),
    ).rejects.toThrow('read-only');
  });

  test('gives back a connection that died, and the next one works', async () => {
    for (let times = 0; times < 4; times += 1) {
      await expect(
        writeTransaction(context(doctor), async (tx) => {
          await sql`SELECT pg_terminate_backend(pg_backend_pid())`.execute(tx);
          return { value: undefined, commit: true };
        }),
      ).rejects.toThrow(/terminat/);
    }
    expect(
      await readTransaction(context(doctor), async (tx) => (await sql<{ one: number }>`SELECT 1 AS one`.execute(tx)).rows[0]?.one),
    ).toBe(1);
  });
});

describe('the pool', () => {
  test('speaks with the restricted role, in Japanese time', async () => {
    for (const pool of [database.pool, database.system]) {
      const { rows } = await pool.query<{ role: string; zone: string; scope: string }>(
        "SELECT current_user AS role, current_setting('timezone') AS zone, coalesce(current_setting('mamis.scope', true), '') AS scope",
      );
      expect(rows[0]).toEqual({ role: 'mamis_app', zone: 'Asia/Tokyo', scope: pool === database.system ? 'all' : '' });
    }
  });

  test('gives days as they are and whole numbers as numbers', async () => {
    const { rows } = await database.pool.query("SELECT '2026-04-01'::date AS day, 9007199254740991::bigint AS big, NULL::date AS none");
    expect(rows[0]).toEqual({ day: '2026-04-01', big: 9_007_199_254_740_991, none: null });
  });

  test('survives the end of an idle connection and reports it', async () => {
    const { rows } = await database.pool.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    await database.system.query("SELECT set_config('role', session_user, false), pg_terminate_backend($1)", [rows[0]?.pid]);
    await expect.poll(() => idleErrors.length).toBeGreaterThan(0);
    expect((await database.pool.query('SELECT 1')).rowCount).toBe(1);
  });

  test('does not wait for ever for a statement', async () => {
    const { rows } = await database.pool.query<{ timeout: string; idle: string }>(
      "SELECT current_setting('statement_timeout') AS timeout, current_setting('idle_in_transaction_session_timeout') AS idle",
    );
    expect(rows[0]).toEqual({ timeout: '15s', idle: '30s' });
  });
});
