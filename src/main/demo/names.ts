import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import type { Dice } from './random.ts';

/** Made-up names from `db/demo`; surnames are ordered by how common they are, variant glyphs last. */

export type Surname = { kanji: string; kana: string };
export type Era = 'older' | 'middle' | 'young';
export type Sex = 'male' | 'female';

export type Names = {
  /** Every name and reading there is. */
  all: readonly string[];
  surname: (dice: Dice) => Surname;
  given: (dice: Dice, who: { sex: Sex; era: Era }) => Surname;
};

const directory = new URL('../../../db/demo/', import.meta.url);

async function rowsOf(name: string): Promise<Record<string, string>[]> {
  return parse<Record<string, string>>(await readFile(new URL(name, directory)), { columns: true, bom: true });
}

function nameOf(row: Record<string, string>): Surname {
  return { kanji: row['kanji'] ?? '', kana: row['kana'] ?? '' };
}

/** Names by frequency from db/demo, variant glyphs included. */
export async function readNames(): Promise<Names> {
  const surnames = await rowsOf('surnames.csv');
  const variants = surnames.filter((row) => row['variant_of'] !== '').map(nameOf);
  const plain = surnames.filter((row) => row['variant_of'] === '').map(nameOf);
  const given = await rowsOf('given_names.csv');
  const givenOf = new Map<string, Surname[]>();
  for (const row of given) {
    const key = `${row['sex']}/${row['era']}`;
    givenOf.set(key, [...(givenOf.get(key) ?? []), nameOf(row)]);
  }
  return {
    all: [...surnames, ...given].map(nameOf).flatMap((name) => [name.kanji, name.kana]),
    // Squared, so that the first hundred names make up more than half.
    surname: (dice) => (dice.chance(0.12) ? dice.pick(variants) : (plain[Math.floor(dice.next() ** 2 * plain.length)] ?? dice.pick(plain))),
    given: (dice, who) => dice.pick(givenOf.get(`${who.sex}/${who.era}`) ?? []),
  };
}
