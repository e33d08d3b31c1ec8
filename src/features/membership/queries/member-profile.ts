import type { Day } from '#kernel/day.ts';
import { associationsById, codeList } from '#features/association/queries/directory.ts';
import { sexLabel } from '#features/person/labels.ts';
import type { Person } from '#features/person/queries/person.ts';
import { formerLicences } from '#features/person/queries/person.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { lastLoginOf, listMemberAffiliations } from '../member-detail.store.server.ts';

/** 基本情報 and 所属 of a member with the words their codes stand for. */

export type Profile = {
  name: string;
  kana: string;
  formerName: string;
  licence: string;
  licenceChecked: boolean;
  /** Numbers of former times, newest first. */
  formerLicences: { number: string; licensedOn: Day; recordedAt: Date }[];
  licensedOn: Day;
  birthOn: Day;
  diedOn: Day | null;
  sex: string;
  postalCode: string;
  address: string;
  tel: string;
  fax: string;
  mail: string;
  /** A former member of long ago: address, telephone and mail are left out. */
  contactFaded: boolean;
  mainDepartment: string;
  departments: string[];
  school: string;
  graduatedOn: string;
  trainingEndsOn: string | null;
  degree: string;
  societies: string[];
  createdAt: Date;
  updatedAt: Date;
  registered: boolean;
  /** Of マイページ; null when he never was there. */
  lastLoginAt: Date | null;
};

async function labelsOf(tx: ReadTransaction, list: string, on: Day): Promise<(code: string) => string> {
  const labels = new Map((await codeList(tx, list, on)).map((row) => [row.code, row.label]));
  return (code) => labels.get(code) ?? code;
}

const noContact = { postalCode: '', address: '', tel: '', fax: '', mail: '' };

function contactOf(person: Person, prefecture: string): typeof noContact {
  return {
    postalCode: person.postalCode,
    address: `${prefecture}${person.addressLine} ${person.building}`.trim(),
    tel: person.tel,
    fax: person.fax,
    mail: person.mail ?? '',
  };
}

/** A person as the member's page shows him, codes read on a day. */
export async function readProfile(tx: ReadTransaction, person: Person, { on, faded }: { on: Day; faded: boolean }): Promise<Profile> {
  const department = await labelsOf(tx, 'department', on);
  const school = await labelsOf(tx, 'school', on);
  const prefecture = await labelsOf(tx, 'prefecture', on);
  return {
    name: `${person.surname} ${person.givenName}`,
    kana: `${person.surnameKana} ${person.givenNameKana}`,
    formerName: [person.formerSurname, person.formerGivenName].filter((part) => part !== null).join(' '),
    licence: person.licenceNumber,
    licenceChecked: person.licenceVerifiedAt !== null,
    formerLicences: await formerLicences(tx, person.id),
    licensedOn: person.licensedOn,
    birthOn: person.birthOn,
    diedOn: person.diedOn,
    sex: sexLabel(person.sex),
    ...(faded ? noContact : contactOf(person, prefecture(person.prefectureCode))),
    contactFaded: faded,
    mainDepartment: department(person.mainDepartment),
    departments: person.departments.map(department),
    school: person.schoolCode === null ? person.schoolText : school(person.schoolCode),
    graduatedOn: person.graduatedOn,
    trainingEndsOn: person.trainingEndsOn,
    degree: person.degreeText,
    societies: person.societies,
    createdAt: person.createdAt,
    updatedAt: person.updatedAt,
    registered: person.accountId !== null,
    lastLoginAt: await lastLoginOf(tx, person.id),
  };
}

export type AffiliationView = {
  id: string;
  isPrimary: boolean;
  association: string;
  facility: string;
  address: string;
  work: string;
  position: string;
  designations: string[];
};

function withText(label: string, text: string): string {
  return text === '' ? label : `${label}(${text})`;
}

/** 所属: workplaces with work, position and 指定医. */
export async function readAffiliations(tx: ReadTransaction, personId: string, on: Day): Promise<AffiliationView[]> {
  const rows = await listMemberAffiliations(tx, personId);
  const associations = await associationsById(
    tx,
    rows.map((row) => row.lowestAssociationId),
    on,
  );
  const work = await labelsOf(tx, 'work', on);
  const position = await labelsOf(tx, 'position', on);
  const designation = await labelsOf(tx, 'designation', on);
  return rows.map((row) => ({
    id: row.id,
    isPrimary: row.isPrimary,
    association: associations.find((one) => one.id === row.lowestAssociationId)?.name ?? '',
    facility: row.facility,
    address: row.facilityAddress,
    work: row.work === '' ? '' : work(row.work),
    position: row.position === '' ? '' : withText(position(row.position), row.positionText),
    designations: row.designations.map((code) => (code === '99' ? withText(designation(code), row.designationText) : designation(code))),
  }));
}
