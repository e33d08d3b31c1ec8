import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DoctorActor, OfficeActor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { memberListInput } from '#features/membership/queries/member-filter.ts';
import { memberList } from '#features/membership/queries/members.ts';
import { noticeConditions } from '#features/membership/pages/list-links.ts';
import { approveAs, fileJoin, must } from '#main/demo/acting.ts';
import { approveLeaveAs, fileWithdrawal } from '#main/demo/leaving.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { kita, memberAt } from '#support/case-mix.ts';
import type { World } from '#support/world.ts';
import { createWorld, testNow } from '#support/world.ts';
import { publishNotice } from './commands/publish.ts';
import { saveNotice } from './commands/save.ts';
import { startValues } from './pages/office/start-values.ts';
import { noticeForm, officeNotice } from './queries/office-notice.ts';
import { readerNotices } from './queries/reader-notices.ts';

/** 条件 of O-16 are the filters of O-07, with the same meaning: when they are counted, handed over, and read. */

let world: World;
let owner: Client;
let offices: OfficeActor[];
let category: string;
const people = new Map<string, DoctorActor>();

type Joined = { person?: Record<string, unknown>; upTo?: number; categoryCode?: string };

async function joined(surname: string, { person = {}, upTo = 1, categoryCode = 'A1' }: Joined): Promise<DoctorActor> {
  const doctor = await world.doctor({ surname, ...person });
  const wish = { lowestAssociationId: kita, wishedOn: '2026-01-10', upTo: upTo === 3 ? 1 : upTo === 2 ? 2 : 3, categoryCode } as const;
  const { id } = await fileJoin(world.as(doctor), wish);
  for (const office of offices.slice(0, upTo)) must(await approveAs(world.as(office), id, { decidedOn: '2026-01-10', categoryCode }));
  people.set(surname, doctor);
  return doctor;
}

beforeAll(async () => {
  world = await createWorld();
  owner = new Client({ connectionString: world.ownerUrl });
  await owner.connect();
  offices = await world.offices(kita);
  const found = await owner.query<{ id: number }>('SELECT id FROM notice_category ORDER BY sort_order LIMIT 1');
  category = String(found.rows[0]?.id);
  await joined('青木', { upTo: 3 });
  await joined('石井', { upTo: 2, person: { graduatedOn: '2022-03', licensedOn: '2022-05-01' } });
  await joined('上田', {
    upTo: 3,
    categoryCode: 'C',
    person: { graduatedOn: '2023-03', licensedOn: '2023-05-01', trainingEndsOn: '2026-03' },
  });
  await joined('上野', { categoryCode: 'C', person: { graduatedOn: '2024-03', licensedOn: '2024-05-01', trainingEndsOn: '2026-02' } });
  const old = { schoolCode: 'N02', graduatedOn: '1975-03', licensedOn: '1975-05-01', birthOn: '1950-01-15', mainDepartment: '02' };
  await joined('渡邉', { person: { surnameKana: 'ワタナベ', ...old } });
  const leaver = await joined('江口', {});
  const left = await fileWithdrawal(world.as(leaver), { leave: [kita], wishedOn: '2026-02-28' });
  must(await approveLeaveAs(world.as(office()), left.id, '2026-02-28'));
  const applicant = await joined('大野', {});
  await fileWithdrawal(world.as(applicant), { leave: [kita], wishedOn: '2026-03-31' });
  people.set('勤務', await memberAt(world, '北区つばき医院', { sex: 'female', designations: ['03'] }));
  // What mail servers and other registrations bring about.
  await owner.query('UPDATE person SET mail_bounced_at = $2 WHERE id = $1', [idOf('大野'), testNow]);
  await owner.query(
    'UPDATE person_licence SET verified_at = NULL, verified_by = NULL, verified_association_id = NULL WHERE person_id = $1',
    [idOf('石井')],
  );
  await owner.query(`INSERT INTO licence_claim (id, number, claimant_id, holder_id, claimed_at) VALUES ($1, '599999', $2, $3, $4)`, [
    newId(),
    idOf('青木'),
    idOf('渡邉'),
    testNow,
  ]);
});
afterAll(async () => {
  await owner.end();
  await world.close('unchecked');
});

function office(place = 0): OfficeActor {
  const found = offices[place];
  if (found === undefined) throw new Error('no such office');
  return found;
}

function idOf(surname: string): string {
  return people.get(surname)?.personId ?? '';
}

async function idOfCategory(associationId: number, code: string): Promise<string> {
  const found = await owner.query<{ id: number }>('SELECT id FROM member_category WHERE association_id = $1 AND code = $2', [
    associationId,
    code,
  ]);
  return String(found.rows[0]?.id);
}

async function inList(filter: Record<string, unknown>, actor: OfficeActor): Promise<string[]> {
  const { rows } = must(await ask(memberList, world.as(actor), { ...filter, size: '100' }));
  return rows.map((row) => row.personId).toSorted();
}

async function draft(actor: OfficeActor, condition: Record<string, unknown>): Promise<{ id: string; version: number }> {
  const words = { title: 'ご案内', category1: category, lead: '', body: '本文', target: 'condition', startsOn: '2026/01/15' };
  return must(await run(saveNotice, world.as(actor), { ...words, ...condition }, newId()));
}

async function readersOf(noticeId: string, on: string): Promise<string[]> {
  const found = await owner.query<{ id: string }>(
    `SELECT r AS id FROM notice n, notice_readers(n.association_id, n.target, n.condition, $2, NULL, NULL) r WHERE n.id = $1`,
    [noticeId, on],
  );
  return found.rows.map((row) => row.id).toSorted();
}

/** The boxes that a list hands over to a new notice; 氏名 and 番号 are typed there. */
function handedOver(filter: Record<string, unknown>): Record<string, unknown> {
  const { name, licence } = filter;
  const given = startValues(new URLSearchParams(noticeConditions(memberListInput.parse(filter)))) ?? {};
  return { ...given, target: 'condition', ...(name === undefined ? {} : { name }), ...(licence === undefined ? {} : { licence }) };
}

async function asFilters(): Promise<Record<string, unknown>[]> {
  const { rows } = await owner.query<{ number: string }>('SELECT number FROM person_licence WHERE person_id = $1', [idOf('江口')]);
  const marks = ['waived', 'trainee', 'trainingEnds', 'undelivered', 'inQuestion', 'unseen', 'applying'];
  return [
    { name: 'ﾜﾀﾅﾍﾞ' },
    { name: '渡辺' },
    { licence: `第${rows[0]?.number}号` },
    { status: 'leaving' },
    { category: await idOfCategory(kita, 'C') },
    { jmaCategory: await idOfCategory(0, 'A1') },
    { jma: 'yes' },
    { jma: 'no' },
    { facility: '北区ﾂﾊﾞｷ' },
    { ownerType: '13' },
    { designation: '03' },
    { department: '02' },
    { sex: 'female' },
    { ageFrom: '76' },
    { ageTo: '75' },
    { school: 'N02' },
    { graduatedFrom: '2023' },
    { graduatedTo: '1975' },
    { graduatedFrom: '1970', graduatedTo: '1980', department: '02' },
    { leftFrom: '2026/02/28' },
    { leftTo: '2026/02/28' },
    { leftReason: 'W01' },
    { status: 'leaving', leftFrom: '2026/02/01', leftTo: '2026/03/01' },
    ...marks.map((mark) => ({ mark })),
    { mark: ['trainee', 'waived'] },
    { mark: ['applying', 'undelivered'] },
  ];
}

describe('お知らせの条件は、会員情報管理の検索条件と同じ会員を指す(O-07, O-16)', () => {
  test('一覧に並ぶ会員・数えた対象者・読める会員が、どの条件でも一致する', async () => {
    const everybody = await inList({}, office());
    for (const filter of await asFilters()) {
      const expected = await inList(filter, office());
      expect([filter, expected.length > 0 && expected.length < everybody.length]).toEqual([filter, true]);
      const { id, version } = await draft(office(), handedOver(filter));
      expect([filter, await readersOf(id, '2026-01-15')]).toEqual([filter, expected]);
      const { readers, faults } = must(await ask(officeNotice, world.as(office()), { id }));
      expect([filter, readers, faults]).toEqual([filter, expected.length, {}]);
      must(await run(publishNotice, world.as(office()), { id, version }, newId()));
      for (const [surname, who] of people) {
        const seen = must(await ask(readerNotices, world.as(who), { size: '100' })).rows.some((row) => row.id === id);
        expect([filter, surname, seen]).toEqual([filter, surname, expected.includes(who.personId)]);
      }
    }
  });

  test('入会日と下層医師会も、マイページ未登録も同じ', async () => {
    for (const filter of [{ joinedFrom: '2026/01/11' }, { joinedTo: '2026/01/10' }, { mark: 'unregistered' }]) {
      const { id } = await draft(office(), handedOver(filter));
      expect([filter, await readersOf(id, '2026-01-15')]).toEqual([filter, await inList(filter, office())]);
    }
    const { id } = await draft(office(1), handedOver({ below: String(kita) }));
    expect(await readersOf(id, '2026-01-15')).toEqual(await inList({ below: String(kita) }, office(1)));
    expect(await readersOf(id, '2026-01-15')).toHaveLength(3);
  });

  test('会費免除・研修・年齢は、どの日に読んでも会員情報管理のその日の一覧と同じ', async () => {
    for (const filter of [
      { mark: 'waived' },
      { mark: 'trainee' },
      { mark: 'trainingEnds' },
      { mark: ['waived', 'trainee'] },
      { ageFrom: '27' },
    ]) {
      const { id } = await draft(office(), handedOver(filter));
      for (const on of [
        '2026-01-29',
        '2026-01-30',
        '2026-01-31',
        '2026-02-28',
        '2026-03-01',
        '2026-03-31',
        '2026-04-01',
        '2027-03-31',
        '2027-04-01',
        '2028-04-01',
        '2029-04-01',
      ])
        expect([filter, on, await readersOf(id, on)]).toEqual([filter, on, await inList({ ...filter, on }, office())]);
    }
  });
});

test('条件はフォームに戻り、言葉で読め、範囲の誤りは欄で断られる', async () => {
  const condition = {
    name: '渡邉',
    licence: '５０００１２',
    leaving: '1',
    jmaCategories: await idOfCategory(0, 'A1'),
    schools: 'N02',
    graduatedFrom: '1970',
    graduatedTo: '1980',
    joinedFrom: '令和8年1月1日',
    leftTo: '2026/12/31',
    leftReasons: 'W01',
    marks: ['waived', 'unseen'],
  };
  const { id } = await draft(office(), condition);
  const form = must(await ask(noticeForm, world.as(office()), { id }));
  expect(form.values).toMatchObject({
    name: '渡邉',
    licence: '500012',
    leaving: '1',
    jmaCategories: [condition.jmaCategories],
    schools: ['N02'],
    graduatedTo: '1980',
    joinedFrom: '2026/01/01',
    leftTo: '2026/12/31',
    marks: ['waived', 'unseen'],
  });
  const { conditions } = must(await ask(officeNotice, world.as(office()), { id }));
  expect(conditions).toEqual(
    expect.arrayContaining([
      '氏名/フリガナ:「渡邉」で始まる会員',
      '医籍登録番号:500012',
      '在籍状況:退会予定',
      '卒業年:1970～1980',
      '入会日:2026/01/01～',
      '退会日:～2026/12/31',
      '状態:会費免除期間中、(確認前)',
    ]),
  );
  expect(conditions.some((line) => line.includes('N02') || line.includes('W01'))).toBe(false);
  for (const [wrong, field] of [
    [{ graduatedFrom: '2000', graduatedTo: '1990' }, 'graduatedFrom'],
    [{ joinedFrom: '2026/02/01', joinedTo: '2026/01/01' }, 'joinedTo'],
    [{ leftFrom: '2026/02/01', leftTo: '2026/01/01' }, 'leftTo'],
  ] as const) {
    const { id: late, version } = await draft(office(), wrong);
    expect(await run(publishNotice, world.as(office()), { id: late, version }, newId())).toMatchObject({
      refusal: { fields: { [field]: [expect.any(String)] } },
    });
  }
  for (const [wrong, field] of [
    [{ licence: 'x' }, 'licence'],
    [{ joinedFrom: 'いつか' }, 'joinedFrom'],
  ] as const)
    expect(await run(saveNotice, world.as(office()), { target: 'condition', ...wrong }, newId())).toMatchObject({
      refusal: { fields: { [field]: [expect.any(String)] } },
    });
});
