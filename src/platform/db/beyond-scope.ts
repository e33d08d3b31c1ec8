import type { Actor } from '#kernel/actor.ts';
import { rowScopeOf } from '#kernel/actor.ts';
import { sql } from 'kysely';
import type { ReadTransaction } from './transaction.ts';

/**
 * Works on rows that the actor himself may not reach, inside his transaction: one decision of an office can end
 * memberships on layers above it (`rules.md 3.5`). Only the ledger uses it, for one person at a time; walls keep others out.
 * Questions asked at the same time by others would see too much: nothing else may run on the transaction meanwhile.
 */
export async function beyondScope<T>(tx: ReadTransaction, actor: Actor, work: () => Promise<T>): Promise<T> {
  const { scope } = rowScopeOf(actor);
  if (scope === 'all') return await work();
  await sql`SELECT set_config('mamis.scope', 'all', true)`.execute(tx);
  const value = await work();
  await sql`SELECT set_config('mamis.scope', ${scope}, true)`.execute(tx);
  return value;
}
