import type { Kysely } from 'kysely';
import type pg from 'pg';
import type { Context } from '../context.ts';
import { contextSql } from '../context.ts';
import { bindTo } from './bound.ts';
import type { DB } from './schema.gen.ts';

/** A transaction that may only read: `insertInto`, `updateTable`, `deleteFrom` do not exist on it. */
export type ReadTransaction = Pick<Kysely<DB>, 'selectFrom' | 'selectNoFrom' | 'with' | 'fn' | 'dynamic' | 'getExecutor'>;

/** A transaction that may write; only commands get one. */
export type WriteTransaction = Kysely<DB>;

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error('the connection is unusable');
}

/** Ends a transaction without effect and gives the client back; a client that cannot is thrown away. */
async function rollBack(client: pg.PoolClient): Promise<void> {
  try {
    await client.query('ROLLBACK');
    client.release();
  } catch (error) {
    client.release(asError(error));
  }
}

/**
 * Runs reads in one consistent snapshot, as the actor of the context. The first question follows BEGIN without waiting for
 * its answer, and the value does not wait for COMMIT: reads have nothing to make safe. The client goes back afterwards.
 */
export async function readTransaction<T>(ctx: Context, work: (tx: ReadTransaction) => Promise<T>): Promise<T> {
  const client = await ctx.database.pool.connect();
  const bound = bindTo(client);
  const begun = client.query(`BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; ${contextSql(ctx.actor)}`);
  const [begin, done] = await Promise.allSettled([begun, work(bound.db)]);
  bound.end();
  // On a connection that did not begin, every later answer is worthless.
  const failed = [begin, done].find((result) => result.status === 'rejected');
  if (failed !== undefined || done.status === 'rejected') {
    await rollBack(client);
    throw failed?.reason;
  }
  client.query('COMMIT').then(
    () => client.release(),
    (error: unknown) => client.release(asError(error)),
  );
  return done.value;
}

/** Runs a change as the actor of the context; `commit: false` in the result takes everything back. */
export async function writeTransaction<T>(
  ctx: Context,
  work: (tx: WriteTransaction) => Promise<{ value: T; commit: boolean }>,
): Promise<T> {
  const client = await ctx.database.pool.connect();
  const bound = bindTo(client);
  try {
    await client.query(`BEGIN; ${contextSql(ctx.actor)}`);
    const outcome = await work(bound.db);
    bound.end();
    if (outcome.commit) {
      await client.query('COMMIT');
      client.release();
    } else await rollBack(client);
    return outcome.value;
  } catch (error) {
    bound.end();
    await rollBack(client);
    throw error;
  }
}
