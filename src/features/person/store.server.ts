import type { Day } from '#kernel/day.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';
import type { Profile } from './schema.ts';

/** The columns that the profile field set fills, of a new person and of a changed one alike. */
export function columnsOf(profile: Profile) {
  return {
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
  };
}

type NewPerson = {
  personId: string;
  accountId: string | null;
  /** The number is another's: not taken over (`rules.md 5.2`). */
  claimed?: boolean;
  /** When an association saw the licence, before this system did; without it the number is (確認前). */
  verifiedAt?: Date | undefined;
};

/** Writes a new person and the licence number as its first entry. */
export async function insertPerson(tx: WriteTransaction, ids: NewPerson, profile: Profile): Promise<void> {
  await tx
    .insertInto('person')
    .values({ id: ids.personId, account_id: ids.accountId, ...columnsOf(profile) })
    .execute();
  await tx
    .insertInto('person_licence')
    .values({
      person_id: ids.personId,
      number: profile.licenceNumber,
      licensed_on: profile.licensedOn,
      claimed: ids.claimed === true,
      verified_at: ids.verifiedAt ?? null,
    })
    .execute();
}

/** Persons with their current licence numbers, everything that is known of them. */
function people(tx: ReadTransaction) {
  return tx
    .selectFrom('person as p')
    .innerJoin('person_licence as l', (join) => join.onRef('l.person_id', '=', 'p.id').on('l.current', '=', true))
    .select([
      'p.id',
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
      'p.mail',
      'p.mail_bounced_at as mailBouncedAt',
      'p.tel',
      'p.fax',
      'p.postal_code as postalCode',
      'p.prefecture_code as prefectureCode',
      'p.address_line as addressLine',
      'p.building',
      'p.main_department as mainDepartment',
      'p.departments',
      'p.school_code as schoolCode',
      'p.school_text as schoolText',
      'p.graduated_on as graduatedOn',
      'p.training_ends_on as trainingEndsOn',
      'p.degree_text as degreeText',
      'p.degree_on as degreeOn',
      'p.societies',
      'p.died_on as diedOn',
      'p.version',
      'p.created_at as createdAt',
      'p.updated_at as updatedAt',
      'p.account_id as accountId',
      'l.number as licenceNumber',
      'l.licensed_on as licensedOn',
      'l.verified_at as licenceVerifiedAt',
      'l.verified_association_id as licenceVerifiedBy',
      'l.claimed as licenceClaimed',
    ]);
}

export type PersonRow = NonNullable<Awaited<ReturnType<typeof findPersonRow>>>;

/** One person with the current licence number, when the actor may see him. */
export async function findPersonRow(tx: ReadTransaction, personId: string) {
  return await people(tx).where('p.id', '=', personId).executeTakeFirst();
}

export type FormerLicence = { number: string; licensedOn: Day; recordedAt: Date };

/** Numbers that a doctor had before the present one, newest first (`rules.md 5.1`). */
export async function listFormerLicences(tx: ReadTransaction, personId: string): Promise<FormerLicence[]> {
  return await tx
    .selectFrom('person_licence')
    .select(['number', 'licensed_on as licensedOn', 'recorded_at as recordedAt'])
    .where('person_id', '=', personId)
    .where('current', '=', false)
    .orderBy('id', 'desc')
    .limit(20)
    .execute();
}

/** The person behind an account. */
export async function findPersonOfAccount(tx: ReadTransaction, accountId: string): Promise<PersonRow | undefined> {
  return await people(tx).where('p.account_id', '=', accountId).executeTakeFirst();
}

/** Persons by current licence numbers that are not claimed. */
export async function listByLicence(tx: ReadTransaction, numbers: readonly string[]): Promise<PersonRow[]> {
  return await people(tx)
    .where('l.number', '=', sql<string>`ANY (${sql.val([...numbers])}::text[])`)
    .where('l.claimed', '=', false)
    .execute();
}

/** The doctor behind a mail address that is written to; nobody once he is recorded as dead. */
export async function findMailTarget(tx: ReadTransaction, personId: string) {
  return await tx
    .selectFrom('person')
    .select(['mail', 'surname', 'given_name as givenName'])
    .where('id', '=', personId)
    .where('died_on', 'is', null)
    .executeTakeFirst();
}

/** The same of many at once. */
export async function listMailTargets(tx: ReadTransaction, personIds: readonly string[]) {
  return await tx
    .selectFrom('person')
    .select(['id', 'mail', 'surname', 'given_name as givenName'])
    .where('id', '=', sql<string>`ANY (${sql.val([...personIds])}::uuid[])`)
    .where('died_on', 'is', null)
    .orderBy('id')
    .execute();
}

/** Another person with the same name and birth day, for the finding 「同姓同名・同一生年月日」. Only within the actor's scope. */
export async function hasNamesake(
  tx: ReadTransaction,
  person: { id: string; surname: string; givenName: string; birthOn: Day },
): Promise<boolean> {
  const row = await tx
    .selectFrom('person')
    .select('id')
    .where('surname', '=', person.surname)
    .where('given_name', '=', person.givenName)
    .where('birth_on', '=', person.birthOn)
    .where('id', '<>', person.id)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Another person with the same name and birth day whom one of the associations sees, whatever the actor himself may see. */
export async function isNamesakeKnown(
  tx: ReadTransaction,
  { personId, associationIds }: { personId: string; associationIds: readonly number[] },
): Promise<boolean> {
  const known = sql<boolean>`namesake_known_to(${personId}::uuid, ${sql.val([...associationIds])}::int[])`;
  const row = await tx.selectNoFrom(known.as('known')).executeTakeFirst();
  return row?.known === true;
}

/** Marks the licence as seen by an office; returns false when it had been seen before. */
export async function verifyLicence(
  tx: WriteTransaction,
  mark: { personId: string; accountId: string | null; associationId: number | null; at: Date },
): Promise<boolean> {
  const done = await tx
    .updateTable('person_licence')
    .set({ verified_at: mark.at, verified_by: mark.accountId, verified_association_id: mark.associationId })
    .where('person_id', '=', mark.personId)
    .where('current', '=', true)
    .where('verified_at', 'is', null)
    // A number that two people say is theirs is settled by the operations office (P-06), not by one look at a paper.
    .where('claimed', '=', false)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

/** The address of the person behind an account, when it has been changed there (D-05). */
export async function updateMailOfAccount(tx: WriteTransaction, accountId: string, change: { mail: string; at: Date }): Promise<void> {
  await tx
    .updateTable('person')
    .set(({ eb }) => ({ mail: change.mail, mail_bounced_at: null, version: eb('version', '+', 1), updated_at: change.at }))
    .where('account_id', '=', accountId)
    .execute();
}

/** Who holds a licence number that is not itself in question. */
export async function findHolder(tx: ReadTransaction, number: string): Promise<string | undefined> {
  const row = await tx
    .selectFrom('person_licence')
    .select('person_id as personId')
    .where('number', '=', number)
    .where('current', '=', true)
    .where('claimed', '=', false)
    .executeTakeFirst();
  return row?.personId;
}

/** Notes that a new registration gave another's number, for P-06. */
export async function insertClaim(
  tx: WriteTransaction,
  claim: { id: string; number: string; claimantId: string; holderId: string; at: Date },
): Promise<void> {
  await tx
    .insertInto('licence_claim')
    .values({ id: claim.id, number: claim.number, claimant_id: claim.claimantId, holder_id: claim.holderId, claimed_at: claim.at })
    .execute();
}

/** Notes the day of death; false when one was noted before. */
export async function storeDeath(tx: WriteTransaction, death: { personId: string; diedOn: Day; at: Date }): Promise<boolean> {
  const done = await tx
    .updateTable('person')
    .set((expression) => ({ died_on: death.diedOn, version: expression('version', '+', 1), updated_at: death.at }))
    .where('id', '=', death.personId)
    .where('died_on', 'is', null)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** Takes the day of death back; false when none was noted. */
export async function clearDeath(tx: WriteTransaction, { personId, at }: { personId: string; at: Date }): Promise<boolean> {
  const done = await tx
    .updateTable('person')
    .set((expression) => ({ died_on: null, version: expression('version', '+', 1), updated_at: at }))
    .where('id', '=', personId)
    .where('died_on', 'is not', null)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}
