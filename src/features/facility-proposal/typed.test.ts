import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DoctorActor, OfficeActor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { facilitySearch } from '#features/facility/queries/facility.ts';
import { facilityDetail, facilityList } from '#features/membership/queries/facilities.ts';
import { must } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import type { FacilityGround } from '#support/facility-ground.ts';
import { facilityGround, typedFacility, worksAt } from '#support/facility-ground.ts';
import { approveProposal } from './commands/decide.ts';
import { proposeNew } from './commands/propose.ts';
import { tieFacility } from './commands/tie.ts';
import { newStart, tieStart } from './queries/forms.ts';

let ground: FacilityGround;

beforeAll(async () => {
  ground = await facilityGround();
});
afterAll(async () => {
  await ground.world.close();
});

const by = (actor: OfficeActor) => ground.world.as(actor);

/** A member who works where the master knows nothing of. */
async function worksUnderTypedName(name: string): Promise<{ doctor: DoctorActor; id: string }> {
  const doctor = await worksAt(ground.world, { facilityName: name, facilityAddress: '大阪府大阪市北区堂島1-1' });
  const { rows } = must(await ask(facilityList, by(ground.district), { typed: '1', name }));
  const [found] = rows;
  if (found === undefined) throw new Error('no typed name');
  return { doctor, id: found.id };
}

async function workplacesOf(doctor: DoctorActor) {
  const { rows } = await ground.world.database.system.query<{ facility: string; from: string; to: string | null }>(
    `SELECT DISTINCT facility_id AS facility, starts_on::text AS from, ends_on::text AS to FROM membership_phase
     WHERE person_id = $1 ORDER BY 2`,
    [doctor.personId],
  );
  return rows;
}

describe('未登録の施設名(screens.md O-14)', () => {
  test('施設マスタの施設に結び付けると、本日からその施設の所属になり、前日までは変わらない', async () => {
    const { district, clinicId, otherDistrict, elsewhere, jma } = ground;
    const { doctor, id } = await worksUnderTypedName('さくら医院(北区)');
    const start = must(await ask(tieStart, by(district), { id, otherId: clinicId }));
    expect(start).toMatchObject({ name: 'さくら医院(北区)', chosen: { value: clinicId } });
    const asked = { id, version: start.version, otherId: clinicId, confirmed: '' };
    for (const stranger of [otherDistrict, elsewhere]) {
      expect(await ask(tieStart, by(stranger), { id, otherId: '' })).toMatchObject({ refusal: { code: 'notFound' } });
      expect(await run(tieFacility, by(stranger), { ...asked, confirmed: '1' }, newId())).toMatchObject({ refusal: { code: 'notFound' } });
    }
    expect(await run(tieFacility, by(jma), { ...asked, confirmed: '1' }, newId())).toMatchObject({ ok: false });
    expect(await run(tieFacility, by(district), asked, newId())).toMatchObject({
      refusal: { fields: { confirmed: [expect.any(String)] } },
    });
    for (const otherId of ['', id, newId()])
      expect(await run(tieFacility, by(district), { ...asked, confirmed: '1', otherId }, newId())).toMatchObject({
        refusal: { fields: { otherId: [expect.any(String)] } },
      });
    const key = newId();
    const sent = { ...asked, confirmed: '1' };
    expect(must(await run(tieFacility, by(district), sent, key))).toEqual({ id: clinicId });
    expect(must(await run(tieFacility, by(district), sent, key))).toEqual({ id: clinicId });
    expect(await run(tieFacility, by(district), sent, newId())).toMatchObject({ refusal: { code: 'conflict' } });
    expect(await workplacesOf(doctor)).toEqual([
      { facility: id, from: '2025-12-01', to: '2026-01-14' },
      { facility: clinicId, from: '2026-01-15', to: null },
    ]);
    expect(must(await ask(facilityDetail, by(district), { id }))).toMatchObject({ typed: false, closed: { into: '北区さくら医院' } });
    expect(must(await ask(facilityList, by(district), { typed: '1' })).rows).toEqual([]);
    const { rows } = await ground.world.database.system.query<{ person_ids: string[] }>(
      `SELECT person_ids FROM audit_event WHERE action = 'facility.tie' AND target = $1 AND cardinality(person_ids) > 0`,
      [id],
    );
    expect(rows.map((row) => row.person_ids)).toEqual([[doctor.personId]]);
  });

  test('施設として提案し、承認されると、同じ所属のまま施設マスタの施設になる', async () => {
    const { district, prefecture, clinicId } = ground;
    const { doctor, id } = await worksUnderTypedName('堂島みらいクリニック');
    const { filled } = must(await ask(newStart, by(district), { from: id }));
    expect(filled).toMatchObject({ name: '堂島みらいクリニック', address: '大阪府大阪市北区堂島1-1', candidateId: id });
    expect(must(await ask(newStart, by(ground.otherDistrict), { from: id })).filled).toEqual({});
    const form = {
      ...typedFacility,
      name: filled.name,
      kana: 'ドウジマミライクリニック',
      tel: '',
      reason: '開設届を確認',
      candidateId: id,
    };
    expect(await run(proposeNew, by(ground.otherDistrict), form, newId())).toMatchObject({ refusal: { code: 'notFound' } });
    const proposal = must(await run(proposeNew, by(district), form, newId()));
    expect(await run(proposeNew, by(district), form, newId())).toMatchObject({ refusal: { code: 'conflict' } });
    must(await run(approveProposal, by(prefecture), { id: proposal.id, version: 1, answer: '' }, newId()));
    expect(must(await ask(facilityDetail, by(district), { id }))).toMatchObject({
      typed: false,
      open: true,
      kana: 'ドウジマミライクリニック',
      history: [{ what: '登録', proposer: '大阪市北区医師会', decider: '大阪府医師会' }],
    });
    expect(await workplacesOf(doctor)).toEqual([{ facility: id, from: '2025-12-01', to: null }]);
    expect(must(await ask(facilitySearch, by(district), { q: '堂島みらい', prefecture: '27' })).map((row) => row.id)).toEqual([id]);
    const late = { id, version: 2, otherId: clinicId, confirmed: '1' };
    expect(await run(tieFacility, by(district), late, newId())).toMatchObject({ refusal: { code: 'conflict' } });
  });

  test('提案の後に結び付けられた施設名は、承認できない', async () => {
    const { district, prefecture, clinicId } = ground;
    const { id } = await worksUnderTypedName('二重の手続き診療所');
    const form = { ...typedFacility, name: '二重の手続き診療所', tel: '', reason: '開設届を確認', candidateId: id };
    const proposal = must(await run(proposeNew, by(district), form, newId()));
    must(await run(tieFacility, by(district), { id, version: 1, otherId: clinicId, confirmed: '1' }, newId()));
    expect(await run(approveProposal, by(prefecture), { id: proposal.id, version: 1, answer: '' }, newId())).toMatchObject({
      refusal: { code: 'conflict' },
    });
  });
});
