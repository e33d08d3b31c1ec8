import type { Actor, DoctorActor, OfficeActor } from '#kernel/actor.ts';
import { addDays, type Day, dayOfInstant } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import { postMemo, postMessage, setAttention } from '#features/application/commands/correspond.ts';
import { returnCase } from '#features/application/commands/return-case.ts';
import { addFacilities } from '#features/facility/commands/add-facility.ts';
import { createAccount } from '#features/identity/commands/create-account.ts';
import { registerDoctor } from '#features/person/commands/register-doctor.ts';
import { createStaffMember } from '#features/staff/commands/create-staff-member.ts';
import { approveAs, as, doctorActor, fileJoin, must, officesOf, system, versionOf } from '#main/demo/acting.ts';
import { approveLeaveAs, fileWithdrawal } from '#main/demo/leaving.ts';
import { run } from '#platform/command/command.ts';
import type { Context, Surroundings } from '#platform/context.ts';
import { filedLeave, grounds, registeredDeath } from '#support/proxying.ts';
import { licencePdf } from './papers.ts';
import {
  doctorLogin,
  type DoctorName,
  doctors,
  facilities,
  fullName,
  licenceOf,
  nameOf,
  offices,
  password,
  staff,
  typedWorkplaces,
} from './people.ts';

/** Persons and a few cases for the journeys, all through the commands. */

type Ground = { surroundings: Surroundings; now: Date; actors: Map<DoctorName, DoctorActor>; facilityIds: readonly string[] };

async function makeStaff(ctx: Context): Promise<void> {
  for (const person of staff) {
    const { loginId, surname, surnameKana, role } = person;
    const account = must(
      await createAccount(ctx, { loginId, password }, { kind: 'staff', displayName: `${surname} 優`, mail: `${loginId}@example.jp` }),
    );
    must(
      await run(createStaffMember, ctx, {
        accountId: account.accountId,
        associationId: person.office === undefined ? null : offices[person.office].id,
        role,
        surname,
        givenName: '優',
        surnameKana,
        givenNameKana: 'ユウ',
        validUntil: '2099-03-31',
      }),
    );
  }
}

async function makeDoctors(ctx: Context, ground: Ground): Promise<void> {
  for (const name of doctors) {
    const loginId = doctorLogin(name);
    const account = must(
      await createAccount(ctx, { loginId, password }, { kind: 'doctor', displayName: fullName(name), mail: `${loginId}@example.jp` }),
    );
    const { personId } = must(
      await run(registerDoctor, ctx, {
        ...nameOf(name),
        accountId: name === 'guided' ? null : account.accountId,
        licenceNumber: licenceOf(name),
        licensedOn: '2008-05-01',
        postalCode: '5300001',
        prefectureCode: '27',
        addressLine: '大阪市北区梅田1-1-1',
        tel: '06-1234-5678',
        mail: `${loginId}@example.jp`,
        birthOn: '1982-06-01',
        sex: 'female',
        mainDepartment: '01',
        schoolCode: 'N01',
        graduatedOn: '2008-03',
      }),
    );
    ground.actors.set(name, doctorActor(personId, account.accountId, fullName(name)));
  }
}

/** Doctors whose data were migrated; their logins come by letter. */
async function makeMigrated(ctx: Context): Promise<void> {
  for (const [place, licenceNumber] of ['880001', '880002'].entries()) {
    must(
      await run(registerDoctor, ctx, {
        surname: '移行',
        givenName: ['一子', '二子'][place],
        surnameKana: 'イコウ',
        givenNameKana: ['イチコ', 'ニコ'][place],
        accountId: null,
        licenceNumber,
        licensedOn: '2008-05-01',
        postalCode: '5300001',
        prefectureCode: '27',
        addressLine: '大阪市北区梅田1-1-1',
        tel: '06-1234-5678',
        birthOn: '1982-06-01',
        sex: 'female',
        mainDepartment: '01',
        schoolCode: 'N01',
        graduatedOn: '2008-03',
      }),
    );
  }
}

async function makeFacilities(ctx: Context): Promise<readonly string[]> {
  const { ids } = must(
    await run(addFacilities, ctx, {
      facilities: facilities.map((place) => ({ ...place, fax: '', ownerType: '11', beds: '', attached: '', postalCode: '' })),
    }),
  );
  return ids;
}

function daysAgo(ground: Ground, count: number): { at: Date; day: Day } {
  return { at: new Date(ground.now.getTime() - count * 86_400_000), day: addDays(dayOfInstant(ground.now), -count) };
}

type Filed = { id: string; doctor: Context; lowest: Context; lowestOffice: OfficeActor };

/** Where somebody joins, since when, and where he works, by the master or as he typed it: 未定 if nothing is said. */
type Filing = { associationId: number; daysAgo: number; facilityId?: string; facilityName?: string };

/** A 入会届 sent some days ago, with everything that its acts need. */
async function file(ground: Ground, name: DoctorName, about: Filing): Promise<Filed> {
  const { at, day } = daysAgo(ground, about.daysAgo);
  const actor = ground.actors.get(name);
  const [lowestOffice] = await officesOf(ground.surroundings, about.associationId, at);
  if (actor === undefined || lowestOffice === undefined) throw new Error(`nobody to file for ${name}`);
  const doctor = as(ground.surroundings, actor, at);
  const { facilityId = '', facilityName = '' } = about;
  const workplace = {
    facilityId,
    facilityName,
    facilityAddress: facilityName === '' ? '' : '大阪府大阪市北区梅田2-2-2',
    facilityUndecided: '',
  };
  const details = facilityId === '' && facilityName === '' ? {} : { details: workplace };
  const { id } = await fileJoin(doctor, { lowestAssociationId: about.associationId, wishedOn: day, ...details });
  return { id, doctor, lowest: as(ground.surroundings, lowestOffice, at), lowestOffice };
}

/** A member of an association and of everything above it. */
async function makeMember(ground: Ground, name: DoctorName, about: Filing): Promise<void> {
  const filed = await file(ground, name, about);
  const { at, day } = daysAgo(ground, about.daysAgo);
  for (const office of await officesOf(ground.surroundings, about.associationId, at))
    must(await approveAs(as(ground.surroundings, office, at), filed.id, { decidedOn: day }));
}

/** Who leaves, moves or changes: members since 60 days ago. */
async function makeMembers(ground: Ground): Promise<void> {
  const [facilityId = ''] = ground.facilityIds;
  await makeMember(ground, 'member', { associationId: offices.kita.id, daysAgo: 30, facilityId });
  await makeMember(ground, 'guided', { associationId: offices.kita.id, daysAgo: 60, facilityName: typedWorkplaces.script });
  await makeMember(ground, 'leaving', { associationId: offices.kita.id, daysAgo: 60, facilityName: typedWorkplaces.noscript });
  await makeMember(ground, 'pictures-leave', { associationId: offices.kita.id, daysAgo: 60 });
  for (const kind of ['script', 'noscript'] as const) {
    for (const which of ['leave', 'move', 'change'] as const)
      await makeMember(ground, `${which}-${kind}`, { associationId: offices.kita.id, daysAgo: 60 });
    await makeMember(ground, `certificate-${kind}`, { associationId: offices.kita.id, daysAgo: 60 });
    await makeMember(ground, `notice-${kind}`, { associationId: offices.kita.id, daysAgo: 60 });
    for (const which of ['missing', 'dead'] as const)
      await makeMember(ground, `${which}-${kind}`, { associationId: offices.kita.id, daysAgo: 60 });
    await makeMember(ground, `leave4-${kind}`, { associationId: offices.aoba.id, daysAgo: 60 });
  }
}

/** One case with everything that a screen can show of it: late, marked, with message and memo. */
async function makeSubmitted(ground: Ground): Promise<void> {
  // These ask about their open case.
  for (const kind of ['script', 'noscript'] as const)
    await file(ground, `inquiry-${kind}`, { associationId: offices.miyakojima.id, daysAgo: 1 });
  const { id, doctor, lowest } = await file(ground, 'submitted', { associationId: offices.kita.id, daysAgo: 12 });
  must(await run(postMessage, lowest, { id, body: '理事会の日程を確認しています。\nしばらくお待ちください。' }, newId()));
  must(await run(postMessage, doctor, { id, body: '承知しました。よろしくお願いいたします。' }, newId()));
  must(await run(postMemo, lowest, { id, body: '電話で勤務先を確認済み。' }, newId()));
  must(
    await run(setAttention, lowest, { id, version: await versionOf(lowest, id), attention: 'on', reason: '書類の原本を確認する' }, newId()),
  );
}

async function makeReturned(ground: Ground): Promise<void> {
  const { id, lowest } = await file(ground, 'returned', { associationId: offices.kita.id, daysAgo: 3 });
  must(
    await run(
      returnCase,
      lowest,
      {
        id,
        version: await versionOf(lowest, id),
        reasons: ['R04'],
        fields: [{ field: 'workCode', comment: '診療所の管理者かどうかをご確認ください。' }],
        message: '施設・業務をご確認のうえ、再申請してください。',
      },
      newId(),
    ),
  );
}

/** A 退会届 for a day to come, approved by 大阪市北区: to be taken back there, to be confirmed above. */
async function makeLeaving(ground: Ground): Promise<void> {
  const { at, day } = daysAgo(ground, 5);
  const actor = ground.actors.get('leaving');
  const [kita] = await officesOf(ground.surroundings, offices.kita.id, at);
  if (actor === undefined || kita === undefined) throw new Error('nobody to leave');
  const wishedOn = addDays(day, 60);
  const { id } = await fileWithdrawal(as(ground.surroundings, actor, at), { leave: [offices.kita.id], wishedOn });
  must(await approveLeaveAs(as(ground.surroundings, kita, at), id, wishedOn));
}

/** 代理申請 of 大阪市北区: one on 所在不明 that is held, one on a death that another person can take back. */
async function makeProxies(ground: Ground): Promise<void> {
  const { at: now, day } = daysAgo(ground, 1);
  const [actor] = await officesOf(ground.surroundings, offices.kita.id, now);
  const [missing, dead] = [ground.actors.get('objecting'), ground.actors.get('dead-look')];
  if (actor === undefined || missing === undefined || dead === undefined) throw new Error('nobody to file for');
  for (const name of ['objecting', 'dead-look'] as const) await makeMember(ground, name, { associationId: offices.kita.id, daysAgo: 60 });
  const acting = { as: (who: Actor, at = now) => as(ground.surroundings, who, at) };
  const searches = { post: { on: day, result: '宛先不明で返送' }, tel: { on: day, result: '現在使われていない' } };
  const search = { ...grounds.missing, lastContactOn: day, searches };
  await filedLeave(acting, { actor, doctor: missing, ground: search, leave: [offices.kita.id], now, wishedOn: day });
  await registeredDeath(acting, { actor, doctor: dead, ground: { ...grounds.death, diedOn: day }, now, wishedOn: day });
}

/** The licences of the cases above can be looked at. */
async function storePapers(ctx: Context): Promise<void> {
  const rows = await ctx.database.system.query<{ file_id: string }>('select file_id from document');
  for (const row of rows.rows) await ctx.files.put(row.file_id, licencePdf().buffer);
}

export async function fill(surroundings: Surroundings, now: Date): Promise<void> {
  const ctx = as(surroundings, system, now);
  await makeStaff(ctx);
  const ground: Ground = { surroundings, now, actors: new Map(), facilityIds: await makeFacilities(ctx) };
  await makeDoctors(ctx, ground);
  await makeMigrated(ctx);
  await makeMembers(ground);
  await makeSubmitted(ground);
  await makeReturned(ground);
  await makeLeaving(ground);
  await makeProxies(ground);
  await file(ground, 'foreign', { associationId: offices.kita.id, daysAgo: 1 });
  for (const kind of ['script', 'noscript'] as const)
    for (const which of ['one', 'two', 'three'] as const)
      await file(ground, `bulk-${which}-${kind}`, { associationId: offices.kita.id, daysAgo: 2 });
  await file(ground, 'race', { associationId: offices.kita.id, daysAgo: 1 });
  await storePapers(ctx);
}
