import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeAuditLog } from '#platform/audit/audit-log.ts';
import { run } from '#platform/command/command.ts';
import { type Database, openDatabase } from '#platform/db/database.ts';
import { definePage, everybody } from '#platform/http/page-access.ts';
import { hashPassword } from '#platform/password/password.ts';
import { createStaffMember } from '#features/staff/commands/create-staff-member.ts';
import { must, system } from '#main/demo/acting.ts';
import { doorOf, type TestDoor } from '#support/door.ts';
import { layWire, type Wire } from '#support/wire.ts';
import { createWorld, testNow, type World } from '#support/world.ts';
import { addAccount } from './commands/create-account.ts';
import { logIn } from './commands/log-in.ts';
import { makeReadVisitor } from './queries/visitor.ts';

let world: World;
let wire: Wire;
let database: Database;
let door: TestDoor;
let cookie: string;

beforeAll(async () => {
  world = await createWorld();
  const ctx = world.as(system);
  const passwordHash = must(await hashPassword('Kx7!mWq2zz'));
  const { accountId } = must(
    await run(addAccount, ctx, { loginId: 'outage-one', passwordHash, kind: 'staff', displayName: 'x', mail: '' }),
  );
  must(
    await run(createStaffMember, ctx, {
      accountId,
      associationId: 10001,
      role: 'clerk',
      validUntil: '2026-12-31',
      surname: '日医',
      givenName: '花子',
      surnameKana: 'ニチイ',
      givenNameKana: 'ハナコ',
    }),
  );
  const browser = { token: undefined, userAgent: '', knowsDevice: () => false };
  const { token } = must(
    await logIn({ ...world.as({ kind: 'guest' }), address: '203.0.113.9' }, { loginId: 'outage-one', password: 'Kx7!mWq2zz' }, browser),
  );
  cookie = `mamis=${token}`;
  wire = await layWire(new URL(world.ownerUrl));
  const target = new URL(world.ownerUrl);
  target.port = String(wire.port);
  target.hostname = '127.0.0.1';
  database = openDatabase({ url: target.href, onError: () => undefined });
  door = doorOf({
    pages: [
      {
        path: 'office',
        handle: definePage({ id: 'office', title: 'x', who: ['office'], audit: { none: 'test' } }),
        loader: () => ({ ok: true }),
      },
      {
        path: 'login',
        handle: definePage({ id: 'A-01', title: 'x', who: everybody, audit: { none: 'test' } }),
        loader: () => ({ ok: true }),
      },
    ],
    readVisitor: makeReadVisitor(database),
    surroundings: { ...world.surroundings, database, audit: makeAuditLog(database.system) },
    now: () => testNow,
  });
});

afterAll(async () => {
  await database.close();
  await wire.cut();
  await world.close();
});

const status = async (path: string) => (await door.fetch(path, { headers: { Cookie: cookie } })).status;

it('データベースが止まっている間は503で待ってもらい、戻れば5秒以内に続けられる', async () => {
  for (let round = 0; round < 3; round += 1) {
    expect([await status('/office'), await status('/healthz')]).toEqual([200, 200]);
    await wire.cut();
    const during = await Promise.all(Array.from({ length: 30 }, () => door.fetch('/office', { headers: { Cookie: cookie } })));
    expect(new Set(during.map((answer) => answer.status))).toEqual(new Set([503]));
    expect(during[0]?.headers.get('retry-after')).toBe('5');
    expect((await door.fetch('/login')).status).toBe(200);
    expect((await door.fetch('/healthz')).status).toBe(503);
    await wire.join();
    const back = performance.now();
    while ((await status('/office')) !== 200) {
      expect(performance.now() - back).toBeLessThan(5_000);
      await pause(50);
    }
  }
});
