import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DoctorActor } from '#kernel/actor.ts';
import { day } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import { chooseAssociations } from '#features/application/commands/choose-associations.ts';
import { importHistory } from '#features/membership/commands/import-history.ts';
import { recordInLedger } from '#features/membership/commands/record.ts';
import { badgeOf } from '#features/membership/queries/badge.ts';
import { approveAs, fileJoin, must, system } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { readTransaction, writeTransaction } from '#platform/db/transaction.ts';
import type { World } from '#support/world.ts';
import { createWorld, testNow } from '#support/world.ts';
import { historyColumns } from '#features/application/history-sheet-fields.ts';
import { historySheet } from './history-sheet.ts';
import { membershipHistory } from './membership-history.ts';
import { myTop } from './my-top.ts';

const historySheetHead = historyColumns.map((column) => column.label);
const kita = 27001;
let world: World;
let categories: Map<number, number>;

beforeAll(async () => {
  world = await createWorld();
  const rows = await world.database.system.query<{ association_id: number; id: number }>(
    "SELECT association_id, id FROM member_category WHERE code = 'A1' AND association_id IN (0, 27000, 27001)",
  );
  categories = new Map(rows.rows.map((row) => [row.association_id, row.id]));
});
afterAll(async () => {
  await world.close('unchecked');
});

type Entry = { associationId: number; kind: 'joined' | 'left'; effectiveOn: string };

async function withPast(entries: readonly Entry[], more: Record<string, unknown> = {}): Promise<DoctorActor> {
  const doctor = await world.doctor(more);
  must(
    await run(importHistory, world.as(system), {
      personId: doctor.personId,
      affiliations: [
        {
          lowestAssociationId: kita,
          facilityId: null,
          workCode: '11',
          positionCode: '02',
          designations: [],
          entries: entries.map((entry) => ({
            ...entry,
            facilityId: null,
            reason: '',
            categoryId: entry.kind === 'joined' ? (categories.get(entry.associationId) ?? 0) : null,
          })),
        },
      ],
    }),
  );
  return doctor;
}

const joined = (on: string): Entry[] => [kita, 27000, 0].map((associationId) => ({ associationId, kind: 'joined', effectiveOn: on }));
const left = (on: string): Entry[] => [0, 27000, kita].map((associationId) => ({ associationId, kind: 'left', effectiveOn: on }));

async function badge(doctor: DoctorActor, now = testNow) {
  const ctx = world.as(doctor, now);
  return await readTransaction(ctx, async (tx) => await badgeOf(tx, doctor.personId, ctx.today));
}

describe('見出しの所属と年数', () => {
  test('もっとも上の医師会と、途切れない在籍の年数を示す', async () => {
    expect(await badge(await withPast(joined('2004-04-01')))).toEqual({ association: '日本医師会', years: '20年以上' });
    expect(await badge(await withPast([{ associationId: kita, kind: 'joined', effectiveOn: '2025-04-01' }]))).toEqual({
      association: '大阪市北区医師会',
      years: '1年未満',
    });
    expect(await badge(await world.doctor())).toEqual({ association: '医師会未加入', years: undefined });
  });

  test('退会の翌日の入会では途切れず、退会日までは会員である', async () => {
    const doctor = await withPast([...joined('2000-04-01'), ...left('2010-03-31'), ...joined('2010-04-01'), ...left('2026-03-31')]);
    expect(await badge(doctor)).toEqual({ association: '日本医師会', years: '20年以上' });
    expect(await badge(doctor, new Date('2026-03-31T03:00:00Z'))).toEqual({ association: '日本医師会', years: '20年以上' });
    expect(await badge(doctor, new Date('2026-04-01T03:00:00Z'))).toEqual({ association: '医師会未加入', years: undefined });
  });
});

describe('マイページTOP', () => {
  test('現在の所属と、先の退会日', async () => {
    const doctor = await withPast([...joined('2004-04-01'), { associationId: 0, kind: 'left', effectiveOn: '2026-03-31' }]);
    const top = must(await ask(myTop, world.as(doctor), {}));
    expect(top.boxes).toHaveLength(1);
    expect(top.boxes[0]).toMatchObject({ primary: true });
    expect(top.boxes[0]?.lines.map((line) => [line.layer, line.association, line.category, line.joinedOn, line.leavesOn])).toEqual([
      [3, '大阪市北区医師会', 'A1', '2004-04-01', undefined],
      [2, '大阪府医師会', 'A1', '2004-04-01', undefined],
      [1, '日本医師会', 'A1', '2004-04-01', '2026-03-31'],
    ]);
  });

  test('申請中の届と一時保存が示される', async () => {
    const doctor = await world.doctor();
    const { number } = await fileJoin(world.as(doctor), { lowestAssociationId: kita, wishedOn: '2026-02-01' });
    must(await run(chooseAssociations, world.as(doctor), { lowestAssociationId: 13005, ticked: [], complete: false }));
    const top = must(await ask(myTop, world.as(doctor), {}));
    expect(top.open).toMatchObject([{ number, sentences: ['いま大阪市北区医師会の受付待ちです(2026/01/15（木）から)'] }]);
    expect(top.drafts).toHaveLength(1);
    expect(top.boxes).toEqual([]);
  });

  test('一年以内に退会し新しい届がなければ、入会届をたずねる', async () => {
    const doctor = await withPast([...joined('2004-04-01'), ...left('2025-06-30')]);
    expect(must(await ask(myTop, world.as(doctor), {})).forgotten).toBe(true);
    expect(must(await ask(myTop, world.as(doctor, new Date('2026-07-02T03:00:00Z')), {})).forgotten).toBe(false);
    expect(must(await ask(myTop, world.as(await withPast(joined('2004-04-01'))), {})).forgotten).toBe(false);
  });

  test('会費免除期間の終わりが示される', async () => {
    const doctor = await withPast(joined('2025-04-01'), { graduatedOn: '2024-03', licensedOn: '2024-04-01', birthOn: '1999-04-01' });
    expect(must(await ask(myTop, world.as(doctor), {})).waiverUntil).toBe('2029-03-31');
  });
});

describe('医師会入退会履歴', () => {
  test('新しい順に、先の日付は予定として、申請日とともに並ぶ', async () => {
    const doctor = await world.doctor();
    const { id } = await fileJoin(world.as(doctor), { lowestAssociationId: kita, upTo: 2, wishedOn: '2026-02-01' });
    for (const office of (await world.offices(kita)).slice(0, 2)) must(await approveAs(world.as(office), id, { decidedOn: '2026-02-01' }));
    const history = must(await ask(membershipHistory, world.as(doctor), {}));
    expect(history.lines.map((line) => [line.associationName, line.kind, line.on, line.what, line.ahead, line.submittedOn])).toEqual([
      ['大阪府医師会', '入会', '2026-02-01', '入会(区分A1)', true, '2026-01-15'],
      ['大阪市北区医師会', '入会', '2026-02-01', '入会(区分A1)', true, '2026-01-15'],
    ]);
    expect(must(await ask(membershipHistory, world.as(doctor, new Date('2026-02-01T03:00:00Z')), {})).lines[0]?.ahead).toBe(false);
  });

  test('同じ履歴が、医籍登録番号と医師会コードとともにファイルになる', async () => {
    const doctor = await world.doctor();
    const { id } = await fileJoin(world.as(doctor), { lowestAssociationId: kita, upTo: 3, wishedOn: '2026-02-01' });
    for (const office of (await world.offices(kita)).slice(0, 1)) must(await approveAs(world.as(office), id, { decidedOn: '2026-02-01' }));
    const { rows } = must(await ask(historySheet, world.as(doctor), { from: '2026/01/01' }));
    expect(rows[0]).toEqual(historySheetHead);
    expect(rows.slice(1)).toEqual([
      [
        expect.stringMatching(/^\d{6}$/),
        '日医 太郎',
        '',
        '27001',
        '大阪市北区医師会',
        '入会',
        '2026/01/15',
        '2026/02/01',
        'A1',
        '予定',
        '',
      ],
    ]);
    expect(must(await ask(historySheet, world.as(doctor), { to: '2026/01/01' })).rows).toEqual([historySheetHead]);
    const [office] = await world.offices(kita);
    if (office === undefined) throw new Error('no office');
    expect(await ask(historySheet, world.as(office), {})).toMatchObject({ ok: false, refusal: { code: 'forbidden' } });
  });

  test('期間で絞り込み、年月日で並べ替え、頁に分ける', async () => {
    const doctor = await withPast([...joined('2000-04-01'), ...left('2010-03-31'), ...joined('2012-04-01')]);
    const ask2 = async (asked: Record<string, string>) => must(await ask(membershipHistory, world.as(doctor), asked));
    expect((await ask2({})).lines[0]?.on).toBe('2012-04-01');
    expect((await ask2({ sort: 'on' })).lines[0]?.on).toBe('2000-04-01');
    expect((await ask2({ from: 'H22.1.1', to: '2011/12/31' })).lines.map((line) => line.kind)).toEqual(['退会', '退会', '退会']);
    expect(await ask2({ page: '9' })).toMatchObject({ count: 9, page: 1, pageCount: 1 });
    const wrong = await ask(membershipHistory, world.as(doctor), { from: '2011/1/1', to: '2010/1/1' });
    expect(wrong).toMatchObject({ ok: false, refusal: { fields: { from: ['開始日は終了日以前の日付を入力してください'] } } });
  });

  test('医師会ごとの期間は下の層から並び、先のことは予定と書く', async () => {
    const doctor = await withPast([...joined('2000-04-01'), ...left('2026-03-31')]);
    const { periods } = must(await ask(membershipHistory, world.as(doctor), { view: 'associations' }));
    expect(periods.map((period) => [period.label, period.from, period.to, period.note])).toEqual([
      ['大阪市北区医師会', '2000-04-01', '2026-03-31', '区分A1 退会予定'],
      ['大阪府医師会', '2000-04-01', '2026-03-31', '区分A1 退会予定'],
      ['日本医師会', '2000-04-01', '2026-03-31', '区分A1 退会予定'],
    ]);
  });

  test('訂正された行は消えず、訂正した日が付く', async () => {
    const doctor = await withPast([{ associationId: kita, kind: 'joined', effectiveOn: '2004-04-01' }]);
    const event = await world.database.system.query<{ id: number; affiliation_id: string }>(
      'SELECT id, affiliation_id FROM membership_event WHERE person_id = $1',
      [doctor.personId],
    );
    const [first] = event.rows;
    if (first === undefined) throw new Error('no event');
    const ctx = world.as(system);
    await writeTransaction(ctx, async (tx) => {
      await recordInLedger(tx, ctx, [
        {
          personId: doctor.personId,
          associationId: kita,
          affiliationId: first.affiliation_id,
          kind: 'corrected',
          correctedKind: 'joined',
          effectiveOn: day('2004-05-01'),
          categoryId: categories.get(kita) ?? 0,
          supersedes: first.id,
          reason: newId(),
        },
      ]);
      return { value: undefined, commit: true };
    });
    const { lines } = must(await ask(membershipHistory, world.as(doctor), {}));
    expect(lines.map((line) => [line.on, line.correctedOn === undefined])).toEqual([
      ['2004-05-01', true],
      ['2004-04-01', false],
    ]);
  });

  test('ほかの医師の履歴は出ず、事務局は開けない', async () => {
    await withPast(joined('2000-04-01'));
    expect(must(await ask(membershipHistory, world.as(await world.doctor()), {})).count).toBe(0);
    const [district] = await world.offices(kita);
    if (district === undefined) throw new Error('no chain');
    expect(await ask(membershipHistory, world.as(district), {})).toMatchObject({ ok: false, refusal: { code: 'forbidden' } });
  });
});
