import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DoctorActor, OfficeActor } from '#kernel/actor.ts';
import { day } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import { categoryIds, must, versionOf } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { approveUpTo, filed, kita, minato, returnFrom, sendAgain } from '#support/case-mix.ts';
import { affiliationIn, decide, fileCase, periodsOfPerson, statesOf } from '#support/filing.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';
import { acknowledge } from './commands/acknowledge.ts';
import { acknowledgeOverdue } from './daily.ts';
import { receive } from './commands/receive.ts';
import { reject } from './commands/reject.ts';
import { revoke, revokeLeave } from './commands/revoke.ts';
import { saveDetails } from './commands/save-details.ts';
import { planChange, planTransfer, planWithdrawal } from './plan.ts';
import { joinForm } from './schema.ts';

/** The engine under every kind of paper, on PostgreSQL (`rules.md 3.4`–`3.9`). Today is 2026-01-15. */

let world: World;
let osaka: OfficeActor[];
let tokyo: OfficeActor[];

beforeAll(async () => {
  world = await createWorld();
  osaka = await world.offices(kita);
  tokyo = await world.offices(minato);
});
afterAll(async () => {
  await world.close();
});

const kitaChain = [
  { associationId: 27_001, layer: 3 },
  { associationId: 27_000, layer: 2 },
  { associationId: 0, layer: 1 },
];
const prefecture = 13_000;

function at(offices: readonly OfficeActor[], place: number) {
  const office = offices[place];
  if (office === undefined) throw new Error('no such office');
  return world.as(office);
}

async function member(): Promise<DoctorActor> {
  const join = await filed(world, kita, undefined, '2025-12-01');
  await approveUpTo(world, join, 3, '2025-12-01');
  return join.doctor;
}

async function leaving(doctor: DoctorActor, leave: number[], wishedOn: string): Promise<string> {
  const affiliationId = await affiliationIn(world, doctor, kita);
  return await fileCase(world.as(doctor), {
    kind: 'withdrawal',
    form: { affiliationId, leave, moves: [], details: { wishedOn, reason: 'W01' } },
    affiliationId,
    planned: planWithdrawal({ carried: kitaChain, leave, moved: [] }),
    wishedOn: day(wishedOn),
  });
}

async function categoryOf(association: number, code: string): Promise<number> {
  const ids = await categoryIds(world.surroundings, { ids: [association], code, now: new Date('2026-01-15T03:00:00Z') });
  const id = ids.get(association);
  if (id === undefined) throw new Error('no such category');
  return id;
}

async function moving(doctor: DoctorActor, order: 'parallel' | 'leave_first' | 'join_first' = 'parallel'): Promise<string> {
  const affiliationId = await affiliationIn(world, doctor, kita);
  const a1 = async (id: number) => await categoryOf(id, 'A1');
  const destination = [
    { associationId: minato, layer: 3, categoryId: await a1(minato) },
    { associationId: prefecture, layer: 2, categoryId: await a1(prefecture) },
    { associationId: 0, layer: 1, categoryId: await a1(0) },
  ];
  const carried = await Promise.all(kitaChain.map(async (place) => ({ ...place, categoryId: await a1(place.associationId) })));
  return await fileCase(world.as(doctor), {
    kind: 'transfer',
    form: {
      affiliationId,
      reason: 'T02',
      destination: { way: 'association', lowestAssociationId: minato, direct: false, choices: destination },
      details: { wishedOn: '2026-04-01', leaveOn: '2026-03-31', facilityUndecided: 'on', workCode: '11', positionCode: '02' },
    },
    affiliationId,
    planned: planTransfer({ carried, destination, moved: [] }),
    wishedOn: day('2026-04-01'),
    order,
  });
}

const full = (left: string | null) => [
  [27_001, '2025-12-01', left],
  [27_000, '2025-12-01', left],
  [0, '2025-12-01', left],
];

describe('退会(rules.md 3.5)', () => {
  test('最下層からの退会は最下層が決め、上層は同じ日に終わって確認する', async () => {
    const doctor = await member();
    const id = await leaving(doctor, [27_001, 27_000, 0], '2026-03-31');
    must(await decide(at(osaka, 0), id, { decidedOn: '2026-03-31' }));
    expect(await statesOf(world, id)).toEqual(['completed', 'approved', 'arrived', 'arrived']);
    expect(await periodsOfPerson(world, doctor)).toEqual(full('2026-03-31'));
    const ctx = at(osaka, 2);
    must(await run(acknowledge, ctx, { id, version: await versionOf(ctx, id) }));
    expect(await statesOf(world, id)).toEqual(['completed', 'approved', 'arrived', 'acknowledged']);
  });

  test('日本医師会だけの退会は、下の二層が受付してから日本医師会が決める', async () => {
    const doctor = await member();
    const id = await leaving(doctor, [0], '2026-03-31');
    for (const place of [0, 1]) {
      const ctx = at(osaka, place);
      expect((await decide(at(osaka, 2), id, { decidedOn: '2026-03-31' })).ok).toBe(false);
      must(await run(receive, ctx, { id, version: await versionOf(ctx, id) }));
    }
    must(await decide(at(osaka, 2), id, { decidedOn: '2026-03-31' }));
    expect(await statesOf(world, id)).toEqual(['completed', 'received', 'received', 'approved']);
    expect((await periodsOfPerson(world, doctor)).map(([, , left]) => left)).toEqual([null, null, '2026-03-31']);
  });

  test('確認されないまま日数が過ぎると、自動確認となる(rules.md 4.1)', async () => {
    const id = await leaving(await member(), [27_001, 27_000, 0], '2026-03-31');
    must(await decide(at(osaka, 0), id, { decidedOn: '2026-03-31' }));
    const later = (date: string) => world.as({ kind: 'system', name: 'test' }, new Date(`${date}T03:00:00Z`));
    await acknowledgeOverdue(later('2026-02-13'));
    expect(await statesOf(world, id)).toEqual(['completed', 'approved', 'arrived', 'arrived']);
    await acknowledgeOverdue(later('2026-02-14'));
    expect(await statesOf(world, id)).toEqual(['completed', 'approved', 'acknowledged', 'acknowledged']);
  });

  test('退会日までは退会取消ができ、会員資格は続き、上層は改めて確認する', async () => {
    const doctor = await member();
    const id = await leaving(doctor, [27_001, 27_000, 0], '2026-03-31');
    must(await decide(at(osaka, 0), id, { decidedOn: '2026-03-31' }));
    const prefectural = at(osaka, 1);
    must(await run(acknowledge, prefectural, { id, version: await versionOf(prefectural, id) }));
    const [office] = osaka;
    if (office === undefined) throw new Error('no office');
    const input = async () => ({ id, version: await versionOf(at(osaka, 0), id), reason: 'Z01', note: '本人から電話' });
    expect((await run(revokeLeave, world.as(office, new Date('2026-04-01T03:00:00Z')), await input())).ok).toBe(false);
    must(await run(revokeLeave, world.as(office, new Date('2026-03-31T03:00:00Z')), await input()));
    expect(await statesOf(world, id)).toEqual(['cancelled', 'skipped', 'arrived', 'arrived']);
    expect(await periodsOfPerson(world, doctor)).toEqual(full(null));
    must(await run(acknowledge, prefectural, { id, version: await versionOf(prefectural, id) }));
  });

  test('入会日より前の退会日は断る', async () => {
    const doctor = await member();
    const id = await leaving(doctor, [27_001, 27_000, 0], '2026-03-31');
    const refused = await decide(at(osaka, 0), id, { decidedOn: '2025-11-30' });
    expect(refused.ok ? '' : refused.refusal.fields?.['decidedOn']?.[0]).toContain('退会日は入会日(2025/12/01)以降');
  });
});

describe('医師会の異動(rules.md 3.6)', () => {
  test('両側が決めるまで台帳は動かず、決まれば一度に動く', async () => {
    const doctor = await member();
    const id = await moving(doctor);
    expect(await statesOf(world, id)).toEqual(['submitted', 'arrived', 'waiting', 'arrived', 'waiting', 'waiting']);
    must(await decide(at(osaka, 0), id, { decidedOn: '2026-03-31' }));
    must(await decide(at(tokyo, 0), id, { decidedOn: '2026-04-01', categoryId: await categoryOf(minato, 'A1') }));
    expect(await periodsOfPerson(world, doctor)).toEqual(full(null));
    must(await decide(at(tokyo, 1), id, { decidedOn: '2026-04-01', categoryId: await categoryOf(prefecture, 'A1') }));
    expect(await statesOf(world, id)).toEqual(['completed', 'approved', 'arrived', 'approved', 'approved', 'arrived']);
    expect(await periodsOfPerson(world, doctor)).toEqual([
      [27_001, '2025-12-01', '2026-03-31'],
      [27_000, '2025-12-01', '2026-03-31'],
      [13_005, '2026-04-01', null],
      [13_000, '2026-04-01', null],
      [0, '2025-12-01', null],
    ]);
    expect(await affiliationIn(world, doctor, 0)).toBe(await affiliationIn(world, doctor, minato));
  });

  test('一方の非承認では、もう一方の承認も効力を持たない', async () => {
    const doctor = await member();
    const id = await moving(doctor);
    must(await decide(at(osaka, 0), id, { decidedOn: '2026-03-31' }));
    const ctx = at(tokyo, 0);
    must(await run(reject, ctx, { id, version: await versionOf(ctx, id), reason: 'N02', message: '確認できませんでした。' }, newId()));
    expect((await statesOf(world, id))[0]).toBe('rejected');
    expect(await periodsOfPerson(world, doctor)).toEqual(full(null));
  });

  test.each([
    ['leave_first', ['submitted', 'arrived', 'waiting', 'waiting', 'waiting', 'waiting']],
    ['join_first', ['submitted', 'waiting', 'waiting', 'arrived', 'waiting', 'waiting']],
  ] as const)('順序 %s では、先の側が終わるまで後の側に届かない', async (order, states) => {
    expect(await statesOf(world, await moving(await member(), order))).toEqual(states);
  });

  test('日付が続かないときは理由を求める', async () => {
    const id = await moving(await member());
    const gap = { decidedOn: '2026-03-15' };
    const refused = await decide(at(osaka, 0), id, gap);
    expect(refused.ok ? undefined : refused.refusal.fields).toHaveProperty('gapReason');
    must(await decide(at(osaka, 0), id, { ...gap, gapReason: '留学のため' }));
  });

  test('効力発生日の前なら、承認取消で全体が審査に戻る', async () => {
    const doctor = await member();
    const id = await moving(doctor);
    must(await decide(at(osaka, 0), id, { decidedOn: '2026-03-31' }));
    must(await decide(at(tokyo, 0), id, { decidedOn: '2026-04-01', categoryId: await categoryOf(minato, 'A1') }));
    must(await decide(at(tokyo, 1), id, { decidedOn: '2026-04-01', categoryId: await categoryOf(prefecture, 'A1') }));
    const before = await affiliationIn(world, doctor, 0);
    const ctx = at(tokyo, 1);
    must(await run(revoke, ctx, { id, version: await versionOf(ctx, id), reason: '入力誤り' }, newId()));
    expect(await statesOf(world, id)).toEqual(['submitted', 'approved', 'waiting', 'approved', 'received', 'waiting']);
    expect(await periodsOfPerson(world, doctor)).toEqual(full(null));
    expect(await affiliationIn(world, doctor, 0)).not.toBe(before);
  });
});

describe('医師会の異動を伴わない異動(rules.md 3.7)', () => {
  test('区分が変わる医師会と最下層が決め、入会も退会も生じない', async () => {
    const doctor = await member();
    const affiliationId = await affiliationIn(world, doctor, kita);
    const changes = [{ associationId: 0, categoryId: await categoryOf(0, 'B') }];
    const id = await fileCase(world.as(doctor), {
      kind: 'change',
      form: {
        affiliationId,
        reason: 'C11',
        changes,
        details: { wishedOn: '2026-02-01', facilityUndecided: 'on', workCode: '11', positionCode: '02' },
      },
      affiliationId,
      planned: planChange({ carried: kitaChain, changes }),
      wishedOn: day('2026-02-01'),
    });
    expect(await statesOf(world, id)).toEqual(['submitted', 'arrived', 'waiting', 'waiting']);
    must(await decide(at(osaka, 0), id, { decidedOn: '2026-02-01', categoryId: await categoryOf(27_001, 'A1') }));
    must(await decide(at(osaka, 2), id, { decidedOn: '2026-02-01', categoryId: await categoryOf(0, 'B') }));
    expect(await statesOf(world, id)).toEqual(['completed', 'approved', 'arrived', 'approved']);
    expect(await periodsOfPerson(world, doctor)).toEqual(full(null));
    const { rows } = await world.database.system.query<{ association_id: number; starts_on: string; code: string }>(
      `SELECT p.association_id, p.starts_on, c.code FROM membership_phase p JOIN member_category c ON c.id = p.category_id
       WHERE p.person_id = $1 AND p.ends_on IS NULL ORDER BY p.association_id`,
      [doctor.personId],
    );
    expect(rows.map((row) => [row.association_id, row.starts_on, row.code])).toEqual([
      [0, '2026-02-01', 'B'],
      [27_000, '2026-02-01', 'A1'],
      [27_001, '2026-02-01', 'A1'],
    ]);
  });
});

describe('差戻しの修正(rules.md 3.8)', () => {
  test('下層が承認した内容に触れる修正は、下層に確認を求める', async () => {
    const join = await filed(world, kita);
    await approveUpTo(world, join, 1);
    await returnFrom(world, join, 1);
    const ctx = world.as(join.doctor);
    const { rows } = await world.database.system.query<{ form: unknown }>('SELECT form FROM application WHERE id = $1', [join.id]);
    const details = { ...joinForm.parse(rows[0]?.form).details, positionCode: '03' };
    must(await run(saveDetails, ctx, { id: join.id, version: await versionOf(ctx, join.id), details, complete: true }));
    await sendAgain(world, join);
    expect(await statesOf(world, join.id)).toEqual(['submitted', 'approved', 'arrived', 'waiting', 'arrived']);
    const district = at(osaka, 0);
    must(await run(acknowledge, district, { id: join.id, version: await versionOf(district, join.id) }));
    expect(await statesOf(world, join.id)).toEqual(['submitted', 'approved', 'arrived', 'waiting', 'acknowledged']);
  });

  test('次の医師会が未決定なら、承認取消で自分の審査に戻る', async () => {
    const join = await filed(world, kita);
    await approveUpTo(world, join, 1);
    const ctx = at(osaka, 0);
    must(await run(revoke, ctx, { id: join.id, version: await versionOf(ctx, join.id), reason: '日付の誤り' }, newId()));
    expect(await statesOf(world, join.id)).toEqual(['submitted', 'received', 'waiting', 'waiting']);
    expect(await periodsOfPerson(world, join.doctor)).toEqual([]);
    await approveUpTo(world, join, 3);
    expect((await periodsOfPerson(world, join.doctor)).length).toBe(3);
  });
});
