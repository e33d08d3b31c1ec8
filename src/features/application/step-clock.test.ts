import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OfficeActor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { approveAs, fileJoin, must, versionOf } from '#main/demo/acting.ts';
import { approveLeaveAs, fileWithdrawal } from '#main/demo/leaving.ts';
import { officeTop } from '#features/desk/queries/office-top.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { firstReason } from '#support/case-mix.ts';
import { memberOf } from '#support/moving.ts';
import type { World } from '#support/world.ts';
import { createWorld, testNow } from '#support/world.ts';
import { resubmitJoin } from './commands/resubmit-join.ts';
import { revokeLeave } from './commands/revoke.ts';
import { returnCase } from './commands/return-case.ts';
import { inbox } from './queries/inbox.ts';
import { myApplication } from './queries/my-application.ts';
import { officeApplication } from './queries/office-application.ts';

const kita = 27_001;
const minato = 13_005;
let world: World;

beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => {
  await world.close();
});

const later = (days: number) => new Date(testNow.getTime() + days * 86_400_000);

async function filed(lowestAssociationId: number) {
  const doctor = await world.doctor();
  const { id } = await fileJoin(world.as(doctor), { lowestAssociationId, wishedOn: '2026-02-01' });
  const [district, prefecture] = await world.offices(lowestAssociationId);
  if (district === undefined || prefecture === undefined) throw new Error('no chain');
  return { doctor, id, district, prefecture };
}

/** What the list, the top page and the detail of an office say of one case. */
async function seen(office: OfficeActor, id: string, days: number) {
  const ctx = world.as(office, later(days));
  const list = must(await ask(inbox, ctx, { tab: 'all' })).rows.find((row) => row.id === id);
  const marked = must(await ask(inbox, ctx, { tab: 'todo', late: '1' })).rows.some((row) => row.id === id);
  const top = must(await ask(officeTop, ctx, {})).work.join;
  const detail = must(await ask(officeApplication, ctx, { id }));
  return {
    list: [list?.holder?.days, list?.late],
    detail: [detail.own.days, detail.late],
    filtered: marked,
    top: [top.cases, top.late],
  };
}

describe('時計は申請者のもとで止まる(rules.md 3.13)', () => {
  test('一覧・TOP・詳細・マイページが同じ日数を示し、差戻しの間は数えない', async () => {
    const { doctor, id, district } = await filed(kita);
    expect(await seen(district, id, 4)).toEqual({ list: [4, false], detail: [4, false], filtered: false, top: [1, 0] });

    const returning = world.as(district, later(4));
    must(
      await run(
        returnCase,
        returning,
        { id, version: await versionOf(returning, id), reasons: ['R04'], fields: [], message: '確認' },
        newId(),
      ),
    );
    expect(await seen(district, id, 30)).toEqual({ list: [undefined, false], detail: [undefined, false], filtered: false, top: [0, 0] });

    const again = world.as(doctor, later(30));
    must(await run(resubmitJoin, again, { id, version: await versionOf(again, id) }, newId()));
    expect(await seen(district, id, 32)).toEqual({ list: [6, false], detail: [6, false], filtered: false, top: [1, 0] });
    expect(await seen(district, id, 33)).toEqual({ list: [7, true], detail: [7, true], filtered: true, top: [1, 1] });
    expect(must(await ask(myApplication, world.as(doctor, later(33)), { id })).balls[0]?.sentence).toBe(
      'いま大阪市北区医師会の受付待ちです(2026/02/14（土）から3日、通算7日)',
    );
  });

  test('一覧は、差戻しの間を除いた経過日数の長い順に並ぶ', async () => {
    const first = await filed(27_003);
    const returning = world.as(first.district, later(1));
    const about = { id: first.id, version: await versionOf(returning, first.id) };
    must(await run(returnCase, returning, { ...about, reasons: ['R04'], fields: [], message: '確認' }, newId()));
    const second = await fileJoin(world.as(await world.doctor(), later(25)), { lowestAssociationId: 27_003, wishedOn: '2026-03-01' });
    const again = world.as(first.doctor, later(30));
    must(await run(resubmitJoin, again, { id: first.id, version: await versionOf(again, first.id) }, newId()));
    const rows = must(await ask(inbox, world.as(first.district, later(33)), { tab: 'todo' })).rows;
    expect(rows.map((row) => [row.id, row.holder?.days])).toEqual([
      [second.id, 8],
      [first.id, 4],
    ]);
  });

  test('上層の時計は、上層に届いた日から始まる', async () => {
    const { id, district, prefecture } = await filed(minato);
    must(await approveAs(world.as(district, later(10)), id, { decidedOn: '2026-02-01' }));
    expect(await seen(prefecture, id, 16)).toEqual({ list: [6, false], detail: [6, false], filtered: false, top: [1, 0] });
    expect(await seen(prefecture, id, 17)).toEqual({ list: [7, true], detail: [7, true], filtered: true, top: [1, 1] });
  });

  test('▲までの日数は、届が出されたときの環境設定に従う', async () => {
    const settings = async (version: number, days: number) =>
      await world.database.system.query(
        `INSERT INTO association_settings (association_id, version, starts_on, settings, reason)
         SELECT association_id, $2, $4, settings || jsonb_build_object('reminderDays', $3::int), 'テスト' FROM association_settings
         WHERE association_id = $1 AND version = 1`,
        [14_501, version, days, version === 2 ? '2025-04-01' : '2026-01-16'],
      );
    await settings(2, 3);
    const { id, district } = await filed(14_501);
    await settings(3, 20);
    expect((await seen(district, id, 2)).list).toEqual([2, false]);
    expect((await seen(district, id, 3)).list).toEqual([3, true]);
  });

  test('決定の後に残る確認は、その医師会だけのもので、ほかの医師会には▲を付けない', async () => {
    const doctor = await memberOf(world, kita);
    const { id } = await fileWithdrawal(world.as(doctor), { leave: [kita], wishedOn: '2026-03-31' });
    const [district, prefecture] = await world.offices(kita);
    if (district === undefined || prefecture === undefined) throw new Error('no chain');
    must(await approveLeaveAs(world.as(district), id, '2026-03-31'));
    const marks = async (office: OfficeActor, days: number) => {
      const { list, detail, filtered } = await seen(office, id, days);
      return { list, detail, filtered };
    };
    const nothing = { list: [undefined, false], detail: [undefined, false], filtered: false };
    expect(await marks(district, 10)).toEqual(nothing);
    expect(await marks(prefecture, 10)).toEqual({ list: [10, true], detail: [10, true], filtered: true });

    const revoking = world.as(district, later(10));
    const reason = await firstReason(world, 'withdrawal_cancel');
    must(await run(revokeLeave, revoking, { id, version: await versionOf(revoking, id), reason, note: '本人から電話' }, newId()));
    expect(await marks(district, 20)).toEqual(nothing);
    // 確認 of the revocation begins anew.
    expect(await marks(prefecture, 12)).toEqual({ list: [2, false], detail: [2, false], filtered: false });
  });
});

describe('進み具合(screens.md D-07)', () => {
  test('どの医師会が承認し、どの医師会が確認のみかを示し、確認のみの医師会にも決まった退会日を示す', async () => {
    const doctor = await memberOf(world, kita);
    const { id } = await fileWithdrawal(world.as(doctor), { leave: [kita], wishedOn: '2026-03-31' });
    const steps = async () =>
      must(await ask(myApplication, world.as(doctor), { id })).steps.map(({ facts }) => facts.slice(0, 2).map((fact) => fact.value));
    const [first] = await steps();
    expect(first?.[0]).toBe('審査・承認');
    const [district] = await world.offices(kita);
    if (district === undefined) throw new Error('no office');
    must(await approveLeaveAs(world.as(district), id, '2026-03-31'));
    expect(await steps()).toEqual([
      ['審査・承認', '2026/03/31'],
      ['確認のみ', '2026/03/31'],
      ['確認のみ', '2026/03/31'],
    ]);
  });
});
