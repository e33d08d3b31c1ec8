import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { FormerLicence, PersonRow } from '../store.server.ts';
import {
  findHolder,
  findMailTarget,
  listMailTargets,
  findPersonRow,
  hasNamesake,
  isNamesakeKnown,
  listByLicence,
  listFormerLicences,
} from '../store.server.ts';

/** Persons, as other features need them inside their own transaction; row-level security limits what is found. */

export type Person = PersonRow;

/** The person, or undefined out of scope. */
export async function findPerson(tx: ReadTransaction, personId: string): Promise<Person | undefined> {
  return await findPersonRow(tx, personId);
}

/** 医籍登録番号 that the person had before, newest first. */
export async function formerLicences(tx: ReadTransaction, personId: string): Promise<FormerLicence[]> {
  return await listFormerLicences(tx, personId);
}

/** Name and address for a mail; undefined after death (`rules.md 3.10`) or without address. */
export async function mailTargetOf(tx: ReadTransaction, personId: string): Promise<{ mail: string; name: string } | undefined> {
  const row = await findMailTarget(tx, personId);
  return row === undefined || row.mail === null ? undefined : { mail: row.mail, name: `${row.surname} ${row.givenName}` };
}

/** The same of many; who has died or has no address is missing from the answer. */
export async function mailTargetsOf(
  tx: ReadTransaction,
  personIds: readonly string[],
): Promise<{ personId: string; mail: string; name: string }[]> {
  const rows = await listMailTargets(tx, personIds);
  return rows.flatMap(({ id, mail, surname, givenName }) =>
    mail === null || mail === '' ? [] : [{ personId: id, mail, name: `${surname} ${givenName}` }],
  );
}

/** True when another person has the same name and day of birth. */
export async function namesakeExists(tx: ReadTransaction, person: Person): Promise<boolean> {
  return await hasNamesake(tx, person);
}

/** Why the person may be there twice, as the associations of a case would find it (`rules.md 3.14`). */
export async function doubtsAbout(
  tx: ReadTransaction,
  { person, associationIds }: { person: Person; associationIds: readonly number[] },
): Promise<{ namesake: boolean; claimed: boolean }> {
  return { namesake: await isNamesakeKnown(tx, { personId: person.id, associationIds }), claimed: person.licenceClaimed };
}

/** Who holds a licence number; for the operator. */
export async function personOfLicence(tx: ReadTransaction, number: string): Promise<string | undefined> {
  return await findHolder(tx, number);
}

/** Persons by their current licence numbers, those in scope only; a number in question belongs to nobody yet. */
export async function personsByLicence(tx: ReadTransaction, numbers: readonly string[]): Promise<Person[]> {
  return numbers.length === 0 ? [] : await listByLicence(tx, numbers);
}
