import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { DoctorActor, OfficeActor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { contentLine } from '#features/member-notification/content-labels.ts';
import { memberNotificationReactions } from '#features/member-notification/reactions.ts';
import { facilityDetail } from '#features/membership/queries/facilities.ts';
import { must, system } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import type { EventPayload } from '#platform/jobs/reactions.ts';
import type { FacilityGround } from '#support/facility-ground.ts';
import { facilityGround, worksAt } from '#support/facility-ground.ts';
import { mailsOf } from '#support/staff-with-mail.ts';
import { approveProposal, rejectProposal } from './commands/decide.ts';
import { followMerged } from './commands/follow.ts';
import { carryOutMerge, mergeDuplicates, withdrawMerge } from './commands/merge.ts';
import { reportDuplicate } from './commands/report.ts';
import { carryOutMerges } from './daily.ts';
import { proposalDetail } from './queries/proposal.ts';
import { proposalList } from './queries/proposals.ts';
import { facilityProposalReactions } from './reactions.ts';

/** Two people are very many here, and a job carries one. */
vi.mock('./rules.ts', async (original) => ({ ...(await original<object>()), mostAtOnce: 1, portion: 1 }));

let ground: FacilityGround;
let third: DoctorActor;

beforeAll(async () => {
  ground = await facilityGround();
  third = await worksAt(ground.world, { facilityId: ground.annexId });
  await ground.world.database.system.query(`UPDATE person SET mail = 'doctor-' || id || '@example.jp' WHERE id = ANY ($1::uuid[])`, [
    [third.personId, ground.colleague.personId],
  ]);
});
afterAll(async () => {
  await ground.world.close();
});

const onDay = new Date('2026-04-01T03:00:00Z');
const by = (actor: OfficeActor, at?: Date) => ground.world.as(actor, at);
const detailOf = async (id: string, at?: Date) => must(await ask(proposalDetail, by(ground.jma, at), { id }));

async function forwarded(otherId: string): Promise<string> {
  const { district, prefecture, clinicId } = ground;
  const { id } = must(await run(reportDuplicate, by(district), { id: clinicId, otherId, reason: '同じ施設です' }, newId()));
  const { version } = must(await ask(proposalDetail, by(prefecture), { id }));
  must(await run(approveProposal, by(prefecture), { id, version, answer: '' }, newId()));
  return id;
}

async function workplaces(doctor: DoctorActor): Promise<string[]> {
  const { rows } = await ground.world.database.system.query<{ line: string }>(
    `SELECT DISTINCT concat_ws(' ', facility_id, starts_on, ends_on) AS line FROM membership_phase WHERE person_id = $1 ORDER BY line`,
    [doctor.personId],
  );
  return rows.map((row) => row.line);
}

async function events(kind: string): Promise<EventPayload[]> {
  const { rows } = await ground.world.database.system.query<{ id: string; payload: EventPayload }>(
    'SELECT id, payload FROM outbox WHERE kind = $1 ORDER BY id',
    [kind],
  );
  return rows.map((row) => ({ outboxId: row.id, ...row.payload }));
}

const resultMails = async () => (await mailsOf(ground.world, 'M-46')).map((mail) => mail.body.split('\n').slice(2, 4).join(' '));

async function tellResults(): Promise<void> {
  for (const payload of await events('facility.proposalSettled'))
    await facilityProposalReactions['facility.proposalSettled']?.(ground.world.as(system), payload);
}

describe('統合日を決めた統合(screens.md J-06)', () => {
  test('統合日まで何も変わらず、取り消せ、統合日に閉鎖され、所属する医師は少しずつ移り、本人と医師会に1回ずつ知らされる', async () => {
    const { jma, prefecture, district, clinicId, annexId, emptyId, colleague } = ground;
    const id = await forwarded(annexId);
    const decision = { id, version: 2, stays: clinicId, confirmed: '1', on: '2026/04/01', answer: '年度替わり' };
    for (const [on, message] of [
      ['2026/01/14', '統合日は本日以降の日付を入力してください'],
      ['2027/01/17', '統合日は1年以内の日付を入力してください'],
    ])
      expect(await run(mergeDuplicates, by(jma), { ...decision, on }, newId())).toMatchObject({ refusal: { fields: { on: [message] } } });
    expect(await run(mergeDuplicates, by(jma), { ...decision, confirmed: '' }, newId())).toMatchObject({
      refusal: { fields: { confirmed: [expect.any(String)] } },
    });
    expect(must(await run(mergeDuplicates, by(jma), decision, newId()))).toEqual({ state: 'planned' });
    expect(await detailOf(id)).toMatchObject({
      planned: { on: '2026-04-01', staysId: clinicId },
      may: { merge: false, unplan: true },
      facilities: [{ people: 1 }, { people: 2 }],
    });
    expect(must(await ask(proposalList, by(jma), {})).rows).toMatchObject([{ id, state: 'planned' }]);
    expect(await run(rejectProposal, by(jma), { id, version: 3, answer: '別の施設' }, newId())).toMatchObject({ ok: false });
    const other = await forwarded(emptyId);
    const second = { ...decision, id: other, on: '' };
    expect(await run(mergeDuplicates, by(jma), second, newId())).toMatchObject({
      refusal: { code: 'conflict', message: expect.stringContaining('別の統合') },
    });
    expect(await run(withdrawMerge, by(prefecture), { id, version: 3 }, newId())).toMatchObject({ refusal: { code: 'forbidden' } });
    expect(must(await run(withdrawMerge, by(jma), { id, version: 3 }, newId()))).toEqual({ state: 'forwarded' });
    await tellResults();
    expect(must(await run(mergeDuplicates, by(jma), { ...decision, version: 4 }, newId()))).toEqual({ state: 'planned' });
    await tellResults();
    expect(await resultMails()).toEqual(
      expect.arrayContaining(['結果:統合の予定の取消(日本医師会) ', '結果:統合予定(日本医師会) 統合日:2026/04/01']),
    );

    await carryOutMerges(ground.world.as(system, new Date('2026-03-31T14:59:00Z')));
    expect(await run(carryOutMerge, ground.world.as(system), { id })).toMatchObject({ refusal: { code: 'conflict' } });
    expect(await run(carryOutMerge, by(jma, onDay), { id })).toMatchObject({ refusal: { code: 'forbidden' } });
    expect(await workplaces(third)).toEqual([`${annexId} 2025-12-01`]);
    expect(await run(withdrawMerge, by(jma, onDay), { id, version: 5 }, newId())).toMatchObject({ refusal: { code: 'conflict' } });
    for (let round = 0; round < 2; round += 1) await carryOutMerges(ground.world.as(system, onDay));
    expect(await detailOf(id, onDay)).toMatchObject({ state: 'merged', left: 2, decided: { name: jma.displayName, answer: '年度替わり' } });
    const closed = must(await ask(facilityDetail, by(district, onDay), { id: annexId }));
    expect(closed).toMatchObject({ open: false, closed: { on: '2026-04-01', into: '北区さくら医院' } });

    // Each job carries one and hands on; heard again, also a day later, it goes on with who is left.
    const late = ground.world.as(system, new Date('2026-04-02T03:00:00Z'));
    for (let round = 0; round < 4; round += 1)
      for (const payload of await events('facility.followContinued'))
        await facilityProposalReactions['facility.followContinued']?.(late, payload);
    for (const doctor of [third, colleague])
      expect(await workplaces(doctor)).toEqual([`${annexId} 2025-12-01 2026-03-31`, `${clinicId} 2026-04-01`].toSorted());
    expect((await detailOf(id, onDay)).left).toBe(0);
    const told = await events('facility.memberFollowed');
    expect(told.map((payload) => String(payload['personId'])).toSorted()).toEqual([third.personId, colleague.personId].toSorted());
    const audits = await ground.world.database.system.query<{ person_ids: string[] }>(
      `SELECT person_ids FROM audit_event WHERE action = 'facility.followMerged' AND cardinality(person_ids) > 0`,
    );
    expect(audits.rows.map((row) => row.person_ids.length)).toEqual([1, 1]);
    for (let round = 0; round < 2; round += 1)
      for (const payload of told) {
        await facilityProposalReactions['facility.memberFollowed']?.(late, payload);
        await memberNotificationReactions['facility.memberFollowed']?.(late, payload);
      }
    const mails = await mailsOf(ground.world, 'M-27');
    expect(mails.map((mail) => mail.to).toSorted()).toEqual(
      [third, colleague].map((one) => `doctor-${one.personId}@example.jp`).toSorted(),
    );
    expect(mails[0]?.body).toContain('変更した医師会:日本医師会\n日付:2026/04/01から');
    expect(mails[0]?.body).not.toContain('さくら');
    const news = await ground.world.database.system.query<{ association: number; fields: string[] }>(
      `SELECT association_id AS association, fields FROM member_notification WHERE person_id = $1 AND deed = 'profileChanged' ORDER BY 1`,
      [third.personId],
    );
    expect(news.rows).toEqual([27_000, 27_001].map((association) => ({ association, fields: ['facility'] })));
    const said = { deed: 'profileChanged', about: '', also: [], more: 0, on: null, categoryBefore: null, categoryAfter: null } as const;
    expect(contentLine({ ...said, fields: ['facility'], changes: [] })).toBe('所属施設');
    const stray = { facilityId: clinicId, personIds: [third.personId], reason: '統合', sourceId: 0 };
    expect(await run(followMerged, late, stray)).toMatchObject({ ok: false });
    expect(await run(followMerged, by(jma), { ...stray, facilityId: annexId })).toMatchObject({ refusal: { code: 'forbidden' } });
  });
});
