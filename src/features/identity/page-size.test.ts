import { afterAll, beforeAll, expect, test } from 'vitest';
import { Client } from 'pg';
import { run } from '#platform/command/command.ts';
import { hashToken, newToken } from '#platform/session/token.ts';
import { must } from '#main/demo/acting.ts';
import { kita } from '#support/case-mix.ts';
import { staffLogin } from '#support/logins.ts';
import type { World } from '#support/world.ts';
import { createWorld, testNow } from '#support/world.ts';
import { keepPageSize } from './commands/keep-page-size.ts';
import { makeReadVisitor } from './queries/visitor.ts';

let world: World;
let owner: Client;

beforeAll(async () => {
  world = await createWorld();
  owner = new Client({ connectionString: world.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await world.close();
});

test('表示件数は利用者ごとに覚えられ、次の画面でも使われる', async () => {
  const visitors = [];
  for (const name of ['花子', '太郎']) {
    const { accountId, staffId } = await staffLogin(owner, { associationId: kita, name: ['事務', name] });
    const token = newToken();
    await owner.query(
      `INSERT INTO session (token_hash, account_id, staff_id, seen_at, expires_at) VALUES ($1, $2, $3, $4::timestamptz, $4::timestamptz + interval '1 hour')`,
      [hashToken(token), accountId, staffId, testNow],
    );
    visitors.push(async () => await makeReadVisitor(world.database)(token, testNow));
  }
  const [first, second] = visitors;
  if (first === undefined || second === undefined) throw new Error('no visitors');
  const { actor, pageSize } = await first();
  expect(pageSize).toBeUndefined();
  for (const size of ['100', '50']) must(await run(keepPageSize, world.as(actor), { size }));
  expect((await first()).pageSize).toBe(50);
  expect((await second()).pageSize).toBeUndefined();
  expect(await run(keepPageSize, world.as(actor), { size: '26' })).toMatchObject({ refusal: { code: 'invalid' } });
  expect(await run(keepPageSize, world.as({ kind: 'guest' }), { size: '25' })).toMatchObject({ refusal: { code: 'unauthenticated' } });
});
