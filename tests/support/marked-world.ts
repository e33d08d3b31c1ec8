import type { Client } from 'pg';
import type { CaseMix } from './case-mix.ts';
import { caseMix } from './case-mix.ts';
import type { World } from './world.ts';

/** Cases of people whose every datum can be recognised wherever it turns up. */

export type Marked = {
  name: string;
  caseId: string;
  personId: string;
  documentId: string;
  version: number;
  state: string;
  steps: number[];
  holder: number | undefined;
  approved: boolean;
  scope: number[];
  /** Texts that only this person's data contain. */
  marks: string[];
};

const kanaOf = (n: number): string => [...String(n)].map((digit) => 'アイウエオカキクケコ'[Number(digit)]).join('');
const glyphOf = (n: number): string => [...String(n)].map((digit) => '藍碧珊琥玻翠瑠璃玄緋'[Number(digit)]).join('');

let next = 100;

function profile(): Record<string, unknown> {
  next += 1;
  return {
    surname: `標${glyphOf(next)}`,
    givenName: `識${glyphOf(next)}`,
    surnameKana: `ヒョウ${kanaOf(next)}`,
    givenNameKana: `シキ${kanaOf(next)}`,
    licenceNumber: String(8_100_000 + next),
    tel: `06-8${next}-77${next}`,
    mail: `mark${next}@proof.example.jp`,
    addressLine: `印町${next}番地`,
  };
}

/** The mix of cases with marked doctors; everything else about them is read back from the database. */
export async function markedCases(world: World, owner: Client): Promise<Marked[]> {
  const mix: CaseMix = await caseMix({ ...world, doctor: async (more = {}) => await world.doctor({ ...profile(), ...more }) });
  const found: Marked[] = [];
  for (const [name, { id, doctor }] of Object.entries(mix))
    found.push(await readMarked(owner, { name, caseId: id, personId: doctor.personId }));
  return found;
}

async function readMarked(owner: Client, one: { name: string; caseId: string; personId: string }): Promise<Marked> {
  const { rows } = await owner.query<{
    version: number;
    state: string;
    number: string | null;
    steps: number[];
    holder: number | null;
    approved: boolean;
    scope: number[];
    document: string;
    texts: string[];
  }>(
    `SELECT a.version, a.state, a.number,
       ARRAY(SELECT association_id FROM application_step s WHERE s.application_id = a.id ORDER BY ordinal) AS steps,
       (SELECT association_id FROM application_step s WHERE s.application_id = a.id AND s.state IN ('arrived', 'received')) AS holder,
       EXISTS (SELECT FROM application_step s WHERE s.application_id = a.id AND s.state = 'approved') AS approved,
       ARRAY(SELECT e.association_id FROM membership_event e WHERE e.person_id = p.id UNION SELECT s.association_id FROM application_step s
         JOIN application o ON o.id = s.application_id WHERE s.person_id = p.id AND o.state IN ('submitted', 'returned')) AS scope,
       (SELECT d.id FROM document d WHERE d.application_id = a.id LIMIT 1) AS document,
       ARRAY[p.surname, p.given_name, p.surname_kana, p.given_name_kana, l.number, p.tel, p.mail, p.address_line] AS texts
     FROM application a JOIN person p ON p.id = a.person_id JOIN person_licence l ON l.person_id = p.id AND l.current WHERE a.id = $1`,
    [one.caseId],
  );
  const [row] = rows;
  if (row === undefined) throw new Error(`no case ${one.name}`);
  return {
    ...one,
    documentId: row.document,
    version: row.version,
    state: row.state,
    steps: row.steps,
    holder: row.holder ?? undefined,
    approved: row.approved,
    scope: row.scope,
    marks: [...row.texts, one.personId, ...(row.number === null ? [] : [row.number])],
  };
}
