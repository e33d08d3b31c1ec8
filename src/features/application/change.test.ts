import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DoctorActor } from '#kernel/actor.ts';
import { approveAs, must, versionOf } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import { kita } from '#support/case-mix.ts';
import { draftChange, fileChange, groupIn, memberOf, postedCategories, work } from '#support/moving.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';
import { returnCase } from './commands/return-case.ts';
import { saveChange } from './commands/save-change.ts';
import { saveDetails } from './commands/save-details.ts';
import { submitChange } from './commands/submit-change.ts';
import { moveStart } from './queries/move-start.ts';
import { decision } from './queries/office-decision.ts';
import { loadCase } from './store.server.ts';

/** 異動届 without change of association (`rules.md 3.7`, `screens.md D-10`). Today is 2026-01-15. */

const osaka = 27_000;
let world: World;

beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => {
  await world.close();
});

async function stepsOf(id: string) {
  const ctx = world.as({ kind: 'system', name: 'test' });
  const found = await readTransaction(ctx, (tx) => loadCase(tx, ctx.actor, id));
  return { state: found?.state, steps: found?.steps.map((step) => [step.associationId, step.leg, step.role, step.state]) };
}

async function phases(doctor: DoctorActor) {
  const { rows } = await world.database.system.query<{ association_id: number; code: string; starts_on: string; ends_on: string | null }>(
    `SELECT p.association_id, c.code, p.starts_on::text, p.ends_on::text FROM membership_phase p JOIN member_category c ON c.id = p.category_id
     WHERE p.person_id = $1 ORDER BY p.association_id DESC, p.starts_on`,
    [doctor.personId],
  );
  return rows.map((row) => [row.association_id, row.code, row.starts_on, row.ends_on]);
}

async function office(place: number) {
  const found = (await world.offices(kita))[place];
  if (found === undefined) throw new Error('no office');
  return world.as(found);
}

describe('異動届(医師会の異動を伴わない)', () => {
  test('区分が変わる医師会が承認し、ほかは確認。退会も入会も発生しない', async () => {
    const doctor = await memberOf(world, kita);
    const id = await fileChange(world, doctor, { associationId: kita, categories: { [kita]: 'B', 0: 'B' }, wishedOn: '2026-04-01' });
    expect(await stepsOf(id)).toEqual({
      state: 'submitted',
      steps: [
        [kita, 'change', 'decide', 'arrived'],
        [osaka, 'change', 'acknowledge', 'waiting'],
        [0, 'change', 'decide', 'waiting'],
      ],
    });
    must(await approveAs(await office(0), id, { decidedOn: '2026-04-01', categoryCode: 'B' }));
    // The membership of 日本医師会 goes on: nothing begins there, its category changes (`rules.md 3.12`).
    const { whatIf } = must(await ask(decision, await office(2), { id }));
    expect(whatIf.insurance).toEqual({ deed: 'change', from: '2026-04-01', covered: false });
    must(await approveAs(await office(2), id, { decidedOn: '2026-04-01', categoryCode: 'B' }));
    expect((await stepsOf(id)).state).toBe('completed');
    expect(await phases(doctor)).toEqual([
      [kita, 'A1', '2025-12-01', '2026-03-31'],
      [kita, 'B', '2026-04-01', null],
      [osaka, 'A1', '2025-12-01', null],
      [0, 'A1', '2025-12-01', '2026-03-31'],
      [0, 'B', '2026-04-01', null],
    ]);
    const events = await world.database.system.query<{ kind: string }>('SELECT DISTINCT kind FROM membership_event WHERE person_id = $1', [
      doctor.personId,
    ]);
    expect(events.rows.map((row) => row.kind).toSorted()).toEqual(['category_changed', 'joined']);
  });

  test('勤務先だけの変更は最下層が承認し、新しい所属が引き継ぐ', async () => {
    const doctor = await memberOf(world, kita);
    const before = await groupIn(world, doctor, kita);
    const id = await fileChange(world, doctor, {
      associationId: kita,
      reason: 'C11',
      wishedOn: '2026-02-01',
      details: { keepFacility: '', facilityName: '新しい診療所' },
    });
    expect((await stepsOf(id)).steps?.map((step) => step[2])).toEqual(['decide', 'acknowledge', 'acknowledge']);
    must(await approveAs(await office(0), id, { decidedOn: '2026-02-01' }));
    expect(await groupIn(world, doctor, 0)).not.toBe(before);
    expect(await groupIn(world, doctor, 0)).toBe(await groupIn(world, doctor, kita));
    expect((await phases(doctor)).map((row) => row[3])).toEqual(['2026-01-31', null, '2026-01-31', null, '2026-01-31', null]);
  });

  test('最下層が新しい勤務先を承認した後に差戻されても、届のときのグループのまま修正できる', async () => {
    const doctor = await memberOf(world, kita);
    const before = await groupIn(world, doctor, kita);
    const details = { keepFacility: '', facilityName: '新しい診療所' };
    const id = await fileChange(world, doctor, { associationId: kita, categories: { [osaka]: 'B' }, wishedOn: '2026-02-01', details });
    must(await approveAs(await office(0), id, { decidedOn: '2026-02-01' }));
    const back = { id, version: await versionOf(await office(1), id), reasons: ['R04'], message: 'ご確認ください。' };
    must(await run(returnCase, await office(1), back));
    expect(await groupIn(world, doctor, kita)).not.toBe(before);
    const start = await ask(moveStart, world.as(doctor), { kind: 'change', id });
    const [group] = start.ok ? start.value.groups : [];
    expect(group).toMatchObject({ id: before, rivalId: undefined });
    expect(group?.places.map((place) => place.associationId)).toEqual([kita, osaka, 0]);
    expect(group?.places[1]?.categories).not.toHaveLength(0);
  });

  test('何も変わらない届は出せない', async () => {
    const doctor = await memberOf(world, kita);
    const ctx = world.as(doctor);
    const { id } = must(await run(saveChange, ctx, { affiliationId: await groupIn(world, doctor, kita), reason: 'C11' }));
    const details = { ...work, wishedOn: '2026-02-01', keepFacility: 'on' };
    expect(await run(saveDetails, ctx, { id, version: 1, details, complete: true })).toMatchObject({
      refusal: { fields: { keepFacility: ['変更する内容がありません'] } },
    });
  });

  test('事由と所属を選ばなければ先に進めない。その他には内容が要る', async () => {
    const doctor = await memberOf(world, kita);
    const ctx = world.as(doctor);
    const affiliationId = await groupIn(world, doctor, kita);
    expect(await run(saveChange, ctx, {})).toMatchObject({
      refusal: { fields: { reason: ['選択されていません'], affiliationId: ['選択されていません'] } },
    });
    expect(await run(saveChange, ctx, { affiliationId, reason: 'C19' })).toMatchObject({
      refusal: { fields: { reasonText: ['内容を入力してください'] } },
    });
    expect(await run(saveChange, ctx, { affiliationId, reason: 'T01' })).toMatchObject({
      refusal: { fields: { reason: ['選択されていません'] } },
    });
  });

  test('他人の所属は選べない', async () => {
    const doctor = await memberOf(world, kita);
    const stranger = await memberOf(world, kita);
    const outcome = await run(saveChange, world.as(doctor), { affiliationId: await groupIn(world, stranger, kita), reason: 'C06' });
    expect(outcome).toMatchObject({ refusal: { fields: { affiliationId: ['選択されていません'] } } });
  });

  test('同じ所属の二つ目の届は断られ、先の届へのリンクが返る', async () => {
    const doctor = await memberOf(world, kita);
    const second = await draftChange(world, doctor, { associationId: kita, categories: { 0: 'B' }, wishedOn: '2026-02-01' });
    const first = await fileChange(world, doctor, { associationId: kita, categories: { 0: 'B' }, wishedOn: '2026-02-01' });
    const link = { to: `/my/applications/${first}` };
    expect(await run(submitChange, world.as(doctor), second)).toMatchObject({ refusal: { code: 'conflict', link } });
    const again = {
      affiliationId: await groupIn(world, doctor, kita),
      reason: 'C06',
      categories: await postedCategories(world, { 0: 'B' }),
    };
    expect(await run(saveChange, world.as(doctor), again)).toMatchObject({ refusal: { code: 'conflict', link } });
  });
});
