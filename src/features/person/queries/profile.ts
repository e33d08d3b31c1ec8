import { codeList } from '#features/association/queries/directory.ts';
import type { Day } from '#kernel/day.ts';
import { isLicenceNumber } from '#kernel/licence.ts';
import { isYearMonth } from '#kernel/year-month.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { Profile, ProfileDraft } from '../schema.ts';
import { findPersonOfAccount, findPersonRow, type PersonRow } from '../store.server.ts';

/** The profile of one doctor, as it is stored and as the texts of its form (`screens.md, D-03, O-09`). */

export type OwnProfile = {
  personId: string;
  version: number;
  name: string;
  birthOn: Day;
  dead: boolean;
  /** An office has seen the licence: number, day and birth stand still. */
  licenceVerified: boolean;
  createdAt: Date;
  profile: Profile;
  texts: ProfileDraft;
};

const monthIn = (text: string | null) => (isYearMonth(text) ? text : undefined);

function profileIn(row: PersonRow, knownSocieties: ReadonlySet<string>): Profile {
  const { licenceNumber } = row;
  if (!isLicenceNumber(licenceNumber)) throw new Error('a stored licence number is none');
  return {
    licenceNumber,
    licensedOn: row.licensedOn,
    surnameKana: row.surnameKana,
    givenNameKana: row.givenNameKana,
    surname: row.surname,
    givenName: row.givenName,
    formerSurname: row.formerSurname ?? '',
    formerGivenName: row.formerGivenName ?? '',
    formerSurnameKana: row.formerSurnameKana ?? '',
    formerGivenNameKana: row.formerGivenNameKana ?? '',
    useFormerName: row.useFormerName,
    postalCode: row.postalCode,
    prefectureCode: row.prefectureCode,
    addressLine: row.addressLine,
    building: row.building,
    tel: row.tel,
    fax: row.fax,
    mail: row.mail ?? '',
    birthOn: row.birthOn,
    sex: row.sex,
    mainDepartment: row.mainDepartment,
    departments: row.departments,
    schoolCode: row.schoolCode ?? '',
    schoolText: row.schoolText,
    graduatedOn: monthIn(row.graduatedOn),
    degreeText: row.degreeText,
    degreeOn: monthIn(row.degreeOn),
    societies: row.societies.filter((name) => knownSocieties.has(name)),
    societyTexts: row.societies.filter((name) => !knownSocieties.has(name)),
    trainingEndsOn: monthIn(row.trainingEndsOn),
  };
}

const slashed = (text: string | undefined) => (text ?? '').replaceAll('-', '/');

function textsOf(profile: Profile): ProfileDraft {
  const { useFormerName, societyTexts, ...plain } = profile;
  return {
    ...Object.fromEntries(Object.entries(plain).map(([name, value]): [string, string | string[]] => [name, value ?? ''])),
    licensedOn: slashed(profile.licensedOn),
    birthOn: slashed(profile.birthOn),
    graduatedOn: slashed(profile.graduatedOn),
    degreeOn: slashed(profile.degreeOn),
    trainingEndsOn: slashed(profile.trainingEndsOn),
    ...(useFormerName ? { useFormerName: '1' } : {}),
    societyTexts: societyTexts.join('\n'),
  };
}

async function ownProfile(tx: ReadTransaction, row: PersonRow | undefined, today: Day): Promise<OwnProfile | undefined> {
  if (row === undefined) return undefined;
  const profile = profileIn(row, new Set((await codeList(tx, 'society', today)).map((one) => one.label)));
  return {
    personId: row.id,
    version: row.version,
    name: `${row.surname} ${row.givenName}`,
    birthOn: row.birthOn,
    dead: row.diedOn !== null,
    licenceVerified: row.licenceVerifiedAt !== null,
    createdAt: row.createdAt,
    profile,
    texts: textsOf(profile),
  };
}

/** The doctor behind an account, with everything his form holds; undefined when there is none. */
export async function profileOfAccount(tx: ReadTransaction, accountId: string, today: Day): Promise<OwnProfile | undefined> {
  return await ownProfile(tx, await findPersonOfAccount(tx, accountId), today);
}

/** A doctor in the actor's scope, with everything his form holds. */
export async function profileOfPerson(tx: ReadTransaction, personId: string, today: Day): Promise<OwnProfile | undefined> {
  return await ownProfile(tx, await findPersonRow(tx, personId), today);
}
