import { codeList } from '#features/association/queries/directory.ts';
import type { Day } from '#kernel/day.ts';
import { formatPost } from '#kernel/fold-input.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { Person } from './person.ts';

type Address = Pick<Person, 'postalCode' | 'prefectureCode' | 'addressLine' | 'building'>;

/** A doctor's own address as lines of a letter; empty when none is on record. */
export async function postalLines(tx: ReadTransaction, person: Address, on: Day): Promise<string[]> {
  const prefecture = (await codeList(tx, 'prefecture', on)).find((row) => row.code === person.prefectureCode)?.label ?? '';
  const lines = [
    person.postalCode === '' ? '' : `〒${formatPost(person.postalCode)}`,
    `${prefecture}${person.addressLine}`,
    person.building,
  ];
  return lines.filter((line) => line !== '');
}
