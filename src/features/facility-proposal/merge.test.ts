import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OfficeActor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { facilitySearch } from '#features/facility/queries/facility.ts';
import { facilityDetail } from '#features/membership/queries/facilities.ts';
import { must, system } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import type { FacilityGround } from '#support/facility-ground.ts';
import { facilityGround, worksAt } from '#support/facility-ground.ts';
import { approveProposal, rejectProposal } from './commands/decide.ts';
import { mergeDuplicates } from './commands/merge.ts';
import { reportDuplicate } from './commands/report.ts';
import { proposalDetail } from './queries/proposal.ts';
import { proposalList } from './queries/proposals.ts';
import { facilityProposalReactions } from './reactions.ts';

let ground: FacilityGround;

beforeAll(async () => {
  ground = await facilityGround();
});
afterAll(async () => {
  await ground.world.close();
});

const by = (actor: OfficeActor) => ground.world.as(actor);
const reason = '同じ住所の同じ施設です';
const versionOf = async (actor: OfficeActor, id: string) => must(await ask(proposalDetail, by(actor), { id })).version;

const reported = async (id = ground.clinicId, otherId = ground.annexId, actor = ground.district) =>
  await run(reportDuplicate, by(actor), { id, otherId, reason }, newId());

async function forwarded(): Promise<string> {
  const { id } = must(await reported());
  const { prefecture } = ground;
  const version = await versionOf(prefecture, id);
  expect(must(await run(approveProposal, by(prefecture), { id, version, answer: '' }, newId()))).toEqual({ state: 'forwarded' });
  return id;
}

async function phasesOf(personId: string) {
  const { rows } = await ground.world.database.system.query<{ association: number; facility: string; from: string; to: string | null }>(
    `SELECT association_id AS association, facility_id AS facility, starts_on::text AS from, ends_on::text AS to FROM membership_phase
     WHERE person_id = $1 ORDER BY association_id, starts_on`,
    [personId],
  );
  return rows;
}

describe('重複の報告と統合(screens.md O-14, J-06)', () => {
  test('同じ施設、無い施設、日本医師会からの報告は受け付けず、却下できる', async () => {
    const { clinicId, emptyId, jma, prefecture, elsewhere } = ground;
    for (const otherId of ['', clinicId, newId()])
      expect(await reported(clinicId, otherId)).toMatchObject({ refusal: { fields: { otherId: [expect.any(String)] } } });
    expect(await reported(clinicId, emptyId, jma)).toMatchObject({ refusal: { code: 'forbidden' } });
    expect(await reported(emptyId, clinicId)).toMatchObject({ refusal: { code: 'notFound' } });
    const { id } = must(await reported());
    for (const stranger of [jma, elsewhere])
      expect(await ask(proposalDetail, by(stranger), { id })).toMatchObject({ refusal: { code: 'notFound' } });
    const decision = { id, version: 1, stays: clinicId, confirmed: '1', answer: '' };
    expect(await run(mergeDuplicates, by(prefecture), decision, newId())).toMatchObject({ refusal: { code: 'forbidden' } });
    expect(await run(mergeDuplicates, by(jma), decision, newId())).toMatchObject({ refusal: { code: 'notFound' } });
    must(await run(rejectProposal, by(prefecture), { id, version: 1, answer: '別の施設です' }, newId()));
  });

  test('都道府県医師会が承認した報告を日本医師会が却下すると、報告した医師会に理由が届く', async () => {
    const { jma, prefecture } = ground;
    const id = await forwarded();
    await facilityProposalReactions['facility.proposalSettled']?.(ground.world.as(system), { proposalId: id });
    expect(must(await ask(proposalList, by(jma), {}))).toMatchObject({ tab: 'merge', rows: [{ id, state: 'forwarded' }] });
    const late = await run(rejectProposal, by(prefecture), { id, version: 2, answer: '取り消したい' }, newId());
    expect(late).toMatchObject({ refusal: { code: 'forbidden' } });
    must(await run(rejectProposal, by(jma), { id, version: 2, answer: '本院と分院です' }, newId()));
    await facilityProposalReactions['facility.proposalSettled']?.(ground.world.as(system), { proposalId: id });
    const { rows } = await ground.world.database.system.query<{ template: string; to_address: string; body: string }>(
      'SELECT template, to_address, body FROM mail_message WHERE dedupe_key LIKE $1 ORDER BY created_at, id',
      [`M-__:facility:${id}:%`],
    );
    expect(rows.map((row) => [row.template, row.to_address])).toEqual(
      expect.arrayContaining([
        ['M-40', ground.mailOf.jma],
        ['M-46', ground.mailOf.district],
      ]),
    );
    expect(rows.at(-1)?.body).toContain('結果:却下(日本医師会)\n理由:本院と分院です');
    expect(must(await ask(proposalDetail, by(jma), { id })).state).toBe('rejected');
    expect(must(await ask(proposalList, by(jma), {})).rows).toEqual([]);
  });

  test('統合すると、一つは本日付けで閉鎖され、所属する医師は本日から残った施設の所属になり、前日までは変わらない', async () => {
    const { jma, district, clinicId, annexId, doctor, colleague, world } = ground;
    const id = await forwarded();
    const decision = { id, version: 2, stays: clinicId, confirmed: '', answer: '確認しました' };
    expect(await run(mergeDuplicates, by(jma), { ...decision, stays: '' }, newId())).toMatchObject({
      refusal: { fields: { stays: [expect.any(String)] } },
    });
    expect(await run(mergeDuplicates, by(jma), decision, newId())).toMatchObject({
      refusal: { fields: { confirmed: [expect.any(String)] } },
    });
    const shown = must(await ask(proposalDetail, by(jma), { id }));
    expect(shown.facilities.map((one) => one.people)).toEqual([1, 1]);
    const before = await phasesOf(doctor.personId);
    const key = newId();
    const merged = must(await run(mergeDuplicates, by(jma), { ...decision, confirmed: '1' }, key));
    expect(must(await run(mergeDuplicates, by(jma), { ...decision, confirmed: '1' }, key))).toEqual(merged);
    expect(await run(mergeDuplicates, by(jma), { ...decision, confirmed: '1' }, newId())).toMatchObject({ refusal: { code: 'conflict' } });
    const lines = await phasesOf(colleague.personId);
    for (const association of [0, 27_000, 27_001])
      expect(lines.filter((line) => line.association === association)).toEqual([
        { association, facility: annexId, from: '2025-12-01', to: '2026-01-14' },
        { association, facility: clinicId, from: '2026-01-15', to: null },
      ]);
    expect(await phasesOf(doctor.personId)).toEqual(before);
    const closed = must(await ask(facilityDetail, by(district), { id: annexId }));
    expect(closed).toMatchObject({ open: false, closed: { on: '2026-01-15', into: '北区さくら医院' } });
    expect(closed.history).toMatchObject([{ what: '統合により閉鎖(北区さくら医院)', decider: '日本医師会' }]);
    const stays = must(await ask(facilityDetail, by(district), { id: clinicId }));
    expect(stays.history[0]?.what).toBe('ほかの施設を統合(北区さくら医院 分院)');
    expect(must(await ask(facilitySearch, by(district), { q: '北区さくら', prefecture: '27' })).map((row) => row.id)).toEqual([clinicId]);
    const { rows } = await world.database.system.query<{ person_ids: string[]; outcome: string }>(
      `SELECT person_ids FROM audit_event WHERE action = 'facility.merge' AND target = $1 AND cardinality(person_ids) > 0`,
      [id],
    );
    expect(rows.map((row) => row.person_ids)).toEqual([[colleague.personId]]);
  });

  test('閉鎖した施設を選んでいた届は、承認されると統合先の所属になる', async () => {
    const late = await worksAt(ground.world, { facilityId: ground.annexId }, '2026-01-10');
    expect(new Set((await phasesOf(late.personId)).map((line) => line.facility))).toEqual(new Set([ground.clinicId]));
  });
});
