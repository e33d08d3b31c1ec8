import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { day } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import { inviteFirstAdmin } from '#features/staff/commands/invite-first-admin.ts';
import { inviteFirstAdmins } from '#features/staff/daily.ts';
import { must, officeActor, system } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';
import { reserveBatch } from './commands/keep-batch.ts';
import { proposeChange } from './commands/keep-master.ts';
import { nameFirstAdmin, openAssociation } from './commands/open-association.ts';
import { withdrawOpening } from './commands/withdraw-opening.ts';
import { openAssociationsById } from './queries/directory.ts';
import { masterDetail, masterList } from './queries/master.ts';
import { checkBatch, masterSheet } from './queries/master-sheet.ts';
import { masterTree } from './queries/master-tree.ts';
import { dayBefore, keepers, newAdmin, onDay, openingFile, openingForm, openingsIn } from '#support/openings.ts';

let world: World;
const { first, second } = keepers;
const { opened, takeBack, entered, namings, invitations } = openingsIn(() => world);

beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => {
  await world.close();
});

const detailOf = async (code: string, at?: Date) => must(await ask(masterDetail, world.as(first, at), { code }));

/** Refused as a conflict, with these words. */
const because = (words: string) => ({ refusal: { code: 'conflict', message: expect.stringContaining(words) } });

describe('設立の予約の取消(screens.md J-02)', () => {
  test('設立日の前なら1人で取り消せ、医師会は取消として残り、設立日が来ても有効にならない', async () => {
    const code = await opened('27960');
    expect(await detailOf(code)).toMatchObject({ row: { state: 'planned' }, mayTakeBack: true, withdrawal: undefined });
    must(await takeBack(code, world.as(first)));
    const after = await detailOf(code);
    expect(after).toMatchObject({ row: { state: 'withdrawn', name: openingForm.name }, mayTakeBack: false });
    expect(after.withdrawal).toMatchObject({ reason: '議決の見送り', opensOn: '2026-04-01' });
    expect(after.versions.map((one) => one.name)).toEqual([openingForm.name]);
    expect((await detailOf(code, onDay)).row.state).toBe('withdrawn');
    for (const on of ['2026-01-15', '2026-04-01', '2027-04-01'])
      expect(await readTransaction(world.as(first), async (tx) => await openAssociationsById(tx, [27_960], day(on)))).toEqual([]);
    const below = await world.database.system.query<{ found: boolean }>(
      `SELECT 27960 = ANY (associations_below(27000, '2026-04-01')) AS found`,
    );
    expect(below.rows).toEqual([{ found: false }]);
  });

  test('一覧では取消として探せ、階層と更新用のファイルには出ない', async () => {
    const code = await opened('27961', { name: '一覧の医師会' });
    must(await takeBack(code));
    const states = async (filter: Record<string, string>) =>
      must(await ask(masterList, world.as(first), { q: code, ...filter })).rows.map((row) => row.state);
    expect(await states({})).toEqual(['withdrawn']);
    expect(await states({ state: 'withdrawn' })).toEqual(['withdrawn']);
    expect([await states({ state: 'closed' }), await states({ state: 'planned' })]).toEqual([[], []]);
    // The master as of an earlier day knows it as planned.
    expect(await states({ on: '2026/01/10' })).toEqual(['planned']);
    const tree = must(await ask(masterTree, world.as(first), {}));
    expect(JSON.stringify(tree)).not.toContain(code);
    expect(must(await ask(masterSheet, world.as(first), { q: code }))).toHaveLength(1);
  });

  test('2度は取り消せず、同じ要求の再送は1度と同じで、理由は必須', async () => {
    const code = await opened('27962');
    const none = await run(withdrawOpening, world.as(first), { code, withdrawalReason: ' ' }, newId());
    expect(none).toMatchObject({ refusal: { fields: { withdrawalReason: ['取消の理由を入力してください'] } } });
    const key = newId();
    const input = { code, withdrawalReason: '議決の見送り' };
    const done = await run(withdrawOpening, world.as(first), input, key);
    expect(await run(withdrawOpening, world.as(first), input, key)).toEqual(done);
    expect(await takeBack(code)).toMatchObject(because('取り消されています'));
    const audits = await world.database.system.query<{ detail: unknown }>(
      "SELECT detail FROM audit_event WHERE action = 'association.withdrawOpening' AND target = $1",
      [code],
    );
    expect(audits.rows).toEqual([{ detail: { opensOn: '2026-04-01', reason: '議決の見送り' } }]);
  });

  test('2人が同時に取り消すと、1人だけが取り消す', async () => {
    const code = await opened('27963');
    const both = await Promise.all([first, second].map(async (actor) => await takeBack(code, world.as(actor))));
    expect(both.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(both.find((outcome) => !outcome.ok)).toMatchObject(because('取り消されています'));
  });

  test('設立日からは取り消せない', async () => {
    const code = await opened('27964');
    expect(await takeBack(code, world.as(first, onDay))).toMatchObject(because('設立日になっているため'));
    must(await takeBack(code, world.as(first, dayBefore)));
    expect(await takeBack('27001')).toMatchObject(because('設立日になっているため'));
  });

  test('日本医師会の管理者だけが取り消せる', async () => {
    const code = await opened('27965');
    const others = [
      world.as({ ...first, role: 'clerk' }),
      world.as({ ...first, role: 'trainingContractor' }),
      world.as(officeActor({ id: 27_000, name: '', layer: 2 })),
      world.as(officeActor({ id: 27_965, name: '', layer: 3 })),
      world.as({ kind: 'guest' }),
      world.as(system),
    ];
    for (const by of others) expect(await takeBack(code, by)).toMatchObject({ ok: false });
    expect((await detailOf(code)).row.state).toBe('planned');
    expect(must(await ask(masterDetail, world.as({ ...first, role: 'clerk' }), { code })).mayTakeBack).toBe(false);
    expect(await takeBack('99999')).toMatchObject({ refusal: { code: 'notFound' } });
    expect(await takeBack('いろは')).toMatchObject({ refusal: { code: 'notFound' } });
  });

  test('取り消したコードは、新規登録にも一括更新にも使えず、組織改編も招待もできない', async () => {
    const code = await opened('27966');
    const waiting = await entered({ code: '27967', name: '待つ医師会' });
    must(await run(openAssociation, world.as(first), { ...openingForm, code: '27967', name: '先の医師会' }, newId()));
    must(await takeBack('27967'));
    expect(await run(reserveBatch, world.as(second), { id: waiting }, newId())).toMatchObject(
      because('取り消された設立に使用されています'),
    );
    must(await takeBack(code));
    expect(await run(openAssociation, world.as(first), { ...openingForm, code, name: '別の医師会' }, newId())).toMatchObject({
      refusal: { fields: { code: ['このコードは、取り消された設立に使用されています。別のコードを入力してください'] } },
    });
    const checked = must(await ask(checkBatch, world.as(first), { text: openingFile({ code }) }));
    expect(checked.faults.map((one) => `${one.item}:${one.message}`)).toEqual([
      '医師会コード:このコードは、取り消された設立に使用されています。別のコードを入力してください',
    ]);
    const rename = { code, kind: 'rename', name: '別名', kana: 'ベツメイ', startsOn: '2026/05/01', reason: '改称' };
    expect(await run(proposeChange, world.as(first), rename, newId())).toMatchObject(because('取り消されています'));
    expect(await run(nameFirstAdmin, world.as(first), { code, ...newAdmin }, newId())).toMatchObject(because('取り消されています'));
    const under = { ...openingForm, code: '27968', layer: '4', parentCode: code, kind: 'ward' };
    expect(await run(openAssociation, world.as(first), under, newId())).toMatchObject({
      refusal: { fields: { parentCode: expect.anything() } },
    });
  });

  test('初期管理者は招待されず、氏名とメールアドレスは残らない', async () => {
    const code = await opened('27969', { adminMail: 'never@example.jp' });
    must(await run(nameFirstAdmin, world.as(second), { code, ...newAdmin, adminMail: 'other@example.jp' }, newId()));
    const [before] = await namings(code);
    expect(await run(inviteFirstAdmin, world.as(system), { id: before?.id })).toMatchObject({ refusal: { code: 'conflict' } });
    must(await takeBack(code));
    expect((await namings(code)).map(({ surname, mail }) => [surname, mail])).toEqual([
      ['', ''],
      ['', ''],
    ]);
    await inviteFirstAdmins(world.as(system, onDay));
    for (const { id } of await namings(code))
      expect(await run(inviteFirstAdmin, world.as(system, onDay), { id })).toMatchObject({ refusal: { code: 'conflict' } });
    expect(await invitations(code)).toBe(0);
    await opened('27958', { adminMail: 'stays@example.jp' });
    expect((await namings('27958')).map((one) => one.mail)).toEqual(['stays@example.jp']);
  });
});
