import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/id.ts';
import { proposeChange, reserveChange } from '#features/association/commands/keep-master.ts';
import { carryOutChanges } from '#features/association/daily.ts';
import { changeReview, masterDetail } from '#features/association/queries/master.ts';
import { createStaffMember } from '#features/staff/commands/create-staff-member.ts';
import { staffReactions } from '#features/staff/reactions.ts';
import { must, officeActor, system } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import type { EventPayload } from '#platform/jobs/reactions.ts';
import { adminWithMail, mailsOf, staffWithMail } from '#support/staff-with-mail.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';
import { moveOn } from './reactions.ts';

const jma = { id: 0, name: '日本医師会', layer: 1 } as const;
const first = officeActor(jma);
const second = officeActor(jma);
const onDay = new Date('2026-03-31T15:01:00Z');
const base = { startsOn: '2026/04/01', reason: '定款の変更' };
let world: World;

beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => {
  await world.close();
});

async function reserved(form: Record<string, unknown>): Promise<string> {
  const { id } = must(await run(proposeChange, world.as(first), form, newId()));
  must(await run(reserveChange, world.as(second), { id }, newId()));
  return id;
}

type Row = Record<string, unknown>;

async function rows<T extends Row>(text: string, values: unknown[]): Promise<T[]> {
  return (await world.database.system.query<T>(text, values)).rows;
}

describe('職員も引き継ぐ合併', () => {
  test('移る先に登録のない職員だけが、同じ権限と有効期間で一度だけ引き継がれ、本人に知らされる', async () => {
    const [gone, stays] = [27_016, 27_017];
    const admin = await adminWithMail(world, gone, 'carried-admin@example.jp');
    const clerk = await staffWithMail(world, gone, 'carried-clerk@example.jp');
    const known = await staffWithMail(world, gone, 'known@example.jp');
    await adminWithMail(world, stays, 'receiving-admin@example.jp');
    must(
      await run(createStaffMember, world.as(system), {
        accountId: known.accountId,
        associationId: stays,
        role: 'trainingContractor',
        surname: '事務局',
        givenName: '花子',
        surnameKana: 'ジムキョク',
        givenNameKana: 'ハナコ',
        validUntil: '2026-12-31',
      }),
    );
    const form = { ...base, code: '27016', kind: 'merge', targetCode: '27017', carriesStaff: '1' };
    expect(must(must(await ask(changeReview, world.as(first), form))).move?.staff).toBe(2);
    const id = await reserved(form);
    expect(must(await ask(masterDetail, world.as(first), { code: '27016' })).changes[0]?.carriesStaff).toBe(true);
    await staffReactions['association.endPlanned']?.(world.as(system), { changeId: id });
    const planned = (await mailsOf(world, 'M-31')).filter((mail) =>
      ['carried-admin@example.jp', 'receiving-admin@example.jp'].includes(mail.to),
    );
    expect(planned.map((mail) => mail.subject).toSorted()).toEqual([
      '【MAMIS】医師会の組織改編とアカウントの終了について',
      '【MAMIS】組織改編に伴う事務局ユーザーの引継ぎについて',
    ]);
    await carryOutChanges(world.as(system, onDay));
    await moveOn(world.as(system, onDay), id);
    const [closed] = await rows<{ payload: EventPayload }>(
      "SELECT payload FROM outbox WHERE kind = 'association.closed' AND payload ->> 'associationId' = '27016'",
      [],
    );
    for (let round = 0; round < 2; round += 1) await staffReactions['association.closed']?.(world.as(system, onDay), closed?.payload ?? {});
    const at = async (association: number) =>
      await rows<{ account: string; role: string; until: string }>(
        'SELECT account_id AS account, role, valid_until::text AS until FROM staff_member WHERE association_id = $1 AND account_id = ANY ($2::uuid[]) ORDER BY role',
        [association, [admin.accountId, clerk.accountId, known.accountId]],
      );
    expect(await at(stays)).toEqual([
      { account: admin.accountId, role: 'admin', until: '2099-03-31' },
      { account: clerk.accountId, role: 'clerk', until: '2099-03-31' },
      { account: known.accountId, role: 'trainingContractor', until: '2026-12-31' },
    ]);
    expect(new Set((await at(gone)).map((row) => row.until))).toEqual(new Set(['2026-03-31']));
    const events = await rows<{ payload: EventPayload }>("SELECT payload FROM outbox WHERE kind = 'staff.carriedOver'", []);
    for (let round = 0; round < 2; round += 1)
      for (const { payload } of events) await staffReactions['staff.carriedOver']?.(world.as(system, onDay), payload);
    const told = (await mailsOf(world, 'M-31')).filter((mail) => mail.subject.includes('所属する事務局が変わりました'));
    expect(told.map((mail) => mail.to).toSorted()).toEqual(['carried-admin@example.jp', 'carried-clerk@example.jp']);
    expect(told[0]?.body).toContain('有効期間:2099/03/31まで');
    const audits = await rows<Row>("SELECT 1 FROM audit_event WHERE action = 'staff.carryOver'", []);
    expect(audits).toHaveLength(2);
  });

  test('選ばない合併では、職員は引き継がれない', async () => {
    const form = { ...base, code: '27018', kind: 'merge', targetCode: '27019' };
    const plain = must(await run(proposeChange, world.as(first), form, newId()));
    expect(must(await ask(masterDetail, world.as(first), { code: '27018' })).changes[0]).toMatchObject({
      id: plain.id,
      carriesStaff: false,
    });
  });
});
