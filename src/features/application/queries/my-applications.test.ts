import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/id.ts';
import { approveAs, draftJoin, fileJoin, must, versionOf } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import type { World } from '#support/world.ts';
import { createWorld, testNow } from '#support/world.ts';
import { chooseAssociations } from '../commands/choose-associations.ts';
import { postMessage } from '../commands/correspond.ts';
import { receive } from '../commands/receive.ts';
import { retract } from '../commands/retract.ts';
import { returnCase } from '../commands/return-case.ts';
import { myApplication } from './my-application.ts';
import { myApplications } from './my-applications.ts';
import { myConfirmation } from './my-retract.ts';

const kita = 27001;
let world: World;

beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => {
  await world.close();
});

const daysLater = (days: number) => new Date(testNow.getTime() + days * 86_400_000);

async function chain() {
  const [district, prefecture, jma] = await world.offices(kita);
  if (district === undefined || prefecture === undefined || jma === undefined) throw new Error('no chain');
  return { district, prefecture, jma };
}

describe('申請状況', () => {
  test('申請中、一時保存、完了に分かれ、本人の届だけが出る', async () => {
    const doctor = await world.doctor();
    const ctx = world.as(doctor);
    const { id, number } = await fileJoin(ctx, { lowestAssociationId: kita, wishedOn: '2026-02-01' });
    const draft = must(await run(chooseAssociations, ctx, { lowestAssociationId: 13005, ticked: [], complete: false }));
    const open = must(await ask(myApplications, ctx, {}));
    expect(open.tabs).toEqual({ open: 1, draft: 1 });
    expect(open.lines).toEqual([
      expect.objectContaining({
        id,
        number,
        kind: '入会',
        associations: '大阪市北区医師会 … 日本医師会',
        state: '申請中',
        where: '大阪市北区医師会の受付待ち(2026/01/15から)',
        submittedOn: '2026-01-15',
      }),
    ]);
    const drafts = must(await ask(myApplications, ctx, { tab: 'draft' }));
    expect(drafts.drafts).toEqual([
      expect.objectContaining({
        id: draft.id,
        paper: '入会届',
        deletedOn: '2026-04-15',
        continueTo: `/my/applications/${draft.id}/associations`,
      }),
    ]);
    expect(must(await ask(myApplications, ctx, { tab: 'done' })).count).toBe(0);
    expect(must(await ask(myApplications, world.as(await world.doctor()), { tab: 'all' })).count).toBe(0);
  });

  test('期間と種別で絞り込み、逆の期間は断る', async () => {
    const doctor = await world.doctor();
    await fileJoin(world.as(doctor), { lowestAssociationId: kita, wishedOn: '2026-02-01' });
    const count = async (asked: Record<string, string>) => must(await ask(myApplications, world.as(doctor), asked)).count;
    expect(await count({ from: '2026/1/15', to: 'R8.1.15' })).toBe(1);
    expect(await count({ from: '2026/1/16' })).toBe(0);
    expect(await count({ kind: 'withdrawal' })).toBe(0);
    expect(await ask(myApplications, world.as(doctor), { from: '2026/2/1', to: '2026/1/1' })).toMatchObject({
      ok: false,
      refusal: { fields: { from: ['開始日は終了日以前の日付を入力してください'] } },
    });
  });

  test('先の日付で承認された届は、その日まで完了と呼ばない', async () => {
    const doctor = await world.doctor();
    const { id } = await fileJoin(world.as(doctor), { lowestAssociationId: kita, wishedOn: '2026-04-01' });
    for (const office of await world.offices(kita)) must(await approveAs(world.as(office), id, { decidedOn: '2026-04-01' }));
    const state = async (now: Date) => must(await ask(myApplications, world.as(doctor, now), { tab: 'done' })).lines[0]?.state;
    expect(await state(testNow)).toBe('承認済(2026/04/01から有効)');
    expect(await state(new Date('2026-04-01T03:00:00Z'))).toBe('完了');
  });
});

describe('申請の詳細と進み具合', () => {
  test('どの医師会にいつからあるかを一文で示す', async () => {
    const doctor = await world.doctor();
    const { id } = await fileJoin(world.as(doctor), { lowestAssociationId: kita, wishedOn: '2026-02-01' });
    const { district } = await chain();
    const view = async (days: number) => must(await ask(myApplication, world.as(doctor, daysLater(days)), { id }));
    expect((await view(3)).balls[0]?.sentence).toBe('いま大阪市北区医師会の受付待ちです(2026/01/15（木）から3日)');
    must(await run(receive, world.as(district, daysLater(4)), { id, version: await versionOf(world.as(district), id) }));
    expect((await view(4)).balls[0]?.sentence).toBe('いま大阪市北区医師会の承認待ちです(2026/01/15（木）から4日)');
    must(await approveAs(world.as(district, daysLater(5)), id, { decidedOn: '2026-02-05' }));
    const after = await view(6);
    expect(after.balls[0]?.associationName).toBe('大阪府医師会');
    expect(after.wish?.lines).toContain('入会日 2026/02/05(大阪市北区医師会)');
    expect(after.steps.map((step) => [step.state, step.look])).toEqual([
      ['承認', 'done'],
      ['受付待ち', 'current'],
      ['未到達', 'waiting'],
    ]);
    expect(after.may).not.toContain('retract');
    expect(after.settings.map((one) => [one.associationName, one.version])).toEqual([
      ['大阪市北区医師会', 1],
      ['大阪府医師会', 1],
      ['日本医師会', 1],
    ]);
  });

  test('差戻しの理由と項目ごとの依頼、連絡が読め、返信できる', async () => {
    const doctor = await world.doctor();
    const ctx = world.as(doctor);
    const { id } = await fileJoin(ctx, { lowestAssociationId: kita, wishedOn: '2026-02-01' });
    const { district } = await chain();
    must(
      await run(returnCase, world.as(district), {
        id,
        version: await versionOf(ctx, id),
        reasons: ['R04'],
        fields: [{ field: 'workCode', comment: '病院では' }],
        message: 'ご確認ください。',
      }),
    );
    must(await run(postMessage, ctx, { id, body: '承知しました。' }, newId()));
    const view = must(await ask(myApplication, ctx, { id }));
    expect(view.stateText).toBe('差戻し(修正をお願いします)');
    expect(view.balls).toEqual([]);
    expect(view.requests).toMatchObject({
      officeName: '大阪市北区医師会',
      reasons: ['所属施設の確認が必要'],
      fields: [{ code: 'workCode', label: '施設・業務', page: 'details', comment: '病院では' }],
    });
    expect(view.messages.map((message) => [message.from, message.body, message.own])).toEqual([
      ['大阪市北区医師会 事務局 花子', 'ご確認ください。', false],
      ['日医 太郎(申請者)', '承知しました。', true],
    ]);
    expect(view.may).toEqual(expect.arrayContaining(['edit', 'resubmit', 'retract', 'message']));
  });

  test('取下げると理由とともに終わりが示される', async () => {
    const doctor = await world.doctor();
    const ctx = world.as(doctor);
    const { id } = await fileJoin(ctx, { lowestAssociationId: kita, wishedOn: '2026-02-01' });
    const asked = must(await ask(myConfirmation, ctx, { id }));
    expect(asked.reasons.map((reason) => reason.label)).toEqual(['本人の申し出', '入力誤り', 'その他']);
    must(await run(retract, ctx, { id, version: asked.version, reason: 'X02' }));
    expect(must(await ask(myApplication, ctx, { id }))).toMatchObject({
      stateText: '取下げ',
      ending: { action: '取下げ', reasons: ['入力誤り'] },
      balls: [],
    });
  });

  test('一時保存中の届と、ほかの医師の届は開けない', async () => {
    const doctor = await world.doctor();
    const draft = await draftJoin(world.as(doctor), { lowestAssociationId: kita, wishedOn: '2026-02-01' });
    expect(await ask(myApplication, world.as(doctor), { id: draft.id })).toMatchObject({ ok: false, refusal: { code: 'notFound' } });
    const { id } = await fileJoin(world.as(doctor), { lowestAssociationId: 13005, wishedOn: '2026-02-01' });
    expect(await ask(myApplication, world.as(await world.doctor()), { id })).toMatchObject({ ok: false, refusal: { code: 'notFound' } });
    expect(await ask(myConfirmation, world.as(await world.doctor()), { id })).toMatchObject({ ok: false, refusal: { code: 'notFound' } });
  });
});
