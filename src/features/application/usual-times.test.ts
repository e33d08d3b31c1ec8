import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OfficeActor } from '#kernel/actor.ts';
import { day } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import { isWorkingDay, workingDaysBetween } from '#kernel/working-day.ts';
import { changeSetting } from '#features/system-settings/commands/change-setting.ts';
import { approveAs, fileJoin, must, system, versionOf } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';
import { refreshUsualTimes } from './daily.ts';
import { workingCalendar } from './commands/count-usual-times.ts';
import { resubmitJoin } from './commands/resubmit-join.ts';
import { returnCase } from './commands/return-case.ts';
import { myApplication } from './queries/my-application.ts';

const kita = 27_001;
let world: World;
let district: OfficeActor;

beforeAll(async () => {
  world = await createWorld();
  const [lowest] = await world.offices(kita);
  if (lowest === undefined) throw new Error('no chain');
  district = lowest;
});
afterAll(async () => {
  await world.close();
});

const at = (on: string) => new Date(`${on}T12:00:00+09:00`);

async function filed(on: string) {
  const doctor = await world.doctor();
  const { id } = await fileJoin(world.as(doctor, at(on)), { lowestAssociationId: kita, upTo: 3, wishedOn: on });
  return { doctor, id };
}

async function decided(from: string, to: string): Promise<void> {
  const { id } = await filed(from);
  must(await approveAs(world.as(district, at(to)), id, { decidedOn: to }));
}

async function usual(on: string): Promise<string | undefined> {
  const { doctor, id } = await filed(on);
  const view = must(await ask(myApplication, world.as(doctor, at(on)), { id }));
  return view.steps[0]?.usual;
}

describe('処理日数の目安(D-07)', () => {
  test('番号を振った暦の差は、営業日数に等しい', () => {
    const { days, numbers } = workingCalendar(day('2026-04-01'), day('2026-05-31'));
    const number = (on: string) => numbers[days.indexOf(day(on))] ?? 0;
    for (const [from, to] of [
      ['2026-04-03', '2026-04-06'],
      ['2026-04-28', '2026-05-07'],
      ['2026-05-02', '2026-05-09'],
    ] as const)
      expect(number(to) - number(from)).toBe(workingDaysBetween(day(from), day(to)));
    expect(numbers.at(-1)).toBe(days.filter((on) => isWorkingDay(on)).length);
  });

  test('件数が足りるまでは示さず、足りれば中央値を示す。差戻しの間は数えない', async () => {
    must(await run(changeSetting, world.as(system), { name: 'usualTimeCases', value: 3 }));
    await decided('2026-01-05', '2026-01-06'); // 1営業日
    await decided('2026-01-05', '2026-01-26'); // 14営業日
    await refreshUsualTimes(world.as(system, at('2026-02-01')));
    expect(await usual('2026-02-02')).toBeUndefined();

    const { doctor, id } = await filed('2026-01-05');
    const back = world.as(district, at('2026-01-07'));
    must(await run(returnCase, back, { id, version: await versionOf(back, id), reasons: ['R04'], fields: [], message: '確認' }, newId()));
    const again = world.as(doctor, at('2026-01-20'));
    must(await run(resubmitJoin, again, { id, version: await versionOf(again, id) }, newId()));
    must(await approveAs(world.as(district, at('2026-01-21')), id, { decidedOn: '2026-02-01' })); // 2 + 1営業日
    expect(await usual('2026-02-02')).toBeUndefined();
    await Promise.all([refreshUsualTimes(world.as(system, at('2026-02-03'))), refreshUsualTimes(world.as(system, at('2026-02-03')))]);
    expect(await usual('2026-02-03')).toBe('目安:3営業日');
  });

  test('一年より前の処理は数えず、その日のうちの処理は1営業日と示す', async () => {
    await refreshUsualTimes(world.as(system, at('2027-03-01')));
    expect(await usual('2027-03-01')).toBeUndefined();
    for (let count = 0; count < 3; count += 1) await decided('2027-03-01', '2027-03-01');
    await refreshUsualTimes(world.as(system, at('2027-03-02')));
    expect(await usual('2027-03-02')).toBe('目安:1営業日');
  });
});
