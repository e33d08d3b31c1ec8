import type { Kysely } from 'kysely';
import type pg from 'pg';
import type { Context } from '../context.ts';
import { contextStatement } from '../context.ts';
import { bindTo } from './bound.ts';
import type { DB } from './schema.gen.ts';

/** A transaction that may only read: `insertInto`, `updateTable`, `deleteFrom` do not exist on it. */
export type ReadTransaction = Pick<Kysely<DB>, 'selectFrom' | 'selectNoFrom' | 'with' | 'fn' | 'dynamic' | 'getExecutor'>;

/** A transaction that may write; only commands get one. */
export type WriteTransaction = Kysely<DB>;

const beginReading = { name: 'begin-reading', text: 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY' };
const beginWriting = { name: 'begin-writing', text: 'BEGIN' };
const commit = { name: 'commit', text: 'COMMIT' };
const rollback = { name: 'rollback', text: 'ROLLBACK' };

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error('the connection is unusable');
}

/** Ends a transaction without effect and gives the client back; a client that cannot is thrown away. */
async function rollBack(client: pg.PoolClient): Promise<void> {
  try {
    await client.query(rollback);
    client.release();
  } catch (error) {
    client.release(asError(error));
  }
}

type Work<T> = (tx: Kysely<DB>) => Promise<T>;

/**
 * Begins, says who acts, and works; BEGIN and the context go out with the first question, nobody waits for their answers.
 * When either failed, every later answer is worthless and its failure is what the caller hears of; the client is given back then.
 */
async function within<T>(client: pg.PoolClient, how: { ctx: Context; begin: typeof beginReading }, work: Work<T>): Promise<T> {
  const bound = bindTo(client);
  const begun = client.query(how.begin);
  const told = client.query(contextStatement(how.ctx.actor, how.ctx.today));
  const [begin, context, done] = await Promise.allSettled([begun, told, work(bound.db)]);
  bound.end();
  const failed = [begin, context, done].find((result) => result.status === 'rejected');
  if (failed === undefined && done.status === 'fulfilled') return done.value;
  await rollBack(client);
  throw failed?.reason;
}

/**
 * Runs reads in one consistent snapshot, as the actor of the context. The value does not wait for COMMIT: reads have nothing
 * to make safe. The client goes back afterwards.
 */
export async function readTransaction<T>(ctx: Context, work: (tx: ReadTransaction) => Promise<T>): Promise<T> {
  const client = await ctx.database.pool.connect();
  const value = await within(client, { ctx, begin: beginReading }, work);
  client.query(commit).then(
    () => client.release(),
    (error: unknown) => client.release(asError(error)),
  );
  return value;
}

/** Runs a change as the actor of the context; `commit: false` in the result takes everything back. */
export async function writeTransaction<T>(
  ctx: Context,
  work: (tx: WriteTransaction) => Promise<{ value: T; commit: boolean }>,
): Promise<T> {
  const client = await ctx.database.pool.connect();
  const outcome = await within(client, { ctx, begin: beginWriting }, work);
  if (!outcome.commit) await rollBack(client);
  else {
    try {
      await client.query(commit);
    } catch (error) {
      await rollBack(client);
      throw error;
    }
    client.release();
  }
  return outcome.value;
}
