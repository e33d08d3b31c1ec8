import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import type { Profile } from './schema.ts';

/** SQL of the whole profile of one doctor, to be checked and changed by himself (`screens.md A-10`). */

export type ProfileRow = NonNullable<Awaited<ReturnType<typeof findProfileRow>>>;

function profiles(tx: ReadTransaction) {
  return tx
    .selectFrom('person as p')
    .innerJoin('person_licence as l', (join) => join.onRef('l.person_id', '=', 'p.id').on('l.current', '=', true))
    .select([
      'p.id as personId',
      'p.died_on as diedOn',
      'p.account_id as accountId',
      'l.verified_at as licenceVerifiedAt',
      'l.number as licenceNumber',
      'l.licensed_on as licensedOn',
      'p.surname',
      'p.given_name as givenName',
      'p.surname_kana as surnameKana',
      'p.given_name_kana as givenNameKana',
      'p.former_surname as formerSurname',
      'p.former_given_name as formerGivenName',
      'p.former_surname_kana as formerSurnameKana',
      'p.former_given_name_kana as formerGivenNameKana',
      'p.use_former_name as useFormerName',
      'p.birth_on as birthOn',
      'p.sex',
      'p.postal_code as postalCode',
      'p.prefecture_code as prefectureCode',
      'p.address_line as addressLine',
      'p.building',
      'p.tel',
      'p.fax',
      'p.mail',
      'p.main_department as mainDepartment',
      'p.departments',
      'p.school_code as schoolCode',
      'p.school_text as schoolText',
      'p.graduated_on as graduatedOn',
      'p.degree_text as degreeText',
      'p.degree_on as degreeOn',
      'p.training_ends_on as trainingEndsOn',
      'p.societies',
    ]);
}

/** The profile behind an account. */
export async function findProfileRow(tx: ReadTransaction, accountId: string) {
  return await profiles(tx).where('p.account_id', '=', accountId).executeTakeFirst();
}

/** Writes the profile anew; licence number and day of registration stand still. */
export async function updateProfile(tx: WriteTransaction, personId: string, change: { profile: Profile; at: Date }): Promise<void> {
  const { profile, at } = change;
  await tx
    .updateTable('person')
    .set(({ eb }) => ({
      surname: profile.surname,
      given_name: profile.givenName,
      surname_kana: profile.surnameKana,
      given_name_kana: profile.givenNameKana,
      former_surname: profile.formerSurname || null,
      former_given_name: profile.formerGivenName || null,
      former_surname_kana: profile.formerSurnameKana || null,
      former_given_name_kana: profile.formerGivenNameKana || null,
      use_former_name: profile.useFormerName,
      birth_on: profile.birthOn,
      sex: profile.sex,
      postal_code: profile.postalCode,
      prefecture_code: profile.prefectureCode,
      address_line: profile.addressLine,
      building: profile.building,
      tel: profile.tel,
      fax: profile.fax,
      mail: profile.mail || null,
      main_department: profile.mainDepartment,
      departments: [...profile.departments],
      school_code: profile.schoolCode || null,
      school_text: profile.schoolText,
      graduated_on: profile.graduatedOn ?? '',
      training_ends_on: profile.trainingEndsOn ?? null,
      degree_text: profile.degreeText,
      degree_on: profile.degreeOn ?? null,
      societies: [...profile.societies, ...profile.societyTexts],
      version: eb('version', '+', 1),
      updated_at: at,
    }))
    .where('id', '=', personId)
    .execute();
}

/** The login of a person who had none. */
export async function linkAccount(tx: WriteTransaction, personId: string, accountId: string): Promise<void> {
  await tx.updateTable('person').set({ account_id: accountId }).where('id', '=', personId).where('account_id', 'is', null).execute();
}
