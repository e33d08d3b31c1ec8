import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor, OfficeActor } from '#kernel/actor.ts';
import { day } from '#kernel/day.ts';
import { approveAs, doctorActor, fileJoin, must } from '#main/demo/acting.ts';
import { newId } from '#kernel/id.ts';
import { saveMailing } from '#features/profile/commands/save-mailing.ts';
import { memberProfileToEdit } from '#features/profile/queries/office-profile.ts';
import { run } from '#platform/command/command.ts';
import { recordInLedger } from '../commands/record.ts';
import { ask } from '#platform/command/query.ts';
import { writeTransaction } from '#platform/db/transaction.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';
import { memberCount } from './member-count.ts';
import { netChanges } from './member-changes.ts';
import { memberDetail } from './member.ts';
import type { MemberList } from './members.ts';
import { memberList } from './members.ts';

const kita = 27001;
let world: World;
let district: OfficeActor;
let prefecture: OfficeActor;
let jma: OfficeActor;
let ids: string[];

/** 髙橋 left in 2024 and came back, 青木 leaves at the end of March, 渡邉 joins in April, 石井 has only applied. */
beforeAll(async () => {
  world = await createWorld();
  const [lowest, middle, top] = await world.offices(kita);
  if (lowest === undefined || middle === undefined || top === undefined) throw new Error('no chain');
  [district, prefecture, jma] = [lowest, middle, top];
  const people = [
    ['髙橋', 'タカハシ', '2026-01-10'],
    ['青木', 'アオキ', '2026-01-05'],
    ['渡邉', 'ワタナベ', '2026-04-01'],
    ['石井', 'イシイ', ''],
  ] as const;
  ids = [];
  for (const [surname, surnameKana, joins] of people) {
    const doctor = await world.doctor({ surname, surnameKana });
    ids.push(doctor.personId);
    const { id } = await fileJoin(world.as(doctor), {
      lowestAssociationId: kita,
      wishedOn: joins === '' ? '2026-02-01' : joins,
      upTo: surname === '青木' ? 3 : 1,
    });
    const offices = surname === '青木' ? [district] : [district, prefecture, jma];
    if (joins !== '') for (const office of offices) must(await approveAs(world.as(office), id, { decidedOn: joins }));
  }
  await leave(1, '2026-03-31');
  await leave(2, '2026-06-30', new Date(Date.now() + 3_600_000));
});
afterAll(async () => {
  await world.close();
});

async function leave(index: number, lastDay: string, recordedAt?: Date) {
  const left = index === 1 ? [kita] : [kita, 27000, 0];
  const ctx = world.as({ kind: 'system', name: 'test' });
  const personId = ids[index] ?? '';
  await writeTransaction(ctx, async (tx) => {
    const row = await tx
      .selectFrom('membership_event')
      .select('affiliation_id')
      .where('person_id', '=', personId)
      .executeTakeFirstOrThrow();
    const affiliationId = row.affiliation_id;
    const about = { personId, affiliationId, kind: 'left', effectiveOn: day(lastDay), reason: 'W01' } as const;
    await recordInLedger(
      tx,
      ctx,
      left.map((associationId) => ({ ...about, associationId, ...(recordedAt === undefined ? {} : { recordedAt }) })),
    );
    return { value: undefined, commit: true };
  });
}

/** Now, as people type it: before 渡邉's leave is recorded. */
async function thisMinute(): Promise<string> {
  const { rows } = await world.database.system.query<{ at: string }>(
    "SELECT to_char(clock_timestamp() AT TIME ZONE 'Asia/Tokyo', 'YYYY/MM/DD HH24:MI') AS at",
  );
  return rows[0]?.at ?? '';
}

async function look(filter: Record<string, unknown> = {}, actor: Actor = district): Promise<MemberList> {
  return must(await ask(memberList, world.as(actor), filter));
}

const kanas = (list: MemberList) => list.rows.map((row) => row.kana.split(' ')[0]);

describe('会員一覧', () => {
  test('在籍は基準日の会員、フリガナ順', async () => {
    const list = await look();
    expect(kanas(list)).toEqual(['アオキ', 'タカハシ']);
    expect(list.rows[1]).toMatchObject({
      standing: 'current',
      joinedOn: '2026-01-10',
      leftOn: null,
      jmaCategory: expect.stringContaining('A1'),
      age: 45,
    });
    expect(list.rows[0]).toMatchObject({ standing: 'leaving', leftOn: '2026-03-31', jmaCategory: '' });
    expect(list.count).toEqual({ members: 2, orMore: false });
    expect(kanas(await look({ on: '2026-03-31' }))).toEqual(['アオキ', 'タカハシ']);
    expect(kanas(await look({ on: '2026-04-01' }))).toEqual(['タカハシ', 'ワタナベ']);
    expect(kanas(await look({ on: '2026-01-04' }))).toEqual([]);
  });

  test('退会・入会予定・退会予定・すべて', async () => {
    expect(kanas(await look({ status: 'left', on: '2026-04-01' }))).toEqual(['アオキ']);
    expect(kanas(await look({ status: 'joining' }))).toEqual(['ワタナベ']);
    expect(kanas(await look({ status: 'leaving' }))).toEqual(['アオキ']);
    const all = await look({ status: 'all' });
    expect(all.rows.map((row) => [row.kana.split(' ')[0], row.standing])).toEqual([
      ['アオキ', 'leaving'],
      ['イシイ', 'applying'],
      ['タカハシ', 'current'],
      ['ワタナベ', 'joining'],
    ]);
  });

  test('氏名・医籍登録番号・会員区分・所属施設で絞り込む', async () => {
    expect(kanas(await look({ name: '高橋' }))).toEqual(['タカハシ']);
    expect(kanas(await look({ name: 'あお' }))).toEqual(['アオキ']);
    expect(kanas(await look({ name: '木' }))).toEqual([]);
    const licence = (await look({ name: '青木' })).rows[0]?.licence;
    expect(kanas(await look({ licence }))).toEqual(['アオキ']);
    const category = (await look()).categories[0]?.value;
    expect(kanas(await look({ category }))).toEqual(['アオキ', 'タカハシ']);
    expect(kanas(await look({ category: '1' }))).toEqual([]);
    expect(kanas(await look({ facility: '北' }))).toEqual([]);
  });

  test('記録の時点: その時点で登録されていた内容の一覧と会員数(rules.md 2.1)', async () => {
    const known = await thisMinute();
    expect(kanas(await look({ on: '2026-07-01' }))).toEqual(['タカハシ']);
    const then = await look({ on: '2026-07-01', knownAt: known });
    expect(kanas(then)).toEqual(['タカハシ', 'ワタナベ']);
    expect(then.count).toEqual({ members: 2, orMore: false });
    expect(then.rows[1]).toMatchObject({ standing: 'current', leftOn: null, category: expect.stringMatching(/./) });
    expect(kanas(await look({ status: 'left', on: '2026-07-01' }))).toEqual(['アオキ', 'ワタナベ']);
    expect(kanas(await look({ status: 'left', on: '2026-07-01', knownAt: known }))).toEqual(['アオキ']);
    expect(kanas(await look({ leftReason: 'W01', status: 'left', on: '2026-07-01', knownAt: known }))).toEqual(['アオキ']);
    expect(kanas(await look({ status: 'joining', knownAt: known }))).toEqual(['ワタナベ']);
    expect(kanas(await look({ status: 'all', knownAt: known }))).toEqual(['アオキ', 'タカハシ', 'ワタナベ']);
    expect(await look({ knownAt: '2026/01/01' })).toMatchObject({ rows: [], count: { members: 0, orMore: false } });
    const category = then.categories[0]?.value;
    expect(kanas(await look({ category, sort: '-joined', knownAt: known }))).toEqual(['タカハシ', 'アオキ']);
    const after = then.rows[0]?.personId;
    expect(kanas(await look({ on: '2026-07-01', knownAt: known, after }))).toEqual(['ワタナベ']);
    for (const [knownAt, members] of [
      [known, 2],
      ['', 1],
    ]) {
      const { counts } = must(await ask(memberCount, world.as(district), { on: '2026-07-01', knownAt }));
      expect(counts).toMatchObject([{ associationId: kita, members }]);
    }
    expect(await ask(memberList, world.as(district), { jma: 'yes', knownAt: known })).toMatchObject({
      refusal: { fields: { knownAt: [expect.stringContaining('日医加入')] } },
    });
    expect(kanas(await look({ jma: 'yes', knownAt: known }, jma))).toEqual(['タカハシ']);
  });

  test('並べ替えと両方向のページ送り', async () => {
    expect(kanas(await look({ sort: '-name' }))).toEqual(['タカハシ', 'アオキ']);
    expect(kanas(await look({ sort: 'joined' }))).toEqual(['アオキ', 'タカハシ']);
    expect(kanas(await look({ sort: 'licence' }))).toEqual(['タカハシ', 'アオキ']);
    expect(kanas(await look({ sort: 'left' }))).toEqual(['アオキ', 'タカハシ']);
    expect(kanas(await look({ sort: 'facility' }))).toHaveLength(2);
    for (const sort of ['name', 'joined', '-left', 'facility', 'licence']) {
      const all = await look({ status: 'all', sort });
      const [first, second, ...rest] = all.rows.map((row) => row.personId);
      expect((await look({ status: 'all', sort, after: second })).rows.map((row) => row.personId)).toEqual(rest);
      expect((await look({ status: 'all', sort, after: second })).before).toBe(rest[0]);
      expect((await look({ status: 'all', sort, after: first })).rows).toHaveLength(3);
    }
  });

  test('ほかの医師会の会員も、上層だけの非会員も見えない', async () => {
    expect(kanas(await look({ status: 'all' }, prefecture))).toEqual(['イシイ', 'タカハシ', 'ワタナベ']);
    const [stranger] = await world.offices(13005);
    if (stranger === undefined) throw new Error('no chain');
    expect((await look({ status: 'all' }, stranger)).rows).toEqual([]);
    expect(await ask(memberList, world.as({ ...district, role: 'trainingContractor' }), {})).toMatchObject({
      refusal: { code: 'forbidden' },
    });
    expect(await ask(memberList, world.as({ kind: 'guest' }), {})).toMatchObject({ refusal: { code: 'forbidden' } });
  });
});

describe('会員情報詳細', () => {
  test('自医師会と同じ連なりの所属だけが見え、範囲外は見つからない', async () => {
    const id = ids[0] ?? '';
    const seen = must(await ask(memberDetail, world.as(district), { id }));
    expect(seen.associations.map((one) => [one.layer, one.own])).toEqual([
      [3, true],
      [2, false],
      [1, false],
    ]);
    expect(seen.head).toMatchObject({ standing: 'current', joinedOn: '2026-01-10', years: '1年未満' });
    expect(seen.history).toHaveLength(1);
    const [stranger] = await world.offices(13005);
    if (stranger === undefined) throw new Error('no chain');
    expect(await ask(memberDetail, world.as(stranger), { id })).toMatchObject({ refusal: { code: 'notFound' } });
    expect(await ask(memberDetail, world.as(jma), { id: ids[1] })).toMatchObject({ refusal: { code: 'notFound' } });
  });

  test('基準日で状況が変わり、記録の時点より後の記録は見えない', async () => {
    const id = ids[1] ?? '';
    expect(must(await ask(memberDetail, world.as(district), { id, asOf: '2026/04/01' })).head).toMatchObject({
      standing: 'left',
      leftOn: '2026-03-31',
    });
    const recorded = await world.database.system.query<{ recorded_at: Date }>(
      "SELECT recorded_at FROM membership_event WHERE person_id = $1 AND kind = 'left'",
      [id],
    );
    const before = new Date((recorded.rows[0]?.recorded_at ?? new Date(0)).getTime() - 86_400_000 + 9 * 3_600_000)
      .toISOString()
      .slice(0, 10);
    const known = must(await ask(memberDetail, world.as(district), { id, knownAt: before }));
    expect(known.history).toEqual([]);
    expect(known.head.standing).toBe('applying');
    expect(await ask(memberDetail, world.as(district), { id, knownAt: '2026/13/01' })).toMatchObject({
      refusal: { fields: { knownAt: [expect.any(String)] } },
    });
  });

  test('申請中の医師は、承認されるまで記録がない', async () => {
    expect(must(await ask(memberDetail, world.as(prefecture), { id: ids[3] }))).toMatchObject({
      head: { standing: 'applying' },
      history: [],
    });
  });
});

describe('会員数', () => {
  test('自医師会は基準日ごと、全医師会は日本医師会だけ', async () => {
    expect(must(await ask(memberCount, world.as(district), { on: '2026-04-01' })).counts).toMatchObject([
      { associationId: kita, members: 2 },
    ]);
    expect(must(await ask(memberCount, world.as(district), { on: '2020-01-01' })).counts).toMatchObject([
      { associationId: kita, members: 0 },
    ]);
    expect(await ask(memberCount, world.as(district), { scope: 'all' })).toMatchObject({ refusal: { code: 'forbidden' } });
    const all = must(await ask(memberCount, world.as(jma), { scope: 'all', on: '2026-03-31' }));
    expect(all.counts.map((row) => [row.associationId, row.members])).toEqual([
      [kita, 2],
      [27000, 1],
      [0, 1],
    ]);
  });
});

describe('会員情報詳細(screens.md O-08)', () => {
  const at = (clock: string, actor: OfficeActor) => world.as(actor, new Date(`2026-02-02T${clock}:00Z`));
  const reader = () => ({ ...district, accountId: newId() });
  const look = async (clock: string, actor: OfficeActor) => must(await ask(memberDetail, at(clock, actor), { id: ids[0] ?? '' }));

  test('前に見たあとの変更だけが、変更前とともに示され、すぐ見直しても消えない', async () => {
    const clerk = reader();
    expect((await look('01:00', clerk)).sinceLook).toBeUndefined();
    const doctor = doctorActor(ids[0] ?? '', newId(), '髙橋 太郎');
    const typed = { sendTo: 'home', faxTo: 'none', mails: ['notices', 'training'], version: '0' };
    must(await run(saveMailing, world.as(doctor, new Date('2026-02-02T02:00:00Z')), typed, newId()));
    const changed = { at: new Date('2026-02-02T01:00:00Z'), changes: [{ label: '文書送付先(初期値)', before: '所属施設', after: '自宅' }] };
    expect((await look('03:00', clerk)).sinceLook).toMatchObject(changed);
    expect((await look('03:20', clerk)).sinceLook).toMatchObject(changed);
    expect((await look('04:00', clerk)).sinceLook).toEqual({ at: new Date('2026-02-02T03:20:00Z'), changes: [] });
    // A colleague has looks of his own.
    expect((await look('04:00', reader())).sinceLook).toBeUndefined();
  });

  test('いくつかの変更は、初めの値と今の値の一つにまとめる', () => {
    const change = (key: string, before: string, after: string) => ({ block: 'contact', key, label: key, before, after });
    expect(netChanges([change('tel', '1', '2'), change('fax', '', '3'), change('tel', '2', '4'), change('fax', '3', '')])).toEqual([
      change('tel', '1', '4'),
    ]);
  });

  test('退会から5年を過ぎると、その医師会には住所・電話・メールを示さず、変更もさせない', async () => {
    const id = ids[1] ?? '';
    const on = async (text: string, actor = district) =>
      must(await ask(memberDetail, world.as(actor, new Date(`${text}T03:00:00Z`)), { id }));
    expect((await on('2031-03-31')).profile).toMatchObject({ contactFaded: false, postalCode: '5300001' });
    const { profile } = await on('2031-04-01');
    expect(profile).toMatchObject({ contactFaded: true, postalCode: '', address: '', tel: '', fax: '', mail: '' });
    expect(profile.name).toContain('青木');
    const gone = await ask(memberProfileToEdit, world.as(district, new Date('2031-04-01T03:00:00Z')), { id });
    expect(gone).toMatchObject({ refusal: { code: 'notFound' } });
  });
});
