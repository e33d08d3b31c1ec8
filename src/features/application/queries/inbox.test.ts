import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OfficeActor } from '#kernel/actor.ts';
import { addDays, day } from '#kernel/day.ts';
import { approveAs, fileJoin, must, versionOf } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import type { World } from '#support/world.ts';
import { createWorld, testNow } from '#support/world.ts';
import { postMemo, postMessage, setAttention } from '../commands/correspond.ts';
import { returnCase } from '../commands/return-case.ts';
import type { Inbox } from './inbox.ts';
import { inbox } from './inbox.ts';
import { inboxNeighbours } from './inbox-neighbours.ts';

const kita = 27001;
const dayMs = 86_400_000;
let world: World;
let district: OfficeActor;
let prefecture: OfficeActor;
let jma: OfficeActor;
let cases: { id: string; number: string; kana: string }[];

const people = [
  { surname: '髙橋', givenName: '一郎', surnameKana: 'タカハシ', givenNameKana: 'イチロウ' },
  { surname: '青木', givenName: '花子', surnameKana: 'アオキ', givenNameKana: 'ハナコ' },
  { surname: '渡邉', givenName: '健', surnameKana: 'ワタナベ', givenNameKana: 'ケン' },
  { surname: '石井', givenName: '健太', surnameKana: 'イシイ', givenNameKana: 'ケンタ' },
];

/** Filed a day apart, the first one ten days ago. */
beforeAll(async () => {
  world = await createWorld();
  const offices = await world.offices(kita);
  const [lowest, middle, top] = offices;
  if (lowest === undefined || middle === undefined || top === undefined) throw new Error('no chain');
  [district, prefecture, jma] = [lowest, middle, top];
  cases = [];
  for (const [index, person] of people.entries()) {
    const doctor = await world.doctor(person);
    const at = new Date(testNow.getTime() - (10 - index * 3) * dayMs);
    const filed = await fileJoin(world.as(doctor, at), {
      lowestAssociationId: kita,
      wishedOn: addDays(day('2026-02-01'), (people.length - index) * 3),
    });
    cases.push({ ...filed, kana: `${person.surnameKana} ${person.givenNameKana}` });
  }
});
afterAll(async () => {
  await world.close();
});

async function look(actor: OfficeActor, filter: Record<string, unknown> = {}, now = testNow): Promise<Inbox> {
  return must(await ask(inbox, world.as(actor, now), filter));
}

function idOf(index: number): string {
  return cases[index]?.id ?? '';
}

const kanas = (list: Inbox) => list.rows.map((row) => row.kana.split(' ')[0]);

describe('申請管理', () => {
  test('要対応は到達の古い順、7日以上経過に▲が付く', async () => {
    const list = await look(district);
    expect(kanas(list)).toEqual(['タカハシ', 'アオキ', 'ワタナベ', 'イシイ']);
    expect(list.rows.map((row) => row.late)).toEqual([true, true, false, false]);
    expect(list.rows[0]).toMatchObject({
      lowest: '大阪市北区医師会',
      highest: '日本医師会',
      holder: { associationId: kita, days: 10 },
      unchecked: true,
      state: 'submitted',
      stepState: 'arrived',
    });
    expect(list.count).toBe(4);
    expect(kanas(await look(district, { late: '1' }))).toEqual(['タカハシ', 'アオキ']);
  });

  test('届いていない上層は他医師会で処理中に見え、要対応には見えない', async () => {
    expect((await look(prefecture)).rows).toEqual([]);
    expect((await look(prefecture, { tab: 'elsewhere' })).count).toBe(4);
    expect((await look(jma, { tab: 'all', association: String(kita) })).count).toBe(4);
    expect((await look(jma, { tab: 'all', association: '13005' })).count).toBe(0);
  });

  test('関係のない医師会には何も見えず、停止中や外部委託先は断られる', async () => {
    const [stranger] = await world.offices(13005);
    if (stranger === undefined) throw new Error('no chain');
    for (const tab of ['todo', 'elsewhere', 'all']) expect((await look(stranger, { tab })).count).toBe(0);
    const contractor: OfficeActor = { ...district, role: 'trainingContractor' };
    expect(await ask(inbox, world.as(contractor), {})).toMatchObject({ refusal: { code: 'forbidden' } });
    expect(await ask(inbox, world.as({ kind: 'guest' }), {})).toMatchObject({ refusal: { code: 'forbidden' } });
  });

  test('氏名は異体字・かなを同一視し、姓または名の先頭で見つかる', async () => {
    expect(kanas(await look(district, { name: '高橋' }))).toEqual(['タカハシ']);
    expect(kanas(await look(district, { name: 'ﾀｶﾊｼ' }))).toEqual(['タカハシ']);
    expect(kanas(await look(district, { name: '渡辺' }))).toEqual(['ワタナベ']);
    expect(kanas(await look(district, { name: 'けん' }))).toEqual(['ワタナベ', 'イシイ']);
    expect(kanas(await look(district, { name: '橋' }))).toEqual([]);
  });

  test('受付番号・医籍登録番号・日付・種別・状況で絞り込む', async () => {
    const first = (await look(district)).rows[0];
    expect(kanas(await look(district, { number: cases[0]?.number }))).toEqual(['タカハシ']);
    expect(kanas(await look(district, { licence: `第${first?.licence ?? ''}号` }))).toEqual(['タカハシ']);
    expect(kanas(await look(district, { from: '2026/1/8', to: '2026/1/11' }))).toEqual(['アオキ', 'ワタナベ']);
    expect(kanas(await look(district, { wishedFrom: '2026/02/10' }))).toEqual(['タカハシ', 'アオキ']);
    expect(kanas(await look(district, { kind: 'withdrawal' }))).toEqual([]);
    expect(kanas(await look(district, { kind: ['join', 'transfer'], state: 'arrived' }))).toHaveLength(4);
    expect(kanas(await look(district, { state: ['received'] }))).toEqual([]);
  });

  test('誤った条件は項目の名前で断られる', async () => {
    expect(await ask(inbox, world.as(district), { from: '2026/02/30', licence: 'abc' })).toMatchObject({
      refusal: { code: 'invalid', fields: { from: [expect.any(String)], licence: [expect.any(String)] } },
    });
    expect(await ask(inbox, world.as(district), { from: '2026/02/02', to: '2026/02/01' })).toMatchObject({
      refusal: { fields: { from: ['開始日は終了日以前の日付を入力してください'] } },
    });
  });

  test('並べ替えと、両方向のページ送り', async () => {
    const orders = {
      name: ['アオキ', 'イシイ', 'タカハシ', 'ワタナベ'],
      '-submitted': ['イシイ', 'ワタナベ', 'アオキ', 'タカハシ'],
      wished: ['イシイ', 'ワタナベ', 'アオキ', 'タカハシ'],
      licence: ['タカハシ', 'アオキ', 'ワタナベ', 'イシイ'],
      kind: ['タカハシ', 'アオキ', 'ワタナベ', 'イシイ'],
    };
    for (const [sort, expected] of Object.entries(orders)) expect(kanas(await look(district, { sort }))).toEqual(expected);
    const ctx = world.as(district);
    const middle = (await look(district, { sort: 'name' })).rows[1];
    expect(must(await ask(inboxNeighbours, ctx, { sort: 'name', id: middle?.id }))).toEqual({ previous: idOf(1), next: idOf(0) });
    const beyond = await look(district, { sort: 'name', after: middle?.id });
    expect(kanas(beyond)).toEqual(['タカハシ', 'ワタナベ']);
    expect(beyond.before).toBe(idOf(0));
    expect(kanas(await look(district, { sort: 'name', before: idOf(2) }))).toEqual(['アオキ', 'イシイ', 'タカハシ', 'ワタナベ']);
  });

  test('カーソルが範囲外の申請なら最初のページ', async () => {
    expect(kanas(await look(district, { after: '00000000-0000-7000-8000-000000000000' }))).toHaveLength(4);
    expect(kanas(await look(district, { after: 'nonsense' }))).toHaveLength(4);
  });

  test('最新のメッセージと、読めるメモだけが行の下に付く', async () => {
    const id = idOf(0);
    must(await run(postMessage, world.as(district), { id, body: '一通目' }));
    must(await run(postMessage, world.as(district, new Date(testNow.getTime() + 1000)), { id, body: '二通目' }));
    must(await run(postMemo, world.as(district), { id, body: '自医師会だけのメモ', ownOfficeOnly: 'on' }));
    const [own] = (await look(district, { number: cases[0]?.number })).rows;
    expect(own?.message).toMatchObject({ body: '二通目', authorOffice: '大阪市北区医師会' });
    expect(own?.memo?.body).toBe('自医師会だけのメモ');
    const [above] = (await look(prefecture, { tab: 'all', number: cases[0]?.number })).rows;
    expect(above?.memo).toBeUndefined();
  });

  test('要注意のみ、差戻し中、効力発生日待ち、完了', async () => {
    const ctx = world.as(district);
    must(await run(setAttention, ctx, { id: idOf(1), version: await versionOf(ctx, idOf(1)), attention: 'on', reason: '要確認' }));
    expect(kanas(await look(district, { attention: '1' }))).toEqual(['アオキ']);
    must(
      await run(returnCase, ctx, { id: idOf(1), version: await versionOf(ctx, idOf(1)), reasons: ['R04'], message: 'ご確認ください。' }),
    );
    expect(kanas(await look(district, { tab: 'returned' }))).toEqual(['アオキ']);
    expect((await look(district, { tab: 'returned' })).rows[0]?.holder).toBeUndefined();
    for (const office of [district, prefecture, jma]) must(await approveAs(world.as(office), idOf(2), { decidedOn: '2026-02-10' }));
    expect((await look(district, { tab: 'ahead' })).rows[0]).toMatchObject({ state: 'completed', aheadOn: '2026-02-10' });
    expect((await look(district, { tab: 'done' })).rows).toEqual([]);
    const later = new Date('2026-02-10T03:00:00Z');
    expect(kanas(await look(district, { tab: 'done' }, later))).toEqual(['ワタナベ']);
    expect((await look(district, { tab: 'ahead' }, later)).rows).toEqual([]);
    expect(kanas(await look(district, { tab: 'all' }))).toEqual(['イシイ', 'ワタナベ', 'アオキ', 'タカハシ']);
  });
});
