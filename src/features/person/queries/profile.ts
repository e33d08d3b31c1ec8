import { codeList } from '#features/association/queries/directory.ts';
import type { Day } from '#kernel/day.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { findProfileRow, type ProfileRow } from '../profile.store.server.ts';

/** The profile of one doctor as the texts of its form (`screens.md A-07, A-10`), for features above inside their transaction. */

type ProfileTexts = Record<string, string | string[]>;

export type OwnProfile = {
  personId: string;
  birthOn: Day;
  name: string;
  dead: boolean;
  licenceVerified: boolean;
  texts: ProfileTexts;
};

const slashed = (day: Day | null) => (day === null ? '' : day.replaceAll('-', '/'));
const month = (text: string | null) => (text ?? '').replaceAll('-', '/');

function textsOf(row: ProfileRow, known: ReadonlySet<string>): ProfileTexts {
  const { personId: _id, diedOn: _died, accountId: _account, licenceVerifiedAt: _seen, useFormerName, societies, ...plain } = row;
  const given = Object.entries(plain).map(([name, value]): [string, string | string[]] => [name, value ?? '']);
  return {
    ...Object.fromEntries(given),
    licensedOn: slashed(row.licensedOn),
    birthOn: slashed(row.birthOn),
    graduatedOn: month(row.graduatedOn),
    degreeOn: month(row.degreeOn),
    trainingEndsOn: month(row.trainingEndsOn),
    ...(useFormerName ? { useFormerName: '1' } : {}),
    societies: societies.filter((name) => known.has(name)),
    societyTexts: societies.filter((name) => !known.has(name)).join('\n'),
  };
}

/** The doctor behind an account, with everything his form holds; undefined when there is none. */
export async function profileOfAccount(tx: ReadTransaction, accountId: string, today: Day): Promise<OwnProfile | undefined> {
  const row = await findProfileRow(tx, accountId);
  if (row === undefined) return undefined;
  const known = new Set((await codeList(tx, 'society', today)).map((one) => one.label));
  return {
    personId: row.personId,
    birthOn: row.birthOn,
    name: `${row.surname} ${row.givenName}`,
    dead: row.diedOn !== null,
    licenceVerified: row.licenceVerifiedAt !== null,
    texts: textsOf(row, known),
  };
}
