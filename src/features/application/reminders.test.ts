import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { OfficeActor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { approveAs, fileJoin, must, system, versionOf } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { mailsOf, staffWithMail } from '#support/staff-with-mail.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';
import { remindOffices } from './daily.ts';
import { resubmitJoin } from './commands/resubmit-join.ts';
import { returnCase } from './commands/return-case.ts';

const kita = 27_001;
let world: World;
let district: OfficeActor;

beforeEach(async () => {
  world = await createWorld();
  const [lowest] = await world.offices(kita);
  if (lowest === undefined) throw new Error('no chain');
  district = lowest;
  await staffWithMail(world, kita, 'kita@example.jp');
});
afterEach(async () => {
  await world.close();
});

/** 08:00 in Japan, when the job runs. */
const at = (on: string) => new Date(`${on}T08:00:00+09:00`);

async function filed(
  on: string,
): Promise<{ id: string; number: string; again: (on: string) => Promise<void>; back: (on: string) => Promise<void> }> {
  const doctor = await world.doctor();
  const { id, number } = await fileJoin(world.as(doctor, at(on)), { lowestAssociationId: kita, wishedOn: '2026-02-01' });
  return {
    id,
    number,
    back: async (day) => {
      const ctx = world.as(district, at(day));
      must(await run(returnCase, ctx, { id, version: await versionOf(ctx, id), reasons: ['R04'], fields: [], message: '確認' }, newId()));
    },
    again: async (day) => {
      const ctx = world.as(doctor, at(day));
      must(await run(resubmitJoin, ctx, { id, version: await versionOf(ctx, id) }, newId()));
    },
  };
}

async function runOn(...days: string[]): Promise<void> {
  for (const on of days) await remindOffices(world.as(system, at(on)));
}

const subjects = async () => (await mailsOf(world, 'M-41')).map((mail) => mail.subject);

describe('処理待ちの通知 M-41(rules.md 3.13)', () => {
  test('七営業日と十四営業日に一度ずつ、古い順に番号だけを知らせる', async () => {
    // 木曜日に到達。7営業日後は1月26日(月)、14営業日後は2月4日(水)。
    const first = await filed('2026-01-15');
    const second = await filed('2026-01-15');
    await runOn('2026-01-22', '2026-01-23', '2026-01-24', '2026-01-25');
    expect(await subjects()).toEqual([]);
    await runOn('2026-01-26', '2026-01-26', '2026-01-27', '2026-02-03');
    const [mail, ...others] = await mailsOf(world, 'M-41');
    expect(others).toEqual([]);
    expect(mail).toMatchObject({ to: 'kita@example.jp', subject: '【MAMIS】処理待ちの申請があります(2件)' });
    const lines = mail?.body.split('\n').filter((line) => line.startsWith('受付番号:'));
    expect(new Set(lines)).toEqual(new Set([first, second].map((one) => `受付番号:${one.number} 入会 11日経過`)));
    expect(mail?.body).not.toContain('日医');
    await runOn('2026-02-04', '2026-02-05', '2026-03-05');
    expect(await subjects()).toHaveLength(2);
  });

  test('休みの日には送らず、止まっていた日の分は次の営業日に一度だけ送る', async () => {
    await filed('2026-01-15');
    await runOn('2026-02-07', '2026-02-08', '2026-02-11');
    expect(await subjects()).toEqual([]);
    await runOn('2026-02-12', '2026-02-13', '2026-02-16');
    expect(await subjects()).toHaveLength(1);
  });

  test('申請者のもとにあった営業日は数えない', async () => {
    const one = await filed('2026-01-15');
    await one.back('2026-01-19');
    await runOn('2026-02-02');
    await one.again('2026-02-02');
    await runOn('2026-02-06');
    expect(await subjects()).toEqual([]);
    await runOn('2026-02-09');
    expect(await subjects()).toHaveLength(1);
  });

  test('処理された申請と、読む人のいない事務局には送らない', async () => {
    const one = await filed('2026-01-15');
    must(await approveAs(world.as(district, at('2026-01-20')), one.id, { decidedOn: '2026-02-01' }));
    await runOn('2026-02-10', '2026-02-12');
    expect(await subjects()).toEqual([]);
    await staffWithMail(world, 27_000, 'osaka@example.jp');
    await runOn('2026-02-13');
    expect((await mailsOf(world, 'M-41')).map((mail) => [mail.to, mail.subject])).toEqual([
      ['osaka@example.jp', '【MAMIS】処理待ちの申請があります(1件)'],
    ]);
  });

  test('二つの処理が同時に動いても、一人に一通', async () => {
    await filed('2026-01-15');
    await filed('2026-01-15');
    await staffWithMail(world, kita, 'kita2@example.jp');
    await Promise.all([runOn('2026-01-26'), runOn('2026-01-26'), runOn('2026-01-26')]);
    expect((await mailsOf(world, 'M-41')).map((mail) => mail.to).sort()).toEqual(['kita2@example.jp', 'kita@example.jp']);
    const kept = await world.database.system.query('SELECT 1 FROM step_reminder');
    expect(kept.rowCount).toBe(2);
  });
});
