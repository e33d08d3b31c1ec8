import { afterAll, beforeAll, expect, test } from 'vitest';
import { approveAs, fileJoin, must } from '#main/demo/acting.ts';
import { approveUpTo, filed, kita, minato, officeAt } from '#support/case-mix.ts';
import { brokenInvariants } from '#support/invariants.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';

let world: World;

beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => {
  await world.close();
});

test('ほかの都道府県に主たる所属のある医師も、二つ目の所属で入会できる(rules.md 1.3, 1.4)', async () => {
  const first = await filed(world, kita);
  await approveUpTo(world, first, 3);
  const { id } = await fileJoin(world.as(first.doctor), { lowestAssociationId: minato, wishedOn: '2026-02-01', upTo: 2 });
  const [district, prefecture] = await world.offices(minato);
  if (district === undefined || prefecture === undefined) throw new Error('no chain');
  must(await approveAs(world.as(district), id, { decidedOn: '2026-02-02' }));
  must(await approveAs(world.as(prefecture), id, { decidedOn: '2026-02-02' }));
  expect(await brokenInvariants(world.ownerUrl)).toEqual([]);
});

test('既に会員である下層の入会日より前の日付では、上層に入会できない(rules.md 1.5, 3.4)', async () => {
  const doctor = await world.doctor();
  const first = await fileJoin(world.as(doctor), { lowestAssociationId: kita, wishedOn: '2026-02-01', upTo: 3 });
  const offices = await world.offices(kita);
  const district = officeAt({ ...first, doctor, offices }, 0);
  const prefecture = officeAt({ ...first, doctor, offices }, 1);
  must(await approveAs(world.as(district), first.id, { decidedOn: '2026-02-01' }));
  const upper = await fileJoin(world.as(doctor), { lowestAssociationId: kita, wishedOn: '2026-02-01' });
  const outcome = await approveAs(world.as(prefecture), upper.id, { decidedOn: '2026-01-20' });
  expect(outcome).toMatchObject({ ok: false, refusal: { code: 'invalid' } });
  must(await approveAs(world.as(prefecture), upper.id, { decidedOn: '2026-02-01' }));
  expect(await brokenInvariants(world.ownerUrl)).toEqual([]);
});
