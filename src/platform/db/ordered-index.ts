import { sql } from 'kysely';
import type { ReadTransaction } from './transaction.ts';

/**
 * Runs one page of a list of which many rows fit. The planner takes the test of row-level security for very selective and
 * would rather sort them all; told otherwise it walks the index of the order and stops after a page. Where there is no
 * such index it sorts all the same.
 */
export async function byOrderedIndex<T>(tx: ReadTransaction, read: () => Promise<T>): Promise<T> {
  await sql`SELECT set_config('enable_sort', 'off', true)`.execute(tx);
  const value = await read();
  await sql`SELECT set_config('enable_sort', 'on', true)`.execute(tx);
  return value;
}
