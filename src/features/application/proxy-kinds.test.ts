import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DoctorActor, OfficeActor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { approveAs, must, system, versionOf } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { decide, periodsOfPerson, statesOf } from '#support/filing.ts';
import { approveUpTo, filed, kita, minato } from '#support/case-mix.ts';
import { destinationOf, groupIn, memberOf, postedCategories, work } from '#support/moving.ts';
import { begun as begunIn, grounds } from '#support/proxying.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';
import { chooseAssociations } from './commands/choose-associations.ts';
import { chooseDestination } from './commands/choose-destination.ts';
import { markOriginals } from './commands/originals.ts';
import { resubmitChange } from './commands/resubmit-move.ts';
import { returnCase } from './commands/return-case.ts';
import { saveChange } from './commands/save-change.ts';
import { saveDetails } from './commands/save-details.ts';
import { saveTransfer } from './commands/save-transfer.ts';
import { submitChange } from './commands/submit-change.ts';
import { submitJoin } from './commands/submit-join.ts';
import { submitTransfer } from './commands/submit-transfer.ts';
import type { ApplicationKind } from './flow.ts';
import { officeApplication } from './queries/office-application.ts';
import { applicationReactions } from './reactions.ts';

/** 入会届 and both 異動届 that an office enters for a doctor (`rules.md 3.10`, `screens.md O-10`). Today is 2026-01-15. */

const osaka = 27_000;
const miyakojima = 27_002;
let world: World;

beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => {
  await world.close();
});

async function office(associationId: number, place = 0): Promise<OfficeActor> {
  const found = (await world.offices(associationId))[place];
  if (found === undefined) throw new Error('no office');
  return found;
}

/** Step 0, as every paper of an office begins. */
async function begun(actor: OfficeActor, doctor: DoctorActor, kind: ApplicationKind): Promise<{ id: string; version: number }> {
  return await begunIn(world, { actor, doctor, ground: grounds.request }, kind);
}

async function detailed(actor: OfficeActor, draft: { id: string; version: number }, details: Record<string, unknown>) {
  return must(await run(saveDetails, world.as(actor), { ...draft, details: { ...work, ...details }, complete: true }));
}

async function join(actor: OfficeActor, doctor: DoctorActor, lowest: number): Promise<string> {
  const ctx = world.as(actor);
  const draft = await begun(actor, doctor, 'join');
  const { ticked, categories, lowestAssociationId } = await destinationOf(world, { to: lowest, from: 0, wishedOn: '', leaveOn: '' });
  const choice = { ...draft, way: 'association', lowestAssociationId, ticked, categories };
  must(await run(chooseAssociations, ctx, choice));
  const papers = { id: draft.id, version: draft.version + 1, kinds: ['licence'] };
  must(await run(markOriginals, ctx, papers, newId()));
  const version = await versionOf(ctx, draft.id);
  const saved = await detailed(actor, { id: draft.id, version }, { facilityUndecided: 'on', wishedOn: '2026/02/01' });
  return must(await run(submitJoin, ctx, saved, newId())).id;
}

async function changed(actor: OfficeActor, doctor: DoctorActor, details: Record<string, unknown>): Promise<string> {
  const ctx = world.as(actor);
  const draft = await begun(actor, doctor, 'change');
  const wish = { reason: 'C06', categories: await postedCategories(world, { [kita]: 'B', 0: 'B' }) };
  must(await run(saveChange, ctx, { ...draft, ...wish, affiliationId: await groupIn(world, doctor, kita) }));
  const saved = await detailed(actor, { id: draft.id, version: draft.version + 1 }, { wishedOn: '2026/02/01', ...details });
  return must(await run(submitChange, ctx, saved, newId())).id;
}

async function moved(actor: OfficeActor, doctor: DoctorActor, to: number): Promise<string> {
  const ctx = world.as(actor);
  const draft = await begun(actor, doctor, 'transfer');
  const { id } = draft;
  must(await run(saveTransfer, ctx, { ...draft, affiliationId: await groupIn(world, doctor, kita), reason: 'T02' }));
  const wish = { to, from: kita, wishedOn: '2026-02-01', leaveOn: '2026-01-31' };
  const destination = await destinationOf(world, wish);
  must(await run(chooseDestination, ctx, { id, version: draft.version + 1, ...destination }));
  const days = { facilityUndecided: 'on', wishedOn: '2026/02/01', leaveOn: '2026/01/31' };
  const saved = await detailed(actor, { id, version: draft.version + 2 }, days);
  return must(await run(submitTransfer, ctx, saved, newId())).id;
}

/** Templates of the mails to a doctor after what happened to a case. */
async function told(doctor: DoctorActor, kind: string, applicationId: string): Promise<string[]> {
  await applicationReactions({ origin: 'http://localhost:3000' })[kind]?.(world.as(system), { applicationId, outboxId: 1 });
  const found = await world.database.system.query<{ template: string }>(
    'SELECT template FROM mail_message WHERE person_id = $1 ORDER BY created_at',
    [doctor.personId],
  );
  return found.rows.map((row) => row.template);
}

describe('入会届の代理申請(rules.md 3.10)', () => {
  test('上層への入会を、最も下層の医師会が原本の確認により申請し、本人はM-19で知る', async () => {
    const first = await filed(world, kita);
    await approveUpTo(world, first, 1);
    const { doctor } = first;
    await told(doctor, 'application.approved', first.id);
    for (const above of [1, 2]) must(await approveAs(world.as(await office(kita, above)), first.id, { decidedOn: '2026-02-01' }));
    const clerk = await office(kita);
    const id = await join(clerk, doctor, miyakojima);
    expect(await statesOf(world, id)).toEqual(['submitted', 'arrived']);
    const templates = await told(doctor, 'application.submitted', id);
    expect(templates).toContain('M-19');
    expect(templates).not.toContain('M-10');
    // The office that entered it has no step of its own in this chain, and follows the case all the same.
    const seen = must(await ask(officeApplication, world.as(clerk), { id }));
    expect(seen.proxyAssociation).toBe('大阪市北区医師会');
    expect(seen.may).not.toContain('approve');
    must(await approveAs(world.as(await office(miyakojima)), id, { decidedOn: '2026-02-01' }));
    expect(await statesOf(world, id)).toEqual(['completed', 'approved']);
    expect((await periodsOfPerson(world, doctor)).map(([association]) => association)).toEqual([miyakojima, kita, osaka, 0]);
  });

  test('ほかの所属で日本医師会の会員である方は、日本医師会へ二重には申請されない', async () => {
    const doctor = await memberOf(world, minato);
    const below = await filed(world, kita, doctor, '2026-01-10');
    must(await approveAs(world.as(await office(kita)), below.id, { decidedOn: '2026-01-10' }));
    must(await approveAs(world.as(await office(kita, 1)), below.id, { decidedOn: '2026-01-10' }));
    const id = await join(await office(kita), doctor, miyakojima);
    expect((await statesOf(world, id)).length).toBe(2);
  });
});

describe('異動届の代理申請(rules.md 3.6, 3.7, 3.10)', () => {
  test('会員区分の変更:入会も退会も発生せず、差戻しは代理申請した医師会が直す', async () => {
    const doctor = await memberOf(world, kita);
    const [district, prefecture] = [await office(kita), await office(kita, 1)];
    const id = await changed(prefecture, doctor, { keepFacility: 'on' });
    expect(await statesOf(world, id)).toEqual(['submitted', 'arrived', 'waiting', 'waiting']);
    const back = { id, version: await versionOf(world.as(district), id), reasons: ['R05'], message: '日付をご確認ください' };
    must(await run(returnCase, world.as(district), back, newId()));
    const again = await detailed(
      prefecture,
      { id, version: await versionOf(world.as(prefecture), id) },
      { keepFacility: 'on', wishedOn: '2026/02/02' },
    );
    must(await run(resubmitChange, world.as(prefecture), again, newId()));
    must(await approveAs(world.as(district), id, { decidedOn: '2026-02-02', categoryCode: 'B' }));
    must(await approveAs(world.as(await office(kita, 2)), id, { decidedOn: '2026-02-02', categoryCode: 'B' }));
    expect((await statesOf(world, id))[0]).toBe('completed');
    expect((await periodsOfPerson(world, doctor)).map((period) => period.slice(1))).toEqual([
      ['2025-12-01', null],
      ['2025-12-01', null],
      ['2025-12-01', null],
    ]);
  });

  test('施設の変更:新しい施設で続く', async () => {
    const doctor = await memberOf(world, kita);
    const id = await changed(await office(kita), doctor, {
      facilityName: '梅田みなみ診療所',
      facilityAddress: '大阪市北区',
      facilityTel: '',
    });
    must(await approveAs(world.as(await office(kita)), id, { decidedOn: '2026-02-01', categoryCode: 'B' }));
    const { rows } = await world.database.system.query<{ name: string }>(
      `SELECT DISTINCT f.name FROM membership_phase p JOIN affiliation a ON a.id = p.affiliation_id JOIN facility f ON f.id = a.facility_id
       WHERE p.person_id = $1 AND p.ends_on IS NULL`,
      [doctor.personId],
    );
    expect(rows).toEqual([{ name: '梅田みなみ診療所' }]);
  });

  test('都道府県をまたぐ異動:異動元の医師会が入力し、両側の承認で一度に移る', async () => {
    const doctor = await memberOf(world, kita);
    const id = await moved(await office(kita), doctor, minato);
    expect(await told(doctor, 'application.submitted', id)).toContain('M-19');
    must(await decide(world.as(await office(kita)), id, { decidedOn: '2026-01-31' }));
    for (const place of [0, 1, 2]) {
      const actor = await office(minato, place);
      const step = (await statesOf(world, id)).length;
      expect(step).toBeGreaterThan(3);
      const outcome = await approveAs(world.as(actor), id, { decidedOn: '2026-02-01' });
      // JMA belongs to both chains and only takes notice.
      if (place < 2) must(outcome);
    }
    expect((await statesOf(world, id))[0]).toBe('completed');
    expect(await periodsOfPerson(world, doctor)).toEqual(
      [
        [kita, '2025-12-01', '2026-01-31'],
        [osaka, '2025-12-01', '2026-01-31'],
        [minato, '2026-02-01', null],
        [13_000, '2026-02-01', null],
        [0, '2025-12-01', null],
      ].toSorted((a, b) => Number(b[0]) - Number(a[0])),
    );
  });

  test('同じ都道府県の中の異動は、異動先がまだ知らない方でも届く', async () => {
    const doctor = await memberOf(world, kita);
    const id = await moved(await office(kita, 1), doctor, miyakojima);
    must(await decide(world.as(await office(kita)), id, { decidedOn: '2026-01-31' }));
    must(await approveAs(world.as(await office(miyakojima)), id, { decidedOn: '2026-02-01' }));
    expect((await statesOf(world, id))[0]).toBe('completed');
    expect((await periodsOfPerson(world, doctor)).filter(([, , left]) => left === null).map(([association]) => association)).toEqual([
      miyakojima,
      osaka,
      0,
    ]);
  });
});
