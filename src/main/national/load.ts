import { Client } from 'pg';
import type { Day } from '#kernel/day.ts';
import { readNames } from '../demo/names.ts';
import { diceOf } from '../demo/random.ts';
import { withBareTables } from './bare-tables.ts';
import type { Country, Leaf } from './country.ts';
import { readCountry } from './country.ts';
import { numberOf } from './dates.ts';
import { withQuickFolding } from './folding.ts';
import { makeLife } from './lives.ts';
import { idOf, kinds } from './ids.ts';
import { makeRows } from './rows.ts';
import { tables } from './tables.ts';
import { writeTrail } from './trail.ts';
import type { Writer } from './writer.ts';
import { makeWriter } from './writer.ts';

/** Loads a country of made-up doctors straight into the tables, in one transaction: all of it or nothing. */

type Log = (line: string) => void;

export type NationalOptions = { ownerUrl: string; doctors: number; today: Day; log: Log };

/** Doctors whose rows gather in memory before they are sent. */
const together = 10_000;

const clinicWords = [
  ['クリニック', 'クリニック'],
  ['医院', 'イイン'],
  ['内科クリニック', 'ナイカクリニック'],
  ['病院', 'ビョウイン'],
] as const;

type Facilities = {
  id: (leaf: Leaf, index: number) => string;
  write: (writer: Writer, names: Awaited<ReturnType<typeof readNames>>) => void;
};

function makeFacilities(country: Country): Facilities {
  const first = new Map<number, number>();
  let total = 0;
  for (const leaf of country.leaves) {
    first.set(leaf.id, total);
    total += leaf.facilities;
  }
  const numberIn = (leaf: Leaf, index: number) => (first.get(leaf.id) ?? 0) + index + 1;
  return {
    id: (leaf, index) => idOf(kinds.facility, numberIn(leaf, index)),
    write: (writer, names) => {
      const dice = diceOf('national facilities');
      for (const leaf of country.leaves) {
        for (let index = 0; index < leaf.facilities; index += 1) {
          const surname = names.surname(dice);
          const [word, kana] = dice.pick(clinicWords);
          writer.add('facility', [
            idOf(kinds.facility, numberIn(leaf, index)),
            `${surname.kanji}${word}`,
            `${surname.kana}${kana}`,
            `${leaf.prefectureCode}00001`,
            leaf.prefectureCode,
            `${leaf.name.replace(/医師会$/, '')}中央${dice.from(1, 9)}-${dice.from(1, 30)}`,
            '',
            '05',
            word === '病院' ? dice.from(2, 60) * 10 : null,
            leaf.id,
          ]);
        }
      }
    },
  };
}

async function characters(): Promise<ReadonlySet<string>> {
  const names = await readNames();
  return new Set([...names.all, ...clinicWords.flat(), ' '].flatMap((text) => [...text]));
}

async function fill(client: Client, options: NationalOptions): Promise<void> {
  const { doctors, log } = options;
  const names = await readNames();
  const dice = diceOf('national');
  const country = await readCountry(client, diceOf('national sizes'), Math.round(doctors / 6));
  const facilities = makeFacilities(country);
  const writer = makeWriter(client);
  const today = numberOf(options.today);
  const rows = makeRows({ country, names, dice, today, writer, facilityId: facilities.id });
  facilities.write(writer, names);
  let sending = Promise.resolve();
  for (let number = 1; number <= doctors; number += 1) {
    rows.write(number, makeLife({ country, today, dice }));
    if (number % together !== 0 && number !== doctors) continue;
    await sending;
    sending = writer.flush();
    if (number % (together * 5) === 0 || number === doctors)
      log(`national: ${number} of ${doctors} doctors, ${rows.counts().events} ledger events, ${rows.counts().applications} applications`);
  }
  await sending;
  await client.query(`SELECT setval('application_number', $1)`, [rows.counts().numbers]);
  for (const table of ['membership_event', 'person_licence'])
    await client.query(`SELECT setval(pg_get_serial_sequence('${table}', 'id'), (SELECT max(id) FROM ${table}))`);
}

/** @throws Error when the database already holds doctors */
export async function loadNational(options: NationalOptions): Promise<void> {
  const client = new Client({
    connectionString: options.ownerUrl,
    options: '-c synchronous_commit=off -c work_mem=256MB -c maintenance_work_mem=768MB -c timezone=Asia/Tokyo -c statement_timeout=0',
  });
  await client.connect();
  try {
    const there = await client.query<{ some: boolean }>('SELECT EXISTS (SELECT FROM person) AS some');
    if (there.rows[0]?.some === true) throw new Error('This database already holds doctors; the national data need an empty one.');
    await client.query('BEGIN');
    await withBareTables(client, [...Object.keys(tables), 'audit_event', 'outbox'], {
      log: options.log,
      work: async () => {
        await withQuickFolding(client, await characters(), async () => await fill(client, options));
        await writeTrail(client, options.log);
      },
    });
    await client.query('SELECT recount_members()');
    await client.query('COMMIT');
    options.log('national: statistics …');
    await client.query('VACUUM (ANALYZE)');
  } finally {
    await client.end();
  }
}
