import type { Client } from 'pg';
import { foldName } from '#kernel/fold-name.ts';

/**
 * `fold_name` is right for every character there is, and that takes time. A load knows the few hundred characters of its
 * names, so for its own transaction it folds by a table of these alone; afterwards the real function must agree.
 */

async function definition(client: Client): Promise<string> {
  const { rows } = await client.query<{ text: string }>(`SELECT pg_get_functiondef('fold_name(text)'::regprocedure) AS text`);
  return rows[0]?.text ?? '';
}

function quick(characters: ReadonlySet<string>): string {
  const changed = [...characters].map((from) => ({ from, to: foldName(from) })).filter(({ from, to }) => from !== to);
  const replaced = changed.filter(({ to }) => [...to].length === 1);
  const removed = changed.filter(({ to }) => to === '');
  if (replaced.length + removed.length !== changed.length) throw new RangeError('a character folds to several');
  const quote = (text: string) => `'${text.replaceAll("'", "''")}'`;
  const from = [...replaced, ...removed].map((change) => change.from).join('');
  return `CREATE OR REPLACE FUNCTION fold_name(name text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN translate(name, ${quote(from)}, ${quote(replaced.map((change) => change.to).join(''))})`;
}

const folded: readonly (readonly [table: string, check: string])[] = [
  ['person', 'name_fold <> fold_name(surname || given_name) OR kana_fold <> fold_name(surname_kana || given_name_kana)'],
  ['application', 'applicant_name_fold <> fold_name(applicant_name) OR applicant_kana_fold <> fold_name(applicant_kana)'],
  ['facility', 'name_fold <> fold_name(name) OR kana_fold <> fold_name(kana)'],
];

/** Runs `work` with the quick fold of these characters, inside the caller's transaction. @throws when a sample folds differently */
export async function withQuickFolding(client: Client, characters: ReadonlySet<string>, work: () => Promise<void>): Promise<void> {
  const real = await definition(client);
  await client.query(quick(characters));
  await work();
  await client.query(real);
  for (const [table, check] of folded) {
    const { rows } = await client.query<{ wrong: boolean }>(
      `SELECT EXISTS (SELECT FROM (SELECT * FROM ${table} LIMIT 5000) t WHERE ${check}) AS wrong`,
    );
    if (rows[0]?.wrong !== false) throw new Error(`the folded columns of ${table} are wrong`);
  }
}
