import type { Kysely } from 'kysely';
import { Kysely as KyselyClass, PostgresDialect } from 'kysely';
import type pg from 'pg';
import type { Context } from '../context.ts';
import { contextSql } from '../context.ts';
import type { DB } from './schema.gen.ts';

/** A transaction that may only read: `insertInto`, `updateTable`, `deleteFrom` do not exist on it. */
export type ReadTransaction = Pick<Kysely<DB>, 'selectFrom' | 'selectNoFrom' | 'with' | 'fn' | 'dynamic' | 'getExecutor'>;

/** A transaction that may write; only commands get one. */
export type WriteTransaction = Kysely<DB>;

/** Kysely bound to one checked-out client: Kysely's own transaction would add round trips and no context. */
function boundTo(client: pg.PoolClient): Kysely<DB> {
  const release = () => undefined;
  const borrowed = new Proxy(client, {
    get(target, property) {
      if (property === 'release') return release;
      const value: unknown = Reflect.get(target, property);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
  return new KyselyClass<DB>({
    dialect: new PostgresDialect({ pool: { connect: async () => borrowed, end: async () => undefined, options: {} } }),
  });
}

async function inTransaction<T>(
  ctx: Context,
  begin: string,
  work: (db: Kysely<DB>) => Promise<{ value: T; commit: boolean }>,
): Promise<T> {
  const client = await ctx.database.pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(`${begin}; ${contextSql(ctx.actor)}`);
    const outcome = await work(boundTo(client));
    await client.query(outcome.commit ? 'COMMIT' : 'ROLLBACK');
    return outcome.value;
  } catch (error) {
    await client.query('ROLLBACK').catch((rollbackError: unknown) => {
      broken = rollbackError instanceof Error ? rollbackError : new Error('rollback failed');
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Runs reads in one consistent snapshot, as the actor of the context. */
export async function readTransaction<T>(ctx: Context, work: (tx: ReadTransaction) => Promise<T>): Promise<T> {
  return await inTransaction(ctx, 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', async (db) => ({
    value: await work(db),
    commit: true,
  }));
}

/** Runs a change; `commit: false` in the result takes everything back. */
export async function writeTransaction<T>(
  ctx: Context,
  work: (tx: WriteTransaction) => Promise<{ value: T; commit: boolean }>,
): Promise<T> {
  return await inTransaction(ctx, 'BEGIN', work);
}
