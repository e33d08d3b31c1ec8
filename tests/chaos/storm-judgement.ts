import { setTimeout as sleep } from 'node:timers/promises';
import type { Known } from '#support/storm.ts';
import type { Ground } from './storm-ground.ts';

/** What people were told in a storm, against what is on record afterwards (P1, P9). */

/** A page that has nothing left to edit leads on with 302; only 303 follows a deed. */
const succeeded = (one: Known): boolean => one.status === 200 || one.status === 303;

/** 一括操作 is told as begun only. */
const isBulk = (one: Known): boolean => one.deed.startsWith('bulk:');

const keyOf = (one: { application: string; deed: string; account: string }) => `${one.application} ${one.deed} ${one.account}`;

/** What people were told they had done, by case, deed and person: each key once. */
function told(known: readonly Known[]): Map<string, number> {
  const keys = new Map(known.filter((one) => succeeded(one) && !isBulk(one)).map((one) => [one.key, one]));
  const counts = new Map<string, number>();
  for (const one of keys.values()) counts.set(keyOf(one), (counts.get(keyOf(one)) ?? 0) + 1);
  return counts;
}

/** Deeds that somebody was told to have done. */
export function countTold(known: readonly Known[]): number {
  return told(known).size;
}

/** Request keys that were answered one way once and another way later. */
export function twofoldAnswers(known: readonly Known[]): string[] {
  const answers = new Map<string, Known[]>();
  for (const one of known) answers.set(one.key, [...(answers.get(one.key) ?? []), one]);
  return [...answers.values()]
    .filter((all) => new Set(all.map(succeeded)).size > 1)
    .map((all) => all.map((one) => `${one.deed} ${one.status} ${one.said.slice(0, 80)}`).join(' / '));
}

type Done = { application: string; deed: string; account: string; n: number };

/** What 一括操作 says that it has carried out, by case, deed and person. */
async function bulkDone(asOwner: Ground['asOwner']): Promise<Done[]> {
  const { rows } = await asOwner(
    async (client) =>
      await client.query<Done>(
        `SELECT w.application_id AS application, r.action AS deed, r.account_id AS account, count(*)::int AS n
         FROM bulk_run r JOIN bulk_row w ON w.run_id = r.id JOIN bulk_result d ON d.run_id = w.run_id AND d.ordinal = w.ordinal
         WHERE d.done GROUP BY 1, 2, 3`,
      ),
  );
  return rows;
}

/** 一括操作 that were told as begun and are not on record once, and their rows that nobody has worked on. */
export async function bulkFaults({ storm, asOwner }: Ground): Promise<string[]> {
  const { rows } = await asOwner(
    async (client) =>
      await client.query<{ runs: number; open: number }>(
        `SELECT (SELECT count(*)::int FROM bulk_run) AS runs,
           (SELECT count(*)::int FROM bulk_row w LEFT JOIN bulk_result d ON d.run_id = w.run_id AND d.ordinal = w.ordinal
            WHERE d.run_id IS NULL) AS open`,
      ),
  );
  const begun = new Set(storm.known.filter((one) => isBulk(one) && succeeded(one)).map((one) => one.key)).size;
  const { runs, open } = rows[0] ?? { runs: 0, open: 0 };
  return [
    ...(runs === begun ? [] : [`一括操作: told ${begun}, recorded ${runs}`]),
    ...(open === 0 ? [] : [`一括操作: ${open} rows without a result`]),
  ];
}

/** Deeds that are on record more or less often than somebody was told. */
export async function miscounted({ storm, asOwner }: Ground): Promise<string[]> {
  const { rows } = await asOwner(
    async (client) =>
      await client.query<{ application: string; deed: string; account: string; n: number }>(
        `SELECT application_id AS application, action AS deed, account_id AS account, count(*)::int AS n FROM application_action
         WHERE application_id = ANY ($1) GROUP BY 1, 2, 3`,
        [storm.cases],
      ),
  );
  const recorded = new Map(rows.map((row) => [keyOf(row), row.n]));
  const expected = told(storm.known);
  for (const row of await bulkDone(asOwner)) expected.set(keyOf(row), (expected.get(keyOf(row)) ?? 0) + row.n);
  return [...new Set([...recorded.keys(), ...expected.keys()])]
    .filter((key) => recorded.get(key) !== expected.get(key))
    .map((key) => `${key}: told ${expected.get(key) ?? 0}, recorded ${recorded.get(key) ?? 0}`);
}

/** Longer than the queue lets a job rest after its fifth try. */
const restingMs = 180_000;

/** Waits until all news has been worked on, 一括操作 among it; says how much was left when nothing more was done for three minutes. */
export async function unfinished({ asOwner }: Ground): Promise<string[]> {
  let fewest = Infinity;
  for (let since = performance.now(); ; ) {
    const { rows } = await asOwner(
      async (client) =>
        await client.query<{ n: number }>(
          "SELECT count(*)::int AS n FROM graphile_worker.jobs WHERE task_identifier IN ('react', 'sendMail')",
        ),
    );
    const left = rows[0]?.n ?? 0;
    if (left === 0) return [];
    if (left < fewest) since = performance.now();
    fewest = Math.min(fewest, left);
    if (performance.now() - since > restingMs) return [`${left} jobs are left`];
    await sleep(500);
  }
}
