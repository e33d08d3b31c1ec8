import type { LedgerEvent } from '#features/membership/rules.ts';
import type { Names } from '../demo/names.ts';
import type { Dice } from '../demo/random.ts';
import type { Country, Leaf } from './country.ts';
import type { DayNumber } from './dates.ts';
import type { Life } from './lives.ts';
import type { Writer } from './writer.ts';

/** What all rows of one load share. */
export type Surroundings = {
  country: Country;
  names: Names;
  dice: Dice;
  today: DayNumber;
  writer: Writer;
  facilityId: (leaf: Leaf, index: number) => string;
};

export type Load = Surroundings & { count: { event: number; affiliation: number; application: number; step: number; tick: number } };

export type Person = {
  id: string;
  name: string;
  kana: string;
  licence: string;
  surname: string;
  given: string;
  surnameKana: string;
  givenKana: string;
  male: boolean;
};

/** Rows of one person that belong together. */
export type Sheet = {
  load: Load;
  person: Person;
  life: Life;
  affiliationIds: string[];
  joined: Set<number>[];
  pending: number[][];
  events: Map<number, (LedgerEvent & { affiliation: number })[]>;
};

/** Ids in rising order, each once: what arrays of associations hold. */
export function sorted(ids: Iterable<number>): number[] {
  return [...new Set(ids)].sort((a, b) => a - b);
}
