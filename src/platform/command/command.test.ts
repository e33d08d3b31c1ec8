import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { newId } from '#kernel/id.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openDatabase } from '../db/database.ts';
import type { CommandSpec } from './command.ts';
import { command, run } from './command.ts';

/** The wrapper, shown on a command that writes one office task to a case. */

let world: World;
let accountId: string;

beforeAll(async () => {
  world = await createWorld();
  accountId = newId();
});
afterAll(async () => {
  await world.close('unchecked');
});

const input = z.object({ name: z.string({ error: '名称を入力してください' }).min(1, { error: '名称を入力してください' }) });
type Spec = CommandSpec<typeof input, { found: true }, string, { id: string; name: string }>;

/** Adds a facility; `more` replaces single parts. */
function addFacility(more: Partial<Spec> = {}) {
  return command<typeof input, { found: true }, string, { id: string; name: string }>({
    name: 'test.addFacility',
    input,
    locks: async (_tx, { name }) => [{ kind: 'association', id: name }],
    load: async () => ({ found: true }),
    allow: () => true,
    decide: (_ctx, _target, { name }) => accepted(name),
    save: async (tx, { decision }) => {
      const id = newId();
      await tx.insertInto('facility').values({ id, name: decision }).execute();
      return {
        value: { id, name: decision },
        audit: { action: 'test.addFacility', target: id },
        events: [{ kind: 'test.added', payload: { facilityId: id } }],
      };
    },
    ...more,
  });
}

const me = (id = accountId) => world.as({ kind: 'operations', accountId: id, staffId: newId(), displayName: '運営 花子' });

async function traces(name: string) {
  const found = await world.database.system.query<{ facilities: number; news: number; audit: number }>(
    `SELECT (SELECT count(*) FROM facility WHERE name = $1)::int AS facilities,
      (SELECT count(*) FROM outbox o JOIN facility f ON f.id::text = o.payload ->> 'facilityId' WHERE f.name = $1)::int AS news,
      (SELECT count(*) FROM audit_event e JOIN facility f ON f.id::text = e.target WHERE f.name = $1 AND e.action = 'test.addFacility')::int AS audit`,
    [name],
  );
  return found.rows[0];
}

async function refusals(ctx: ReturnType<typeof me>): Promise<string[]> {
  const found = await world.database.system.query<{ refused: string }>(
    `SELECT detail ->> 'refused' AS refused FROM audit_event WHERE request_id = $1 AND result = 'refused'`,
    [ctx.requestId],
  );
  return found.rows.map((row) => row.refused);
}

describe('a command that is carried out', () => {
  test('leaves its rows, its news and its audit row together', async () => {
    expect(await run(addFacility(), me(), { name: '一緒' })).toMatchObject({ ok: true, value: { name: '一緒' } });
    expect(await traces('一緒')).toEqual({ facilities: 1, news: 1, audit: 1 });
  });

  test('leaves nothing when its work breaks off, and says so to the caller', async () => {
    const broken = addFacility({
      save: async (tx, { decision }) => {
        await tx.insertInto('facility').values({ id: newId(), name: decision }).execute();
        throw new Error('half done');
      },
    });
    await expect(run(broken, me(), { name: '半分' })).rejects.toThrow('half done');
    expect(await traces('半分')).toEqual({ facilities: 0, news: 0, audit: 0 });
  });

  test('leaves nothing when only its audit row cannot be written', async () => {
    const unaudited = addFacility({
      save: async (tx, { decision }) => {
        const id = newId();
        await tx.insertInto('facility').values({ id, name: decision }).execute();
        return { value: { id, name: decision }, audit: { action: 'test.addFacility', personIds: ['not a uuid'] }, events: [] };
      },
    });
    await expect(run(unaudited, me(), { name: '記録なし' })).rejects.toThrow('uuid');
    expect(await traces('記録なし')).toEqual({ facilities: 0, news: 0, audit: 0 });
  });
});

describe('a command that is refused', () => {
  test('says field by field what cannot be read, without asking the database', async () => {
    expect(await run(addFacility(), me(), { name: '' })).toEqual(refuseFields({ name: ['名称を入力してください'] }));
    expect(await run(addFacility(), me(), null)).toMatchObject({ ok: false, refusal: { code: 'invalid' } });
  });

  test.each([
    ['notFound', { load: async () => undefined }],
    ['forbidden', { allow: () => refuse('forbidden') }],
    ['conflict', { decide: () => refuse('conflict') }],
  ] as [string, Partial<Spec>][])('%s leaves only a refused row in the audit', async (code, more) => {
    const ctx = me();
    expect(await run(addFacility(more), ctx, { name: code })).toMatchObject({ ok: false, refusal: { code } });
    expect(await traces(code)).toEqual({ facilities: 0, news: 0, audit: 0 });
    expect(await refusals(ctx)).toEqual([code]);
  });
});

describe('an idempotency key', () => {
  test('gives the first answer again, and one effect', async () => {
    const key = newId();
    const outcomes = await Promise.all([1, 2, 3, 4].map(async () => await run(addFacility(), me(), { name: '二度押し' }, key)));
    for (const outcome of outcomes) expect(outcome).toEqual(outcomes[0]);
    expect(await traces('二度押し')).toEqual({ facilities: 1, news: 1, audit: 1 });
  });

  test('with other input is a conflict', async () => {
    const key = newId();
    await run(addFacility(), me(), { name: '先' }, key);
    expect(await run(addFacility(), me(), { name: '後' }, key)).toMatchObject({ ok: false, refusal: { code: 'conflict' } });
    expect(await traces('後')).toEqual({ facilities: 0, news: 0, audit: 0 });
  });

  test('of somebody else is another key', async () => {
    const key = newId();
    await run(addFacility(), me(), { name: '各自' }, key);
    await run(addFacility(), me(newId()), { name: '各自' }, key);
    expect(await traces('各自')).toMatchObject({ facilities: 2 });
  });

  test('is not used up by a refusal', async () => {
    const key = newId();
    expect(await run(addFacility({ decide: () => refuse('conflict') }), me(), { name: '再挑戦' }, key)).toMatchObject({ ok: false });
    expect(await run(addFacility(), me(), { name: '再挑戦' }, key)).toMatchObject({ ok: true });
  });

  test('keeps nothing of a secret', async () => {
    const key = newId();
    await run(addFacility({ secret: true }), me(), { name: '秘密' }, key);
    const kept = await world.database.system.query('SELECT FROM idempotency WHERE key = $1', [key]);
    expect(kept.rows).toEqual([]);
  });
});

describe('what the database says', () => {
  const violating = (more: Partial<Spec> = {}) =>
    addFacility({
      save: async (tx, { decision }) => {
        await sql`INSERT INTO code_value SELECT * FROM code_value LIMIT 1`.execute(tx);
        return { value: { id: '', name: decision }, audit: { action: 'test.addFacility' }, events: [] };
      },
      ...more,
    });

  test('a violated constraint is a conflict, or what the command says of it', async () => {
    expect(await run(violating(), me(), { name: '重複' })).toMatchObject({ ok: false, refusal: { code: 'conflict' } });
    const named = violating({ constraints: { code_value_pkey: () => refuseFields({ name: ['既にあります'] }) } });
    expect(await run(named, me(), { name: '重複' })).toEqual(refuseFields({ name: ['既にあります'] }));
  });

  const failing = (times: number, sqlstate: string) => {
    let left = times;
    return addFacility({
      load: async (tx) => {
        left -= 1;
        if (left >= 0) await sql.raw(`DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '${sqlstate}'; END $$`).execute(tx);
        return { found: true };
      },
    });
  };

  test.each(['40001', '40P01'])('%s is tried again', async (sqlstate) => {
    expect(await run(failing(4, sqlstate), me(), { name: `再試行${sqlstate}` })).toMatchObject({ ok: true });
    expect(await traces(`再試行${sqlstate}`)).toEqual({ facilities: 1, news: 1, audit: 1 });
    await expect(run(failing(5, sqlstate), me(), { name: 'あきらめ' })).rejects.toThrow('again');
  });

  test('nothing else is tried again', async () => {
    await expect(run(failing(1, '22012'), me(), { name: 'そのまま' })).rejects.toThrow('again');
  });

  test('an absent database is a refusal for now', async () => {
    const database = openDatabase({ url: 'postgres://nobody@127.0.0.1:1/none', onError: () => undefined });
    expect(await run(addFacility(), { ...me(), database }, { name: '不在' })).toMatchObject({
      ok: false,
      refusal: { code: 'unavailable', retryAfterSeconds: 5 },
    });
    await database.close();
  });
});

test('locks are taken in one order, whatever the command says: no deadlock', async () => {
  let order: 'forth' | 'back' = 'forth';
  const crossing = addFacility({
    locks: async () => {
      order = order === 'forth' ? 'back' : 'forth';
      const both = [
        { kind: 'person', id: 'a' },
        { kind: 'application', id: 'b' },
        { kind: 'association', id: 'c' },
      ] as const;
      return order === 'forth' ? both : both.toReversed();
    },
  });
  const outcomes = await Promise.all(Array.from({ length: 40 }, async () => await run(crossing, me(), { name: '交差' })));
  expect(outcomes.filter((outcome) => !outcome.ok)).toEqual([]);
});
