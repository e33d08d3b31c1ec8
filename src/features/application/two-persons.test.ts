import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OfficeActor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { planSettings } from '#features/association/commands/plan-settings.ts';
import { associationSettings } from '#features/association/schema.ts';
import { createAccount } from '#features/identity/commands/create-account.ts';
import { createStaffMember } from '#features/staff/commands/create-staff-member.ts';
import { approveAs, fileJoin, must, system, versionOf } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import type { World } from '#support/world.ts';
import { createWorld, testNow } from '#support/world.ts';
import { returnCase } from './commands/return-case.ts';
import { officeApplication } from './queries/office-application.ts';
import { decision } from './queries/office-decision.ts';

/** 2名での承認 on PostgreSQL (`rules.md 4.1`, `screens.md O-05, O-06`). */

const kita = 27_001;
/** After the settings of the beforeAll have begun. */
const later = new Date(testNow.getTime() + 20 * 86_400_000);
let world: World;
let owner: Client;
let umeda: OfficeActor;
let colleague: OfficeActor;
let prefecture: OfficeActor;

let hired = 0;

async function hire(office: OfficeActor, name: string): Promise<OfficeActor> {
  hired += 1;
  const loginId = `two-persons-${hired}`;
  const made = { displayName: name, mail: `${loginId}@example.jp`, kind: 'staff' } as const;
  const ctx = world.as(system);
  const { accountId } = must(await createAccount(ctx, { loginId, password: 'TwoPersons2026!' }, made));
  const person = { surname: name, givenName: '優', surnameKana: 'ウメダ', givenNameKana: 'ユウ', validUntil: '2099-03-31' };
  must(await run(createStaffMember, ctx, { accountId, associationId: office.associationId, role: 'clerk', ...person }));
  return { ...office, accountId, role: 'clerk', displayName: `${name} 優` };
}

async function askTwoPersons(office: OfficeActor): Promise<void> {
  const wanted = { ...associationSettings.parse({}), twoPersonDecision: ['join'], startsOn: '2026-02-01', reason: '内部統制', version: 1 };
  must(await run(planSettings, world.as(office), wanted, newId()));
}

beforeAll(async () => {
  world = await createWorld();
  owner = new Client({ connectionString: world.ownerUrl });
  await owner.connect();
  const [district, above] = await world.offices(kita);
  if (district === undefined || above === undefined) throw new Error('no chain');
  prefecture = above;
  await askTwoPersons(district);
  umeda = await hire(district, '梅田');
  colleague = await hire(district, '芝');
});
afterAll(async () => {
  await owner.end();
  await world.close();
});

async function filed(lowestAssociationId = kita): Promise<string> {
  return (await fileJoin(world.as(await world.doctor(), later), { lowestAssociationId, wishedOn: '2026-03-01' })).id;
}

async function approveBy(actor: OfficeActor, id: string, decidedOn = '2026-03-01') {
  return await approveAs(world.as(actor, later), id, { decidedOn });
}

async function seen(actor: OfficeActor, id: string) {
  return must(await ask(officeApplication, world.as(actor, later), { id }));
}

async function memberships(id: string): Promise<number> {
  const { rows } = await owner.query<{ n: number }>(
    'SELECT count(*)::int AS n FROM membership_event e JOIN application a ON a.person_id = e.person_id WHERE a.id = $1',
    [id],
  );
  return rows[0]?.n ?? 0;
}

const anotherPerson = 'ご自身が入力または申請した届のため、別の担当者が処理してください。';

describe('2名での承認', () => {
  test('1人目の承認は記録されるだけで、2人目の承認で会員になり次の医師会に届く', async () => {
    const id = await filed();
    expect((await seen(umeda, id)).twoPersons).toEqual({ alone: false, entered: false, mine: false, first: undefined });
    expect(must(await approveBy(umeda, id))).toMatchObject({ waitsForSecond: true, completed: false, nextAssociation: null });
    expect(await memberships(id)).toBe(0);
    const waiting = await seen(colleague, id);
    expect(waiting).toMatchObject({
      state: 'submitted',
      own: { state: 'received', decidedOn: null },
      twoPersons: { mine: false, first: { by: '梅田 優' } },
    });
    expect(waiting.steps[1]?.state).toBe('waiting');
    expect(waiting.history.at(-1)).toMatchObject({ label: '承認(1人目)', actorName: '梅田 優', decidedOn: '2026-03-01' });
    expect(must(await approveBy(colleague, id))).toMatchObject({ waitsForSecond: false, nextAssociation: prefecture.associationName });
    expect(await memberships(id)).toBe(1);
    expect((await seen(prefecture, id)).steps[0]).toMatchObject({ state: 'approved', decidedBy: '芝 優', decidedAlone: false });
  });

  test('同じ人は2人目になれず、別の担当者が処理するよう示される', async () => {
    const id = await filed();
    must(await approveBy(umeda, id));
    expect(await approveBy(umeda, id)).toMatchObject({ refusal: { code: 'forbidden', message: anotherPerson } });
    const mine = await seen(umeda, id);
    expect(mine.twoPersons?.mine).toBe(true);
    expect(mine.may).not.toContain('approve');
    expect(mine.may).toContain('return');
    expect((await seen(colleague, id)).may).toContain('approve');
    expect(await memberships(id)).toBe(0);
  });

  test('2人目の画面は1人目の日付から始まり、異なる日付ならあらためて2名が要る', async () => {
    const id = await filed();
    must(await approveBy(umeda, id, '2026-03-05'));
    const page = must(await ask(decision, world.as(colleague, later), { id }));
    expect(page).toMatchObject({ proposedOn: '2026-03-05', twoPersons: { mine: false, first: { by: '梅田 優' } } });
    const other = must(await ask(decision, world.as(colleague, later), { id, decidedOn: '2026-03-06' }));
    expect(other.findings).toContainEqual({
      level: 'warn',
      code: 'differsFromFirst',
      text: expect.stringContaining('1人目の承認(2026/03/05、梅田 優)'),
    });
    expect(must(await approveBy(colleague, id, '2026-03-06'))).toMatchObject({ waitsForSecond: true });
    expect(await approveBy(colleague, id, '2026-03-06')).toMatchObject({ refusal: { message: anotherPerson } });
    expect(must(await approveBy(umeda, id, '2026-03-06'))).toMatchObject({ waitsForSecond: false });
  });

  test('差戻しのあとは、1人目の承認からやり直す', async () => {
    const id = await filed();
    must(await approveBy(umeda, id));
    const ctx = world.as(colleague, later);
    const returned = { id, version: await versionOf(ctx, id), reasons: ['R04'], fields: [], message: 'ご確認ください。' };
    must(await run(returnCase, ctx, returned, newId()));
    expect((await seen(umeda, id)).twoPersons).toBeUndefined();
  });

  test('2人が同時に承認しても、数えられるのは1人だけ', async () => {
    const id = await filed();
    // Both have the same case before them, however late the second one presses.
    const seenBoth = { decidedOn: '2026-03-01', version: await versionOf(world.as(umeda, later), id) };
    const both = await Promise.all([umeda, colleague].map(async (actor) => await approveAs(world.as(actor, later), id, seenBoth)));
    expect(both.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(both.find((outcome) => !outcome.ok)).toMatchObject({ refusal: { code: 'conflict' } });
    expect(await memberships(id)).toBe(0);
  });

  test('処理中の届は、申請時の版のまま1名で承認できる', async () => {
    const { id } = await fileJoin(world.as(await world.doctor()), { lowestAssociationId: kita, wishedOn: '2026-03-01' });
    expect(must(await approveBy(umeda, id))).toMatchObject({ waitsForSecond: false });
  });

  test('担当者が1名の事務局は1名で承認でき、次の医師会に示される', async () => {
    const [office] = await world.offices(27_002);
    if (office === undefined) throw new Error('no office');
    await askTwoPersons(office);
    const only = await hire(office, '都島');
    const id = await filed(27_002);
    expect((await seen(only, id)).twoPersons).toMatchObject({ alone: true, mine: false });
    expect(must(await approveBy(only, id))).toMatchObject({ waitsForSecond: false });
    expect((await seen(prefecture, id)).steps[0]).toMatchObject({ decidedBy: '都島 優', decidedAlone: true });
  });
});
