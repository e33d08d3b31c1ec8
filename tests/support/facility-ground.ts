import { Client } from 'pg';
import type { DoctorActor, OfficeActor } from '#kernel/actor.ts';
import { addFacilities } from '#features/facility/commands/add-facility.ts';
import { approveAs, fileJoin, must, system } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { staffLogin } from './logins.ts';
import type { World } from './world.ts';
import { createWorld } from './world.ts';
import { kita, minato } from './case-mix.ts';

/** Offices, facilities and doctors for the proposals about the master of facilities (`screens.md O-14`). */

/** A facility as a form of an office posts it. */
export const typedFacility = {
  name: '北区さくら医院',
  kana: 'キタクサクライイン',
  commonName: '',
  institutionCode: '',
  postalCode: '5300001',
  prefectureCode: '27',
  address: '大阪府大阪市北区梅田1-1',
  tel: '06-0000-0001',
  fax: '',
  ownerType: '11',
  beds: '',
  attached: '',
};

export type FacilityGround = {
  world: World;
  district: OfficeActor;
  prefecture: OfficeActor;
  jma: OfficeActor;
  /** A district of the same prefecture, and another prefecture. */
  otherDistrict: OfficeActor;
  elsewhere: OfficeActor;
  /** Where a member of the district works, another such one, and where nobody works. */
  clinicId: string;
  annexId: string;
  emptyId: string;
  doctor: DoctorActor;
  colleague: DoctorActor;
  mailOf: { district: string; prefecture: string; jma: string };
};

/** A doctor who joins the whole chain of an association on a day, working at a facility. */
export async function worksAt(world: World, facility: Record<string, string>, on = '2025-12-01'): Promise<DoctorActor> {
  const doctor = await world.doctor();
  const details = { facilityUndecided: '', workCode: '11', positionCode: '02', designations: ['01'], wishedOn: on, ...facility };
  const { id } = await fileJoin(world.as(doctor), { lowestAssociationId: kita, wishedOn: on, upTo: 1, details });
  for (const office of await world.offices(kita)) must(await approveAs(world.as(office), id, { decidedOn: on }));
  return doctor;
}

async function mailAddress(owner: Client, associationId: number): Promise<string> {
  const { accountId } = await staffLogin(owner, { associationId, role: 'clerk' });
  const address = `office${associationId}@example.jp`;
  await owner.query('UPDATE account SET mail = $1 WHERE id = $2', [address, accountId]);
  return address;
}

/** A world with two clinics of members in 大阪市北区 and one where nobody works. */
export async function facilityGround(): Promise<FacilityGround> {
  const world = await createWorld();
  const owner = new Client({ connectionString: world.ownerUrl });
  await owner.connect();
  const { beds: _beds, ...place } = typedFacility;
  const facilities = [
    { ...place, associationId: kita },
    { ...place, name: '北区さくら医院 分院', kana: 'キタクサクライインブンイン', tel: '06-0000-0009', associationId: null },
    { ...place, name: '空き診療所', kana: 'アキシンリョウジョ', tel: '', associationId: null },
  ];
  const { ids } = must(await run(addFacilities, world.as(system), { facilities }));
  const [clinicId = '', annexId = '', emptyId = ''] = ids;
  const [district, prefecture, jma] = await world.offices(kita);
  const [, elsewhere] = await world.offices(minato);
  const [otherDistrict] = await world.offices(27_002);
  if (!district || !prefecture || !jma || !elsewhere || !otherDistrict) throw new Error('no chain');
  const doctor = await worksAt(world, { facilityId: clinicId });
  const colleague = await worksAt(world, { facilityId: annexId });
  const mailOf = {
    district: await mailAddress(owner, kita),
    prefecture: await mailAddress(owner, prefecture.associationId),
    jma: await mailAddress(owner, 0),
  };
  await owner.end();
  return { world, district, prefecture, jma, otherDistrict, elsewhere, clinicId, annexId, emptyId, doctor, colleague, mailOf };
}
