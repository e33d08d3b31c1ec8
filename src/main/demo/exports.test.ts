import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { day } from '#kernel/day.ts';
import { exportsOf } from '#features/export/queries/exports.ts';
import { ask } from '#platform/command/query.ts';
import { kita } from '#support/case-mix.ts';
import { staffLogin } from '#support/logins.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';
import { approveAs, fileJoin, must, officeActor } from './acting.ts';
import { takeOutDemoLists } from './exports.ts';

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

test('デモのデータ出力は、取得可・期限切れ・取得済・削除報告済を1件ずつ示し、繰り返しても増えない', async () => {
  const office = { id: kita, name: '大阪市北区医師会', layer: 3 } as const;
  const login = await staffLogin(owner, { associationId: kita, role: 'admin' });
  const clerk = { ...officeActor(office, { accountId: login.accountId }), staffId: login.staffId };
  const { id } = await fileJoin(world.as(await world.doctor({ surname: '𠮷﨑' })), {
    lowestAssociationId: kita,
    upTo: 3,
    wishedOn: '2026-01-10',
  });
  must(await approveAs(world.as(clerk), id, { decidedOn: '2026-01-10' }));
  const ground = { surroundings: world.surroundings, today: day('2026-03-10'), office: () => clerk };
  for (let round = 0; round < 2; round += 1) await takeOutDemoLists(ground);
  const { rows } = must(await ask(exportsOf, world.as(clerk, new Date('2026-03-10T03:00:00Z')), {}));
  expect(rows.map((row) => [row.shown, row.rowCount, row.columnCount])).toEqual([
    ['ready', 1, 7],
    ['expired', 1, 8],
    ['fetched', 1, 7],
    ['deleted', 1, 7],
  ]);
});
