import { sql } from 'kysely';
import type { ReadTransaction } from './transaction.ts';

async function setting(tx: ReadTransaction, name: 'enable_sort' | 'plan_cache_mode', value: string): Promise<void> {
  await sql`SELECT set_config(${name}, ${value}, true)`.execute(tx);
}

/**
 * Runs questions whose best plan depends on who asks: the national office has half a million rows where a district has
 * three hundred, and a plan kept from one would ruin the other.
 */
export async function withOwnPlans<T>(tx: ReadTransaction, read: () => Promise<T>): Promise<T> {
  await setting(tx, 'plan_cache_mode', 'force_custom_plan');
  const value = await read();
  await setting(tx, 'plan_cache_mode', 'auto');
  return value;
}

/**
 * Runs one page of a list of which many rows fit, within `withOwnPlans`. The planner takes the test of row-level security
 * for very selective and would rather sort them all; told otherwise it walks the index of the order and stops after a page.
 * Where there is no such index it sorts all the same.
 */
export async function byOrderedIndex<T>(tx: ReadTransaction, read: () => Promise<T>): Promise<T> {
  await setting(tx, 'enable_sort', 'off');
  const value = await read();
  await setting(tx, 'enable_sort', 'on');
  return value;
}
