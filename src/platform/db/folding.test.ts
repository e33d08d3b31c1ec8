import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { foldName } from '#kernel/fold-name.ts';
import { FOLD_TABLES } from '#kernel/fold-tables.ts';
import { GLYPH_VARIANTS } from '#kernel/glyph-variants.gen.ts';
import { createTestDatabase } from '#support/database.ts';

const firstColumns = (file: string): string[] =>
  readFileSync(new URL(`../../../db/${file}`, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .flatMap((line) => line.split(',').slice(0, 2));

const surnames = firstColumns('demo/surnames.csv');
const givenNames = firstColumns('demo/given_names.csv');
const foldable = Object.values(FOLD_TABLES).flatMap((pairs) => pairs.map(([character]) => character));

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let client: Client;

beforeAll(async () => {
  database = await createTestDatabase();
  client = new Client({ connectionString: database.ownerUrl });
  await client.connect();
});

afterAll(async () => {
  await client.end();
  await database.drop();
});

async function foldInSql(names: readonly string[]): Promise<string[]> {
  const found = await client.query<{ folded: string }>(
    'select fold_name(name) as folded from unnest($1::text[]) with ordinality as given (name, place) order by place',
    [names],
  );
  return found.rows.map((row) => row.folded);
}

describe('SQLの fold_name() と foldName', () => {
  it('生成した異体字の表は glyph_variants.csv と同じ', () => {
    expect(GLYPH_VARIANTS.flat()).toEqual(firstColumns('masters/glyph_variants.csv'));
  });

  it('姓名の一覧のすべてで一致する', async () => {
    const names = [...surnames, ...givenNames, ...surnames.map((surname, place) => `${surname}　${givenNames[place] ?? ''}`)];
    expect(await foldInSql(names)).toEqual(names.map(foldName));
  });

  it('一文字ごとに、漢字の全面と異体字セレクタまでのすべての文字で一致する', async () => {
    const found = await client.query<{ code: number; folded: string }>(
      `select code, fold_name(chr(code)) as folded
       from (select generate_series(1, 55295) union all select generate_series(57344, 205743)
             union all select generate_series(917504, 918015)) as codes (code)
       where fold_name(chr(code)) <> chr(code) order by code`,
    );
    const expected: { code: number; folded: string }[] = [];
    for (const [first, last] of [
      [1, 55_295],
      [57_344, 205_743],
      [917_504, 918_015],
    ] as const) {
      for (let code = first; code <= last; code += 1) {
        const character = String.fromCodePoint(code);
        if (foldName(character) !== character) expected.push({ code, folded: foldName(character) });
      }
    }
    expect(found.rows).toEqual(expected);
    expect(expected.length).toBeGreaterThan(2_000);
  });

  it('どんな文字の並びでも一致する', async () => {
    const unit = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }).filter((character) => character !== '\0'),
      fc.constantFrom(...foldable),
      fc.constantFrom(...surnames, ...givenNames),
      fc.constantFrom('\u{E0100}', '\uFE00', '\u3099', 'é', 'Ⅱ', '㈱', '㌔', '\uFA19', '\u{2F800}', 'ǆ', 'ﬁ', '\n', "'", '\\'),
    );
    const names = fc.array(fc.string({ unit, maxLength: 12 }), { minLength: 50, maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(names, async (given) => {
        expect(await foldInSql(given)).toEqual(given.map(foldName));
      }),
      { numRuns: 60 },
    );
  });

  it('値がなければ値がない', async () => {
    const found = await client.query<{ folded: string | null }>('select fold_name(null) as folded');
    expect(found.rows).toEqual([{ folded: null }]);
  });

  it('索引と生成列に使える性質を持ち、日本語の説明がある', async () => {
    const found = await client.query(
      `select provolatile, proisstrict, proparallel, obj_description(oid, 'pg_proc') as comment
       from pg_proc where oid = 'fold_name(text)'::regprocedure`,
    );
    expect(found.rows).toEqual([{ provolatile: 'i', proisstrict: true, proparallel: 's', comment: expect.stringContaining('検索用') }]);
  });
});
