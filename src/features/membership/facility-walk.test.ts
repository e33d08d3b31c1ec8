import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addFacilities } from '#features/facility/commands/add-facility.ts';
import type { OfficeActor } from '#kernel/actor.ts';
import { approveAs, fileJoin, must } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';
import { listFacilities, tallyFacilities } from './facility.store.server.ts';
import { facilityListInput } from './queries/facility-filter.ts';

/** 施設別一覧 of a large association is walked, that of a small one gathered: both say the same. */

const kita = 27001;
let world: World;
let district: OfficeActor;
let ids: string[] = [];

const hospital = { prefectureCode: '27', address: '大阪市北区中之島1-1', ownerType: '05', associationId: null };

beforeAll(async () => {
  world = await createWorld();
  const [lowest] = await world.offices(kita);
  if (lowest === undefined) throw new Error('no chain');
  district = lowest;
  const facilities = ['あ', 'い', 'う', 'え', 'お'].map((name, place) => ({
    ...hospital,
    name: `${name}病院`,
    kana: `${name}ビョウイン`,
    address: place === 3 ? '大阪市西区九条1-1' : hospital.address,
  }));
  ({ ids } = must(await run(addFacilities, world.as({ kind: 'system', name: 'test' }), { facilities })));
  // Two at the first, one each at the second and fourth, one who is still to come at the fifth, nobody at the third.
  const comings = [
    [0, '2026-01-05'],
    [0, '2026-01-05'],
    [1, '2026-01-05'],
    [3, '2026-01-05'],
    [4, '2026-02-20'],
  ] as const;
  for (const [place, wishedOn] of comings) {
    const details = { wishedOn, facilityId: ids[place] ?? '', workCode: '11', positionCode: '02', designations: ['01'] };
    const { id } = await fileJoin(world.as(await world.doctor()), { lowestAssociationId: kita, wishedOn, upTo: 3, details });
    must(await approveAs(world.as(district), id, { decidedOn: wishedOn }));
  }
});
afterAll(async () => {
  await world.close();
});

async function asRead(large: boolean, asked: Record<string, string>, walk: { from: string; backwards: boolean }) {
  const filter = facilityListInput.parse(asked);
  const ctx = world.as(district);
  return await readTransaction(ctx, async (tx) => {
    const scope = { associationId: district.associationId, on: ctx.today, large };
    const rows = await listFacilities(tx, scope, { filter, ...walk, limit: 2 });
    return { rows, tally: await tallyFacilities(tx, scope, filter) };
  });
}

describe('施設別一覧の二つの読み方(screens.md O-14)', () => {
  test('どの条件・並び順・ページでも、同じ施設が同じ人数で並ぶ', async () => {
    const [first = '', , , fourth = ''] = ids;
    const filters: Record<string, string>[] = [
      {},
      { name: 'う' },
      { name: 'え' },
      { city: '北区' },
      { ownerType: '05' },
      { sort: '-name' },
      { sort: 'members' },
    ];
    const walks = [
      { from: '', backwards: false },
      { from: first, backwards: false },
      { from: fourth, backwards: true },
    ];
    for (const filter of filters)
      for (const walk of walks) expect(await asRead(true, filter, walk)).toEqual(await asRead(false, filter, walk));
  });

  test('会員のいない施設は数えず、これから来る会員の施設は数える', async () => {
    const begin = await asRead(true, {}, { from: '', backwards: false });
    expect(begin.tally).toEqual({ members: 4, orMore: false });
    expect(begin.rows.map((row) => [row.name, row.members])).toEqual([
      ['あ病院', 2],
      ['い病院', 1],
    ]);
    const after = await asRead(true, {}, { from: ids[1] ?? '', backwards: false });
    expect(after.rows.map((row) => [row.name, row.members, row.moving])).toEqual([
      ['え病院', 1, 0],
      ['お病院', 0, 1],
    ]);
  });
});
