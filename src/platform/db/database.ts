import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { DB } from './schema.gen.ts';

/** Days come as 'YYYY-MM-DD' strings: a JS Date would shift them by the time zone. bigint ids fit a JS number here. */
const parsers = new Map<number, (text: string) => unknown>([
  [1082, (text) => text],
  [20, (text) => Number(text)],
]);

const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    parsers.get(oid) ?? (pg.types.getTypeParser(oid, format) as (text: string) => unknown),
};

export type Database = {
  kysely: Kysely<DB>;
  pool: pg.Pool;
  /** Sessions, login, audit groups: rows are all visible, the role is still the restricted one. */
  system: pg.Pool;
  close: () => Promise<void>;
};

export type DatabaseOptions = {
  /** URL of the owner; connections change to the role `mamis_app` at once. */
  url: string;
  poolSize?: number;
  /** Told about errors of idle connections, which would otherwise end the process. */
  onError: (error: Error) => void;
};

/** Short questions only: compiling them or starting helpers for them takes longer than answering. */
const shortQuestions = '-c jit=off -c max_parallel_workers_per_gather=0';

function makePool(options: DatabaseOptions, size: number, settings: string): pg.Pool {
  // Statements follow each other on the wire without waiting for answers; the published types do not know it yet.
  const pipelined: pg.PoolConfig & { pipeline: boolean } = {
    pipeline: true,
    connectionString: options.url,
    max: size,
    types,
    options: `-c role=mamis_app -c timezone=Asia/Tokyo -c statement_timeout=15000 -c idle_in_transaction_session_timeout=30000 ${shortQuestions} ${settings}`,
    connectionTimeoutMillis: 5000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
  };
  const pool = new pg.Pool(pipelined);
  pool.on('error', options.onError);
  pool.on('connect', (client) => client.on('error', options.onError));
  return pool;
}

/** Opens the two pools of one process. Nothing is connected before the first use. */
export function openDatabase(options: DatabaseOptions): Database {
  const pool = makePool(options, options.poolSize ?? 20, '');
  const system = makePool(options, 6, '-c mamis.scope=all');
  return {
    kysely: new Kysely<DB>({ dialect: new PostgresDialect({ pool }) }),
    pool,
    system,
    close: async () => {
      await Promise.all([pool.end(), system.end()]);
    },
  };
}
