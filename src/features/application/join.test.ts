import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/id.ts';
import { approveAs, draftJoin, fileJoin, must, versionOf } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';
import { receive } from './commands/receive.ts';
import { resubmitJoin } from './commands/resubmit-join.ts';
import { returnCase } from './commands/return-case.ts';
import { reject } from './commands/reject.ts';
import { saveDetails } from './commands/save-details.ts';
import { submitJoin } from './commands/submit-join.ts';
import { loadCase } from './store.server.ts';

const kita = 27001;
const aoba = 14501;
let world: World;

beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => {
  await world.close();
});

async function periods(personId: string) {
  const rows = await world.database.system.query<{ association_id: number; joined_on: string; left_on: string | null }>(
    'SELECT association_id, joined_on, left_on FROM membership_period WHERE person_id = $1 ORDER BY association_id DESC',
    [personId],
  );
  return rows.rows.map((row) => [row.association_id, row.joined_on, row.left_on]);
}

async function states(id: string) {
  const ctx = world.as({ kind: 'system', name: 'test' });
  const found = await readTransaction(ctx, (tx) => loadCase(tx, ctx.actor, id));
  return [found?.state, ...(found?.steps.map((step) => step.state) ?? [])];
}

describe('入会届', () => {
  test('3層から1層まで、各医師会が自分の入会日で承認すると会員になる', async () => {
    const doctor = await world.doctor();
    const { id, number } = await fileJoin(world.as(doctor), { lowestAssociationId: kita, wishedOn: '2026-02-01' });
    expect(number).toMatch(/^2026-\d{7}$/);
    const [district, prefecture, jma] = await world.offices(kita);
    if (district === undefined || prefecture === undefined || jma === undefined) throw new Error('no chain');
    expect(await states(id)).toEqual(['submitted', 'arrived', 'waiting', 'waiting']);
    must(await run(receive, world.as(district), { id, version: await versionOf(world.as(district), id), licenceSeen: 'on' }));
    must(await approveAs(world.as(district), id, { decidedOn: '2026-02-01' }));
    expect(await states(id)).toEqual(['submitted', 'approved', 'arrived', 'waiting']);
    must(await approveAs(world.as(prefecture), id, { decidedOn: '2026-02-10' }));
    must(await approveAs(world.as(jma), id, { decidedOn: '2026-02-10' }));
    expect(await states(id)).toEqual(['completed', 'approved', 'approved', 'approved']);
    expect(await periods(doctor.personId)).toEqual([
      [27001, '2026-02-01', null],
      [27000, '2026-02-10', null],
      [0, '2026-02-10', null],
    ]);
  });

  test('4層から1層まで、下から順に届く', async () => {
    const doctor = await world.doctor();
    const { id } = await fileJoin(world.as(doctor), { lowestAssociationId: aoba, wishedOn: '2026-04-01' });
    for (const office of await world.offices(aoba)) must(await approveAs(world.as(office), id, { decidedOn: '2026-04-01' }));
    expect((await periods(doctor.personId)).map((row) => row[0])).toEqual([14501, 14001, 14000, 0]);
  });

  test('上層が下層より前の日付を入力すると断られる', async () => {
    const doctor = await world.doctor();
    const { id } = await fileJoin(world.as(doctor), { lowestAssociationId: kita, wishedOn: '2026-02-01' });
    const [district, prefecture] = await world.offices(kita);
    if (district === undefined || prefecture === undefined) throw new Error('no chain');
    must(await approveAs(world.as(district), id, { decidedOn: '2026-02-05' }));
    const outcome = await approveAs(world.as(prefecture), id, { decidedOn: '2026-02-04' });
    expect(outcome).toMatchObject({
      ok: false,
      refusal: { code: 'invalid', fields: { decidedOn: ['下層の医師会の入会日(2026/02/05)より前の日付は入力できません。'] } },
    });
  });

  test('届いていない医師会と関係のない医師会は何もできない', async () => {
    const doctor = await world.doctor();
    const { id } = await fileJoin(world.as(doctor), { lowestAssociationId: kita, wishedOn: '2026-02-01' });
    const [, prefecture] = await world.offices(kita);
    const [stranger] = await world.offices(13005);
    if (prefecture === undefined || stranger === undefined) throw new Error('no chain');
    expect(await approveAs(world.as(prefecture), id, { decidedOn: '2026-02-01' })).toMatchObject({ refusal: { code: 'forbidden' } });
    const outcome = await run(receive, world.as(stranger), { id, version: 1 });
    expect(outcome).toMatchObject({ ok: false, refusal: { code: 'notFound' } });
  });

  test('差戻し、修正、再申請で同じ医師会に戻る', async () => {
    const doctor = await world.doctor();
    const { id } = await fileJoin(world.as(doctor), { lowestAssociationId: kita, wishedOn: '2026-02-01' });
    const [district] = await world.offices(kita);
    if (district === undefined) throw new Error('no chain');
    must(
      await run(returnCase, world.as(district), {
        id,
        version: await versionOf(world.as(district), id),
        reasons: ['R04'],
        fields: [{ field: 'workCode', comment: '確認してください' }],
        message: '施設・業務をご確認ください。',
      }),
    );
    expect(await states(id)).toEqual(['returned', 'returned', 'waiting', 'waiting']);
    const mine = world.as(doctor);
    const saved = must(
      await run(saveDetails, mine, {
        id,
        version: await versionOf(mine, id),
        complete: true,
        details: { wishedOn: '2026-02-01', facilityUndecided: 'on', workCode: '13', positionCode: '02', designations: ['01'] },
      }),
    );
    must(await run(resubmitJoin, mine, saved));
    expect(await states(id)).toEqual(['submitted', 'arrived', 'waiting', 'waiting']);
  });

  test('上層の非承認で下層の会員資格は残る', async () => {
    const doctor = await world.doctor();
    const { id } = await fileJoin(world.as(doctor), { lowestAssociationId: kita, wishedOn: '2026-02-01' });
    const [district, prefecture] = await world.offices(kita);
    if (district === undefined || prefecture === undefined) throw new Error('no chain');
    must(await approveAs(world.as(district), id, { decidedOn: '2026-02-01' }));
    const ctx = world.as(prefecture);
    must(await run(reject, ctx, { id, version: await versionOf(ctx, id), reason: 'N01', message: '資格を満たしていません。' }));
    expect(await states(id)).toEqual(['rejected', 'approved', 'rejected', 'skipped']);
    expect(await periods(doctor.personId)).toEqual([[27001, '2026-02-01', null]]);
  });

  test('同じ要求番号の二重送信は一度だけ効き、最初の結果を返す', async () => {
    const doctor = await world.doctor();
    const mine = world.as(doctor);
    const draft = await draftJoin(mine, { lowestAssociationId: kita, wishedOn: '2026-02-01' });
    const key = newId();
    const outcomes = await Promise.all([run(submitJoin, mine, draft, key), run(submitJoin, mine, draft, key)]);
    expect(must(outcomes[0] ?? { ok: false, refusal: { code: 'conflict', message: '' } })).toEqual(
      must(outcomes[1] ?? { ok: false, refusal: { code: 'conflict', message: '' } }),
    );
  });

  test('同じ所属の二つ目の届は断られ、先の届へのリンクが返る', async () => {
    const doctor = await world.doctor();
    const mine = world.as(doctor);
    const second = await draftJoin(mine, { lowestAssociationId: kita, wishedOn: '2026-02-01' });
    const first = await fileJoin(mine, { lowestAssociationId: kita, wishedOn: '2026-02-01' });
    expect(await run(submitJoin, mine, second)).toMatchObject({
      ok: false,
      refusal: { code: 'conflict', link: { to: `/my/applications/${first.id}` } },
    });
  });
});
