import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DoctorActor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { planSettings } from '#features/association/commands/plan-settings.ts';
import { settingsHistory } from '#features/association/queries/settings-history.ts';
import { associationSettings } from '#features/association/schema.ts';
import { badgeOf } from '#features/membership/queries/badge.ts';
import { membersOn } from '#features/membership/queries/member-count.ts';
import { approveAs, fileJoin, must, officeActor, versionOf } from '#main/demo/acting.ts';
import { fileWithdrawal } from '#main/demo/leaving.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import { day } from '#kernel/day.ts';
import { approveUpTo, filed, kita, minato } from '#support/case-mix.ts';
import { draftTransfer, fileTransfer, groupIn, memberOf } from '#support/moving.ts';
import type { World } from '#support/world.ts';
import { createWorld, testNow } from '#support/world.ts';
import { approve } from './commands/approve.ts';
import { reject } from './commands/reject.ts';
import { submitTransfer } from './commands/submit-transfer.ts';
import { joinReview } from './queries/join-review.ts';
import { decision } from './queries/office-decision.ts';
import { loadCase } from './store.server.ts';

/** 異動届 with change of association, both sides in one case (`rules.md 3.6`, `screens.md D-09`). Today is 2026-01-15. */

const osaka = 27_000;
const tokyo = 13_000;
const miyakojima = 27_002;
const fukushima = 27_003;
const aoba = 14_501;
let world: World;

beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => {
  await world.close();
});

function office(associationId: number, now = testNow) {
  return world.as(officeActor({ id: associationId, name: '', layer: associationId === 0 ? 1 : associationId % 1000 === 0 ? 2 : 3 }), now);
}

async function stepsOf(id: string) {
  const ctx = world.as({ kind: 'system', name: 'test' });
  const found = await readTransaction(ctx, (tx) => loadCase(tx, ctx.actor, id));
  return { state: found?.state, steps: found?.steps.map((step) => [step.associationId, step.leg, step.role, step.state]) ?? [] };
}

async function stateOfStep(id: string, associationId: number) {
  return (await stepsOf(id)).steps.find((step) => step[0] === associationId)?.[3];
}

async function periods(doctor: DoctorActor) {
  const { rows } = await world.database.system.query<{ association_id: number; joined_on: string; left_on: string | null }>(
    'SELECT association_id, joined_on::text, left_on::text FROM membership_period WHERE person_id = $1 ORDER BY association_id DESC, joined_on',
    [doctor.personId],
  );
  return rows.map((row) => [row.association_id, row.joined_on, row.left_on]);
}

/** 承認 with any day; a leave has no category. */
async function decideAt(associationId: number, id: string, decidedOn: string, more: Record<string, unknown> = {}) {
  const leg = (await stepsOf(id)).steps.find((step) => step[0] === associationId)?.[1];
  const ctx = office(associationId);
  if (leg === 'leave')
    return await run(approve, ctx, { id, version: await versionOf(ctx, id), decidedOn, confirmed: 'on', ...more }, newId());
  return await approveAs(ctx, id, { decidedOn });
}

async function count(associationId: number, on: string) {
  return await readTransaction(office(associationId), (tx) => membersOn(tx, associationId, day(on)));
}

const toApril = { wishedOn: '2026-04-01', leaveOn: '2026-03-31' };

describe('異動届(医師会の異動)', () => {
  test('連続した異動では、日本医師会に入会していない医師の継続年数も途切れない', async () => {
    const doctor = await world.doctor();
    const join = await fileJoin(world.as(doctor), { lowestAssociationId: kita, wishedOn: '2025-12-01', upTo: 2 });
    for (const id of [kita, osaka]) must(await approveAs(office(id), join.id, { decidedOn: '2025-12-01' }));
    const id = await fileTransfer(world, doctor, { from: kita, to: minato, upTo: 2, ...toApril });
    for (const [association, on] of [
      [kita, '2026-03-31'],
      [minato, '2026-04-01'],
      [tokyo, '2026-04-01'],
    ] as const)
      must(await decideAt(association, id, on));
    const badge = await readTransaction(world.as(doctor), (tx) => badgeOf(tx, doctor.personId, day('2026-12-15')));
    expect(badge).toEqual({ association: '東京都医師会', years: '1年以上' });
  });

  test('G§7: 3/31退会、4/1入会は連続し、どの日も1つの都道府県の会員として数えられる', async () => {
    const doctor = await memberOf(world, kita);
    const days = ['2026-03-30', '2026-03-31', '2026-04-01', '2026-04-02'];
    const before = await Promise.all(days.map(async (on) => [await count(osaka, on), await count(tokyo, on), await count(0, on)]));
    const id = await fileTransfer(world, doctor, { from: kita, to: minato, ...toApril });
    expect(await stepsOf(id)).toEqual({
      state: 'submitted',
      steps: [
        [kita, 'leave', 'decide', 'arrived'],
        [osaka, 'leave', 'acknowledge', 'waiting'],
        [minato, 'join', 'decide', 'arrived'],
        [tokyo, 'join', 'decide', 'waiting'],
        [0, 'change', 'acknowledge', 'waiting'],
      ],
    });
    must(await decideAt(kita, id, '2026-03-31'));
    must(await decideAt(minato, id, '2026-04-01'));
    expect(await periods(doctor)).toEqual([
      [kita, '2025-12-01', null],
      [osaka, '2025-12-01', null],
      [0, '2025-12-01', null],
    ]);
    must(await decideAt(tokyo, id, '2026-04-01'));
    expect((await stepsOf(id)).state).toBe('completed');
    expect(await periods(doctor)).toEqual([
      [kita, '2025-12-01', '2026-03-31'],
      [osaka, '2025-12-01', '2026-03-31'],
      [minato, '2026-04-01', null],
      [tokyo, '2026-04-01', null],
      [0, '2025-12-01', null],
    ]);
    const after = await Promise.all(days.map(async (on) => [await count(osaka, on), await count(tokyo, on), await count(0, on)]));
    const badgeIn2027 = await readTransaction(world.as(doctor), (tx) => badgeOf(tx, doctor.personId, day('2027-01-15')));
    expect(badgeIn2027).toEqual({ association: '日本医師会', years: '1年以上' });
    const difference = after.map((row, index) => row.map((value, place) => value - (before[index]?.[place] ?? 0)));
    expect(difference).toEqual([
      [0, 0, 0],
      [0, 0, 0],
      [-1, 1, 0],
      [-1, 1, 0],
    ]);
  });

  test('G§6: 郡市区の理事会が4月20日なら、下層は4月20日。日本医師会は4月1日のまま続く', async () => {
    const doctor = await memberOf(world, kita);
    const id = await fileTransfer(world, doctor, { from: kita, to: minato, ...toApril });
    must(await decideAt(kita, id, '2026-03-31'));
    const ctx = office(minato);
    const late = { id, version: await versionOf(ctx, id), decidedOn: '2026-04-20', categoryId: undefined };
    expect(await run(approve, ctx, late, newId())).toMatchObject({ ok: false });
    const outcome = await approveAs(ctx, id, { decidedOn: '2026-04-20' });
    expect(outcome).toMatchObject({ refusal: { fields: { gapReason: ['退会日と入会日が連続していません。理由を入力してください'] } } });
    const categories = await world.database.system.query<{ id: number }>(
      `SELECT id FROM member_category WHERE association_id = $1 AND code = 'A1'`,
      [minato],
    );
    must(
      await run(
        approve,
        ctx,
        { ...late, categoryId: categories.rows[0]?.id, confirmed: 'on', gapReason: '理事会が4月20日のため' },
        newId(),
      ),
    );
    expect(await decideAt(tokyo, id, '2026-04-01')).toMatchObject({
      refusal: { fields: { decidedOn: ['下層の医師会の入会日(2026/04/20)より前の日付は入力できません。'] } },
    });
    must(await decideAt(tokyo, id, '2026-04-20'));
    expect(await periods(doctor)).toEqual([
      [kita, '2025-12-01', '2026-03-31'],
      [osaka, '2025-12-01', '2026-03-31'],
      [minato, '2026-04-20', null],
      [tokyo, '2026-04-20', null],
      [0, '2025-12-01', null],
    ]);
  });

  test('確認画面の今後の流れには、異動元と異動先の決定と、引き続き所属する医師会の確認が並ぶ', async () => {
    const doctor = await memberOf(world, kita);
    const { id } = await draftTransfer(world, doctor, { from: kita, to: miyakojima, ...toApril });
    const review = must(await ask(joinReview, world.as(doctor), { id }));
    expect(review.way.map(({ name, leg, role }) => [name, leg, role])).toEqual([
      ['大阪市北区医師会', 'leave', 'decide'],
      ['都島区医師会', 'join', 'decide'],
      ['大阪府医師会', 'change', 'acknowledge'],
      ['日本医師会', 'change', 'acknowledge'],
    ]);
    const other = await memberOf(world, kita);
    const undecided = await draftTransfer(world, other, { from: kita, to: undefined, ...toApril });
    const leaving = must(await ask(joinReview, world.as(other), { id: undecided.id }));
    expect(leaving.way.map(({ leg, role }) => [leg, role])).toEqual([
      ['leave', 'decide'],
      ['leave', 'acknowledge'],
      ['leave', 'acknowledge'],
    ]);
  });

  test('同じ都道府県の中では、都道府県と日本医師会は引き続き所属し、確認だけを行う', async () => {
    const doctor = await memberOf(world, kita);
    const before = await groupIn(world, doctor, 0);
    const id = await fileTransfer(world, doctor, { from: kita, to: miyakojima, ...toApril });
    expect((await stepsOf(id)).steps.map((step) => step.slice(0, 3))).toEqual([
      [kita, 'leave', 'decide'],
      [miyakojima, 'join', 'decide'],
      [osaka, 'change', 'acknowledge'],
      [0, 'change', 'acknowledge'],
    ]);
    must(await decideAt(miyakojima, id, '2026-04-01'));
    must(await decideAt(kita, id, '2026-03-31'));
    expect((await stepsOf(id)).steps.map((step) => step[3])).toEqual(['approved', 'approved', 'arrived', 'arrived']);
    expect(await periods(doctor)).toEqual([
      [miyakojima, '2026-04-01', null],
      [kita, '2025-12-01', '2026-03-31'],
      [osaka, '2025-12-01', null],
      [0, '2025-12-01', null],
    ]);
    expect(await groupIn(world, doctor, 0)).not.toBe(before);
    expect(await groupIn(world, doctor, osaka)).toBe(await groupIn(world, doctor, miyakojima));
  });

  test('3層から4層へ、4層から3層へ', async () => {
    const doctor = await memberOf(world, kita);
    const up = await fileTransfer(world, doctor, { from: kita, to: aoba, wishedOn: '2026-02-01', leaveOn: '2026-01-31' });
    must(await decideAt(kita, up, '2026-01-31'));
    for (const id of [aoba, 14_001, 14_000]) must(await decideAt(id, up, '2026-02-01'));
    expect((await periods(doctor)).filter((row) => row[2] === null).map((row) => row[0])).toEqual([aoba, 14_001, 14_000, 0]);
    const down = await fileTransfer(world, doctor, { from: aoba, to: minato, ...toApril });
    expect((await stepsOf(down)).steps.map((step) => step.slice(0, 3))).toEqual([
      [aoba, 'leave', 'decide'],
      [14_001, 'leave', 'acknowledge'],
      [14_000, 'leave', 'acknowledge'],
      [minato, 'join', 'decide'],
      [tokyo, 'join', 'decide'],
      [0, 'change', 'acknowledge'],
    ]);
    must(await decideAt(minato, down, '2026-04-01'));
    must(await decideAt(tokyo, down, '2026-04-01'));
    must(await decideAt(aoba, down, '2026-03-31'));
    expect((await periods(doctor)).filter((row) => row[2] === null).map((row) => row[0])).toEqual([minato, tokyo, 0]);
  });

  test('ほかの所属と共有する上層の医師会は、その所属に移して継続できる', async () => {
    const doctor = await memberOf(world, kita);
    const second = await fileJoin(world.as(doctor), { lowestAssociationId: miyakojima, wishedOn: '2026-01-01', upTo: 3 });
    must(await approveAs(office(miyakojima), second.id, { decidedOn: '2026-01-01' }));
    const other = await groupIn(world, doctor, miyakojima);
    const id = await fileTransfer(world, doctor, { from: kita, to: minato, ...toApril, moves: { [String(osaka)]: other } });
    expect((await stepsOf(id)).steps.map((step) => step.slice(0, 3))).toEqual([
      [kita, 'leave', 'decide'],
      [minato, 'join', 'decide'],
      [tokyo, 'join', 'decide'],
      [osaka, 'change', 'acknowledge'],
      [0, 'change', 'acknowledge'],
    ]);
    must(await decideAt(kita, id, '2026-03-31'));
    must(await decideAt(minato, id, '2026-04-01'));
    must(await decideAt(tokyo, id, '2026-04-01'));
    expect((await periods(doctor)).filter((row) => row[2] === null).map((row) => row[0])).toEqual([miyakojima, osaka, minato, tokyo, 0]);
    expect(await groupIn(world, doctor, osaka)).toBe(other);
    expect(await groupIn(world, doctor, 0)).toBe(await groupIn(world, doctor, minato));
  });

  test('別の所属で会員である異動先には入会せず、上層はその所属が引き継ぐ', async () => {
    const doctor = await memberOf(world, kita);
    const second = await fileJoin(world.as(doctor), { lowestAssociationId: miyakojima, wishedOn: '2026-01-01', upTo: 3 });
    must(await approveAs(office(miyakojima), second.id, { decidedOn: '2026-01-01' }));
    const id = await fileTransfer(world, doctor, { from: kita, to: miyakojima, ...toApril });
    expect((await stepsOf(id)).steps.map((step) => step.slice(0, 3))).toEqual([
      [kita, 'leave', 'decide'],
      [osaka, 'change', 'acknowledge'],
      [0, 'change', 'acknowledge'],
    ]);
    must(await decideAt(kita, id, '2026-03-31'));
    expect(await groupIn(world, doctor, osaka)).toBe(await groupIn(world, doctor, miyakojima));
    expect(await groupIn(world, doctor, 0)).toBe(await groupIn(world, doctor, miyakojima));
  });

  test.each([
    { origin: miyakojima, order: 'leave_first', first: miyakojima, second: minato },
    { origin: fukushima, order: 'join_first', first: minato, second: fukushima },
  ])('順序 $order: 片方が終わるまで、もう片方には届かない', async ({ origin, order, first, second }) => {
    const clerk = office(origin);
    const { revision } = must(await ask(settingsHistory, clerk, {}));
    const wanted = {
      ...associationSettings.parse({}),
      transferOrder: order,
      startsOn: '2026-01-16',
      reason: '異動の順序',
      version: revision,
    };
    must(await run(planSettings, clerk, wanted, newId()));
    const doctor = await memberOf(world, origin);
    const now = new Date('2026-01-20T03:00:00Z');
    const id = await fileTransfer(world, doctor, { from: origin, to: minato, ...toApril, now });
    expect([await stateOfStep(id, first), await stateOfStep(id, second)]).toEqual(['arrived', 'waiting']);
    const dayOf = (associationId: number) => (associationId === minato || associationId === tokyo ? '2026-04-01' : '2026-03-31');
    must(await decideAt(first, id, dayOf(first)));
    if (order === 'join_first') {
      expect(await stateOfStep(id, second)).toBe('waiting');
      must(await decideAt(tokyo, id, '2026-04-01'));
    }
    expect(await stateOfStep(id, second)).toBe('arrived');
    must(await decideAt(second, id, dayOf(second)));
    if (order === 'leave_first') must(await decideAt(tokyo, id, '2026-04-01'));
    expect((await stepsOf(id)).state).toBe('completed');
  });

  test('異動時の退会に別の退会届を求める医師会からは、異動届は入会だけを進め、完了の後に退会届で退会する', async () => {
    const origin = 27_004;
    const clerk = office(origin);
    const { revision } = must(await ask(settingsHistory, clerk, {}));
    const wanted = { ...associationSettings.parse({}), transferWithdrawal: 'separate', startsOn: '2026-01-16', reason: '退会届' };
    must(await run(planSettings, clerk, { ...wanted, version: revision }, newId()));
    const now = new Date('2026-01-20T03:00:00Z');
    const doctor = await memberOf(world, origin);
    const id = await fileTransfer(world, doctor, { from: origin, to: minato, wishedOn: '2026-04-01', leaveOn: '', now });
    expect((await stepsOf(id)).steps).toEqual([
      [minato, 'join', 'decide', 'arrived'],
      [tokyo, 'join', 'decide', 'waiting'],
      [0, 'change', 'acknowledge', 'waiting'],
    ]);
    for (const association of [minato, tokyo]) must(await decideAt(association, id, '2026-04-01'));
    const leave = { leave: [origin], wishedOn: '2026-03-31' };
    const withdrawal = await fileWithdrawal(world.as(doctor, now), leave);
    expect((await stepsOf(withdrawal.id)).steps.map((step) => step.slice(0, 3))).toEqual([
      [origin, 'leave', 'decide'],
      [osaka, 'leave', 'acknowledge'],
    ]);
    must(await decideAt(origin, withdrawal.id, '2026-03-31'));
    expect(await periods(doctor)).toEqual([
      [origin, '2025-12-01', '2026-03-31'],
      [osaka, '2025-12-01', '2026-03-31'],
      [minato, '2026-04-01', null],
      [tokyo, '2026-04-01', null],
      [0, '2025-12-01', null],
    ]);
  });

  test.each([
    { side: '異動元', by: kita, decided: minato, on: '2026-04-01' },
    { side: '異動先', by: minato, decided: kita, on: '2026-03-31' },
  ])('$side の非承認で、会員資格は何も変わらない', async ({ by, decided, on }) => {
    const doctor = await memberOf(world, kita);
    const before = await periods(doctor);
    const id = await fileTransfer(world, doctor, { from: kita, to: minato, ...toApril });
    must(await decideAt(decided, id, on));
    const ctx = office(by);
    must(await run(reject, ctx, { id, version: await versionOf(ctx, id), reason: 'N01', message: '確認できませんでした。' }, newId()));
    expect((await stepsOf(id)).state).toBe('rejected');
    expect(await periods(doctor)).toEqual(before);
  });

  test('異動先が決まっていない届は退会だけを進める', async () => {
    const doctor = await memberOf(world, kita);
    const id = await fileTransfer(world, doctor, { from: kita, to: undefined, ...toApril });
    expect((await stepsOf(id)).steps.map((step) => step.slice(0, 3))).toEqual([
      [kita, 'leave', 'decide'],
      [osaka, 'leave', 'acknowledge'],
      [0, 'leave', 'acknowledge'],
    ]);
    must(await decideAt(kita, id, '2026-03-31'));
    expect((await periods(doctor)).map((row) => row[2])).toEqual(['2026-03-31', '2026-03-31', '2026-03-31']);
  });

  test('二つの日付がつながらなければ、理由を求める', async () => {
    const doctor = await memberOf(world, kita);
    const wish = { from: kita, to: minato, wishedOn: '2026-04-01', leaveOn: '2026-03-20' };
    await expect(draftTransfer(world, doctor, wish)).rejects.toThrow('退会日と入会日が連続していません。理由を入力してください');
    const draft = await draftTransfer(world, await memberOf(world, kita), { ...wish, gapReason: '転居のため' });
    expect(draft.version).toBe(3);
  });

  test('申請者が空き期間の理由を述べた届では、両側にそれぞれの希望の日付を提案する。述べていなければ続く日付を提案する(rules.md 3.6)', async () => {
    const look = async (associationId: number, id: string) => must(await ask(decision, office(associationId), { id }));
    const gap = { wishedOn: '2026-04-01', leaveOn: '2026-03-20', gapReason: '転居のため' };
    const apart = await fileTransfer(world, await memberOf(world, kita), { from: kita, to: minato, ...gap });
    const origin = await look(kita, apart);
    expect(origin.proposedOn).toBe('2026-03-20');
    // What the wish of this side says, not that of the other: nobody has changed a 期.
    expect(origin.whatIf.feePeriod).toEqual({ label: '2025年度3期(12–3月)', wished: '2025年度3期(12–3月)' });
    expect(origin.whatIf.layers.find((layer) => layer.associationId === minato)?.after?.joinedOn).toBe('2026-04-01');
    must(await decideAt(kita, apart, '2026-03-20'));
    expect((await look(minato, apart)).proposedOn).toBe('2026-04-01');

    const joined = await fileTransfer(world, await memberOf(world, kita), { from: kita, to: minato, ...toApril });
    must(await decideAt(kita, joined, '2026-04-10', { gapReason: '理事会の日程' }));
    expect((await look(minato, joined)).proposedOn).toBe('2026-04-11');
  });

  test('異動元・異動先が同じ医師会なら断られ、同じ所属の二つ目の届も断られる', async () => {
    const doctor = await memberOf(world, kita);
    await expect(draftTransfer(world, doctor, { from: kita, to: kita, ...toApril })).rejects.toThrow('異動元・異動先が同じ医師会です');
    const second = await draftTransfer(world, doctor, { from: kita, to: minato, ...toApril });
    const first = await fileTransfer(world, doctor, { from: kita, to: minato, ...toApril });
    expect(await run(submitTransfer, world.as(doctor), second, newId())).toMatchObject({
      refusal: { code: 'conflict', link: { to: `/my/applications/${first}` } },
    });
  });

  test('以前に異動先の都道府県の会員だった医師も異動できる', async () => {
    const doctor = await world.doctor();
    const earlier = await filed(world, minato, doctor, '2025-11-01');
    await approveUpTo(world, earlier, 3, '2025-11-01');
    const there = await fileTransfer(world, doctor, { from: minato, to: kita, wishedOn: '2026-01-01', leaveOn: '2025-12-31' });
    must(await decideAt(minato, there, '2025-12-31'));
    for (const id of [kita, osaka]) must(await decideAt(id, there, '2026-01-01'));
    const back = await fileTransfer(world, doctor, { from: kita, to: minato, ...toApril });
    must(await decideAt(kita, back, '2026-03-31'));
    for (const id of [minato, tokyo]) must(await decideAt(id, back, '2026-04-01'));
    expect((await stepsOf(back)).state).toBe('completed');
  });
});
