import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { day } from '#kernel/day.ts';
import { approveAs, fileJoin, must, system } from '#main/demo/acting.ts';
import { officeTop } from '#features/desk/queries/office-top.ts';
import { ask } from '#platform/command/query.ts';
import { mailsOf } from '#support/staff-with-mail.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';
import { announceEffects } from './daily.ts';
import { effectMail } from './mails/daily-texts.ts';
import { markOf } from './queries/effects-to-tell.ts';
import { inbox } from './queries/inbox.ts';

const kita = 27_001;
let world: World;

beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => {
  await world.close();
});

const at = (on: string) => new Date(`${on}T08:10:00+09:00`);

describe('効力発生日のお知らせ M-18(rules.md 2.4)', () => {
  test('先の日付の入会は、その日に一通だけ知らせる。止まっていた日の分も知らせる', async () => {
    const doctor = await world.doctor();
    const { id, number } = await fileJoin(world.as(doctor, at('2026-01-15')), {
      lowestAssociationId: kita,
      upTo: 2,
      wishedOn: '2026-02-01',
    });
    const offices = (await world.offices(kita)).slice(0, 2);
    for (const office of offices) must(await approveAs(world.as(office, at('2026-01-16')), id, { decidedOn: '2026-02-01' }));

    const [district] = offices;
    if (district === undefined) throw new Error('no office');
    const ahead = async (on: string) => {
      const ctx = world.as(district, at(on));
      const list = must(await ask(inbox, ctx, { tab: 'ahead' }));
      const done = must(await ask(inbox, ctx, { tab: 'done' }));
      const top = must(await ask(officeTop, ctx, {})).work.ahead.map((one) => one.on);
      return { list: list.rows.map((row) => row.aheadOn), count: list.count, done: done.count, top };
    };
    expect(await ahead('2026-01-31')).toEqual({ list: ['2026-02-01'], count: 1, done: 0, top: ['2026-02-01'] });
    expect(await ahead('2026-02-01')).toEqual({ list: [], count: 0, done: 1, top: [] });

    await announceEffects(world.as(system, at('2026-01-31')));
    expect(await mailsOf(world, 'M-18')).toEqual([]);
    await Promise.all([announceEffects(world.as(system, at('2026-02-03'))), announceEffects(world.as(system, at('2026-02-03')))]);
    await announceEffects(world.as(system, at('2026-02-04')));
    const [mail, ...others] = await mailsOf(world, 'M-18');
    expect(others).toEqual([]);
    expect(mail?.subject).toBe('【MAMIS】2026/02/01から入会が有効になります');
    for (const line of ['大阪市北区医師会:入会(A1)', '大阪府医師会:入会(A1)', `受付番号:${number}`]) expect(mail?.body).toContain(line);
  });

  test('その日に決まったことは、承認のメールで足りる', async () => {
    const doctor = await world.doctor();
    const { id } = await fileJoin(world.as(doctor, at('2026-03-01')), { lowestAssociationId: kita, upTo: 3, wishedOn: '2026-03-02' });
    const [district] = await world.offices(kita);
    if (district === undefined) throw new Error('no office');
    must(await approveAs(world.as(district, at('2026-03-02')), id, { decidedOn: '2026-03-02' }));
    const before = (await mailsOf(world, 'M-18')).length;
    await announceEffects(world.as(system, at('2026-03-02')));
    await announceEffects(world.as(system, at('2026-03-03')));
    expect(await mailsOf(world, 'M-18')).toHaveLength(before);
  });

  test('退会は七日前にも知らせる。それより後に決まった退会の予告はしない', () => {
    const mark = (today: string, decidedOn: string, deed = 'left') =>
      markOf({ on: day('2026-03-31'), deed, decidedAt: at(decidedOn) }, { today: day(today), leaveNoticeDays: 7 });
    expect(mark('2026-03-23', '2025-10-01')).toBeUndefined();
    expect(mark('2026-03-24', '2025-10-01')).toBe('ahead');
    expect(mark('2026-03-26', '2025-10-01')).toBe('ahead');
    expect(mark('2026-03-26', '2026-03-25')).toBeUndefined();
    expect(mark('2026-03-26', '2025-10-01', 'joined')).toBeUndefined();
    expect(mark('2026-03-31', '2026-03-25')).toBe('day');
    expect(mark('2026-04-02', '2026-04-01')).toBeUndefined();
  });

  test('退会日の当日までは会員であると書く。異動は異動と呼ぶ', () => {
    const about = { name: '日医 太郎', number: '2026-0000001', on: day('2026-03-31'), link: 'http://x' };
    const events = [{ office: '日本医師会', deed: 'left', category: null }];
    const leave = effectMail({ ...about, kind: 'withdrawal', events });
    expect(leave.subject).toBe('2026/03/31から退会が有効になります');
    expect(leave.body).toContain('日本医師会:退会(この日までは会員です)');
    expect(effectMail({ ...about, kind: 'transfer', events }).subject).toBe('2026/03/31から異動が有効になります');
    const change = [{ office: '日本医師会', deed: 'category_changed', category: 'A2B' }];
    expect(effectMail({ ...about, kind: 'change', events: change }).subject).toBe('2026/03/31から会員区分が有効になります');
  });
});
