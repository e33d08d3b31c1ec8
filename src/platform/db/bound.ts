import type { CompiledQuery, ConnectionProvider, DatabaseConnection, QueryResult } from 'kysely';
import { DefaultQueryExecutor, DummyDriver, Kysely, PostgresAdapter, PostgresDialect, PostgresQueryCompiler } from 'kysely';
import type pg from 'pg';
import type { DB } from './schema.gen.ts';
import { statementName } from './statement-name.ts';

/** Kysely on one checked-out client: what does not depend on the client is made once, so that a transaction costs little. */
const adapter = new PostgresAdapter();
const compiler = new PostgresQueryCompiler();
const driver = new DummyDriver();
const dialect = new PostgresDialect({
  pool: async () => await Promise.reject(new Error('a bound Kysely opens no connections')),
});

const changing = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE']);

/** The client for the time of one transaction; afterwards it belongs to somebody else and must not be reached from here. */
class BoundConnection implements DatabaseConnection, ConnectionProvider {
  #client: pg.PoolClient | undefined;

  constructor(client: pg.PoolClient) {
    this.#client = client;
  }

  end(): void {
    this.#client = undefined;
  }

  async provideConnection<T>(consumer: (connection: DatabaseConnection) => Promise<T>): Promise<T> {
    return await consumer(this);
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#client === undefined) throw new Error('this transaction has ended');
    const { command, rowCount, rows } = await this.#client.query({
      name: statementName(query.sql),
      text: query.sql,
      values: [...query.parameters],
    });
    return changing.has(command) ? { numAffectedRows: BigInt(rowCount ?? 0), rows: rows as R[] } : { rows: rows as R[] };
  }

  // eslint-disable-next-line require-yield
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    await Promise.reject(new Error('transactions do not stream'));
  }
}

export type Bound = { db: Kysely<DB> /** After this nothing can be asked through `db`. */; end: () => void };

/** Kysely bound to one client, inside the transaction that the caller has begun. */
export function bindTo(client: pg.PoolClient): Bound {
  const connection = new BoundConnection(client);
  const executor = new DefaultQueryExecutor(compiler, adapter, connection);
  return { db: new Kysely<DB>({ config: { dialect }, driver, executor, dialect }), end: () => connection.end() };
}
