import { refuse } from '#kernel/refusal.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openDatabase } from '../db/database.ts';
import type { QuerySpec } from './query.ts';
import { ask, query } from './query.ts';

let world: World;

beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => {
  await world.close();
});

const input = z.object({ code: z.string({ error: 'コードを入力してください' }) });
type Spec = QuerySpec<typeof input, { name: string }>;

const associationName = (more: Partial<Spec> = {}) =>
  query<typeof input, { name: string }>({
    name: 'test.associationName',
    input,
    allow: () => true,
    read: async (tx, { code }) =>
      await tx
        .selectFrom('association')
        .innerJoin('association_version as v', 'v.association_id', 'association.id')
        .select('v.name')
        .where('code', '=', code)
        .executeTakeFirst(),
    audit: () => ({ action: 'test.seen' }),
    ...more,
  });

const me = () => world.as({ kind: 'guest' });

async function seen(requestId: string): Promise<number> {
  const { rows } = await world.database.system.query("SELECT FROM audit_event WHERE request_id = $1 AND action = 'test.seen'", [requestId]);
  return rows.length;
}

describe('ask', () => {
  test('answers only after the look is in the audit', async () => {
    const ctx = me();
    expect(await ask(associationName(), ctx, { code: '27001' })).toEqual({ ok: true, value: { name: '大阪市北区医師会' } });
    expect(await seen(ctx.requestId)).toBe(1);
  });

  test('does not answer when the audit cannot be written (rules.md 8.1)', async () => {
    const audit = { write: () => Promise.reject(new Error('audit lost')), drain: async () => undefined };
    await expect(ask(associationName(), { ...me(), audit }, { code: '27001' })).rejects.toThrow('audit lost');
  });

  test('leaves no audit row where there was nothing to see', async () => {
    const ctx = me();
    expect(await ask(associationName(), ctx, { code: '99998' })).toMatchObject({ ok: false, refusal: { code: 'notFound' } });
    expect(await ask(associationName({ audit: 'nothing' }), ctx, { code: '27001' })).toMatchObject({ ok: true });
    expect(await ask(associationName({ audit: () => undefined }), ctx, { code: '27001' })).toMatchObject({ ok: true });
    expect(await seen(ctx.requestId)).toBe(0);
  });

  test('reads nothing for whom it is not meant, nor for what it cannot understand', async () => {
    const read = () => Promise.reject(new Error('must not be read'));
    expect(await ask(associationName({ allow: () => refuse('forbidden'), read }), me(), { code: '27001' })).toMatchObject({
      refusal: { code: 'forbidden' },
    });
    expect(await ask(associationName({ read }), me(), {})).toMatchObject({
      refusal: { code: 'invalid', fields: { code: ['コードを入力してください'] } },
    });
  });

  test('cannot write, even by raw SQL', async () => {
    const writing = associationName({
      read: async (tx) =>
        (await sql<{ name: string }>`INSERT INTO facility (id, name) VALUES (gen_random_uuid(), 'x') RETURNING name`.execute(tx)).rows[0],
    });
    await expect(ask(writing, me(), { code: '27001' })).rejects.toThrow('read-only');
  });

  test('is refused for now when the database is away', async () => {
    const database = openDatabase({ url: 'postgres://nobody@127.0.0.1:1/none', onError: () => undefined });
    expect(await ask(associationName(), { ...me(), database }, { code: '27001' })).toMatchObject({
      refusal: { code: 'unavailable', retryAfterSeconds: 5 },
    });
    await database.close();
  });
});
