import type { Client } from 'pg';
import type { Dice } from '../demo/random.ts';

/** The associations as a load needs them: chains and categories, and how large each is. */

export type Leaf = {
  id: number;
  name: string /** Lowest first, 日本医師会 last. */;
  chain: readonly { id: number; layer: number }[];
  prefectureCode: string;
  facilities: number;
};

export type Country = {
  leaves: readonly Leaf[];
  /** A leaf, large ones more often. */
  pickLeaf: (dice: Dice) => Leaf;
  categoryId: (associationId: number, code: string) => number;
  settingsVersion: number;
};

type Row = { id: number; layer: number; name: string; parent: number | null; prefecture: string | null };

/** Associations with a demo login have about 1,500 members. */
const known: Readonly<Record<number, number>> = { 27001: 6, 13005: 6, 14501: 4 };

function bell(dice: Dice): number {
  return Math.sqrt(-2 * Math.log(1 - dice.next())) * Math.cos(2 * Math.PI * dice.next());
}

/** The associations of the masters as a tree, with made-up facilities for each district. */
export async function readCountry(client: Client, dice: Dice, facilities: number): Promise<Country> {
  const { rows } = await client.query<Row>(
    `SELECT a.id, a.layer, v.name, v.parent_id AS parent, a.prefecture_code AS prefecture
     FROM association a JOIN association_version v ON v.association_id = a.id AND v.ends_on IS NULL ORDER BY a.id`,
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  const parents = new Set(rows.map((row) => row.parent));
  const chainOf = (row: Row): { id: number; layer: number }[] => {
    const parent = row.parent === null ? undefined : byId.get(row.parent);
    return [{ id: row.id, layer: row.layer }, ...(parent === undefined ? [] : chainOf(parent))];
  };
  const leaves = rows.filter((row) => !parents.has(row.id));
  const weights = leaves.map((row) => known[row.id] ?? Math.exp(bell(dice) * 0.8));
  const sums: number[] = [];
  let sum = 0;
  for (const weight of weights) sums.push((sum += weight));
  const made = leaves.map(
    (row, index): Leaf => ({
      id: row.id,
      name: row.name,
      chain: chainOf(row),
      prefectureCode: row.prefecture ?? '13',
      facilities: Math.max(3, Math.round(((weights[index] ?? 1) / sum) * facilities)),
    }),
  );
  const categories = await client.query<{ association: number; code: string; id: number }>(
    'SELECT association_id AS association, code, id FROM member_category',
  );
  const codes = new Map(categories.rows.map((row) => [`${row.association}/${row.code}`, row.id]));
  return {
    leaves: made,
    pickLeaf: (one) => made[placeOf(sums, one.next() * sum)] ?? fail('no leaf'),
    categoryId: (id, code) => codes.get(`${id}/${code}`) ?? fail(`no category ${code} in ${id}`),
    settingsVersion: 1,
  };
}

function fail(text: string): never {
  throw new RangeError(text);
}

/** The first place whose sum is beyond the value. */
function placeOf(sums: readonly number[], value: number): number {
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sums[middle] ?? 0) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
