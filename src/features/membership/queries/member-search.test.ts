import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OfficeActor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { saveView } from '#features/staff/commands/saved-views.ts';
import { approveAs, fileJoin, must } from '#main/demo/acting.ts';
import { newExport } from '#features/export/queries/new-export.ts';
import { addFacilities } from '#features/facility/commands/add-facility.ts';
import { inbox } from '#features/application/queries/inbox.ts';
import { memberTrail } from '#features/audit-trail/queries/member-trail.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import { staffLogin } from '#support/logins.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';
import { saveMemberMemo } from '../commands/save-memo.ts';
import { memberChoices, memberViews } from './member-choices.ts';
import { memberDetail } from './member.ts';
import { memberHead, memberMemo } from './member-head.ts';
import { facilityDetail, facilityList } from './facilities.ts';
import { facilityMemberSheet, memberSheet } from './member-sheet.ts';
import { memberList } from './members.ts';

const kita = 27001;
let world: World;
let district: OfficeActor;
let prefecture: OfficeActor;
let hospitalId = '';

type Doctor = {
  surname: string;
  kana: string;
  upTo?: 2 | 3;
  atHospital?: true;
  person?: Record<string, unknown>;
  details?: Record<string, unknown>;
};

/** The names of the demo in every glyph, each with something of its own to be found by. */
const doctors: readonly Doctor[] = [
  { surname: '高橋', kana: 'タカハシ', upTo: 2, person: { sex: 'female', mainDepartment: '02' } },
  { surname: '髙橋', kana: 'タカハシ', details: { workCode: '24', positionCode: '05' } },
  {
    surname: '渡辺',
    kana: 'ワタナベ',
    person: { birthOn: '1950-01-15', schoolCode: 'N02', graduatedOn: '1975-03', licensedOn: '1975-05-01' },
  },
  { surname: '渡邊', kana: 'ワタナベ', person: { birthOn: '1950-01-16' } },
  { surname: '渡邉', kana: 'ワタナベ', person: { graduatedOn: '2022-03' } },
  { surname: '斉藤', kana: 'サイトウ', details: { designations: ['03'] } },
  { surname: '齊藤', kana: 'サイトウ' },
  { surname: '山崎', kana: 'ヤマザキ', atHospital: true },
  { surname: '山﨑', kana: 'ヤマサキ' },
  { surname: '吉田', kana: 'ヨシダ' },
  { surname: '𠮷田', kana: 'ヨシダ' },
];

beforeAll(async () => {
  world = await createWorld();
  const [lowest, middle] = await world.offices(kita);
  if (lowest === undefined || middle === undefined) throw new Error('no chain');
  [district, prefecture] = [lowest, middle];
  const hospital = {
    name: '﨑山病院',
    kana: 'サキヤマビョウイン',
    prefectureCode: '27',
    address: '大阪市北区中之島1-1',
    ownerType: '05',
    associationId: null,
  };
  const other = { ...hospital, name: '空き診療所', kana: 'アキシンリョウジョ' };
  [hospitalId = ''] = must(await run(addFacilities, world.as({ kind: 'system', name: 'test' }), { facilities: [hospital, other] })).ids;
  for (const { surname, kana, upTo = 3, person, atHospital, details } of doctors) {
    const doctor = await world.doctor({ surname, surnameKana: kana, ...person });
    const wish = {
      lowestAssociationId: kita,
      wishedOn: '2026-01-05',
      upTo,
      details: wholeDetails({ ...(atHospital ? { facilityUndecided: '', facilityId: hospitalId } : {}), ...details }),
    };
    const { id } = await fileJoin(world.as(doctor), wish);
    for (const office of upTo === 2 ? [district, prefecture] : [district])
      must(await approveAs(world.as(office), id, { decidedOn: '2026-01-05' }));
  }
});
afterAll(async () => {
  await world.close();
});

function wholeDetails(details: Record<string, unknown>) {
  return { wishedOn: '2026-01-05', facilityUndecided: 'on', workCode: '11', positionCode: '02', designations: ['01'], ...details };
}

async function found(filter: Record<string, unknown>, actor = district): Promise<string[]> {
  const list = must(await ask(memberList, world.as(actor), filter));
  expect(list.count.members).toBe(list.rows.length);
  return list.rows.map((row) => row.name.split(' ')[0] ?? '').toSorted();
}

describe('氏名の検索は異体字・全角半角・かなの違いを区別しない(rules.md 10)', () => {
  test.each([
    ['高橋', ['髙橋', '高橋']],
    ['髙橋', ['髙橋', '高橋']],
    ['ﾀｶﾊｼ', ['髙橋', '高橋']],
    ['たかはし', ['髙橋', '高橋']],
    ['タカハシ', ['髙橋', '高橋']],
    ['髙橋 太郎', ['髙橋', '高橋']],
    ['渡辺', ['渡辺', '渡邉', '渡邊']],
    ['渡邊', ['渡辺', '渡邉', '渡邊']],
    ['渡邉', ['渡辺', '渡邉', '渡邊']],
    ['ﾜﾀﾅﾍﾞ', ['渡辺', '渡邉', '渡邊']],
    ['斉藤', ['斉藤', '齊藤']],
    ['齊藤', ['斉藤', '齊藤']],
    ['山崎', ['山崎', '山﨑']],
    ['山﨑', ['山崎', '山﨑']],
    ['やまざき', ['山崎', '山﨑']],
    ['吉田', ['吉田', '𠮷田']],
    ['𠮷田', ['吉田', '𠮷田']],
  ])('%s', async (name, names) => {
    expect(await found({ name })).toEqual(names.toSorted());
  });
});

describe('会員情報管理の検索条件(screens.md O-07)', () => {
  test('性別・主たる科名・出身校・卒業年', async () => {
    expect(await found({ sex: 'female' })).toEqual(['高橋']);
    expect(await found({ department: '02' })).toEqual(['高橋']);
    expect(await found({ school: 'N02' })).toEqual(['渡辺']);
    expect(await found({ graduatedTo: '1980' })).toEqual(['渡辺']);
    expect(await found({ graduatedFrom: '２０２２', graduatedTo: '2022' })).toEqual(['渡邉']);
  });

  test('年齢は基準日で数える', async () => {
    expect(await found({ ageFrom: '76' })).toEqual(['渡辺']);
    expect(await found({ ageFrom: '76', on: '2026-01-16' })).toEqual(['渡辺', '渡邊']);
    expect(await found({ ageFrom: '75', ageTo: '75' })).toEqual(['渡邊']);
  });

  test('施設・業務、役職、指定医', async () => {
    expect(await found({ work: '24' })).toEqual(['髙橋']);
    expect(await found({ position: '05' })).toEqual(['髙橋']);
    expect(await found({ designation: '03' })).toEqual(['斉藤']);
    expect(await found({ work: '24', designation: '03' })).toEqual([]);
  });

  test('入会日、退会事由、日医加入、下層医師会', async () => {
    expect(await found({ joinedFrom: '2026/01/06' })).toEqual([]);
    expect(await found({ joinedTo: '2026/01/05' })).toHaveLength(doctors.length);
    expect(await found({ leftReason: 'W01' })).toEqual([]);
    expect(await found({ jma: 'yes' })).toEqual([]);
    expect(await found({ jma: 'no' })).toHaveLength(doctors.length);
    expect(await found({ below: String(kita) }, prefecture)).toEqual(['高橋']);
    expect(await found({ below: '27002' }, prefecture)).toEqual([]);
    const reversed = await ask(memberList, world.as(district), { joinedFrom: '2026-02-01', joinedTo: '2026-01-01' });
    expect(reversed).toMatchObject({ refusal: { fields: { joinedTo: ['開始日は終了日以前の日付を入力してください'] } } });
  });

  test('状態:会費免除期間中、マイページ未登録、(確認前)、申請、研修、不達、重複', async () => {
    expect(await found({ mark: 'waived' })).toEqual(['渡邉']);
    expect(await found({ mark: 'unregistered' })).toHaveLength(doctors.length);
    expect(await found({ mark: ['unregistered', 'waived'] })).toEqual(['渡邉']);
    for (const mark of ['unseen', 'applying', 'trainee', 'trainingEnds', 'undelivered', 'inQuestion'])
      expect(await found({ mark }), mark).toEqual([]);
  });

  test('一覧と会員情報詳細は、検索条件と同じ意味の状態を示す', async () => {
    const { rows } = must(await ask(memberList, world.as(district), {}));
    const marksOf = (surname: string) => rows.find((row) => row.name.startsWith(surname))?.marks;
    expect([marksOf('渡邉'), marksOf('渡邊')]).toEqual([['waived', 'unregistered'], ['unregistered']]);
    const id = rows.find((row) => row.name.startsWith('渡邉'))?.personId ?? '';
    expect(must(await ask(memberDetail, world.as(district), { id })).marks).toEqual(['waived', 'unregistered']);
    expect(must(await ask(memberDetail, world.as(district), { id, asOf: '2027-04-01' })).marks).toEqual(['unregistered']);
    expect(must(await ask(memberDetail, world.as(district), { id, knownAt: '2026/01/15 12:00' })).marks).toEqual([]);
    expect(
      must(await ask(memberList, world.as(district), { knownAt: '2026/01/15 12:00' })).rows.every((row) => row.marks.length === 0),
    ).toBe(true);
  });

  test('端の日付や数でも一覧は開く', async () => {
    for (const on of ['1869-01-01', '2199-12-31']) {
      const marks = ['waived', 'trainingEnds'];
      expect(await ask(memberList, world.as(district), { on, mark: marks, ageFrom: '150', ageTo: '0', graduatedFrom: '0' })).toMatchObject({
        ok: true,
      });
    }
  });
});

/** The district's clerk with a login that exists: saved conditions belong to one. */
async function clerkWithLogin(): Promise<OfficeActor> {
  const owner = new Client({ connectionString: world.ownerUrl });
  await owner.connect();
  const login = await staffLogin(owner, { associationId: kita, name: ['事務', '一郎'] });
  await owner.end();
  return { ...district, accountId: login.accountId, staffId: login.staffId };
}

test('保存した条件は本人の会員一覧のもので、言葉で読める', async () => {
  const conditions = '?status=current&department=02&mark=waived&below=27001';
  const clerk = await clerkWithLogin();
  must(await run(saveView, world.as(clerk), { list: 'members', name: '内科', conditions }, newId()));
  const { views } = must(await ask(memberViews, world.as(clerk), {}));
  expect(views).toMatchObject([{ name: '内科', words: expect.arrayContaining(['在籍状況:在籍', '状態:会費免除期間中']) }]);
  expect(views[0]?.words.find((word) => word.startsWith('主たる科名:'))).not.toContain('02');
  expect(must(await ask(memberChoices, world.as(clerk), {})).views).toHaveLength(1);
  expect(must(await ask(memberChoices, world.as(district), {})).views).toEqual([]);
});

test('CSVは一覧と同じ条件の会員だけを、決められた列で出す', async () => {
  const ctx = world.as(district);
  const conditions = '?name=ﾀｶﾊｼ&sort=-name';
  expect(memberSheet.fits('?joinedFrom=いつか')).toBe(false);
  const columns = ['surname', 'sex', 'mainDepartment', 'category', 'joinedOn', 'work', 'designations'];
  const { rows, count } = await readTransaction(ctx, async (tx) => {
    const pages = [];
    for await (const page of memberSheet.pages(tx, ctx, { conditions, columns })) pages.push(...page);
    return { rows: pages, count: await memberSheet.count(tx, ctx, { conditions, limit: 10 }) };
  });
  expect(count).toBe(2);
  expect(rows.map(({ cells }) => `${cells[0]} ${cells[1]} ${cells[4]}`).toSorted()).toEqual(
    ['髙橋 男 2026/01/05', '高橋 女 2026/01/05'].toSorted(),
  );
  const columnsOffered = await readTransaction(ctx, async (tx) => await memberSheet.columns(tx, ctx));
  expect(columnsOffered.filter((column) => column.sensitive).map((column) => column.label)).toContain('生年月日');
});

describe('会員の事務局メモ(screens.md O-08)', () => {
  test('自医師会だけが読み、書き直しても前のメモが残り、古い画面からは書けない', async () => {
    const id = must(await ask(memberList, world.as(prefecture), {})).rows[0]?.personId ?? '';
    const save = async (version: number, memoBody: string, actor = district) =>
      await run(saveMemberMemo, world.as(actor), { id, version, memoBody }, newId());
    must(await save(0, '会報は自宅へ'));
    expect(await save(0, '別の担当者の書き込み')).toMatchObject({ refusal: { code: 'conflict', current: { version: 1 } } });
    must(await save(1, '会報は勤務先へ'));
    expect(await save(2, 'あ'.repeat(2_001))).toMatchObject({ refusal: { fields: { memoBody: [expect.any(String)] } } });
    expect(must(await ask(memberMemo, world.as(district), { id }))).toMatchObject({
      head: { name: '高橋 太郎' },
      memo: { version: 2, body: '会報は勤務先へ', authorName: '事務局 花子' },
      former: [{ version: 1, body: '会報は自宅へ' }],
    });
    expect(must(await ask(memberMemo, world.as(prefecture), { id })).memo).toBeUndefined();
    const stranger = (await world.offices(13005))[0];
    if (stranger === undefined) throw new Error('no chain');
    expect(await save(0, '他医師会', stranger)).toMatchObject({ refusal: { code: 'notFound' } });
    expect(await ask(memberMemo, world.as(stranger), { id })).toMatchObject({ refusal: { code: 'notFound' } });
    expect(await save(2, '外部委託先', { ...district, role: 'trainingContractor' })).toMatchObject({ refusal: { code: 'forbidden' } });
  });

  test('申請と操作履歴の区分は、その会員のものだけ', async () => {
    const { personId: id } = must(await ask(memberList, world.as(district), { name: '𠮷田' })).rows[0] ?? { personId: '' };
    expect(must(await ask(inbox, world.as(district), { tab: 'all', person: id })).rows.map((row) => row.personId)).toEqual([id]);
    must(await ask(memberHead, world.as(district), { id }));
    const { rows } = must(await ask(memberTrail, world.as(district), { id }));
    expect(rows[0]).toMatchObject({ operation: expect.stringContaining('会員情報の詳細') });
    expect(must(await ask(memberTrail, world.as(prefecture), { id })).rows).toEqual([]);
  });
});

describe('施設別一覧(screens.md O-14)', () => {
  test('会員のいる施設だけが、人数と条件・順序に従って並ぶ', async () => {
    const look = async (filter: Record<string, unknown>, actor = district) =>
      must(await ask(facilityList, world.as(actor), filter)).rows.map((row) => [row.name, row.members, row.moving]);
    expect(await look({})).toEqual([['﨑山病院', 1, 0]]);
    expect(await look({ name: '崎山' })).toHaveLength(1);
    expect(
      await look({ name: 'さきやま', city: '北区', ownerType: '05', membersFrom: '1', membersTo: '1', sort: '-members' }),
    ).toHaveLength(1);
    expect(await look({ city: '中央区' })).toEqual([]);
    expect(await look({ membersFrom: '2' })).toEqual([]);
    expect(await look({ after: hospitalId, sort: 'members' })).toEqual([]);
    expect(await look({}, prefecture)).toEqual([]);
  });

  test('施設の会員は自医師会の会員だけで、会員のいない施設は見つからない', async () => {
    expect(must(await ask(facilityDetail, world.as(district), { id: hospitalId }))).toMatchObject({ name: '﨑山病院' });
    expect(await ask(facilityDetail, world.as(prefecture), { id: hospitalId })).toMatchObject({ refusal: { code: 'notFound' } });
    expect(await found({ facilityId: hospitalId })).toEqual(['山崎']);
    expect(await found({ facilityId: hospitalId, on: '2026-01-04' })).toEqual([]);
  });

  test('この施設のCSVは、施設への提供として始まり、決められた5項目を出し、ほかは選んだときだけ出す', async () => {
    expect(facilityMemberSheet.fits('?status=current')).toBe(false);
    const conditions = `?status=current&facilityId=${hospitalId}`;
    const form = must(await ask(newExport, world.as(district), { list: 'facilityMembers', conditions }));
    expect(form).toMatchObject({ count: 1, preset: { purpose: 'E05', recipient: '﨑山病院' } });
    expect(form.columns.filter((column) => !column.spare).map((column) => column.label)).toEqual([
      '氏名',
      'フリガナ',
      '医籍登録番号',
      '会員区分',
      '入会日',
    ]);
  });
});
