import type { z } from 'zod';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor, DoctorActor, OfficeActor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { approveAs, fileJoin, must, system, versionOf } from '#main/demo/acting.ts';
import { approveLeaveAs, fileWithdrawal } from '#main/demo/leaving.ts';
import type { Command } from '#platform/command/command.ts';
import { run } from '#platform/command/command.ts';
import type { EventPayload } from '#platform/jobs/reactions.ts';
import { kita, minato } from '#support/case-mix.ts';
import { fileChange, fileTransfer, memberOf } from '#support/moving.ts';
import { filedLeave, grounds } from '#support/proxying.ts';
import { staffWithMail } from '#support/staff-with-mail.ts';
import type { World } from '#support/world.ts';
import { createWorld, testNow } from '#support/world.ts';
import { cancel } from './commands/cancel.ts';
import { postMessage } from './commands/correspond.ts';
import { object } from './commands/object.ts';
import { receive } from './commands/receive.ts';
import { reject } from './commands/reject.ts';
import { resubmitJoin } from './commands/resubmit-join.ts';
import { retract } from './commands/retract.ts';
import { returnCase } from './commands/return-case.ts';
import { revoke, revokeLeave } from './commands/revoke.ts';
import { applicationReactions } from './reactions.ts';

/** Who is told what after which event, kind by kind (`screens.md 8`): the whole way from the command over the outbox to the mails. */

const [osaka, tokyo, jma] = [27_000, 13_000, 0];
const names: Readonly<Record<number, string>> = { [kita]: '北区', [osaka]: '大阪府', [minato]: '港区', [tokyo]: '東京都', [jma]: '日医' };
let world: World;
let seen = 0;

beforeAll(async () => {
  world = await createWorld();
  for (const id of Object.keys(names)) await staffWithMail(world, Number(id), `office-${id}@example.jp`);
});
afterAll(async () => {
  await world.close();
});

type Mail = { id: string; template: string; to: string; subject: string; body: string; mine: boolean };

const looked = new Set<string>();
const reactions = applicationReactions({ origin: 'https://mamis.example.jp' });

/** The mails of everything that happened since the last look; every event is told twice, and the second time adds nothing. */
async function mails(): Promise<Mail[]> {
  const { rows } = await world.database.system.query<{ id: string; kind: string; payload: EventPayload }>(
    'SELECT id, kind, payload FROM outbox WHERE id > $1 ORDER BY id',
    [seen],
  );
  for (const { id, kind, payload } of [...rows, ...rows]) {
    seen = Math.max(seen, Number(id));
    await reactions[kind]?.(world.as(system), { ...payload, outboxId: Number(id) });
  }
  const sent = await world.database.system.query<Mail>(
    'SELECT id, template, to_address AS "to", subject, body, person_id IS NOT NULL AS mine FROM mail_message ORDER BY template, to_address DESC',
  );
  const news = sent.rows.filter(({ id }) => !looked.has(id));
  for (const { id } of news) looked.add(id);
  return news;
}

/** 「M-40 北区」 for every one of them. */
function linesOf(found: readonly Mail[]): Set<string> {
  return new Set(found.map(({ template, to, mine }) => `${template} ${mine ? '本人' : (names[Number(/\d+/.exec(to)?.[0])] ?? to)}`));
}

async function told(): Promise<Set<string>> {
  return linesOf(await mails());
}

function bodyOf(found: readonly Mail[], template: string): string {
  return found.find((mail) => mail.template === template)?.body ?? '';
}

async function office(id: number, lowest = kita): Promise<OfficeActor> {
  const found = (await world.offices(lowest)).find((one) => one.associationId === id);
  if (found === undefined) throw new Error(`no office ${id}`);
  return found;
}

/** One act on a case as it stands. */
async function act<S extends z.ZodType, Value>(actor: Actor, doing: Command<S, Value>, input: { id: string } & Record<string, unknown>) {
  const ctx = world.as(actor);
  must(await run(doing, ctx, { version: await versionOf(ctx, input.id), ...input }, newId()));
}

async function approved(associationId: number, id: string, { lowest = kita, now = testNow } = {}): Promise<void> {
  must(await approveAs(world.as(await office(associationId, lowest), now), id, { decidedOn: '2026-02-01' }));
}

async function joining(): Promise<{ id: string; doctor: DoctorActor }> {
  const doctor = await world.doctor();
  return { id: (await fileJoin(world.as(doctor), { lowestAssociationId: kita, wishedOn: '2026-02-01' })).id, doctor };
}

async function member(): Promise<DoctorActor> {
  const doctor = await memberOf(world, kita);
  await mails();
  return doctor;
}

describe('入会届', () => {
  test('申請、受付、承認、差戻し、再申請、承認取消、完了', async () => {
    const { id, doctor } = await joining();
    expect(await told()).toEqual(new Set(['M-10 本人', 'M-40 北区']));
    await act(await office(kita), receive, { id });
    expect(await told()).toEqual(new Set(['M-11 本人']));
    await approved(kita, id);
    const first = await mails();
    expect(first.map(({ template }) => template)).toEqual(['M-12', 'M-40']);
    expect(bodyOf(first, 'M-12')).toContain('次は大阪府医師会が審査します。');
    const fields = [
      { field: 'positionCode', comment: '' },
      { field: 'document.licence', comment: '' },
    ];
    await act(await office(osaka), returnCase, { id, reasons: ['R04'], fields, message: '役職をご確認ください。' });
    const returned = await mails();
    expect(returned.map(({ template, mine }) => [template, mine])).toEqual([['M-14', true]]);
    expect(bodyOf(returned, 'M-14')).toContain('修正が必要な項目:役職、提出書類:医師免許証');
    expect(bodyOf(returned, 'M-14')).toContain('役職をご確認ください。');
    await act(doctor, resubmitJoin, { id });
    expect(await told()).toEqual(new Set(['M-42 大阪府']));
    await approved(osaka, id);
    expect(await told()).toEqual(new Set(['M-12 本人', 'M-40 日医']));
    await act(await office(osaka), revoke, { id, reason: '日付の誤り' });
    expect(await told()).toEqual(new Set(['M-20 本人', 'M-45 北区', 'M-45 日医']));
    // 日医 gets the case a second time, and hears of it a second time.
    const now = new Date(testNow.getTime() + 60_000);
    await approved(osaka, id, { now });
    expect(await told()).toEqual(new Set(['M-12 本人', 'M-40 日医']));
    await approved(jma, id, { now });
    expect(await told()).toEqual(new Set(['M-13 本人']));
  });

  test('非承認、取消、取下げには理由の名称を書き、入力された文は書かない', async () => {
    const ended = async (end: (id: string, doctor: DoctorActor) => Promise<void>) => {
      const { id, doctor } = await joining();
      await mails();
      await end(id, doctor);
      return await mails();
    };
    const district = await office(kita);
    const rejected = await ended(async (id) => await act(district, reject, { id, reason: 'N01', message: '個別の事情' }));
    expect(rejected.map(({ template, mine }) => [template, mine])).toEqual([['M-15', true]]);
    expect(rejected[0]?.body).toContain('理由:入会資格を満たしていない');
    expect(rejected[0]?.body).not.toContain('個別の事情');
    expect(rejected[0]?.body).not.toContain('会員資格');
    const cancelled = await ended(async (id) => await act(district, cancel, { id, reason: 'X03', note: '個別の事情' }));
    expect(cancelled.map(({ template }) => template)).toEqual(['M-16', 'M-16', 'M-16', 'M-16']);
    expect(cancelled.every(({ body }) => body.includes('理由:重複した申請') && !body.includes('個別の事情'))).toBe(true);
    const retracted = await ended(async (id, doctor) => await act(doctor, retract, { id, reason: 'X01' }));
    expect(retracted.map(({ template }) => template)).toEqual(['M-16', 'M-16', 'M-16', 'M-16']);
    expect(retracted.every(({ body }) => body.includes('理由:本人の申し出'))).toBe(true);
  });

  test('連絡は、書いた者のほかの全員に知らされる', async () => {
    const { id, doctor } = await joining();
    await mails();
    must(await run(postMessage, world.as(await office(kita)), { id, body: 'お電話ください。' }));
    expect(await told()).toEqual(new Set(['M-17 本人', 'M-17 大阪府', 'M-17 日医']));
    must(await run(postMessage, world.as(doctor), { id, body: '承知しました。' }));
    expect(await told()).toEqual(new Set(['M-17 北区', 'M-17 大阪府', 'M-17 日医']));
  });

  test('受付の省略でも、経過に受付が残り、本人に知らされる(rules.md 4.1)', async () => {
    const settings = `INSERT INTO association_settings (association_id, version, starts_on, settings, reason)
      SELECT association_id, 2, '2025-04-01', settings || '{"autoReceive": true}', 'テスト' FROM association_settings
      WHERE association_id = ANY ($1) AND version = 1`;
    await world.database.system.query(settings, [[minato, tokyo]]);
    const { id } = await fileJoin(world.as(await world.doctor()), { lowestAssociationId: minato, wishedOn: '2026-02-01' });
    expect(await told()).toEqual(new Set(['M-10 本人', 'M-11 本人', 'M-40 港区']));
    await approved(minato, id, { lowest: minato });
    expect(await told()).toEqual(new Set(['M-11 本人', 'M-12 本人', 'M-40 東京都']));
    const acts = await world.database.system.query<{ action: string; association_id: number; actor_name: string }>(
      `SELECT association_id, actor_name FROM application_action WHERE application_id = $1 AND action = 'receive' ORDER BY id`,
      [id],
    );
    expect(acts.rows).toEqual([
      { association_id: minato, actor_name: 'システム' },
      { association_id: tokyo, actor_name: 'システム' },
    ]);
  });

  test('受付の省略は、差戻しから戻った届にもあてはまる(rules.md 4.1)', async () => {
    const doctor = await world.doctor();
    const { id } = await fileJoin(world.as(doctor), { lowestAssociationId: minato, wishedOn: '2026-02-01' });
    await act(await office(minato, minato), returnCase, { id, reasons: ['R04'], message: '写しが不鮮明です。' });
    await mails();
    await act(doctor, resubmitJoin, { id });
    expect(await told()).toContain('M-42 港区');
    const step = await world.database.system.query<{ state: string; received: boolean }>(
      `SELECT state, received_at IS NOT NULL AS received FROM application_step WHERE application_id = $1 AND association_id = $2`,
      [id, minato],
    );
    expect(step.rows).toEqual([{ state: 'received', received: true }]);
    const acts = await world.database.system.query<{ action: string }>(
      `SELECT action FROM application_action WHERE application_id = $1 AND (step_id IS NOT NULL) ORDER BY id`,
      [id],
    );
    expect(acts.rows.map((one) => one.action)).toEqual(['receive', 'return', 'resubmit', 'receive']);
    await approved(minato, id, { lowest: minato });
  });
});

describe('退会届', () => {
  test('一部の退会: 最下層の受付で、決定する医師会に届いたことが知らされる。受付のメールを送らないときも', async () => {
    for (const withoutMail of ['', 'on']) {
      const doctor = await member();
      const { id } = await fileWithdrawal(world.as(doctor), { leave: [osaka], wishedOn: '2026-03-31' });
      expect(await told()).toEqual(new Set(['M-10 本人', 'M-40 北区']));
      await act(await office(kita), receive, { id, withoutMail });
      expect(await told()).toEqual(new Set([...(withoutMail === '' ? ['M-11 本人'] : []), 'M-40 大阪府']));
      must(await approveLeaveAs(world.as(await office(osaka)), id, '2026-03-31'));
      expect(await told()).toEqual(new Set(['M-13 本人', 'M-43 日医']));
      await act(await office(osaka), revokeLeave, { id, reason: 'Z01', note: '本人から電話' });
      expect(await told()).toEqual(new Set(['M-20 本人', 'M-45 北区', 'M-45 日医']));
    }
  });

  test('代理申請: 本人にM-19、差戻しは代理した医師会に、異議は関わる医師会に知らされる', async () => {
    const doctor = await member();
    const clerk = await staffWithMail(world, kita, 'clerk-27001@example.jp');
    const id = await filedLeave(world, { actor: clerk, doctor, ground: grounds.request, leave: [kita] });
    expect(await told()).toEqual(new Set(['M-19 本人', 'M-40 北区', 'M-40 北区']));
    await act(await office(kita), returnCase, {
      id,
      reasons: ['R05'],
      fields: [{ field: 'wishedOn', comment: '' }],
      message: '日付をご確認ください。',
    });
    const returned = await mails();
    expect(returned.map(({ template, mine }) => [template, mine])).toEqual([
      ['M-14', false],
      ['M-14', false],
    ]);
    expect(returned[0]?.body).toContain('修正が必要な項目:退会希望年月日');
    expect(returned[0]?.body).toContain('日付をご確認ください。');
    must(await run(object, world.as(doctor), { id, note: '' }, newId()));
    expect(await told()).toEqual(new Set(['M-17 北区', 'M-17 北区', 'M-17 大阪府', 'M-17 日医']));
  });
});

describe('異動届', () => {
  test('会員区分の変更: 次に決定する医師会と、確認だけの医師会', async () => {
    const doctor = await member();
    const id = await fileChange(world, doctor, { associationId: kita, categories: { [kita]: 'B', 0: 'B' }, wishedOn: '2026-02-01' });
    expect(await told()).toEqual(new Set(['M-10 本人', 'M-40 北区']));
    must(await approveAs(world.as(await office(kita)), id, { decidedOn: '2026-02-01', categoryCode: 'B' }));
    expect(await told()).toEqual(new Set(['M-12 本人', 'M-40 日医']));
    must(await approveAs(world.as(await office(jma)), id, { decidedOn: '2026-02-01', categoryCode: 'B' }));
    expect(await told()).toEqual(new Set(['M-13 本人', 'M-43 大阪府']));
  });

  test('医師会の異動: 両側に届き、片側の決定では次の医師会を名乗らない', async () => {
    const doctor = await member();
    const id = await fileTransfer(world, doctor, { from: kita, to: minato, wishedOn: '2026-04-01', leaveOn: '2026-03-31' });
    expect(await told()).toEqual(new Set(['M-10 本人', 'M-11 本人', 'M-40 港区', 'M-40 北区']));
    must(await approveLeaveAs(world.as(await office(kita)), id, '2026-03-31'));
    const left = await mails();
    expect(left.map(({ template }) => template)).toEqual(['M-12']);
    expect(left[0]?.body).toContain('引き続き、ほかの医師会の審査をお待ちください。');
    must(await approveAs(world.as(await office(minato, minato)), id, { decidedOn: '2026-04-01' }));
    expect(await told()).toEqual(new Set(['M-11 本人', 'M-12 本人', 'M-40 東京都']));
    must(await approveAs(world.as(await office(tokyo, minato)), id, { decidedOn: '2026-04-01' }));
    const done = await mails();
    expect(linesOf(done)).toEqual(new Set(['M-13 本人', 'M-43 大阪府', 'M-43 日医', 'M-53 日医']));
    for (const line of [
      '大阪市北区医師会:退会日 2026/03/31',
      '大阪府医師会:退会日 2026/03/31',
      '東京都港区医師会:入会日 2026/04/01',
      '日本医師会:異動日 2026/04/01',
    ])
      expect(bodyOf(done, 'M-13')).toContain(line);
  });

  test('医師会の異動の非承認: 先に承認した側があっても、会員資格は変わらないと知らせ、異動元に仕事を残さない', async () => {
    const doctor = await member();
    const id = await fileTransfer(world, doctor, { from: kita, to: minato, wishedOn: '2026-04-01', leaveOn: '2026-03-31' });
    must(await approveLeaveAs(world.as(await office(kita)), id, '2026-03-31'));
    await mails();
    await act(await office(minato, minato), reject, { id, reason: 'N01', message: '資格を満たしていません。' });
    expect(bodyOf(await mails(), 'M-15')).toContain('異動は行われません。現在の会員資格は、そのまま継続します。');
  });
});
