import { Client } from 'pg';
import { expect } from 'vitest';
import type { Outcome } from '#kernel/refusal.ts';
import { currentVersion } from './rivals.ts';
import type { World } from './world.ts';

/** How a contest of P2 ends: who won, and what the other was told. */

/** The case as it stands, and whether anybody has taken it in hand. */
export async function stateOf(world: World, id: string): Promise<{ state: string; received: boolean } | undefined> {
  const { rows } = await world.database.system.query<{ state: string; received: boolean }>(
    `SELECT a.state, EXISTS (SELECT FROM application_step s WHERE s.application_id = a.id AND s.state IN ('received', 'approved')) AS received FROM application a WHERE a.id = $1`,
    [id],
  );
  return rows[0];
}

/** What is wrong with the end of a contest; undefined when one won and the other was told. */
export async function verdict(world: World, id: string, outcomes: readonly Outcome<unknown>[]): Promise<string | undefined> {
  const won = outcomes.filter((outcome) => outcome.ok).length;
  if (won !== 1) return `${won} won`;
  const [lost] = outcomes.filter((outcome) => !outcome.ok);
  if (lost === undefined || lost.ok) return 'nobody lost';
  const now = await stateOf(world, id);
  if (now === undefined) return lost.refusal.code === 'notFound' ? undefined : `the loser of a deleted draft was told ${lost.refusal.code}`;
  if (lost.refusal.code !== 'conflict') return `the loser was told ${lost.refusal.code}`;
  const expected = { state: now.state, version: await currentVersion(world, id) };
  const current = lost.refusal.current;
  return typeof current === 'object' &&
    current !== null &&
    'state' in current &&
    'version' in current &&
    current.state === expected.state &&
    current.version === expected.version
    ? undefined
    : `the loser was shown ${JSON.stringify(current)} instead of ${JSON.stringify(expected)}`;
}

/** Both set out while the case cannot be written; it is let go only when both wait, so that they surely meet. */
export async function meet(world: World, id: string, pair: readonly (() => Promise<Outcome<unknown>>)[]): Promise<Outcome<unknown>[]> {
  const gate = new Client({ connectionString: world.ownerUrl });
  const looking = new Client({ connectionString: world.ownerUrl });
  await gate.connect();
  await looking.connect();
  try {
    await gate.query('BEGIN');
    await gate.query('SELECT FROM application WHERE id = $1 FOR UPDATE', [id]);
    const under = Promise.all(pair.map(async (attempt) => await attempt()));
    // Asked outside of the transaction, within which the view would never change.
    const waiting = "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    await expect.poll(async () => (await looking.query(waiting)).rowCount, { timeout: 12_000, interval: 20 }).toBe(2);
    await gate.query('COMMIT');
    return await under;
  } finally {
    await gate.end();
    await looking.end();
  }
}
