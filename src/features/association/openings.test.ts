import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/id.ts';
import { inviteFirstAdmins } from '#features/staff/daily.ts';
import { staffReactions } from '#features/staff/reactions.ts';
import { must, officeActor, system } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { csvLine } from '#platform/sheet/csv.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';
import { mailsOf } from '#support/staff-with-mail.ts';
import { carryOutBatch, proposeBatch, reserveBatch, withdrawBatch } from './commands/keep-batch.ts';
import { openAssociation } from './commands/open-association.ts';
import type { SheetColumn } from './master-sheet.ts';
import { adminNames, columnNames, wideLabels } from './master-sheet.ts';
import { masterDetail, masterList } from './queries/master.ts';
import { batchDetail, checkBatch, masterSheet } from './queries/master-sheet.ts';

const jma = { id: 0, name: '日本医師会', layer: 1 } as const;
const first = officeActor(jma);
const second = officeActor(jma);
let world: World;

beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => {
  await world.close();
});

type Line = Readonly<Partial<Record<SheetColumn, string>>>;

const fresh: Line = {
  code: '27951',
  name: '新設第一医師会',
  kana: 'シンセツダイイチイシカイ',
  layer: '3',
  parentCode: '27000',
  kind: '郡市区',
  prefectureCode: '27',
  opensOn: '2026/04/01',
  surname: '初期',
  givenName: '花子',
  surnameKana: 'ショキ',
  givenNameKana: 'ハナコ',
  adminMail: 'first-27951@example.jp',
};

const wide: readonly SheetColumn[] = [...columnNames, ...adminNames];

function fileOf(...lines: readonly Line[]): string {
  return [wideLabels, ...lines.map((line) => wide.map((column) => line[column] ?? ''))].map((cells) => csvLine(cells)).join('');
}

const check = async (...lines: readonly Line[]) => must(await ask(checkBatch, world.as(first), { text: fileOf(...lines) }));

/** What is said of a file of one line. */
async function said(change: Line): Promise<string[]> {
  const { faults } = await check({ ...fresh, ...change });
  return faults.map((one) => `${one.line} ${one.item}:${one.message}`);
}

async function entered(...lines: readonly Line[]): Promise<string> {
  return must(await run(proposeBatch, world.as(first), { text: fileOf(...lines), reason: '新設' }, newId())).id;
}

const invitedTo = async (address: string) => (await mailsOf(world, 'M-30')).filter((mail) => mail.to === address).length;

/** The jobs that follow the naming of 初期管理者 of an association: the invitation, and its mail. */
async function react(codes: readonly string[], at?: Date): Promise<void> {
  const ctx = world.as(system, at);
  const ids = codes.map(Number);
  for (const [kind, key] of [
    ['association.firstAdminNamed', 'firstAdminId'],
    ['staff.invited', 'invitationId'],
  ] as const) {
    const { rows } = await world.database.system.query<{ payload: Record<string, string> }>(
      `SELECT o.payload FROM outbox o JOIN association_first_admin f ON f.id = (o.payload ->> $2)::uuid
       WHERE o.kind = $1 AND f.association_id = ANY ($3::int[])`,
      [kind, key, ids],
    );
    for (const { payload } of rows) await staffReactions[kind]?.(ctx, payload);
  }
}

describe('CSVによる新しい医師会の登録(screens.md J-02)', () => {
  test('誤りは行と項目ごとに示される', async () => {
    expect(await said({})).toEqual([]);
    expect(await said({ parentCode: '99999' })).toEqual(['2 上位医師会コード:上位医師会が見つかりません。医師会コードを確認してください']);
    expect(await said({ parentCode: '27001' })).toEqual(['2 上位医師会コード:上位医師会の階層が正しくありません']);
    expect(await said({ layer: '2' })).toEqual(['2 上位医師会コード:上位医師会の階層が正しくありません']);
    expect(await said({ layer: '1' })).toEqual(['2 階層:2・3・4のいずれかを入力してください']);
    expect(await said({ opensOn: '2026/01/14' })).toEqual(['2 設立日:設立日は本日以降の日付を入力してください']);
    expect(await said({ opensOn: '2032/01/01' })).toEqual(['2 設立日:設立日は5年以内の日付を入力してください']);
    expect(await said({ opensOn: '' })).toEqual(['2 設立日:設立日を入力してください']);
    expect(await said({ startsOn: '2026/05/01' })).toEqual([expect.stringContaining('2 適用日:')]);
    expect(await said({ closesOn: '2026/05/01', certainty: '未確認' })).toEqual([
      expect.stringContaining('2 廃止日:'),
      expect.stringContaining('2 確認:'),
    ]);
    expect(await said({ kind: '全国', prefectureCode: '99', name: '', kana: 'abc' })).toEqual([
      '2 名称:名称を入力してください',
      expect.stringContaining('2 フリガナ:'),
      expect.stringContaining('2 種別:'),
      expect.stringContaining('2 都道府県コード:'),
    ]);
    expect(await said({ adminMail: '', givenName: '' })).toEqual([
      '2 初期管理者 名:名を入力してください',
      expect.stringContaining('2 初期管理者 メールアドレス:'),
    ]);
    expect(await said({ adminMail: 'first' })).toEqual([expect.stringContaining('2 初期管理者 メールアドレス:')]);
    const nobody = { surname: '', givenName: '', surnameKana: '', givenNameKana: '', adminMail: '' };
    expect(await said(nobody)).toEqual([expect.stringContaining('2 医師会コード:医師会コード「27951」は登録されていません')]);
    const twice = await check(fresh, { ...fresh, name: '別の名称' });
    expect(twice.faults.map((one) => `${one.line} ${one.item}`)).toEqual(['3 医師会コード']);
  });

  test('登録済みの医師会の行に初期管理者は書けず、廃止する医師会の下には登録できない', async () => {
    const [head, line] = must(await ask(masterSheet, world.as(first), { q: '27020', columns: 'admins' }));
    expect(head).toEqual(wideLabels);
    const known = Object.fromEntries(wide.map((column, place) => [column, line?.[place] ?? '']));
    expect((await check(known)).same).toBe(1);
    const named = await check({ ...known, surname: '初期' });
    expect(named.faults.map((one) => one.item)).toEqual(['初期管理者 姓']);
    const ward = { ...fresh, code: '27909', layer: '4', parentCode: '27020', kind: '地区' };
    expect((await check(ward)).faults).toEqual([]);
    const below = await check({ ...known, closesOn: '2026/03/31' }, ward);
    expect(below.faults.map((one) => one.message)).toEqual(['このファイルで廃止される医師会を、上位医師会にすることはできません']);
  });

  test('1行でも誤りがあれば1件も入力されず、同じ都道府県の同じ名称は警告される', async () => {
    const text = fileOf(fresh, { ...fresh, code: '27952', adminMail: 'x' });
    expect(await run(proposeBatch, world.as(first), { text, reason: '新設' }, newId())).toMatchObject({ refusal: { code: 'conflict' } });
    const { rows } = await world.database.system.query('SELECT 1 FROM association_opening');
    expect(rows).toEqual([]);
    const { warnings } = await check(fresh, { ...fresh, code: '27952' });
    expect(warnings.map((one) => one.message)).toEqual([
      '同じ都道府県に同じ名称の医師会があります(27952)。ご確認ください',
      '同じ都道府県に同じ名称の医師会があります(27951)。ご確認ください',
    ]);
  });

  test('別の担当者が予約すると、上位も下位もまとめて登録され、招待は設立日に1回だけ届く', async () => {
    const ward = { ...fresh, code: '27911', layer: '4', parentCode: '27910', kind: '地区', adminMail: 'ward@example.jp' };
    const district = { ...fresh, code: '27910', name: '新設第二医師会', adminMail: 'district@example.jp' };
    const id = await entered(ward, district);
    expect((await check(district)).faults.map((one) => one.message)).toEqual([
      'この医師会コードは、確認待ちの別の一括更新に含まれています',
    ]);
    const waiting = must(await ask(masterList, world.as(second), {})).batches;
    expect(waiting.map((one) => [one.id, one.rows])).toContainEqual([id, 2]);
    const shown = must(await ask(batchDetail, world.as(second), { id }));
    expect(shown.openings.map((one) => [one.code, one.state])).toEqual([
      ['27910', 'proposed'],
      ['27911', 'proposed'],
    ]);
    expect(shown.openings[1]?.changes).toContainEqual({ label: '上位医師会', before: '', after: '27910 新設第二医師会' });
    expect(shown.openings[1]?.changes).toContainEqual({ label: '初期管理者', before: '', after: '初期 花子(ショキ ハナコ)' });
    expect(await run(reserveBatch, world.as(first), { id })).toMatchObject({ refusal: { code: 'forbidden' } });
    const key = newId();
    must(await run(reserveBatch, world.as(second), { id }, key));
    must(await run(reserveBatch, world.as(second), { id }, key));
    expect(await run(reserveBatch, world.as(second), { id }, newId())).toMatchObject({ refusal: { code: 'conflict' } });
    expect(await run(withdrawBatch, world.as(second), { id }, newId())).toMatchObject({ refusal: { code: 'conflict' } });
    expect(await run(carryOutBatch, world.as(system), { id, startsOn: '2026/04/01' })).toMatchObject({ ok: false });
    const detail = must(await ask(masterDetail, world.as(first), { code: '27911' }));
    expect(detail.row).toMatchObject({
      name: '新設第一医師会',
      layer: 4,
      parent: '新設第二医師会',
      state: 'planned',
      opensOn: '2026-04-01',
    });
    const both = ['27910', '27911'];
    await react(both);
    expect(await invitedTo('district@example.jp')).toBe(0);
    const onDay = new Date('2026-04-01T03:00:00Z');
    for (let round = 0; round < 2; round += 1) {
      await inviteFirstAdmins(world.as(system, onDay));
      await react(both, onDay);
    }
    expect([await invitedTo('district@example.jp'), await invitedTo('ward@example.jp')]).toEqual([1, 1]);
    const news = await world.database.system.query<{ payload: Record<string, unknown> }>(
      "SELECT payload FROM outbox WHERE kind = 'association.masterChanged'",
    );
    expect(news.rows.map((row) => row.payload)).toEqual([
      expect.objectContaining({ associationId: 27_910, more: 1, startsOn: '2026-04-01' }),
    ]);
    const audits = await world.database.system.query<{ target: string }>(
      "SELECT target FROM audit_event WHERE action = 'association.open' ORDER BY target",
    );
    expect(audits.rows.map((row) => row.target)).toEqual(['27910', '27911']);
  });

  test('設立日が本日なら、予約するとすぐに招待が届く', async () => {
    const id = await entered({ ...fresh, code: '27920', opensOn: '2026/01/15', adminMail: 'today@example.jp' });
    must(await run(reserveBatch, world.as(second), { id }, newId()));
    for (let round = 0; round < 2; round += 1) await react(['27920']);
    expect(await invitedTo('today@example.jp')).toBe(1);
  });

  test('取り消すと登録されず、初期管理者の氏名とメールアドレスは残らない', async () => {
    const id = await entered({ ...fresh, code: '27930' });
    must(await run(withdrawBatch, world.as(first), { id }, newId()));
    expect(await run(reserveBatch, world.as(second), { id }, newId())).toMatchObject({ refusal: { code: 'conflict' } });
    const { rows } = await world.database.system.query('SELECT state, surname, mail FROM association_opening WHERE batch_id = $1', [id]);
    expect(rows).toEqual([{ state: 'withdrawn', surname: '', mail: '' }]);
    expect(await ask(masterDetail, world.as(first), { code: '27930' })).toMatchObject({ refusal: { code: 'notFound' } });
    expect((await check({ ...fresh, code: '27930' })).faults).toEqual([]);
  });

  test('予約の前に同じコードが登録されると、理由とともに予約できず、1件も登録されない', async () => {
    const id = await entered({ ...fresh, code: '27940' }, { ...fresh, code: '27941', name: '新設第三医師会' });
    const form = { ...fresh, code: '27941', kind: 'district', name: '先に登録した医師会' };
    must(await run(openAssociation, world.as(first), form, newId()));
    expect(await run(reserveBatch, world.as(second), { id }, newId())).toMatchObject({
      refusal: { code: 'conflict', message: expect.stringContaining('27941:このコードは既に使用されています') },
    });
    expect(await ask(masterDetail, world.as(first), { code: '27940' })).toMatchObject({ refusal: { code: 'notFound' } });
  });
});
