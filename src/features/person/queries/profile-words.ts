import { codeList } from '#features/association/queries/directory.ts';
import type { Day } from '#kernel/day.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { ProfileWords } from '../fields.ts';

/** The words of the masters that a profile names by code; '' for a code that is in no list. */
export async function profileWords(tx: ReadTransaction, on: Day): Promise<ProfileWords> {
  const wordsOf = async (list: string) => {
    const words = new Map((await codeList(tx, list, on)).map((row) => [row.code, row.label]));
    return (code: string) => words.get(code) ?? '';
  };
  return { prefecture: await wordsOf('prefecture'), department: await wordsOf('department'), school: await wordsOf('school') };
}
