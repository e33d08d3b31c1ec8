import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DoctorActor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { proposeChange, reserveChange, withdrawChange } from '#features/association/commands/keep-master.ts';
import { openAssociation } from '#features/association/commands/open-association.ts';
import { carryOutChanges } from '#features/association/daily.ts';
import { changeReview, masterDetail } from '#features/association/queries/master.ts';
import { postMemo } from '#features/application/commands/correspond.ts';
import { inviteFirstAdmins } from '#features/staff/daily.ts';
import { staffReactions } from '#features/staff/reactions.ts';
import { approveAs, must, officeActor, system } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import type { EventPayload } from '#platform/jobs/reactions.ts';
import { approveUpTo, filed } from '#support/case-mix.ts';
import { fileTransfer, memberOf } from '#support/moving.ts';
import { keepField } from '#features/own-list/commands/keep-field.ts';
import { saveValues } from '#features/own-list/commands/save-values.ts';
import { adminWithMail, mailsOf } from '#support/staff-with-mail.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';
import { movePerson } from './commands/move-person.ts';
import { resumeMoves } from './daily.ts';
import { moveOn } from './reactions.ts';

const kita = 27_001;
const miyakojima = 27_002;
const fukushima = 27_003;
const konohana = 27_004;
const jma = { id: 0, name: '日本医師会', layer: 1 } as const;
const first = officeActor(jma);
const second = officeActor(jma);
const onDay = new Date('2026-03-31T15:01:00Z');
const hourLater = new Date('2026-03-31T16:30:00Z');
let world: World;

beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => {
  await world.close();
});

/** A 管理者 of an association whom mails reach. */
async function adminOf(associationId: number): Promise<string> {
  return (await adminWithMail(world, associationId, `admin-${associationId}@example.jp`)).accountId;
}

const base = { startsOn: '2026/04/01', reason: '定款の変更' };
const merge = { ...base, code: '27001', kind: 'merge', targetCode: '27002' };

async function reserved(form: Record<string, unknown>): Promise<string> {
  const { id } = must(await run(proposeChange, world.as(first), form, newId()));
  must(await run(reserveChange, world.as(second), { id }, newId()));
  return id;
}

type Row = Record<string, unknown>;

async function rows<T extends Row>(text: string, values: unknown[]): Promise<T[]> {
  return (await world.database.system.query<T>(text, values)).rows;
}

async function periods(doctor: DoctorActor): Promise<string[]> {
  const found = await rows<{ line: string }>(
    `SELECT concat_ws(' ', association_id, joined_on, left_on) AS line FROM membership_period WHERE person_id = $1 AND association_id <> 0 AND association_id <> 27000 ORDER BY joined_on`,
    [doctor.personId],
  );
  return found.map((row) => row.line);
}

async function membersOn(association: number, on: string): Promise<number> {
  const [row] = await rows<{ n: string }>('SELECT members::text AS n FROM member_counts_on($1, ARRAY[$2::int])', [on, association]);
  return Number(row?.n ?? 0);
}

async function stepsOf(id: string): Promise<string[]> {
  const found = await rows<{ line: string }>(
    `SELECT concat_ws(' ', association_id, state) AS line FROM application_step WHERE application_id = $1 ORDER BY ordinal`,
    [id],
  );
  return found.map((row) => row.line);
}

describe('合併', () => {
  test('会員と処理中の届が適用日に移り、前の日の会員数は変わらず、途中で止まっても続きから移る', async () => {
    const member = await memberOf(world, kita);
    const waiting = await filed(world, kita);
    const half = await filed(world, kita, undefined, '2026-02-01');
    await approveUpTo(world, half, 1);
    const future = await filed(world, kita, undefined, '2026-05-01');
    await approveUpTo(world, future, 1, '2026-05-01');
    const moving = await memberOf(world, kita);
    const both = await fileTransfer(world, moving, { from: kita, to: miyakojima, wishedOn: '2026-03-01', leaveOn: '2026-02-28' });

    const review = must(must(await ask(changeReview, world.as(first), merge)));
    expect(review.move).toMatchObject({ target: '都島区医師会', members: 4, cases: 2, bothCases: 1, bothMembers: 0 });
    expect(review.move?.used.find((one) => one.code === 'A1')).toMatchObject({ members: 4 });
    const [clerk] = await world.offices(kita);
    if (clerk === undefined) throw new Error('no office');
    must(await run(postMemo, world.as(clerk), { id: waiting.id, body: '申し送り', ownOfficeOnly: 'on' }, newId()));
    const id = await reserved(merge);
    const before = await membersOn(kita, '2026-03-31');

    await carryOutChanges(world.as(system, onDay));
    expect(await run(movePerson, world.as(first), { changeId: id, personId: member.personId })).toMatchObject({
      refusal: { code: 'forbidden' },
    });
    must(await run(movePerson, world.as(system, onDay), { changeId: id, personId: member.personId }));
    expect(await periods(member)).toEqual(['27001 2025-12-01 2026-03-31', '27002 2026-04-01']);
    await moveOn(world.as(system, onDay), id);

    expect([await membersOn(kita, '2026-03-31'), await membersOn(kita, '2026-04-01')]).toEqual([before, 1]);
    expect(await periods(half.doctor)).toEqual(['27001 2026-02-01 2026-03-31', '27002 2026-04-01']);
    expect(await periods(future.doctor)).toEqual(['27002 2026-05-01']);
    expect(await stepsOf(waiting.id)).toEqual(['27002 arrived', '27000 waiting', '0 waiting']);
    expect(await stepsOf(half.id)).toEqual(['27001 approved', '27000 arrived', '0 waiting']);
    const detail = must(await ask(masterDetail, world.as(first, onDay), { code: '27001' }));
    expect(detail.changes.map((one) => one.state)).toEqual(['moving']);
    expect(detail.progress).toMatchObject({ moved: 4, cases: 1, held: 1, left: { members: 1 } });
    expect(detail.progress?.reasons[0]).toContain('両方の医師会で処理中');

    const [target] = await world.offices(miyakojima);
    if (target === undefined) throw new Error('no office');
    must(await approveAs(world.as(target, onDay), waiting.id, { decidedOn: '2026-04-01' }));
    const [, osaka] = await world.offices(miyakojima);
    if (osaka === undefined) throw new Error('no office');
    must(await approveAs(world.as(osaka, onDay), half.id, { decidedOn: '2026-04-01' }));

    const [origin] = await world.offices(kita);
    if (origin === undefined) throw new Error('no office');
    must(await approveAs(world.as(origin, onDay), both, { decidedOn: '2026-02-28' }));
    must(await approveAs(world.as(target, onDay), both, { decidedOn: '2026-03-01' }));
    await resumeMoves(world.as(system, hourLater));
    await moveOn(world.as(system, hourLater), id);
    expect(await periods(moving)).toEqual(['27001 2025-12-01 2026-02-28', '27002 2026-03-01']);
    const done = must(await ask(masterDetail, world.as(first, hourLater), { code: '27001' }));
    expect(done.changes.map((one) => one.state)).toEqual(['done']);
    await moveOn(world.as(system, hourLater), id);
    const mails = await mailsOf(world, 'M-18');
    expect(new Set(mails.map((mail) => mail.to)).size).toBe(mails.length);
    expect(mails).toHaveLength(4);
    expect(mails[0]).toMatchObject({ subject: '【MAMIS】2026/04/01から所属の医師会の変更が有効になります' });
    expect(mails[0]?.body).toContain('2026/04/01から、所属の医師会が都島区医師会に変わります');
    const memos = await rows<Row>('SELECT visible_to FROM office_memo WHERE application_id = $1', [waiting.id]);
    expect(memos).toEqual([{ visible_to: [kita, miyakojima] }]);
    expect(await membersOn(miyakojima, '2026-05-01')).toBe(5);
    const carriers = await rows<Row>(
      `SELECT DISTINCT f.lowest_association_id AS low FROM membership_phase h JOIN affiliation f ON f.id = h.affiliation_id
       WHERE h.person_id = ANY ($1::uuid[]) AND (h.ends_on IS NULL OR h.ends_on >= '2026-05-01')`,
      [[member.personId, half.doctor.personId, future.doctor.personId]],
    );
    expect(carriers).toEqual([{ low: miyakojima }]);
  });

  test('階層や上位医師会の異なる医師会、自ら、下位のある医師会、改編の予定のある医師会とは合併できない', async () => {
    const refused = async (form: Row) => {
      const outcome = must(await ask(changeReview, world.as(first), form));
      return outcome.ok ? 'ok' : (outcome.refusal.fields ?? outcome.refusal.code);
    };
    const wish = { ...merge, code: '27003' };
    expect(await refused({ ...wish, targetCode: '27003' })).toHaveProperty('targetCode');
    expect(await refused({ ...wish, targetCode: '13005' })).toHaveProperty('targetCode');
    expect(await refused({ ...wish, targetCode: '27000' })).toHaveProperty('targetCode');
    expect(await refused({ ...wish, targetCode: '99999' })).toHaveProperty('targetCode');
    expect(await refused({ ...wish, targetCode: '27001' })).toHaveProperty('targetCode');
    expect(await refused({ ...wish, code: '27000', targetCode: '13000' })).toHaveProperty('kind');
  });
});

describe('独自項目', () => {
  test('移る先に同じ名称・種類の項目があるものだけが、誰の入力かとともに引き継がれ、元の記録は残る', async () => {
    const [gone, stays] = [27_012, 27_013];
    const desk = (id: number) => world.as(officeActor({ id, name: '', layer: 3 }));
    const field = async (id: number, name: string, kind: string, choices = '') =>
      must(await run(keepField, desk(id), { id: 'new', name, kind, choices, shown: '' }, newId())).id;
    const [group, note, alone] = [
      await field(gone, '班', 'choice', '一班\n二班'),
      await field(gone, '備考', 'text'),
      await field(gone, '係', 'text'),
    ];
    for (const [name, kind, choices] of [
      ['班', 'choice', '一班\n三班'],
      ['備考', 'text', ''],
      ['係', 'day', ''],
    ] as const)
      await field(stays, name, kind, choices);
    const [kept, other] = [await memberOf(world, gone), await memberOf(world, gone)];
    const save = async (doctor: DoctorActor, values: { fieldId: number; value: string }[]) =>
      must(
        await run(
          saveValues,
          desk(gone),
          { id: doctor.personId, version: '0', values: values.map((one) => ({ ...one, fieldId: String(one.fieldId) })) },
          newId(),
        ),
      );
    await save(kept, [
      { fieldId: group, value: '一班' },
      { fieldId: note, value: '役員経験あり' },
      { fieldId: alone, value: '会計' },
    ]);
    await save(other, [{ fieldId: group, value: '二班' }]);
    const id = await reserved({ ...base, code: '27012', kind: 'merge', targetCode: '27013' });
    await carryOutChanges(world.as(system, onDay));
    for (let round = 0; round < 2; round += 1) await moveOn(world.as(system, onDay), id);
    const valuesAt = async (doctor: DoctorActor, association: number) =>
      await rows<Row>(
        `SELECT f.name, v.value, v.author_name AS author FROM member_field_value v JOIN association_field f ON f.id = v.field_id
         WHERE v.person_id = $1 AND v.association_id = $2 ORDER BY f.sort_order`,
        [doctor.personId, association],
      );
    expect((await valuesAt(kept, stays)).map(({ name, value }) => `${String(name)}:${String(value)}`)).toEqual([
      '班:一班',
      '備考:役員経験あり',
    ]);
    expect((await valuesAt(kept, stays))[0]?.['author']).toMatch(/^事務局 花子\(.+医師会\)$/);
    expect(await valuesAt(kept, gone)).toHaveLength(3);
    expect(await valuesAt(other, stays)).toEqual([]);
  });
});

describe('なくなる医師会の事務局ユーザー', () => {
  test('予約とともに両方の管理者に知らされ、廃止の日に終わり、取り消すと取消が知らされる', async () => {
    const [gone, stays] = [27_010, 27_011];
    const accountId = await adminOf(gone);
    await adminOf(stays);
    const id = await reserved({ ...base, code: '27010', kind: 'merge', targetCode: '27011' });
    const hear = async () => await staffReactions['association.endPlanned']?.(world.as(system), { changeId: id });
    for (let round = 0; round < 2; round += 1) await hear();
    const told = async () => (await mailsOf(world, 'M-31')).map((mail) => `${mail.to} ${mail.subject}`).toSorted();
    expect(await told()).toEqual([
      'admin-27010@example.jp 【MAMIS】医師会の組織改編とアカウントの終了について',
      'admin-27011@example.jp 【MAMIS】組織改編に伴う事務局ユーザーの招待について',
    ]);
    must(await run(withdrawChange, world.as(first), { id }, newId()));
    await hear();
    expect((await told()).filter((line) => line.includes('取消'))).toHaveLength(2);
    const again = await reserved({ ...base, code: '27010', kind: 'merge', targetCode: '27011' });
    await carryOutChanges(world.as(system, onDay));
    await moveOn(world.as(system, onDay), again);
    const [closed] = await rows<{ payload: EventPayload }>(
      "SELECT payload FROM outbox WHERE kind = 'association.closed' AND payload ->> 'associationId' = '27010'",
      [],
    );
    for (let round = 0; round < 2; round += 1) await staffReactions['association.closed']?.(world.as(system, onDay), closed?.payload ?? {});
    expect(await rows<Row>('SELECT valid_until::text AS until, state FROM staff_member WHERE account_id = $1', [accountId])).toEqual([
      { until: '2026-03-31', state: 'active' },
    ]);
  });
});

describe('分割', () => {
  test('医籍登録番号の一覧にある会員だけが新しい医師会に移り、元の医師会は続く', async () => {
    const goes = await memberOf(world, fukushima);
    const stays = await memberOf(world, fukushima);
    const [licence] = await rows<{ number: string }>('SELECT number FROM person_licence WHERE person_id = $1 AND current', [goes.personId]);
    const split = { ...base, code: '27003', kind: 'split', targetCode: '27004', splitRule: 'list', splitText: `${licence?.number}\n` };
    for (const splitText of ['', 'x', '999999'])
      expect(await run(proposeChange, world.as(first), { ...split, splitText })).toMatchObject({
        refusal: { fields: { splitText: expect.anything() } },
      });
    const id = await reserved(split);
    expect(await run(proposeChange, world.as(first), { ...base, code: '27004', kind: 'close' })).toMatchObject({
      refusal: { code: 'conflict' },
    });
    await carryOutChanges(world.as(system, onDay));
    await moveOn(world.as(system, onDay), id);
    expect([await periods(goes), await periods(stays)]).toEqual([
      ['27003 2025-12-01 2026-03-31', '27004 2026-04-01'],
      ['27003 2025-12-01'],
    ]);
    const { changes, row } = must(await ask(masterDetail, world.as(first, onDay), { code: '27003' }));
    expect([changes[0]?.state, row.state]).toEqual(['done', 'active']);
    expect(await membersOn(konohana, '2026-04-01')).toBe(1);
  });
});

describe('初期管理者', () => {
  test('設立日から招待メールが一度だけ送られる', async () => {
    const admin = { surname: '初期', givenName: '花子', surnameKana: 'ショキ', givenNameKana: 'ハナコ', adminMail: 'first@example.jp' };
    const form = {
      code: '27998',
      name: '検証市医師会',
      kana: 'ケンショウシイシカイ',
      layer: '3',
      parentCode: '27000',
      kind: 'district',
      prefectureCode: '27',
    };
    expect(await run(openAssociation, world.as(first), { ...form, opensOn: '2026/02/01' })).toMatchObject({
      refusal: { fields: { surname: expect.anything(), adminMail: expect.anything() } },
    });
    must(await run(openAssociation, world.as(first), { ...form, ...admin, opensOn: '2026/02/01' }, newId()));
    const [named] = await rows<{ id: string }>('SELECT id FROM association_first_admin WHERE association_id = 27998', []);
    await staffReactions['association.firstAdminNamed']?.(world.as(system), { firstAdminId: named?.id ?? '' });
    const invited = async () =>
      await rows<Row>('SELECT role, mail, invited_by_name FROM staff_invitation WHERE association_id = 27998', []);
    expect(await invited()).toEqual([]);
    const opening = new Date('2026-02-01T03:00:00Z');
    for (let round = 0; round < 2; round += 1) await inviteFirstAdmins(world.as(system, opening));
    expect(await invited()).toEqual([{ role: 'admin', mail: 'first@example.jp', invited_by_name: first.displayName }]);
    await staffReactions['staff.invited']?.(world.as(system, opening), { invitationId: named?.id ?? '' });
    const mails = await rows<Row>(`SELECT to_address FROM mail_message WHERE template = 'M-30'`, []);
    expect(mails).toHaveLength(1);
  });
});
