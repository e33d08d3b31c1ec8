import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { approveAs, fileJoin, must, system } from '#main/demo/acting.ts';
import { approveLeaveAs } from '#main/demo/leaving.ts';
import { myTop } from '#features/desk/queries/my-top.ts';
import { day } from '#kernel/day.ts';
import { ask } from '#platform/command/query.ts';
import { filed, kita, minato } from '#support/case-mix.ts';
import { fileChange, fileTransfer, memberOf } from '#support/moving.ts';
import { mailsOf, staffWithMail } from '#support/staff-with-mail.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';
import { announceTrainingEnds, announceWaiverEnds, remindToJoinAnew } from './daily.ts';
import { deskEffects } from './mails/desk-effects.ts';
import { dueTrainings } from './training.ts';

/** C and A2C end with clinical training (`rules.md 4.2`, M-23); a leave without destination (`rules.md 3.6`, M-25). */

let world: World;

beforeAll(async () => {
  world = await createWorld();
  await staffWithMail(world, kita, 'kita@example.jp');
  await staffWithMail(world, 27_000, 'osaka@example.jp');
});
afterAll(async () => {
  await world.close();
});

/** 08:20 in Japan, when the job runs. */
const at = (on: string) => new Date(`${on}T08:20:00+09:00`);

async function trainee(mail: string, trainingEndsOn: string) {
  const doctor = await world.doctor({ mail, trainingEndsOn });
  const { id } = await fileJoin(world.as(doctor), { lowestAssociationId: kita, wishedOn: '2025-12-01', categoryCode: 'C' });
  for (const office of await world.offices(kita))
    must(await approveAs(world.as(office), id, { decidedOn: '2025-12-01', categoryCode: 'C' }));
  return doctor;
}

const tell = async (...days: string[]) => {
  for (const on of days) await announceTrainingEnds(world.as(system, at(on)));
};

const told = async () => (await mailsOf(world, 'M-23')).map((mail) => mail.to);

test('修了の60日前と14日前に、それぞれ一度ずつ知らせる日が来る', () => {
  const notice = { trainingNoticeDays: 60, trainingNoticeAgainDays: 14 };
  const marks = (on: string) => dueTrainings(day(on), notice).map(({ month, mark }) => `${month} ${mark}`);
  expect(marks('2026-01-29')).toEqual(['2026-01 2', '2026-02 1']);
  expect(marks('2026-01-30')).toEqual(['2026-01 2', '2026-02 1', '2026-03 1']);
  expect(marks('2026-03-16')).toEqual(['2026-03 1', '2026-04 1']);
  expect(marks('2026-03-17')).toEqual(['2026-03 2', '2026-04 1']);
});

describe('臨床研修修了の案内 M-23', () => {
  test('医師と最下層の医師会に、修了の60日前と14日前に知らされる。変更を申請した医師には知らされない', async () => {
    const first = await trainee('kenshu1@example.jp', '2026-03');
    const second = await trainee('kenshu2@example.jp', '2026-03');
    await trainee('kenshu3@example.jp', '2027-03');
    await memberOf(world, kita, '2025-12-01', await world.doctor({ mail: 'kinmu@example.jp', trainingEndsOn: '2026-03' }));
    await tell('2026-01-29');
    expect(await told()).toEqual([]);
    await tell('2026-01-30', '2026-01-30', '2026-02-20');
    expect((await told()).toSorted()).toEqual(['kenshu1@example.jp', 'kenshu2@example.jp', 'kita@example.jp']);
    const toOffice = (await mailsOf(world, 'M-23')).find((mail) => mail.to === 'kita@example.jp');
    expect(toOffice?.body).toContain('会員が2名います');
    expect(toOffice?.body).toContain(`/office/members/${first.personId}`);
    expect(toOffice?.body).not.toContain('日医');
    expect(must(await ask(myTop, world.as(first, at('2026-01-29')), {})).trainingEnding).toBe(false);
    expect(must(await ask(myTop, world.as(first, at('2026-01-30')), {})).trainingEnding).toBe(true);

    await fileChange(world, second, { associationId: kita, reason: 'C06', categories: { [kita]: 'B' }, wishedOn: '2026-04-01' });
    expect(must(await ask(myTop, world.as(second, at('2026-01-30')), {})).trainingEnding).toBe(false);
    await tell('2026-03-17', '2026-03-18');
    expect((await told()).slice(3).toSorted()).toEqual(['kenshu1@example.jp', 'kita@example.jp']);
    expect((await mailsOf(world, 'M-23')).at(-1)?.body).toContain('会員が1名います');
  });
});

describe('異動先の医師会への入会の案内 M-25', () => {
  test('異動先未定で退会した医師に、30日・180日・330日後に知らされ、入会届を申請すれば止まる', async () => {
    const [district] = await world.offices(kita);
    if (district === undefined) throw new Error('no office');
    const leave = async (mail: string) => {
      const doctor = await memberOf(world, kita, '2025-12-01', await world.doctor({ mail }));
      const id = await fileTransfer(world, doctor, { from: kita, to: undefined, wishedOn: '', leaveOn: '2026-01-31' });
      must(await approveLeaveAs(world.as(district), id, '2026-01-31'));
      return doctor;
    };
    await leave('mitei1@example.jp');
    const joining = await leave('mitei2@example.jp');
    const remind = async (...days: string[]) => {
      for (const on of days) await remindToJoinAnew(world.as(system, at(on)));
      return (await mailsOf(world, 'M-25')).map((mail) => mail.to).toSorted();
    };
    expect(await remind('2026-03-01')).toEqual([]);
    expect(await remind('2026-03-02', '2026-03-03')).toEqual(['mitei1@example.jp', 'mitei2@example.jp']);
    await filed(world, minato, joining, '2026-02-01');
    const all = await remind('2026-07-30', '2026-08-10', '2026-12-27', '2027-02-01');
    expect(all.filter((to) => to === 'mitei1@example.jp')).toHaveLength(3);
    expect(all.filter((to) => to === 'mitei2@example.jp')).toHaveLength(1);
  });
});

describe('会費免除期間の終了の案内 M-24', () => {
  test('免除の終わる年度末の60日前に、その年度で終わる日本医師会の会員だけに一度知らされる', async () => {
    // Graduated in March 2021: five fiscal years until 2026-03-31; in March 2022: a year longer.
    for (const [mail, graduatedOn] of [
      ['menjo1@example.jp', '2021-03'],
      ['menjo2@example.jp', '2021-02'],
      ['menjo3@example.jp', '2022-03'],
      ['menjo4@example.jp', '2022-02'],
    ] as const)
      await memberOf(world, kita, '2025-12-01', await world.doctor({ mail, graduatedOn, licensedOn: '2022-04-01', birthOn: '1995-04-01' }));
    await world.doctor({ mail: 'hikaiin@example.jp', graduatedOn: '2021-03', licensedOn: '2022-04-01', birthOn: '1995-04-01' });
    for (const on of ['2026-01-29', '2026-01-30', '2026-01-31']) await announceWaiverEnds(world.as(system, at(on)));
    const mails = await mailsOf(world, 'M-24');
    expect(mails.map((mail) => mail.to).toSorted()).toEqual(['menjo1@example.jp', 'menjo4@example.jp']);
    expect(mails[0]?.body).toContain('2026/03/31で終了する見込みです');
    expect(mails[0]?.body).toContain('大阪市北区医師会');
  });
});

test('異動届の保険・年金への影響は、日本医師会の区分の変更・入退会と、都道府県の変更である', () => {
  const step = (layer: number, leg: 'join' | 'leave' | 'change', categoryId: number | null = null) => ({
    layer,
    leg,
    categoryId,
    associationId: layer === 1 ? 0 : leg === 'leave' ? 27_000 : 13_000,
  });
  expect(deskEffects([step(2, 'change'), step(1, 'change')])).toEqual([]);
  expect(deskEffects([step(2, 'leave'), step(2, 'join', 3), step(1, 'change')])).toEqual(['所属する都道府県が変わります(特約保険)。']);
  expect(deskEffects([step(2, 'change'), step(1, 'change', 5)])).toEqual(['日本医師会の会員区分が変わります(医師賠償責任保険)。']);
  expect(deskEffects([step(1, 'leave')])).toEqual(['日本医師会を退会されます(医師賠償責任保険・医師年金)。']);
});
