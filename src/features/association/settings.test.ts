import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor, OfficeActor } from '#kernel/actor.ts';
import { day } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import { officeApplication } from '#features/application/queries/office-application.ts';
import { fileJoin, must } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import type { World } from '#support/world.ts';
import { pdf } from '#support/sample-files.ts';
import { createWorld, testNow } from '#support/world.ts';
import { takePaperForm } from './commands/keep-paper-form.ts';
import { planSettings } from './commands/plan-settings.ts';
import { withdrawSettings } from './commands/withdraw-settings.ts';
import { settingsOn } from './queries/directory.ts';
import { paperForm } from './queries/paper-form.ts';
import { settingsHistory } from './queries/settings-history.ts';
import { settingsReview, settingsStart } from './queries/settings-plan.ts';
import { settingsVersion } from './queries/settings-version.ts';
import { associationSettings } from './schema.ts';

/** 環境設定 on PostgreSQL: planned, pinned, compared, taken back (`rules.md 4.1`). Each test has an association of its own. */

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => {
  await world.close();
});

const standard = associationSettings.parse({});

async function officeOf(associationId: number): Promise<OfficeActor> {
  const [office] = await world.offices(associationId);
  if (office === undefined) throw new Error(`no association ${associationId}`);
  return office;
}

async function history(actor: Actor, now = testNow) {
  return must(await ask(settingsHistory, world.as(actor, now), {}));
}

type Wanted = { startsOn: string; version?: number; confirmed?: string } & Record<string, unknown>;

async function plan(actor: Actor, wanted: Wanted, now = testNow) {
  const version = wanted.version ?? (await history(actor, now)).revision;
  return await run(planSettings, world.as(actor, now), { ...standard, reason: '定款の変更', ...wanted, version }, newId());
}

async function withdraw(actor: Actor, number: number, now = testNow) {
  const version = (await history(actor, now)).revision;
  return await run(withdrawSettings, world.as(actor, now), { number, version, reason: '総会で否決' }, newId());
}

const daysLater = (count: number) => new Date(testNow.getTime() + count * 86_400_000);

/** A blank form that an office keeps; text files pass no inspection. */
async function keepForm(actor: Actor, name: string) {
  const file = new File([Buffer.from(pdf())], name, { type: 'application/pdf' });
  return await takePaperForm(world.as(actor), file, 'requiredDocuments.0.form');
}

describe('提出書類の様式', () => {
  const paper = { kind: 'join', title: '推薦書', required: true, note: '' } as const;

  test('登録した様式は、適用開始日以降の届の書類に付き、誰でも取り出せる', async () => {
    const office = await officeOf(27_014);
    const form = must(await keepForm(office, '推薦書の様式.pdf'));
    must(await plan(office, { startsOn: '2026-02-01', requiredDocuments: [{ ...paper, formId: form.id }] }));
    const [settings] = await readTransaction(world.as(office), (tx) => settingsOn(tx, [27_014], day('2026-02-01')));
    expect(settings?.settings.requiredDocuments).toMatchObject([{ title: '推薦書', form: { id: form.id, name: '推薦書の様式.pdf' } }]);
    const doctor = world.as(await world.doctor());
    expect(must(await ask(paperForm, doctor, { id: form.id }))).toMatchObject({
      fileName: '推薦書の様式.pdf',
      mediaType: 'application/pdf',
    });
  });

  test('ほかの医師会の様式、様式でないファイル、スタッフの操作は受け付けない', async () => {
    const office = await officeOf(27_015);
    const foreign = must(await keepForm(await officeOf(27_016), '様式.pdf'));
    const planned = await plan(office, { startsOn: '2026-02-01', requiredDocuments: [{ ...paper, formId: foreign.id }] });
    expect(planned).toMatchObject({
      ok: false,
      refusal: { message: '様式のファイルが見つかりません。もう一度ファイルを選択してください。' },
    });
    const script = await takePaperForm(world.as(office), new File(['#!/bin/sh'], '様式.pdf'), 'requiredDocuments.0.form');
    expect(script.ok ? [] : Object.keys(script.refusal.fields ?? {})).toEqual(['requiredDocuments.0.form']);
    expect(await keepForm({ ...office, role: 'clerk' }, '様式.pdf')).toMatchObject({ ok: false, refusal: { code: 'forbidden' } });
  });
});

describe('環境設定', () => {
  test('予定した版は、その日から、誰がいつ何を変えたかとともに適用される', async () => {
    const office = await officeOf(27_002);
    expect(must(await plan(office, { startsOn: '2026/02/01', autoReceive: true }))).toEqual({ version: 2, startsOn: '2026-02-01' });
    const inForce = async (on: string) => (await readTransaction(world.as(office), (tx) => settingsOn(tx, [27_002], day(on))))[0]?.version;
    expect([await inForce('2026-01-31'), await inForce('2026-02-01')]).toEqual([1, 2]);
    expect((await history(office)).lines).toMatchObject([
      { version: 2, state: 'planned', createdBy: office.displayName, reason: '定款の変更', changes: ['受付の省略'], mayWithdraw: true },
      { version: 1, state: 'current', createdBy: '', changes: [] },
    ]);
    expect((await history(office, daysLater(20))).lines).toMatchObject([{ state: 'current', mayWithdraw: false }, { state: 'past' }]);
  });

  test('処理中の届は申請時の版のままで、版ごとの件数が示される', async () => {
    const office = await officeOf(27_001);
    const { id } = await fileJoin(world.as(await world.doctor()), { lowestAssociationId: 27_001, wishedOn: '2026-02-01' });
    must(await plan(office, { startsOn: '2026-02-01', reminderDays: 3, acknowledgeDays: 10 }));
    const later = await fileJoin(world.as(await world.doctor(), daysLater(20)), { lowestAssociationId: 27_001, wishedOn: '2026-03-01' });
    const { lines, openCases } = await history(office, daysLater(20));
    expect(lines.map((line) => [line.version, line.openCases])).toEqual([
      [2, 1],
      [1, 1],
    ]);
    expect(openCases).toBe(2);
    const pinned = async (applicationId: string) =>
      must(await ask(officeApplication, world.as(office, daysLater(20)), { id: applicationId })).settings[0]?.version;
    expect([await pinned(id), await pinned(later.id)]).toEqual([1, 2]);
  });

  test('記録と知らせが残る', async () => {
    const office = await officeOf(27_003);
    must(await plan(office, { startsOn: '2026-02-01', farFuture: 'block' }));
    must(await withdraw(office, 2));
    const audit = await world.database.system.query(
      `SELECT action, actor_name, target, detail FROM audit_event WHERE association_id = 27003 ORDER BY id`,
    );
    expect(audit.rows).toMatchObject([
      {
        action: 'association.planSettings',
        actor_name: office.displayName,
        target: '2',
        detail: { changed: ['farFuture'], startsOn: '2026-02-01' },
      },
      { action: 'association.withdrawSettings', target: '2', detail: { reason: '総会で否決' } },
    ]);
    const news = await world.database.system.query(
      `SELECT kind, payload FROM outbox WHERE kind LIKE 'association.%' AND payload ->> 'associationId' = '27003' ORDER BY id`,
    );
    expect(news.rows).toMatchObject([
      { kind: 'association.settingsPlanned', payload: { associationId: 27_003, version: 2, startsOn: '2026-02-01' } },
      { kind: 'association.settingsWithdrawn', payload: { associationId: 27_003, version: 2 } },
    ]);
  });

  test('予定は始まる前だけ取り消せて、同じ日から作り直せる', async () => {
    const office = await officeOf(27_004);
    must(await plan(office, { startsOn: '2026-02-01', autoReceive: true }));
    expect(await plan(office, { startsOn: '2026-02-01', reminderDays: 5 })).toMatchObject({
      refusal: { fields: { startsOn: [expect.stringContaining('第2版')] } },
    });
    must(await withdraw(office, 2));
    expect(await withdraw(office, 2)).toMatchObject({ refusal: { code: 'conflict' } });
    expect((await history(office)).lines[0]).toMatchObject({
      state: 'withdrawn',
      withdrawal: { by: office.displayName, reason: '総会で否決' },
    });
    must(await plan(office, { startsOn: '2026-02-01', reminderDays: 5 }));
    expect((await history(office, daysLater(20))).lines.map((line) => line.state)).toEqual(['current', 'withdrawn', 'past']);
    expect(await withdraw(office, 3, daysLater(20))).toMatchObject({ refusal: { code: 'conflict' } });
    expect(await withdraw(office, 99)).toMatchObject({ refusal: { code: 'notFound' } });
  });

  test('後の予定があるときは、確かめてから登録する', async () => {
    const office = await officeOf(27_005);
    must(await plan(office, { startsOn: '2026-06-01', autoReceive: true }));
    const wanted = { startsOn: '2026-03-01', reminderDays: 5 };
    expect(await plan(office, wanted)).toMatchObject({
      refusal: { fields: { confirmed: [expect.anything(), expect.stringContaining('2026/05/31まで')] } },
    });
    must(await plan(office, { ...wanted, confirmed: '1' }));
    const states = async (now: Date) => (await history(office, now)).lines.map((line) => [line.version, line.state]);
    expect(await states(daysLater(60))).toEqual([
      [3, 'current'],
      [2, 'planned'],
      [1, 'past'],
    ]);
    expect((await states(daysLater(150)))[1]).toEqual([2, 'current']);
  });

  test('同僚が先に登録していれば、誰がいつ何をしたかを示して断る', async () => {
    const office = await officeOf(27_006);
    const seen = (await history(office)).revision;
    must(await plan({ ...office, displayName: '先山 優' }, { startsOn: '2026-02-01', autoReceive: true }));
    expect(await plan(office, { startsOn: '2026-03-01', reminderDays: 5, version: seen })).toMatchObject({
      refusal: { code: 'conflict', message: expect.stringMatching(/^先山 優\(.+\)が2026\/01\/15 12:00に「環境設定の登録」を行いました。/) },
    });
    const both = await Promise.all(
      ['2026-04-01', '2026-05-01'].map(async (startsOn) => await plan(office, { startsOn, reminderDays: 5, version: seen + 1 })),
    );
    expect(both.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect((await history(office)).lines).toHaveLength(3);
  });

  test('同じ要求の再送は、版を増やさない', async () => {
    const office = await officeOf(27_007);
    const key = newId();
    const input = { ...standard, startsOn: '2026-02-01', autoReceive: true, reason: '定款の変更', version: 1 };
    const first = await run(planSettings, world.as(office), input, key);
    expect(await run(planSettings, world.as(office), input, key)).toEqual(first);
    expect((await history(office)).lines).toHaveLength(2);
  });

  test('確認画面と登録は同じ答えを返す', async () => {
    const office = await officeOf(27_008);
    const wrong = { ...standard, requiredUpperLayers: 'all', startsOn: '2026-02-01', reason: '定款の変更', version: 1 };
    const review = must(await ask(settingsReview, world.as(office), wrong));
    expect(review).toMatchObject({ ok: false, refusal: { fields: { allowUpperOnlyWithdrawal: [expect.any(String)] } } });
    expect(await plan(office, wrong)).toEqual(review);
    const right = must(must(await ask(settingsReview, world.as(office), { ...wrong, allowUpperOnlyWithdrawal: 'no' })));
    expect(right.changes.filter((line) => line.changed).map((line) => line.code)).toEqual([
      'requiredUpperLayers',
      'allowUpperOnlyWithdrawal',
    ]);
    expect(right).toMatchObject({ base: { version: 1 }, openCases: 0, later: undefined });
  });

  test('新しい版の画面は最後に適用される版から始まり、2つの版を比べられる', async () => {
    const office = await officeOf(27_009);
    must(await plan(office, { startsOn: '2026-06-01', autoReceive: true }));
    must(await plan(office, { startsOn: '2026-03-01', reminderDays: 5, confirmed: '1' }));
    expect(must(await ask(settingsStart, world.as(office), {}))).toMatchObject({
      from: { version: 2 },
      planned: [{ version: 2 }, { version: 3 }],
    });
    const compared = async (number: number, beside?: number) =>
      must(await ask(settingsVersion, world.as(office), { number, with: beside })).compared;
    expect(await compared(3)).toMatchObject({ version: 1 });
    const changes = (await compared(3, 2))?.changes.filter((line) => line.changed).map((line) => line.code);
    expect(changes).toEqual(['autoReceive', 'reminderDays']);
    expect(await compared(1)).toBeUndefined();
    expect(await ask(settingsVersion, world.as(office), { number: 9 })).toMatchObject({ refusal: { code: 'notFound' } });
  });
});

describe('環境設定を見る人、決める人(screens.md O-21)', () => {
  test('管理者だけが登録・取消し、スタッフは見るだけ、ほかの人には無い', async () => {
    const admin = await officeOf(27_010);
    const clerk = { ...admin, role: 'clerk' as const };
    must(await plan(admin, { startsOn: '2026-02-01', autoReceive: true }));
    expect((await history(clerk)).lines[0]).toMatchObject({ version: 2, mayWithdraw: false });
    expect(await plan(clerk, { startsOn: '2026-03-01', reminderDays: 5 })).toMatchObject({ refusal: { code: 'forbidden' } });
    expect(await withdraw(clerk, 2)).toMatchObject({ refusal: { code: 'forbidden' } });
    expect(await ask(settingsStart, world.as(clerk), {})).toMatchObject({ refusal: { code: 'forbidden' } });
    const others: Actor[] = [{ ...admin, role: 'trainingContractor' }, await world.doctor(), { kind: 'guest' }];
    for (const actor of others) {
      expect(await ask(settingsHistory, world.as(actor), {})).toMatchObject({ refusal: { code: 'forbidden' } });
      expect(await ask(settingsVersion, world.as(actor), { number: 1 })).toMatchObject({ refusal: { code: 'forbidden' } });
      expect(await plan(actor, { startsOn: '2026-03-01', version: 2 })).toMatchObject({ refusal: { code: 'notFound' } });
    }
  });

  test('ほかの医師会の版は、番号を知っていても自医師会の版しか開かない', async () => {
    const office = await officeOf(27_011);
    must(await plan(await officeOf(27_012), { startsOn: '2026-02-01', autoReceive: true }));
    expect(await ask(settingsVersion, world.as(office), { number: 2 })).toMatchObject({ refusal: { code: 'notFound' } });
    expect(await withdraw(office, 2)).toMatchObject({ refusal: { code: 'notFound' } });
  });
});
