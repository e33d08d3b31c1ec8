import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OfficeActor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { planSettings } from '#features/association/commands/plan-settings.ts';
import { settingsHistory } from '#features/association/queries/settings-history.ts';
import { associationSettings } from '#features/association/schema.ts';
import { approveAs, fileJoin, must } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { staffLogin } from '#support/logins.ts';
import type { World } from '#support/world.ts';
import { createWorld, testNow } from '#support/world.ts';
import { hideFirstSteps } from '../commands/hide-first-steps.ts';
import { officeTop } from './office-top.ts';

const kita = 27001;
let world: World;
let district: OfficeActor;
let prefecture: OfficeActor;

beforeAll(async () => {
  world = await createWorld();
  const [lowest, middle] = await world.offices(kita);
  if (lowest === undefined || middle === undefined) throw new Error('no chain');
  [district, prefecture] = [lowest, middle];
  for (const days of [10, 1, 2]) {
    const doctor = await world.doctor();
    const { id } = await fileJoin(world.as(doctor, new Date(testNow.getTime() - days * 86_400_000)), {
      lowestAssociationId: kita,
      wishedOn: '2026-02-01',
    });
    if (days === 2) must(await approveAs(world.as(district), id, { decidedOn: '2026-02-01' }));
  }
});
afterAll(async () => {
  await world.close();
});

describe('事務局のTOP', () => {
  test('要対応の件数と7日以上、次の効力発生日、会員数', async () => {
    const top = must(await ask(officeTop, world.as(district), {}));
    expect(top.work).toMatchObject({
      join: { cases: 2, late: 1 },
      transfer: { cases: 0, late: 0 },
      withdrawal: { cases: 0 },
      confirming: { cases: 0, late: 0 },
      resubmitted: { cases: 0 },
      tasks: [],
    });
    expect(top.work.ahead.map((one) => one.on)).toEqual(['2026-02-01']);
    expect(top.members).toEqual({ today: 0, change: 0, periodLabel: '2025年度3期(12–3月)' });
    expect(top.staff).toEqual({ people: 0, deciders: 0, admins: 0 });
    const later = must(await ask(officeTop, world.as(district, new Date('2026-02-01T03:00:00Z')), {}));
    expect(later.members).toMatchObject({ today: 1, change: 1 });
    expect(later.work.ahead).toEqual([]);
  });

  test('新着情報は、環境設定の新しい版が始まる日にだけ、それを知らせる', async () => {
    const { revision } = must(await ask(settingsHistory, world.as(prefecture), {}));
    const wanted = { ...associationSettings.parse({}), transferOrder: 'leave_first', startsOn: '2026-02-10', reason: '見直し' };
    const { version } = must(await run(planSettings, world.as(prefecture), { ...wanted, version: revision }, newId()));
    const on = async (day: string) => must(await ask(officeTop, world.as(prefecture, new Date(`${day}T03:00:00Z`)), {})).settingsToday;
    expect([await on('2026-01-15'), await on('2026-02-09'), await on('2026-02-10'), await on('2026-02-11')]).toEqual([
      undefined,
      undefined,
      version,
      undefined,
    ]);
  });

  test('はじめの一歩は実際の登録から済になり、本人が隠せる', async () => {
    const owner = new Client({ connectionString: world.ownerUrl });
    await owner.connect();
    const [{ accountId }, other] = [
      await staffLogin(owner, { associationId: kita, role: 'admin' }),
      await staffLogin(owner, { associationId: kita, role: 'admin' }),
    ];
    await owner.end();
    const steps = async (actor: OfficeActor) => must(await ask(officeTop, world.as(actor), {})).firstSteps;
    const done = (shown: Awaited<ReturnType<typeof steps>>) => shown.steps.map((step) => step.done);
    const me = { ...district, accountId };
    // 環境設定、事務局ユーザー2名、管理者2名、医師会情報、最初の承認
    expect(done(await steps(me))).toEqual([false, true, true, false, true]);
    expect(done(await steps(prefecture))).toEqual([false, false, false, false, false]);
    must(await run(hideFirstSteps, world.as(me), { hidden: 'yes' }));
    expect(await steps(me)).toEqual({ hidden: true, steps: [] });
    expect((await steps({ ...district, accountId: other.accountId })).hidden).toBe(false);
    must(await run(hideFirstSteps, world.as(me), { hidden: 'no' }));
    expect((await steps(me)).hidden).toBe(false);
  });

  test('有効期間の終わりが近い事務局ユーザーと、使われていないアカウントは管理者だけに示される(O-01)', async () => {
    const owner = new Client({ connectionString: world.ownerUrl });
    await owner.connect();
    const { staffId } = await staffLogin(owner, { associationId: 27000, role: 'clerk', validUntil: '2028-03-31' });
    const { rows } = await owner.query<{ made: Date }>('SELECT created_at AS made FROM staff_member WHERE id = $1', [staffId]);
    await owner.end();
    const look = async (now: Date, role: OfficeActor['role'] = 'admin') =>
      must(await ask(officeTop, world.as({ ...prefecture, role }, now), {})).staffNotice;
    const ids = (list: readonly { staffId: string }[] | undefined) => list?.map((one) => one.staffId);
    const soon = await look(new Date((rows[0]?.made.getTime() ?? 0) + 86_400_000));
    expect([ids(soon?.ending), ids(soon?.unused)]).toEqual([[], []]);
    const late = new Date('2028-03-11T03:00:00Z');
    expect([ids((await look(late))?.ending), ids((await look(late))?.unused)]).toEqual([[staffId], [staffId]]);
    expect(await look(late, 'clerk')).toBeUndefined();
  });

  test('上層には届いたものだけが数えられ、外部委託先は断られる', async () => {
    expect(must(await ask(officeTop, world.as(prefecture), {})).work.join.cases).toBe(1);
    expect(await ask(officeTop, world.as({ ...district, role: 'trainingContractor' }), {})).toMatchObject({
      refusal: { code: 'forbidden' },
    });
  });
});
