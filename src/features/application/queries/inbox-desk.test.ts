import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Client } from 'pg';
import type { OfficeActor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { fileJoin, must, officeActor, versionOf } from '#main/demo/acting.ts';
import { approveLeaveAs, fileWithdrawal } from '#main/demo/leaving.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { deleteView, mostViews, saveView } from '#features/staff/commands/saved-views.ts';
import { kita } from '#support/case-mix.ts';
import { staffLogin } from '#support/logins.ts';
import { fileTransfer, memberOf } from '#support/moving.ts';
import type { World } from '#support/world.ts';
import { createWorld, testNow } from '#support/world.ts';
import { acknowledge } from '../commands/acknowledge.ts';
import { assign } from '../commands/assign.ts';
import { returnCase } from '../commands/return-case.ts';
import type { Inbox } from './inbox.ts';
import { inbox } from './inbox.ts';
import { inboxViews } from './inbox-views.ts';
import { officeApplication } from './office-application.ts';

/** 申請管理 (`screens.md O-03`): 担当者, 保存した条件, 所属施設, 会員区分, 確認待ち. */

const minato = 13_005;
let world: World;
let owner: Client;
let clerk: OfficeActor;
let colleague: OfficeActor;
let prefecture: OfficeActor;
let destination: OfficeActor;
let cases: Record<'typed' | 'chosen' | 'leaving' | 'moving', string>;
let chosenName: string;

async function hire(office: OfficeActor, name: readonly [string, string]): Promise<OfficeActor> {
  const login = await staffLogin(owner, { associationId: office.associationId, name });
  const found = officeActor({ id: office.associationId, name: office.associationName, layer: office.layer });
  return { ...found, accountId: login.accountId, staffId: login.staffId, displayName: name.join(' '), role: 'clerk' };
}

async function facility(): Promise<{ id: string; name: string }> {
  const { rows } = await owner.query<{ id: string; name: string }>(
    `INSERT INTO facility (id, name, kana, postal_code, prefecture_code, address, tel, fax, owner_type, attached, state)
     VALUES ($1, '医療法人中之島会 堂島記念病院', 'ナカノシマカイドウジマキネンビョウイン', '5300003', '27', '大阪市北区堂島1-1', '06-0000-0000', '', '', '', 'registered')
     RETURNING id, name`,
    [newId()],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('no facility');
  return row;
}

beforeAll(async () => {
  world = await createWorld();
  owner = new Client({ connectionString: world.ownerUrl });
  await owner.connect();
  const [district, above] = await world.offices(kita);
  const [other] = await world.offices(minato);
  if (district === undefined || above === undefined || other === undefined) throw new Error('no offices');
  clerk = await hire(district, ['梅田', '優']);
  colleague = await hire(district, ['芝', '健']);
  prefecture = await hire(above, ['府', '太郎']);
  destination = await hire(other, ['港', '花子']);
  const chosen = await facility();
  chosenName = chosen.name;
  const join = async (details: Record<string, string>) =>
    (await fileJoin(world.as(await world.doctor()), { lowestAssociationId: kita, wishedOn: '2026-02-01', details })).id;
  const leaver = await memberOf(world, kita);
  const mover = await memberOf(world, kita);
  cases = {
    typed: await join({ facilityName: '曽根崎クリニック', facilityUndecided: '' }),
    chosen: await join({ facilityId: chosen.id, facilityUndecided: '' }),
    leaving: (await fileWithdrawal(world.as(leaver), { leave: [kita], wishedOn: '2026-03-31' })).id,
    moving: await fileTransfer(world, mover, { from: kita, to: minato, wishedOn: '2026-04-01', leaveOn: '2026-03-31' }),
  };
});
afterAll(async () => {
  await owner.end();
  await world.close();
});

async function look(actor: OfficeActor, filter: Record<string, unknown>): Promise<Inbox> {
  return must(await ask(inbox, world.as(actor), { tab: 'all', ...filter }));
}

const idsOf = (list: Inbox) => list.rows.map((row) => row.id).toSorted();
const these = (...names: (keyof typeof cases)[]) => names.map((name) => cases[name]).toSorted();

async function take(actor: OfficeActor, id: string, staffId: string, seen: string) {
  return await run(assign, world.as(actor), { id, staffId, seen }, newId());
}

describe('担当者', () => {
  test('担当すると一覧と詳細に現れ、自分・未定で絞り込める。他の医師会には見えない', async () => {
    must(await take(clerk, cases.leaving, clerk.staffId, ''));
    expect(idsOf(await look(clerk, { assignee: 'me' }))).toEqual(these('leaving'));
    expect((await look(clerk, { assignee: 'me' })).rows[0]?.assignee).toBe('梅田 優');
    expect(idsOf(await look(colleague, { assignee: 'me' }))).toEqual([]);
    expect(idsOf(await look(colleague, { assignee: 'nobody' }))).not.toContain(cases.leaving);
    expect(must(await ask(officeApplication, world.as(colleague), { id: cases.leaving })).assignee).toMatchObject({
      present: { name: '梅田 優', mine: false },
      colleagues: [{ name: '梅田 優' }, { name: '芝 健' }],
    });
    const above = must(await ask(officeApplication, world.as(prefecture), { id: cases.leaving }));
    expect(above.assignee).toMatchObject({ present: undefined, colleagues: [{ name: '府 太郎' }] });
  });

  test('同時に担当した2人目は断られ、誰が担当しているかを知らされる。引き継ぎ、外れることができる', async () => {
    const both = await Promise.all([take(clerk, cases.typed, clerk.staffId, ''), take(colleague, cases.typed, colleague.staffId, '')]);
    expect(both.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(both.find((outcome) => !outcome.ok)).toMatchObject({
      refusal: { code: 'conflict', message: expect.stringContaining('に変わっています。') },
    });
    const now = must(await ask(officeApplication, world.as(clerk), { id: cases.typed })).assignee.present;
    must(await take(clerk, cases.typed, colleague.staffId, now?.staffId ?? ''));
    must(await take(colleague, cases.typed, '', colleague.staffId));
    expect(idsOf(await look(clerk, { assignee: 'nobody' }))).toContain(cases.typed);
  });

  test('他の医師会の者、停止された者は担当者にできず、見えない届は担当できない', async () => {
    expect(await take(clerk, cases.chosen, prefecture.staffId, '')).toMatchObject({
      refusal: { fields: { staffId: [expect.any(String)] } },
    });
    await owner.query(`UPDATE staff_member SET state = 'stopped' WHERE id = $1`, [colleague.staffId]);
    expect(await take(clerk, cases.chosen, colleague.staffId, '')).toMatchObject({ refusal: { code: 'invalid' } });
    await owner.query(`UPDATE staff_member SET state = 'active' WHERE id = $1`, [colleague.staffId]);
    expect(await take(destination, cases.chosen, destination.staffId, '')).toMatchObject({ refusal: { code: 'notFound' } });
  });
});

describe('絞り込み', () => {
  test('所属施設は、選んだ施設の名称の一部と、入力した名称の先頭から見つかる', async () => {
    expect(idsOf(await look(clerk, { facility: '堂島記念' }))).toEqual(these('chosen'));
    expect(idsOf(await look(clerk, { facility: 'どうじま' }))).toEqual(these('chosen'));
    expect(idsOf(await look(clerk, { facility: '曽根崎' }))).toEqual(these('typed'));
    expect(idsOf(await look(clerk, { facility: '%' }))).toEqual([]);
    expect((await look(clerk, { facility: chosenName })).count).toBe(1);
  });

  test('異動元の医師会は異動先の施設では探せず、異動先の医師会は探せる', async () => {
    await owner.query(`UPDATE application SET form = jsonb_set(form, '{details,facilityName}', '"芝浦の診療所"') WHERE id = $1`, [
      cases.moving,
    ]);
    expect(idsOf(await look(clerk, { facility: '芝浦' }))).toEqual([]);
    expect(idsOf(await look(destination, { facility: '芝浦' }))).toEqual(these('moving'));
  });

  test('差戻し中の届は、申請者が入力中の施設ではなく、送られた施設で見つかる', async () => {
    const { id } = await fileJoin(world.as(await world.doctor()), {
      lowestAssociationId: kita,
      wishedOn: '2026-02-01',
      details: { facilityName: '天満医院', facilityUndecided: '' },
    });
    const ctx = world.as(clerk);
    must(await run(returnCase, ctx, { id, version: await versionOf(ctx, id), reasons: ['R04'], message: 'ご確認ください。' }));
    await owner.query(`UPDATE application SET form = jsonb_set(form, '{details,facilityName}', '"下書き医院"') WHERE id = $1`, [id]);
    expect(idsOf(await look(clerk, { facility: '下書き' }))).toEqual([]);
    expect(idsOf(await look(clerk, { facility: '天満医院' }))).toEqual([id]);
  });

  test('会員区分は、決定・希望・現在の順に見る。退会届も現在の区分で見つかる', async () => {
    const list = await look(clerk, {});
    const category = list.categories.find((one) => one.label.startsWith('A'));
    const found = idsOf(await look(clerk, { memberCategory: String(category?.id ?? 0) }));
    expect(found).toEqual(expect.arrayContaining(these('leaving', 'moving', 'chosen')));
    expect(list.categories.length).toBeGreaterThan(1);
    const none = list.categories.find((one) => one.id !== category?.id);
    expect((await look(clerk, { memberCategory: String(none?.id ?? 0) })).count).toBe(0);
  });

  test('確認待ちは、確認するまで状況として選べる', async () => {
    must(await approveLeaveAs(world.as(clerk), cases.leaving, '2026-03-31'));
    expect(idsOf(await look(prefecture, { tab: 'todo', state: 'acknowledge' }))).toEqual(these('leaving'));
    expect(idsOf(await look(prefecture, { tab: 'todo', state: ['arrived'] }))).not.toContain(cases.leaving);
    const ctx = world.as(prefecture);
    must(await run(acknowledge, ctx, { id: cases.leaving, version: await versionOf(ctx, cases.leaving) }));
    expect(idsOf(await look(prefecture, { state: 'acknowledge' }))).toEqual([]);
  });

  test('代理のみは、医師会が入力した届だけ', async () => {
    expect((await look(clerk, { proxy: '1' })).count).toBe(0);
    await owner.query('UPDATE application SET proxy_association_id = $2 WHERE id = $1', [cases.chosen, kita]);
    expect(idsOf(await look(clerk, { proxy: '1' }))).toEqual(these('chosen'));
  });
});

describe('保存した条件', () => {
  const save = async (actor: OfficeActor, name: string, conditions = '?tab=all&kind=withdrawal') =>
    await run(saveView, world.as(actor), { list: 'applications', name, conditions }, newId());

  test('名前を付けて保存すると一覧に現れ、条件が言葉で示される。本人だけのもので、削除できる', async () => {
    const { id } = must(await save(clerk, '退会のすべて'));
    expect((await look(clerk, {})).views).toEqual([{ id, name: '退会のすべて', conditions: '?tab=all&kind=withdrawal' }]);
    expect((await look(colleague, {})).views).toEqual([]);
    const page = must(await ask(inboxViews, world.as(clerk), { conditions: '?tab=todo&assignee=me' }));
    expect(page).toMatchObject({ asked: ['区分:要対応', '担当者:自分'], views: [{ words: ['区分:すべて', '種別:退会'] }] });
    expect(await run(deleteView, world.as(colleague), { id }, newId())).toMatchObject({ refusal: { code: 'notFound' } });
    must(await run(deleteView, world.as(clerk), { id }, newId()));
    expect((await look(clerk, {})).views).toEqual([]);
  });

  test('名前は必須で重ならず、20件まで', async () => {
    expect(await save(clerk, '')).toMatchObject({ refusal: { fields: { name: ['名前を入力してください'] } } });
    for (let made = 0; made < mostViews; made += 1) must(await save(clerk, `条件${made}`));
    expect(await save(clerk, '条件0')).toMatchObject({
      refusal: { fields: { name: ['この名前の条件は保存済みです。別の名前を入力してください'] } },
    });
    expect(await save(clerk, 'もう一つ')).toMatchObject({
      refusal: { message: '保存できる条件は20件までです。不要な条件を削除してください。' },
    });
    expect(await save({ ...clerk, role: 'trainingContractor' }, '別')).toMatchObject({ refusal: { code: 'forbidden' } });
  });
});

describe('表示中', () => {
  test('申請の詳細を開いている同じ事務局の担当者が、ほかの担当者に示され、しばらくすると消える', async () => {
    const at = (minutes: number) => new Date(testNow.getTime() + minutes * 60_000);
    const look = async (actor: OfficeActor, id: string, minutes: number) =>
      must(await ask(officeApplication, world.as(actor, at(minutes)), { id })).viewers.map((one) => one.name);
    const listed = async (actor: OfficeActor, minutes: number) =>
      must(await ask(inbox, world.as(actor, at(minutes)), { tab: 'all' })).viewers.map((one) => [one.applicationId, one.name]);
    expect(await look(clerk, cases.typed, 100)).toEqual([]);
    expect(await look(colleague, cases.typed, 101)).toEqual([clerk.displayName]);
    expect(await listed(colleague, 102)).toEqual([[cases.typed, clerk.displayName]]);
    expect(await look(prefecture, cases.leaving, 102)).toEqual([]);
    // He has gone on to another case, then home.
    await look(clerk, cases.chosen, 103);
    expect(await look(colleague, cases.typed, 104)).toEqual([]);
    expect(await listed(clerk, 115)).toEqual([]);
  });
});
