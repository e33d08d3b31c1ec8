import { Pool } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { must, officeActor, system } from '#main/demo/acting.ts';
import { ask } from '#platform/command/query.ts';
import { writeTransaction } from '#platform/db/transaction.ts';
import { queueMail } from '#platform/mail/queue-mail.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';
import { tendMail } from './commands/tend.ts';
import { refusedBySmtp } from './commands/undeliverable.ts';
import { asQueue, deliveries } from './queries/deliveries.ts';

const operations: Actor = { kind: 'operations', accountId: newId(), staffId: newId(), displayName: '運営 花子' };
let world: World;
let owner: Pool;

beforeAll(async () => {
  world = await createWorld();
  owner = new Pool({ connectionString: world.ownerUrl, max: 2 });
  await writeTransaction(world.as(system), async (tx) => {
    for (let n = 0; n < 30; n += 1)
      await queueMail(tx, {
        template: n < 28 ? 'M-10' : 'M-12',
        dedupeKey: `list:${n}`,
        to: `taro${n}@example.jp`,
        subject: '件名',
        body: '本文',
      });
    return { value: undefined, commit: true };
  });
});
afterAll(async () => {
  await owner.end();
  await world.close();
});

const list = async (actor: Actor, conditions: Record<string, string> = {}) => await ask(deliveries, asQueue(world.as(actor)), conditions);
const tend = async (intent: string, id: string, actor: Actor = operations) => await tendMail(world.as(actor), { intent, id });

async function jobsOf(id: string): Promise<number> {
  const { rows } = await owner.query<{ n: number }>('SELECT count(*)::int AS n FROM graphile_worker.jobs WHERE key = $1', [`mail:${id}`]);
  return rows[0]?.n ?? 0;
}

it('運営事務局だけが、宛先を伏せた一覧を見て、条件で絞り、次のページへ進める', async () => {
  const first = must(await list(operations, { size: '25' }));
  expect(first.rows).toHaveLength(25);
  expect(first.rows[0]).toMatchObject({ to: 't***@example.jp', delivery: 'waiting', may: ['stop'] });
  expect(JSON.stringify(first)).not.toMatch(/taro|本文/);
  const next = must(await list(operations, { size: '25', after: first.after ?? '' }));
  expect(new Set([...first.rows, ...next.rows].map(({ id }) => id)).size).toBe(30);
  expect(must(await list(operations, { template: 'M-12', state: 'waiting', from: '2020-01-01', to: '2099-12-31' })).rows).toHaveLength(2);
  expect(must(await list(operations, { state: 'sent' })).rows).toEqual([]);
  for (const actor of [officeActor({ id: 27_001, name: '', layer: 3 }), await world.doctor(), { kind: 'guest' } as const])
    expect(await list(actor)).toMatchObject({ ok: false, refusal: { code: 'forbidden' } });
});

it('届かなかったメールは再送でき、待っているメールは中止できる。済んだことは繰り返せない', async () => {
  const [one] = must(await list(operations, { template: 'M-12' })).rows;
  const id = one?.id ?? '';
  await refusedBySmtp(world.as(system), id, 'SMTP 550 (EENVELOPE)');
  expect(must(await list(operations, { state: 'undelivered' })).rows).toMatchObject([
    { id, reason: 'SMTP 550 (EENVELOPE)', may: ['resend'] },
  ]);
  await owner.query('DELETE FROM graphile_worker._private_jobs WHERE key = $1', [`mail:${id}`]);
  expect(await tend('resend', id, officeActor({ id: 0, name: '', layer: 1 }))).toMatchObject({ refusal: { code: 'forbidden' } });
  expect(await tend('resend', id)).toMatchObject({ ok: true });
  expect(await jobsOf(id)).toBe(1);
  expect(await tend('resend', id)).toMatchObject({ refusal: { code: 'conflict' } });
  expect(await tend('stop', id)).toMatchObject({ ok: true });
  expect(await tend('stop', id)).toMatchObject({ refusal: { code: 'conflict' } });
  expect(must(await list(operations, { state: 'stopped' })).rows).toMatchObject([{ id, may: ['resend'] }]);
  expect(await tend('delete', id)).toMatchObject({ refusal: { code: 'invalid' } });
  expect(await tend('stop', newId())).toMatchObject({ refusal: { code: 'notFound' } });
});
