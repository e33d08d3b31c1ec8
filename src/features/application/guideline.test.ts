import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DoctorActor, OfficeActor } from '#kernel/actor.ts';
import { addDays, day } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import { membersOn } from '#features/membership/queries/member-count.ts';
import { approveAs, fileJoin, must, versionOf } from '#main/demo/acting.ts';
import { approveLeaveAs, fileWithdrawal } from '#main/demo/leaving.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import { fileTransfer, memberOf } from '#support/moving.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';
import { revokeLeave } from './commands/revoke.ts';
import { decision } from './queries/office-decision.ts';

/** The examples of the operating guideline, each by its section; another day of the same year would prove less. */

const chain = [27_001, 27_000, 0] as const;
const [kita] = chain;
let world: World;

beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => {
  await world.close();
});

function noon(on: string): Date {
  return new Date(`${on}T12:00:00+09:00`);
}

type Chain = { district: OfficeActor; prefecture: OfficeActor; jma: OfficeActor };

async function officesOf(lowest: number): Promise<Chain> {
  const [district, prefecture, jma] = await world.offices(lowest);
  if (district === undefined || prefecture === undefined || jma === undefined) throw new Error('no chain');
  return { district, prefecture, jma };
}

async function joinedOn(doctor: DoctorActor): Promise<string[]> {
  const { rows } = await world.database.system.query<{ joined_on: string }>(
    'SELECT joined_on::text FROM membership_period WHERE person_id = $1 ORDER BY association_id DESC',
    [doctor.personId],
  );
  return rows.map((row) => row.joined_on);
}

async function counts(on: string, asOf = on): Promise<number[]> {
  const ctx = world.as({ kind: 'system', name: 'test' }, noon(asOf));
  return await readTransaction(ctx, async (tx) => {
    const found: number[] = [];
    for (const association of chain) found.push(await membersOn(tx, association, day(on)));
    return found;
  });
}

async function findings(office: OfficeActor, id: string, decidedOn?: string) {
  const shown = must(await ask(decision, world.as(office), decidedOn === undefined ? { id } : { id, decidedOn }));
  return { proposedOn: shown.proposedOn, told: shown.findings.map((finding) => [finding.level, finding.code]) };
}

describe('G§6 入会時の日付の考え方', () => {
  test('4月1日の入会希望は希望であり、理事会承認日の4月20日を入会日とした医師会の会員になるのは4月20日から', async () => {
    const doctor = await world.doctor();
    const before = await counts('2026-04-19');
    const { id } = await fileJoin(world.as(doctor), { lowestAssociationId: kita, wishedOn: '2026-04-01' });
    const { district } = await officesOf(kita);
    expect((await findings(district, id)).proposedOn).toBe('2026-04-01');
    expect((await findings(district, id, '2026-04-20')).told).toEqual(
      expect.arrayContaining([
        ['warn', 'differsFromWish'],
        ['warn', 'jmaFirstOfApril'],
      ]),
    );
    must(await approveAs(world.as(district), id, { decidedOn: '2026-04-20' }));
    expect(await counts('2026-04-19')).toEqual(before);
    const [members = 0] = before;
    expect((await counts('2026-04-20'))[0]).toBe(members + 1);
    expect(await joinedOn(doctor)).toEqual(['2026-04-20']);
  });

  test('日本医師会の入会日を4月1日とするには、郡市区と都道府県も4月1日。4月20日の後では、上層の4月1日は断られる', async () => {
    const { district, prefecture, jma } = await officesOf(kita);
    const late = await fileJoin(world.as(await world.doctor()), { lowestAssociationId: kita, wishedOn: '2026-04-01' });
    must(await approveAs(world.as(district), late.id, { decidedOn: '2026-04-20' }));
    expect((await findings(prefecture, late.id)).proposedOn).toBe('2026-04-20');
    expect(await approveAs(world.as(prefecture), late.id, { decidedOn: '2026-04-01' })).toMatchObject({
      refusal: { fields: { decidedOn: ['下層の医師会の入会日(2026/04/20)より前の日付は入力できません。'] } },
    });

    const doctor = await world.doctor();
    const same = await fileJoin(world.as(doctor), { lowestAssociationId: kita, wishedOn: '2026-04-01' });
    must(await approveAs(world.as(district), same.id, { decidedOn: '2026-04-01' }));
    must(await approveAs(world.as(prefecture), same.id, { decidedOn: '2026-04-01' }));
    expect((await findings(jma, same.id)).proposedOn).toBe('2026-04-01');
    must(await approveAs(world.as(jma), same.id, { decidedOn: '2026-04-01' }));
    expect(await joinedOn(doctor)).toEqual(['2026-04-01', '2026-04-01', '2026-04-01']);
  });
});

test('G§7 4月1日に他の医師会へ異動する例: 異動元には3月31日、異動先には4月1日が示され、そのまま承認すれば連続する', async () => {
  const doctor = await memberOf(world, kita);
  const id = await fileTransfer(world, doctor, { from: kita, to: 13_005, wishedOn: '2026-04-01', leaveOn: '' });
  const { district: origin } = await officesOf(kita);
  const { district: destination, prefecture } = await officesOf(13_005);
  expect(await findings(origin, id)).toMatchObject({ proposedOn: '2026-03-31' });
  must(await approveLeaveAs(world.as(origin), id, '2026-03-31'));
  const proposal = await findings(destination, id);
  expect(proposal.proposedOn).toBe('2026-04-01');
  expect(proposal.told.filter(([level]) => level !== 'note')).toEqual([]);
  for (const office of [destination, prefecture]) must(await approveAs(world.as(office), id, { decidedOn: '2026-04-01' }));
  const { rows } = await world.database.system.query<{ joined_on: string; left_on: string | null }>(
    'SELECT joined_on::text, left_on::text FROM membership_period WHERE person_id = $1 AND association_id = ANY ($2) ORDER BY joined_on',
    [doctor.personId, [kita, 13_005]],
  );
  const [left, joined] = rows;
  expect(left?.left_on).toBe('2026-03-31');
  expect(joined?.joined_on).toBe(addDays(day(left?.left_on ?? ''), 1));
});

test('G§8 郡市区が承認のときに入力した退会日が、都道府県と日本医師会の退会日になる', async () => {
  const doctor = await memberOf(world, kita);
  const { district } = await officesOf(kita);
  const { id } = await fileWithdrawal(world.as(doctor), { leave: [kita], wishedOn: '2026-03-31' });
  must(await approveLeaveAs(world.as(district), id, '2026-04-10'));
  const { rows } = await world.database.system.query<{ left_on: string }>(
    'SELECT left_on::text FROM membership_period WHERE person_id = $1',
    [doctor.personId],
  );
  expect(rows.map((row) => row.left_on)).toEqual(['2026-04-10', '2026-04-10', '2026-04-10']);
});

test('G§9 2026年3月31日の退会を2025年10月1日に承認しても、2025年12月1日の会員数はすべての層で減らず、退会取消で退会もなくなる', async () => {
  const doctor = await world.doctor();
  const joining = await fileJoin(world.as(doctor, noon('2025-04-01')), { lowestAssociationId: kita, wishedOn: '2025-05-01' });
  for (const office of await world.offices(kita))
    must(await approveAs(world.as(office, noon('2025-04-10')), joining.id, { decidedOn: '2025-05-01' }));
  const days = ['2025-12-01', '2026-03-31', '2026-04-01'];
  const before = await Promise.all(days.map(async (on) => await counts(on)));
  const { district } = await officesOf(kita);
  const approving = world.as(district, noon('2025-10-01'));
  const { id } = await fileWithdrawal(world.as(doctor, noon('2025-09-20')), { leave: [kita], wishedOn: '2026-03-31' });
  must(await approveLeaveAs(approving, id, '2026-03-31'));
  expect(await counts('2025-12-01')).toEqual(before[0]);
  expect(await counts('2026-03-31')).toEqual(before[1]);
  expect(await counts('2026-04-01')).toEqual(before[2]?.map((members) => members - 1));
  const again = world.as(district, noon('2025-12-01'));
  const reason = { reason: 'Z01', note: '本人から電話で申し出' };
  must(await run(revokeLeave, again, { id, version: await versionOf(again, id), ...reason }, newId()));
  expect(await counts('2026-04-01')).toEqual(before[2]);
});
