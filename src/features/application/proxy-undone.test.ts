import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DoctorActor, OfficeActor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { must, officeActor, system, versionOf } from '#main/demo/acting.ts';
import { approveLeaveAs, fileWithdrawal } from '#main/demo/leaving.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { filed, kita, minato } from '#support/case-mix.ts';
import { periodsOfPerson, statesOf } from '#support/filing.ts';
import { staffLogin } from '#support/logins.ts';
import { memberOf } from '#support/moving.ts';
import { alsoMemberOf, draftedLeave, filedLeave, grounds, registeredDeath } from '#support/proxying.ts';
import type { World } from '#support/world.ts';
import { createWorld, testNow } from '#support/world.ts';
import { letterTemplate } from '#platform/render/letter.ts';
import { returnCase } from './commands/return-case.ts';
import { restoreAfterDeath } from './commands/restore-after-death.ts';
import { revokeDeath } from './commands/revoke-death.ts';
import { officeApplication } from './queries/office-application.ts';
import { proxyLetter } from './queries/proxy-letter.ts';
import { applicationReactions } from './reactions.ts';

/** Who may decide what he entered, and 死亡登録の取消 (`rules.md 3.10`, `screens.md O-11`). Today is 2026-01-15. */

const anotherPerson = 'ご自身が入力または申請した届のため、別の担当者が処理してください。';
let world: World;
let owner: Client;
let entering: OfficeActor;
let colleague: OfficeActor;

beforeAll(async () => {
  world = await createWorld();
  owner = new Client({ connectionString: world.ownerUrl });
  await owner.connect();
  const office = { id: kita, name: '大阪市北区医師会', layer: 3 } as const;
  const hire = async () => {
    const login = await staffLogin(owner, { associationId: kita });
    return officeActor(office, { accountId: login.accountId, role: 'clerk' });
  };
  entering = await hire();
  colleague = await hire();
});
afterAll(async () => {
  await owner.end();
  await world.close();
});

const days = (count: number) => new Date(testNow.getTime() + count * 86_400_000);

async function react(kind: string, applicationId: string, personId: string): Promise<void> {
  await applicationReactions({ origin: 'http://localhost:3000' })[kind]?.(world.as(system), { applicationId, personId, outboxId: 1 });
}

async function takenBack(actor: OfficeActor, id: string, now = testNow) {
  const ctx = world.as(actor, now);
  return await run(revokeDeath, ctx, { id, version: await versionOf(ctx, id), note: 'ご本人が来局' }, newId());
}

async function diedOn(doctor: DoctorActor): Promise<unknown> {
  const { rows } = await owner.query<{ died_on: unknown }>('SELECT died_on FROM person WHERE id = $1', [doctor.personId]);
  return rows[0]?.died_on;
}

describe('入力した担当者と承認する担当者(screens.md O-06, O-11)', () => {
  test('担当者が2名以上の事務局では、入力した担当者は承認できず、別の担当者が承認する', async () => {
    const doctor = await memberOf(world, kita);
    const id = await filedLeave(world, { actor: entering, doctor, ground: grounds.request, leave: [kita] });
    expect(must(await ask(officeApplication, world.as(entering), { id })).may).not.toContain('approve');
    const refused = { ok: false, refusal: { code: 'forbidden', message: anotherPerson } };
    expect(await approveLeaveAs(world.as(entering), id, '2026-01-10')).toMatchObject(refused);
    must(await approveLeaveAs(world.as(colleague), id, '2026-01-10'));
  });
});

describe('一人だけの事務局(screens.md O-06)', () => {
  test('入力した本人が承認でき、そのことが残る', async () => {
    const doctor = await memberOf(world, minato);
    const [alone] = await world.offices(minato);
    if (alone === undefined) throw new Error('no office');
    const id = await filedLeave(world, { actor: alone, doctor, ground: grounds.request, leave: [minato] });
    const seen = must(await ask(officeApplication, world.as(alone), { id }));
    expect(seen.twoPersons).toMatchObject({ entered: true, alone: true, mine: false });
    must(await approveLeaveAs(world.as(alone), id, '2026-01-10'));
    const step = await owner.query('SELECT decided_alone FROM application_step WHERE application_id = $1 AND association_id = $2', [
      id,
      minato,
    ]);
    expect(step.rows).toEqual([{ decided_alone: true }]);
  });
});

describe('郵送する文書(screens.md O-10, O-11、L-03, L-04)', () => {
  test('申請前から、宛先・内容・保留の期限を示し、ほかの医師会には渡らない', async () => {
    const doctor = await memberOf(world, kita);
    const draft = await draftedLeave(world, { actor: entering, doctor, ground: grounds.missing, leave: [kita] });
    const { letter, number } = must(await ask(proxyLetter, world.as(colleague), { id: draft.id }));
    expect(number).toBe('');
    expect(letter).toMatchObject({
      title: '代理申請のお知らせ',
      to: ['〒530-0001', '大阪府大阪市北区梅田1-1', '日医 太郎 様'],
      from: ['大阪市北区医師会'],
    });
    expect(letter.rows.find((row) => row.label === '申請先')?.lines).toEqual(['大阪市北区医師会', '大阪府医師会', '日本医師会']);
    expect(letter.after[0]).toContain('2026/01/22');
    const [, prefecture] = await world.offices(kita);
    if (prefecture === undefined) throw new Error('no office');
    expect(await ask(proxyLetter, world.as(prefecture), { id: draft.id })).toMatchObject({ ok: false, refusal: { code: 'notFound' } });
  });

  test('死亡のときはご遺族への文書になり、PDFとして印刷できる', async () => {
    const doctor = await memberOf(world, kita);
    const id = await registeredDeath(world, { actor: entering, doctor });
    const ctx = world.as(colleague);
    const { letter } = must(await ask(proxyLetter, ctx, { id }));
    expect(letter.title).toBe('ご遺族へのお知らせ');
    expect(letter.to.slice(-2)).toEqual(['故 日医 太郎 様', 'ご遺族 様']);
    const bytes = await ctx.render.print(letterTemplate, letter);
    expect(
      Buffer.from(bytes ?? [])
        .subarray(0, 5)
        .toString('latin1'),
    ).toBe('%PDF-');
  });
});

describe('死亡登録の取消(screens.md O-11)', () => {
  test('別の担当者が取り消すと、会員資格・ログイン・進行中だった届がすべて戻り、台帳には両方が残る', async () => {
    const doctor = await memberOf(world, kita);
    await alsoMemberOf(world, minato, doctor);
    const before = await periodsOfPerson(world, doctor);
    const elsewhere = await fileWithdrawal(world.as(doctor), { leave: [minato], wishedOn: '2026-03-31' });
    const [far] = await world.offices(minato);
    if (far === undefined) throw new Error('no office');
    const id = await registeredDeath(world, { actor: entering, doctor });
    await react('person.died', id, doctor.personId);
    must(await approveLeaveAs(world.as(colleague), id, '2026-01-10'));
    const { rows } = await owner.query<{ id: string }>(
      `SELECT id FROM application WHERE person_id = $1 AND form ->> 'ground' = 'death' AND id <> $2`,
      [doctor.personId, id],
    );
    const other = rows[0]?.id ?? '';
    must(await approveLeaveAs(world.as(far), other, '2026-01-10'));
    expect((await periodsOfPerson(world, doctor)).every(([, , left]) => left === '2026-01-10')).toBe(true);

    expect(await takenBack(entering, id)).toMatchObject({ ok: false, refusal: { code: 'forbidden', message: anotherPerson } });
    expect(await takenBack(far, other)).toMatchObject({ ok: false, refusal: { code: 'forbidden' } });
    must(await takenBack(colleague, id));
    expect(await diedOn(doctor)).toBeNull();
    expect((await statesOf(world, id))[0]).toBe('cancelled');
    expect(await takenBack(colleague, id)).toMatchObject({ ok: false, refusal: { code: 'conflict' } });

    await react('person.deathWithdrawn', id, doctor.personId);
    await react('person.deathWithdrawn', id, doctor.personId);
    expect(await periodsOfPerson(world, doctor)).toEqual(before);
    expect((await statesOf(world, other))[0]).toBe('cancelled');
    expect((await statesOf(world, elsewhere.id)).slice(0, 2)).toEqual(['submitted', 'arrived']);
    expect(must(await run(restoreAfterDeath, world.as(system), { id }, newId()))).toEqual({ taken: [], reopened: [] });
    const events = await owner.query<{ kind: string; n: number }>(
      `SELECT kind, count(*)::int AS n FROM membership_event WHERE person_id = $1 AND kind IN ('left', 'annulled') GROUP BY kind ORDER BY kind`,
      [doctor.personId],
    );
    expect(events.rows.map((row) => row.kind)).toEqual(['annulled', 'left']);
    expect(events.rows[0]?.n).toBe(events.rows[1]?.n);
    must(await approveLeaveAs(world.as(far), elsewhere.id, '2026-03-31'));
  });

  test('差戻し中だった届は差戻しのまま戻り、承認前の登録も取り消せる', async () => {
    const member = await memberOf(world, minato);
    const first = await filed(world, kita, member);
    const back = { id: first.id, version: await versionOf(world.as(colleague), first.id), reasons: ['R05'], message: 'ご確認ください' };
    must(await run(returnCase, world.as(colleague), back, newId()));
    const [far] = await world.offices(minato);
    if (far === undefined) throw new Error('no office');
    const id = await registeredDeath(world, { actor: far, doctor: member });
    await react('person.died', id, member.personId);
    expect((await statesOf(world, first.id))[0]).toBe('cancelled');
    must(await takenBack(far, id));
    await react('person.deathWithdrawn', id, member.personId);
    expect((await statesOf(world, first.id)).slice(0, 2)).toEqual(['returned', 'returned']);
    expect((await statesOf(world, id)).slice(0, 2)).toEqual(['cancelled', 'skipped']);
  });

  test('登録から30日を過ぎると取り消せない', async () => {
    const doctor = await memberOf(world, kita);
    const id = await registeredDeath(world, { actor: entering, doctor });
    const late = await takenBack(colleague, id, days(31));
    expect(late).toMatchObject({ ok: false, refusal: { code: 'conflict', message: expect.stringContaining('30日を過ぎている') } });
    const last = must(await ask(officeApplication, world.as(colleague, days(30)), { id }));
    expect(last.deathRevocation).toEqual({ until: '2026-02-14', why: undefined });
    must(await takenBack(colleague, id, days(30)));
  });
});
