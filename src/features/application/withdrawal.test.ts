import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DoctorActor, OfficeActor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { approveAs, fileJoin, must, versionOf } from '#main/demo/acting.ts';
import { approveLeaveAs, draftWithdrawal, fileWithdrawal, tryWithdrawal } from '#main/demo/leaving.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import type { World } from '../../../tests/support/world.ts';
import { createWorld } from '../../../tests/support/world.ts';
import { receive } from './commands/receive.ts';
import { resubmitWithdrawal } from './commands/resubmit-withdrawal.ts';
import { retract } from './commands/retract.ts';
import { returnCase } from './commands/return-case.ts';
import { saveWithdrawal } from './commands/save-withdrawal.ts';
import { submitWithdrawal } from './commands/submit-withdrawal.ts';
import { myApplication } from './queries/my-application.ts';
import { officeApplication } from './queries/office-application.ts';
import { withdrawalReview } from './queries/withdrawal-review.ts';
import { withdrawalStart } from './queries/withdrawal-start.ts';

const kita = 27_001;
const osaka = 27_000;
const aoba = 14_501;
const minato = 13_005;

let world: World;

beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => {
  await world.close();
});

/** A member of every layer above an association since 2026-02-01. */
async function joined(lowest: number, doctor?: DoctorActor): Promise<{ doctor: DoctorActor; offices: OfficeActor[] }> {
  const who = doctor ?? (await world.doctor());
  const { id } = await fileJoin(world.as(who), { lowestAssociationId: lowest, wishedOn: '2026-02-01' });
  const offices = await world.offices(lowest);
  const steps = await world.database.system.query<{ association_id: number }>(
    'SELECT association_id FROM application_step WHERE application_id = $1',
    [id],
  );
  for (const office of offices) {
    if (!steps.rows.some((row) => row.association_id === office.associationId)) continue;
    must(await approveAs(world.as(office), id, { decidedOn: '2026-02-01' }));
  }
  return { doctor: who, offices };
}

type StepRow = { association_id: number; leg: string; role: string; state: string };

async function stepsOf(id: string): Promise<StepRow[]> {
  const found = await world.database.system.query<StepRow>(
    'SELECT association_id, leg, role, state FROM application_step WHERE application_id = $1 ORDER BY ordinal',
    [id],
  );
  return found.rows;
}

async function periodsOf(doctor: DoctorActor) {
  const found = await world.database.system.query<{ association_id: number; left_on: string | null; left_reason: string }>(
    'SELECT association_id, left_on, left_reason FROM membership_period WHERE person_id = $1 ORDER BY association_id DESC, joined_on',
    [doctor.personId],
  );
  return found.rows;
}

async function carrierOf(doctor: DoctorActor, associationId: number, on: string): Promise<string | undefined> {
  const found = await world.database.system.query<{ affiliation_id: string }>(
    `SELECT affiliation_id FROM membership_phase WHERE person_id = $1 AND association_id = $2 AND starts_on <= $3 AND (ends_on IS NULL OR ends_on >= $3)`,
    [doctor.personId, associationId, on],
  );
  return found.rows[0]?.affiliation_id;
}

async function memberCount(associationId: number, on: string): Promise<number> {
  const found = await world.database.system.query<{ members: string }>(
    'SELECT members FROM member_counts_on($1, NULL) WHERE association_id = $2',
    [on, associationId],
  );
  return Number(found.rows[0]?.members ?? 0);
}

async function startOf(doctor: DoctorActor, id = '') {
  return must(await ask(withdrawalStart, world.as(doctor), { id }));
}

describe('退会届の三つの形(rules.md 3.5)', () => {
  test('すべての層: 最も下層が承認し、上層は同じ日付で退会となって確認だけを行う(3層)', async () => {
    const { doctor, offices } = await joined(kita);
    const { id } = await fileWithdrawal(world.as(doctor), { leave: [kita], wishedOn: '2026-03-31' });
    expect((await stepsOf(id)).map((step) => [step.association_id, step.leg, step.role, step.state])).toEqual([
      [kita, 'leave', 'decide', 'arrived'],
      [osaka, 'leave', 'acknowledge', 'waiting'],
      [0, 'leave', 'acknowledge', 'waiting'],
    ]);
    const [district] = offices;
    if (district === undefined) throw new Error('no office');
    expect(must(await approveLeaveAs(world.as(district), id, '2026-03-31')).completed).toBe(true);
    expect(await periodsOf(doctor)).toEqual([
      { association_id: kita, left_on: '2026-03-31', left_reason: 'W01' },
      { association_id: osaka, left_on: '2026-03-31', left_reason: 'W01' },
      { association_id: 0, left_on: '2026-03-31', left_reason: 'W01' },
    ]);
    expect((await stepsOf(id)).map((step) => step.state)).toEqual(['approved', 'arrived', 'arrived']);
  });

  test('都道府県と日本医師会: 郡市区は受付のみ、都道府県が承認する(4層)', async () => {
    const { doctor, offices } = await joined(aoba);
    const [ward, city, prefecture, jma] = offices;
    if (ward === undefined || city === undefined || prefecture === undefined || jma === undefined) throw new Error('no chain');
    const { id } = await fileWithdrawal(world.as(doctor), { leave: [prefecture.associationId], wishedOn: '2026-03-31' });
    expect((await stepsOf(id)).map((step) => [step.association_id, step.role, step.state])).toEqual([
      [ward.associationId, 'receive', 'arrived'],
      [city.associationId, 'receive', 'waiting'],
      [prefecture.associationId, 'decide', 'waiting'],
      [jma.associationId, 'acknowledge', 'waiting'],
    ]);
    expect(await approveLeaveAs(world.as(ward), id, '2026-03-31')).toMatchObject({ ok: false, refusal: { code: 'forbidden' } });
    for (const office of [ward, city]) {
      const ctx = world.as(office);
      must(await run(receive, ctx, { id, version: await versionOf(ctx, id) }, newId()));
    }
    must(await approveLeaveAs(world.as(prefecture), id, '2026-03-31'));
    expect((await periodsOf(doctor)).map((period) => [period.association_id, period.left_on])).toEqual([
      [ward.associationId, null],
      [prefecture.associationId === 14_000 ? city.associationId : 0, null],
      [prefecture.associationId, '2026-03-31'],
      [0, '2026-03-31'],
    ]);
  });

  test('日本医師会のみ: 下層はすべて受付のみで、日本医師会が承認する', async () => {
    const { doctor, offices } = await joined(kita);
    const { id } = await fileWithdrawal(world.as(doctor), { leave: [0], wishedOn: '2026-03-31' });
    expect((await stepsOf(id)).map((step) => step.role)).toEqual(['receive', 'receive', 'decide']);
    for (const office of offices.slice(0, 2)) {
      const ctx = world.as(office);
      must(await run(receive, ctx, { id, version: await versionOf(ctx, id) }, newId()));
    }
    const jma = offices[2];
    if (jma === undefined) throw new Error('no office');
    must(await approveLeaveAs(world.as(jma), id, '2026-03-31'));
    expect((await periodsOf(doctor)).map((period) => period.left_on)).toEqual([null, null, '2026-03-31']);
  });
});

describe('将来の日付の退会(rules.md 2.4、G§9)', () => {
  test('2025年10月1日に承認された2026年3月31日の退会は、2025年12月1日にはすべての層でまだ数えられる', async () => {
    const at = (day: string) => new Date(`${day}T03:00:00Z`);
    const doctor = await world.doctor();
    const { id: joining } = await fileJoin(world.as(doctor, at('2025-04-01')), { lowestAssociationId: kita, wishedOn: '2025-05-01' });
    const offices = await world.offices(kita);
    for (const office of offices) must(await approveAs(world.as(office, at('2025-04-10')), joining, { decidedOn: '2025-05-01' }));
    const before = await Promise.all([kita, osaka, 0].map(async (association) => await memberCount(association, '2025-12-01')));
    const { id } = await fileWithdrawal(world.as(doctor, at('2025-09-20')), { leave: [kita], wishedOn: '2026-03-31' });
    const [district] = offices;
    if (district === undefined) throw new Error('no office');
    must(await approveLeaveAs(world.as(district, at('2025-10-01')), id, '2026-03-31'));
    expect(await Promise.all([kita, osaka, 0].map(async (association) => await memberCount(association, '2025-12-01')))).toEqual(before);
    expect(await carrierOf(doctor, kita, '2026-03-31')).toBeDefined();
    expect(await carrierOf(doctor, kita, '2026-04-01')).toBeUndefined();
    const view = must(await ask(myApplication, world.as(doctor, at('2025-12-01')), { id }));
    expect(view.stateText).toBe('承認済(2026/03/31から有効)');
    expect(view.wish).toMatchObject({ label: '退会希望年月日 ／ 退会日' });
  });

  test('退会の決まった医師会は、もう一度退会することができない', async () => {
    const { doctor, offices } = await joined(kita);
    const { id } = await fileWithdrawal(world.as(doctor), { leave: [0], wishedOn: '2026-03-31' });
    const again = await draftWithdrawal(world.as(doctor), { leave: [0], wishedOn: '2026-03-31' });
    expect(await run(submitWithdrawal, world.as(doctor), again, newId())).toMatchObject({
      ok: false,
      refusal: { code: 'conflict', link: { to: `/my/applications/${id}` } },
    });
    for (const office of offices.slice(0, 2)) {
      const ctx = world.as(office);
      must(await run(receive, ctx, { id, version: await versionOf(ctx, id) }, newId()));
    }
    const jma = offices[2];
    if (jma === undefined) throw new Error('no office');
    must(await approveLeaveAs(world.as(jma), id, '2026-03-31'));
    const start = await startOf(doctor);
    expect(start.columns[0]?.lines.at(-1)).toMatchObject({ associationId: 0, leavesOn: '2026-03-31' });
    expect(await tryWithdrawal(world.as(doctor), { leave: [0], wishedOn: '2026-04-30' })).toMatchObject({
      ok: false,
      refusal: { fields: { leave: ['退会する医師会を選択してください'] } },
    });
  });
});

describe('複数の所属と共通の上層', () => {
  test('日本医師会は、選択した所属に移して継続し、その日の翌日からその所属が担う', async () => {
    const { doctor, offices } = await joined(kita);
    await joined(minato, doctor);
    const start = await startOf(doctor);
    expect(start.columns.map((column) => [column.isPrimary, column.lines.length])).toEqual([
      [true, 3],
      [false, 2],
    ]);
    const target = start.columns[1]?.id ?? '';
    expect(start.moves.map((move) => [move.associationId, move.options.map((option) => option.value)])).toEqual([[0, [target, 'end']]]);
    const missing = await tryWithdrawal(world.as(doctor), { leave: [kita], wishedOn: '2026-03-31' });
    expect(missing).toMatchObject({ ok: false, refusal: { fields: { 'moves.00000': ['引き続き所属するかどうかを選択してください'] } } });
    const { id } = await fileWithdrawal(world.as(doctor), { leave: [kita], wishedOn: '2026-03-31', moves: { '00000': target } });
    expect((await stepsOf(id)).map((step) => [step.association_id, step.leg, step.role])).toEqual([
      [kita, 'leave', 'decide'],
      [osaka, 'leave', 'acknowledge'],
      [0, 'change', 'acknowledge'],
    ]);
    const [district] = offices;
    if (district === undefined) throw new Error('no office');
    must(await approveLeaveAs(world.as(district), id, '2026-03-31'));
    expect(await carrierOf(doctor, 0, '2026-03-31')).not.toBe(target);
    expect(await carrierOf(doctor, 0, '2026-04-01')).toBe(target);
    expect((await periodsOf(doctor)).find((period) => period.association_id === 0)?.left_on).toBeNull();
  });

  test('移さずに退会すると、日本医師会も終わる', async () => {
    const { doctor, offices } = await joined(kita);
    await joined(minato, doctor);
    const { id } = await fileWithdrawal(world.as(doctor), { leave: [kita], wishedOn: '2026-03-31', moves: { '00000': 'end' } });
    const [district] = offices;
    if (district === undefined) throw new Error('no office');
    must(await approveLeaveAs(world.as(district), id, '2026-03-31'));
    expect((await periodsOf(doctor)).map((period) => [period.association_id, period.left_on])).toEqual([
      [kita, '2026-03-31'],
      [osaka, '2026-03-31'],
      [minato, null],
      [13_000, null],
      [0, '2026-03-31'],
    ]);
  });

  test('一つの届で二つの所属から選ぶことはできない', async () => {
    const { doctor } = await joined(kita);
    await joined(minato, doctor);
    expect(
      await tryWithdrawal(world.as(doctor), { leave: [kita, minato], wishedOn: '2026-03-31', moves: { '00000': 'end' } }),
    ).toMatchObject({
      ok: false,
      refusal: { fields: { leave: [expect.stringContaining('1グループのみ')] } },
    });
  });

  test('移す先の所属が先に退会しようとしていれば、上層が残る退会は承認できない', async () => {
    const { doctor, offices } = await joined(kita);
    const other = await joined(minato, doctor);
    const target = (await startOf(doctor)).columns[1]?.id ?? '';
    const first = await fileWithdrawal(world.as(doctor), { leave: [kita], wishedOn: '2026-03-31', moves: { '00000': target } });
    const second = await fileWithdrawal(world.as(doctor), { leave: [minato], wishedOn: '2026-04-30' });
    const [district] = offices;
    const [ward] = other.offices;
    if (district === undefined || ward === undefined) throw new Error('no office');
    must(await approveLeaveAs(world.as(district), first.id, '2026-03-31'));
    expect(await approveLeaveAs(world.as(ward), second.id, '2026-04-30')).toMatchObject({
      ok: false,
      refusal: { fields: { decidedOn: [expect.stringContaining('日本医師会の会員資格')] } },
    });
  });
});

describe('届の検査', () => {
  test('死亡は医師の届に出ない。その他には具体的な理由が要る', async () => {
    const { doctor } = await joined(kita);
    expect((await startOf(doctor)).reasons.map((reason) => reason.label)).toEqual(['廃業・退職', 'その他']);
    const wish = { leave: [kita], wishedOn: '2026-03-31' };
    expect(await tryWithdrawal(world.as(doctor), { ...wish, reason: 'W02' })).toMatchObject({
      refusal: { fields: { reason: ['退会事由を選択してください'] } },
    });
    expect(await tryWithdrawal(world.as(doctor), { ...wish, reason: 'W03' })).toMatchObject({
      refusal: { fields: { reasonText: ['具体的な理由を入力してください'] } },
    });
    expect(await tryWithdrawal(world.as(doctor), { ...wish, reason: 'W03', reasonText: '転居のため' })).toMatchObject({ ok: true });
  });

  test('日付: 空、範囲の外、入会日より前は受け付けない', async () => {
    const { doctor } = await joined(kita);
    const faults = async (wishedOn: string) => {
      const outcome = await tryWithdrawal(world.as(doctor), { leave: [kita], wishedOn });
      return outcome.ok ? undefined : outcome.refusal.fields?.['wishedOn']?.[0];
    };
    expect(await faults('')).toBe('退会希望年月日を入力してください');
    expect(await faults('2026/13/01')).toContain('正しい日付');
    expect(await faults('2026-01-31')).toBe('退会希望年月日は大阪市北区医師会の入会日(2026/02/01)以降の日付を入力してください');
    expect(await faults('2030-01-01')).toContain('までの日付を入力してください');
    expect(await faults('R8.3.31')).toBeUndefined();
  });

  test('承認の退会日が入会日より前なら受け付けない', async () => {
    const { doctor, offices } = await joined(kita);
    const { id } = await fileWithdrawal(world.as(doctor), { leave: [kita], wishedOn: '2026-03-31' });
    const [district] = offices;
    if (district === undefined) throw new Error('no office');
    expect(await approveLeaveAs(world.as(district), id, '2026-01-31')).toMatchObject({
      refusal: {
        fields: {
          decidedOn: [
            expect.stringContaining('退会日は入会日(2026/02/01)以降の日付を入力してください。'),
            expect.anything(),
            expect.anything(),
          ],
        },
      },
    });
  });
});

describe('差戻しと取下げ', () => {
  test('差戻された退会届は、日付を直して再申請でき、退会する医師会は変えられない', async () => {
    const { doctor, offices } = await joined(kita);
    const ctx = world.as(doctor);
    const { id } = await fileWithdrawal(ctx, { leave: [osaka], wishedOn: '2026-03-31' });
    const [district] = offices;
    const prefecture = offices[1];
    if (district === undefined || prefecture === undefined) throw new Error('no office');
    must(await run(receive, world.as(district), { id, version: await versionOf(world.as(district), id) }, newId()));
    must(
      await run(
        returnCase,
        world.as(prefecture),
        {
          id,
          version: await versionOf(world.as(prefecture), id),
          reasons: ['R05'],
          fields: [{ field: 'wishedOn', comment: '年度末でよいですか' }],
          message: 'ご確認ください。',
        },
        newId(),
      ),
    );
    const start = await startOf(doctor, id);
    expect(start).toMatchObject({
      fixed: true,
      requests: { fields: [{ code: 'wishedOn', label: '退会希望年月日', page: 'associations' }] },
    });
    must(
      await run(saveWithdrawal, ctx, {
        id,
        version: await versionOf(ctx, id),
        leave: [String(kita)],
        details: { wishedOn: '2026/04/30', reason: 'W01', reasonText: '' },
        complete: true,
      }),
    );
    const review = must(await ask(withdrawalReview, ctx, { id }));
    expect(review.lines.find((line) => line.code === 'leave')?.lines).toEqual(['[2層] 大阪府医師会 A1', '[1層] 日本医師会 A1']);
    must(await run(resubmitWithdrawal, ctx, { id, version: await versionOf(ctx, id) }, newId()));
    expect((await stepsOf(id)).map((step) => step.state)).toEqual(['received', 'arrived', 'waiting']);
    must(await approveLeaveAs(world.as(prefecture), id, '2026-04-30'));
    expect((await periodsOf(doctor)).map((period) => period.left_on)).toEqual([null, '2026-04-30', '2026-04-30']);
  });

  test('取り下げると、会員のままで、新しい届を出せる', async () => {
    const { doctor } = await joined(kita);
    const ctx = world.as(doctor);
    const { id } = await fileWithdrawal(ctx, { leave: [kita], wishedOn: '2026-03-31' });
    must(await run(retract, ctx, { id, version: await versionOf(ctx, id), reason: 'X01' }, newId()));
    expect((await periodsOf(doctor)).map((period) => period.left_on)).toEqual([null, null, null]);
    await fileWithdrawal(ctx, { leave: [kita], wishedOn: '2026-03-31' });
  });
});

test('この届による退会は、事務局の注意に「以前の退会」として出ない', async () => {
  const { doctor, offices } = await joined(kita);
  const { id } = await fileWithdrawal(world.as(doctor), { leave: [kita], wishedOn: '2026-02-10' });
  const [district] = offices;
  if (district === undefined) throw new Error('no office');
  must(await approveLeaveAs(world.as(district), id, '2026-02-10'));
  for (const now of ['2026-02-01T03:00:00Z', '2026-03-01T03:00:00Z']) {
    const view = must(await ask(officeApplication, world.as(district, new Date(now)), { id }));
    expect(view.findings.filter((finding) => finding.includes('以前の退会'))).toEqual([]);
  }
});
