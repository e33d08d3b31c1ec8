import type { Known } from '#support/storm.ts';
import type { Ground } from './storm-ground.ts';

/** What people were told in a storm, against what is on record afterwards (P1, P9). */

/** A page that has nothing left to edit leads on with 302; only 303 follows a deed. */
const succeeded = (one: Known): boolean => one.status === 200 || one.status === 303;

const keyOf = (one: { application: string; deed: string; account: string }) => `${one.application} ${one.deed} ${one.account}`;

/** What people were told they had done, by case, deed and person: each key once. */
function told(known: readonly Known[]): Map<string, number> {
  const keys = new Map(known.filter(succeeded).map((one) => [one.key, one]));
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

/** Deeds that are on record more or less often than somebody was told. */
export async function miscounted({ storm, asOwner }: Ground): Promise<string[]> {
  const { rows } = await asOwner(
    async (client) =>
      await client.query<{ application: string; deed: string; account: string; n: number }>(
        `SELECT application_id AS application, action AS deed, account_id AS account, count(*)::int AS n FROM application_action WHERE action <> 'submit' GROUP BY 1, 2, 3`,
      ),
  );
  const recorded = new Map(rows.map((row) => [keyOf(row), row.n]));
  const expected = told(storm.known);
  return [...new Set([...recorded.keys(), ...expected.keys()])]
    .filter((key) => recorded.get(key) !== expected.get(key))
    .map((key) => `${key}: told ${expected.get(key) ?? 0}, recorded ${recorded.get(key) ?? 0}`);
}

/** Jobs that nobody has done yet. */
export async function jobsLeft({ asOwner }: Ground): Promise<number> {
  const { rows } = await asOwner(
    async (client) =>
      await client.query<{ n: number }>(
        "SELECT count(*)::int AS n FROM graphile_worker.jobs WHERE task_identifier IN ('react', 'sendMail')",
      ),
  );
  return rows[0]?.n ?? 0;
}
