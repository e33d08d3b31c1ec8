import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OfficeActor } from '#kernel/actor.ts';
import { day } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import { must, officeActor, system } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import { filed, kita } from '#support/case-mix.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';
import { answerRequest } from './commands/answer-request.ts';
import { proposeChange, reserveChange, withdrawChange } from './commands/keep-master.ts';
import { openAssociation } from './commands/open-association.ts';
import { requestName } from './commands/save-info.ts';
import { carryOutChanges } from './daily.ts';
import { associationsById, openAssociationsById } from './queries/directory.ts';
import { changeReview, masterDetail, masterList } from './queries/master.ts';

const miyakojima = 27_002;
const jma = { id: 0, name: '日本医師会', layer: 1 } as const;
let world: World;
const first = officeActor(jma);
const second = officeActor(jma);

beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => {
  await world.close();
});

const nameOn = async (id: number, on: string): Promise<string | undefined> =>
  await readTransaction(world.as(first), async (tx) => (await associationsById(tx, [id], day(on)))[0]?.name);

const choosableOn = async (id: number, on: string): Promise<boolean> =>
  await readTransaction(world.as(first), async (tx) => (await openAssociationsById(tx, [id], day(on))).length === 1);

const rename = {
  code: '27002',
  kind: 'rename',
  name: '新都島区医師会',
  kana: 'シンミヤコジマクイシカイ',
  startsOn: '2026/02/01',
  reason: '定款の変更',
};

const firstAdmin = {
  surname: '初期',
  givenName: '花子',
  surnameKana: 'ショキ',
  givenNameKana: 'ハナコ',
  adminMail: 'first-admin@example.jp',
};

async function reserved(form: Record<string, string>, by: OfficeActor = first): Promise<string> {
  const { id } = must(await run(proposeChange, world.as(by), form, newId()));
  must(await run(reserveChange, world.as(by === first ? second : first), { id }, newId()));
  return id;
}

describe('医師会マスタ', () => {
  test('改称は2人で予約し、適用日から新しい名称になり、前の名称は履歴に残り、すべての医師会に知らされる', async () => {
    const { id } = must(await run(proposeChange, world.as(first), rename, newId()));
    expect(await run(reserveChange, world.as(first), { id })).toMatchObject({ refusal: { code: 'forbidden' } });
    expect(await run(proposeChange, world.as(second), rename, newId())).toMatchObject({ refusal: { code: 'conflict' } });
    must(await run(reserveChange, world.as(second), { id }, newId()));
    await carryOutChanges(world.as(system, new Date('2026-01-31T03:00:00Z')));
    expect(await nameOn(miyakojima, '2026-02-01')).not.toBe(rename.name);
    for (const hour of ['03', '04']) await carryOutChanges(world.as(system, new Date(`2026-02-01T${hour}:00:00Z`)));
    expect([await nameOn(miyakojima, '2026-01-31'), await nameOn(miyakojima, '2026-02-01')]).toEqual(['都島区医師会', rename.name]);
    const detail = must(await ask(masterDetail, world.as(second, new Date('2026-02-02T03:00:00Z')), { code: '27002' }));
    expect(detail.versions.map((one) => one.name)).toEqual([rename.name, '都島区医師会']);
    expect(detail.changes.map((one) => one.state)).toEqual(['done']);
    const news = await world.database.system.query("SELECT 1 FROM outbox WHERE kind = 'association.masterChanged'");
    expect(news.rowCount).toBe(1);
  });

  test('適用日の前なら取り消せ、取り消した後はまた入力できる', async () => {
    const id = await reserved({ ...rename, code: '27003', startsOn: '2026/03/01' });
    must(await run(withdrawChange, world.as(first), { id }, newId()));
    expect(await run(withdrawChange, world.as(first), { id }, newId())).toMatchObject({ refusal: { code: 'conflict' } });
    await carryOutChanges(world.as(system, new Date('2026-03-02T03:00:00Z')));
    expect(await nameOn(27_003, '2026-03-02')).not.toBe(rename.name);
    must(await ask(changeReview, world.as(first), { ...rename, code: '27003' }));
  });

  test('処理中の届や会員、下位の医師会があるあいだは、廃止も上位変更もできない', async () => {
    await filed(world, kita);
    const close = { ...rename, code: '27001', kind: 'close', startsOn: '2026/04/01' };
    expect(await run(proposeChange, world.as(first), close)).toMatchObject({ refusal: { fields: { kind: expect.anything() } } });
    const move = { ...close, kind: 'reparent', parentCode: '13000' };
    expect(await run(proposeChange, world.as(first), move)).toMatchObject({ refusal: { fields: { kind: expect.anything() } } });
    expect(await run(proposeChange, world.as(first), { ...close, code: '27000' })).toMatchObject({
      refusal: { fields: { kind: expect.anything() } },
    });
    expect(await run(proposeChange, world.as(first), { ...close, code: '00000' })).toMatchObject({ refusal: { code: 'invalid' } });
    expect(await run(proposeChange, world.as(first), { ...move, code: '27004', parentCode: '27002' })).toMatchObject({
      refusal: { fields: { parentCode: ['上位医師会の階層が正しくありません'] } },
    });
  });

  test('新しい医師会を設立日から登録し、廃止すると次の日からは選べず、名称は残る', async () => {
    const form = {
      code: '27999',
      name: '検証大学医師会',
      kana: 'ケンショウダイガクイシカイ',
      layer: '3',
      parentCode: '27000',
      kind: 'university',
      prefectureCode: '27',
      opensOn: '2026/02/01',
      ...firstAdmin,
    };
    expect(await run(openAssociation, world.as(first), { ...form, code: '27001' })).toMatchObject({
      refusal: { fields: { code: ['このコードは既に使用されています'] } },
    });
    expect(await run(openAssociation, world.as(first), { ...form, parentCode: '27001' })).toMatchObject({
      refusal: { fields: { parentCode: ['上位医師会の階層が正しくありません'] } },
    });
    must(await run(openAssociation, world.as(first), form, newId()));
    expect([await nameOn(27_999, '2026-01-31'), await nameOn(27_999, '2026-02-01')]).toEqual([undefined, form.name]);
    await reserved({ ...rename, code: '27999', kind: 'close', startsOn: '2026/04/01' });
    await carryOutChanges(world.as(system, new Date('2026-04-01T03:00:00Z')));
    expect([await choosableOn(27_999, '2026-03-31'), await choosableOn(27_999, '2026-04-01')]).toEqual([true, false]);
    expect(await nameOn(27_999, '2026-04-01')).toBe(form.name);
    const below = await world.database.system.query<{ last: boolean; gone: boolean }>(
      `SELECT 27999 = ANY (associations_below(27000, '2026-03-31')) AS last, 27999 = ANY (associations_below(27000, '2026-04-01')) AS gone`,
    );
    expect(below.rows).toEqual([{ last: true, gone: false }]);
    const later = must(await ask(masterList, world.as(first, new Date('2026-04-02T03:00:00Z')), { q: '27999' }));
    expect(later.rows.map((row) => row.state)).toEqual(['closed']);
    const before = must(await ask(masterList, world.as(first), { q: '検証大学', on: '2026/01/15' }));
    expect(before.rows.map((row) => row.state)).toEqual(['planned']);
  });

  test('医師会からの申出は、改称の入力として受け入れるか、回答を添えて却下する', async () => {
    const asking = officeActor({ id: 27_005, name: '', layer: 3 });
    const wish = { name: '新しい名称の医師会', kana: 'アタラシイメイショウノイシカイ', startsOn: '2026/04/01', reason: '改称' };
    const { id } = must(await run(requestName, world.as(asking), wish, newId()));
    expect(must(await ask(masterList, world.as(first), {})).requests.map((one) => one.id)).toEqual([id]);
    expect(await run(answerRequest, world.as(asking), { id, decision: 'accept' })).toMatchObject({ refusal: { code: 'forbidden' } });
    expect(await run(answerRequest, world.as(first), { id, decision: 'decline' })).toMatchObject({
      refusal: { fields: { answer: expect.anything() } },
    });
    must(await run(answerRequest, world.as(first), { id, decision: 'accept' }, newId()));
    expect(await run(answerRequest, world.as(first), { id, decision: 'accept' }, newId())).toMatchObject({ refusal: { code: 'conflict' } });
    const { changes } = must(await ask(masterDetail, world.as(first), { code: '27005' }));
    expect(changes.map(({ kind, name, state }) => [kind, name, state])).toEqual([['rename', wish.name, 'proposed']]);
  });

  test('本日から適用された名称は、本日から適用する申出では変えられず、翌日には受け入れられる', async () => {
    await reserved({ ...rename, code: '27006', startsOn: '2026/01/15' });
    const asking = world.as(officeActor({ id: 27_006, name: '', layer: 3 }));
    const wish = { name: '再び新しい医師会', kana: 'フタタビアタラシイイシカイ', startsOn: '2026/01/15', reason: '改称' };
    const { id } = must(await run(requestName, asking, wish, newId()));
    expect(await run(answerRequest, world.as(first), { id, decision: 'accept' })).toMatchObject({
      refusal: { code: 'conflict', message: expect.stringContaining('翌日以降') },
    });
    const next = new Date('2026-01-16T03:00:00Z');
    must(await run(answerRequest, world.as(first, next), { id, decision: 'accept' }, newId()));
    const { changes } = must(await ask(masterDetail, world.as(first, next), { code: '27006' }));
    must(await run(reserveChange, world.as(second, next), { id: changes[0]?.id }, newId()));
    expect([await nameOn(27_006, '2026-01-15'), await nameOn(27_006, '2026-01-16')]).toEqual([rename.name, wish.name]);
  });

  test('日本医師会だけが見え、管理者だけが変更できる', async () => {
    const osaka = world.as(officeActor({ id: 27_000, name: '', layer: 2 }));
    expect(await ask(masterList, osaka, {})).toMatchObject({ refusal: { code: 'forbidden' } });
    expect(await run(proposeChange, osaka, rename)).toMatchObject({ ok: false });
    const clerk = world.as({ ...first, role: 'clerk' });
    expect(must(await ask(masterList, clerk, {})).mayKeep).toBe(false);
    expect(await run(openAssociation, clerk, { ...rename, ...firstAdmin, code: '27998' })).toMatchObject({ ok: false });
  });
});
