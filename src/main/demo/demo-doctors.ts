import { addDays, day, dayFrom, fiscalYear, firstOfNextMonth, startOfDay } from '#kernel/day.ts';
import type { Day } from '#kernel/day.ts';
import { saveMailing } from '#features/profile/commands/save-mailing.ts';
import { run } from '#platform/command/command.ts';
import { as, doctorActor, must } from './acting.ts';
import type { Entry, History } from './careers.ts';
import type { Act } from './case-plan.ts';
import type { Ground } from './ground.ts';
import { accountOf, doctorLogins, giveInitialLogin, migratedBirth } from './logins.ts';
import type { Paper } from './papers.ts';
import { makeProfile } from './people.ts';
import type { Profile } from './people.ts';
import { playCase } from './play-case.ts';
import { enterHistory, register } from './population.ts';
import { diceOf } from './random.ts';

/** The doctors with logins. */

type Made = { accountId: string; personId: string; name: string; profile: Profile; number: number };

const names: readonly Partial<Profile>[] = [
  { surname: '𠮷田', givenName: '明里', surnameKana: 'ヨシダ', givenNameKana: 'アカリ', sex: 'female' },
  { surname: '髙橋', givenName: '健', surnameKana: 'タカハシ', givenNameKana: 'ケン', sex: 'male' },
  { surname: '山﨑', givenName: '由紀子', surnameKana: 'ヤマサキ', givenNameKana: 'ユキコ', sex: 'female' },
  { surname: '渡邉󠄂', givenName: '翔太', surnameKana: 'ワタナベ', givenNameKana: 'ショウタ', sex: 'male' },
  { surname: '齋藤', givenName: '弘', surnameKana: 'サイトウ', givenNameKana: 'ヒロシ', sex: 'male' },
];

type About = { age: number; registeredOn: Day; more?: Partial<Profile> };

const numberOf = (index: number) => 90_001 + index;

function profileOf(ground: Ground, index: number, about: About): Profile {
  const loginId = doctorLogins[index] ?? '';
  const made = makeProfile(ground.names, {
    number: numberOf(index),
    district: ground.district(27001),
    today: ground.today,
    age: about.age,
    dice: diceOf(loginId),
    mail: true,
  });
  return {
    ...made,
    formerSurname: '',
    formerSurnameKana: '',
    useFormerName: false,
    ...names[index],
    mail: `${loginId}@demo.example.jp`,
    ...about.more,
  };
}

async function makeDoctor(ground: Ground, index: number, about: About): Promise<Made> {
  const loginId = doctorLogins[index] ?? '';
  const now = startOfDay(about.registeredOn);
  const profile = profileOf(ground, index, about);
  const name = `${profile.surname} ${profile.givenName}`;
  const accountId = await accountOf(ground.surroundings, { loginId, kind: 'doctor', displayName: name }, now);
  const personId = await register(ground, { ...profile, accountId }, { now, key: `demo ${loginId}` });
  return { accountId, personId, name, profile, number: numberOf(index) };
}

/** A join through all three layers of 大阪市北区 that was approved everywhere. */
async function join(
  ground: Ground,
  made: Made,
  about: { submittedOn: Day; category: string; details: Record<string, string | string[]>; papers: readonly Paper[] },
): Promise<void> {
  const at = (days: number, hour: number) => new Date(startOfDay(addDays(about.submittedOn, days)).getTime() + hour * 3_600_000);
  const acts: Act[] = [
    { kind: 'receive', step: 0, at: at(1, 10) },
    { kind: 'approve', step: 0, at: at(6, 15) },
    { kind: 'receive', step: 1, at: at(7, 9) },
    { kind: 'approve', step: 1, at: at(10, 11) },
    { kind: 'approve', step: 2, at: at(14, 16) },
  ];
  const facility = ground.facilities(27001).find((one) => one.kind === 'hospital');
  await playCase(ground, {
    name: `case ${made.number}`,
    doctor: doctorActor(made.personId, made.accountId, made.name),
    district: ground.district(27001),
    upTo: 1,
    category: about.category,
    details: { facilityId: facility?.id ?? '', designations: ['01'], note: '', ...about.details },
    papers: about.papers,
    plan: { submittedAt: at(0, 20), wishedOn: firstOfNextMonth(about.submittedOn), acts },
    isDraft: false,
    dice: diceOf(made.name),
  });
}

function affiliation(
  ground: Ground,
  districtId: number,
  about: { joinedOn: Day; without: readonly number[]; workCode: string; positionCode: string },
): History {
  const facilityId = ground.facilities(districtId)[1]?.id ?? null;
  const entries = ground
    .district(districtId)
    .chain.filter((link) => !about.without.includes(link.id))
    .map(
      (link): Entry => ({
        associationId: link.id,
        kind: 'joined',
        effectiveOn: about.joinedOn,
        categoryId: ground.categoryId(link.id, 'A1'),
        facilityId,
        reason: '入会',
      }),
    );
  return {
    lowestAssociationId: districtId,
    facilityId,
    workCode: about.workCode,
    positionCode: about.positionCode,
    designations: ['01', '05'],
    entries,
  };
}

/** 送付物設定: the post of this doctor goes home. */
async function receiveAtHome(ground: Ground, made: Made, on: Day): Promise<void> {
  const doctor = doctorActor(made.personId, made.accountId, made.name);
  const typed = { sendTo: 'home', faxTo: 'none', mails: ['notices', 'training'], version: '0' };
  must(await run(saveMailing, as(ground.surroundings, doctor, startOfDay(on)), typed, `demo mailing ${made.number}`));
}

/** A member whose data were migrated and who has not logged in yet: his initial login is that of a letter. */
async function makeMigrated(ground: Ground): Promise<void> {
  const birthOn = migratedBirth;
  const about = {
    age: fiscalYear(ground.today) - Number(birthOn.slice(0, 4)),
    registeredOn: addDays(ground.beganOn, -10),
    more: { birthOn, mail: '' },
  };
  const loginId = doctorLogins[4];
  const key = `demo ${loginId}`;
  const personId = await register(ground, profileOf(ground, 4, about), { now: startOfDay(about.registeredOn), key });
  await enterHistory(ground, {
    personId,
    key: `${key} history`,
    affiliations: [affiliation(ground, 27001, { joinedOn: day('2009-04-01'), without: [], workCode: '11', positionCode: '02' })],
  });
  await giveInitialLogin(ground.surroundings, { personId, loginId, at: startOfDay(ground.today) });
}

/** Registers the doctors with logins and gives each the past that the list of logins promises. */
export async function createDemoDoctors(ground: Ground, papers: { licence: Paper; resume: Paper }): Promise<void> {
  const year = fiscalYear(ground.today);
  await makeDoctor(ground, 0, { age: 33, registeredOn: addDays(ground.today, -3) });

  const second = await makeDoctor(ground, 1, { age: 47, registeredOn: addDays(ground.today, -431) });
  await join(ground, second, {
    submittedOn: addDays(ground.today, -430),
    category: 'A2B',
    details: { workCode: '24', positionCode: '08' },
    papers: [papers.licence, papers.resume],
  });
  await receiveAtHome(ground, second, addDays(ground.today, -300));

  const third = await makeDoctor(ground, 2, { age: 58, registeredOn: addDays(ground.beganOn, -10), more: { licenceSeen: true } });
  await enterHistory(ground, {
    personId: third.personId,
    key: 'demo doctor 3 history',
    affiliations: [
      affiliation(ground, 27001, { joinedOn: day('2004-04-01'), without: [], workCode: '11', positionCode: '02' }),
      affiliation(ground, 13005, { joinedOn: day('2012-10-01'), without: [0], workCode: '14', positionCode: '42' }),
      affiliation(ground, 14501, { joinedOn: day('2019-04-01'), without: [0], workCode: '24', positionCode: '51' }),
    ],
  });

  const graduated = dayFrom(year - 2, 3, 1) ?? ground.today;
  const fourth = await makeDoctor(ground, 3, {
    age: 28,
    registeredOn: addDays(ground.today, -251),
    more: {
      graduatedOn: graduated.slice(0, 7),
      licensedOn: `${year - 2}-04-15`,
      trainingEndsOn: `${year}-03`,
      birthOn: `${year - 28}-11-03`,
    },
  });
  await join(ground, fourth, {
    submittedOn: addDays(ground.today, -250),
    category: 'B',
    details: { workCode: '24', positionCode: '31' },
    papers: [papers.licence],
  });
  await makeMigrated(ground);
}
