import { Client } from 'pg';
import { errorCode, errorMessage } from '../start-error.ts';
import { SUPERUSER } from './cluster.ts';

/** Owns the database and migrates it; not a superuser, as on a managed server. */
const OWNER = 'mamis_owner';
const DATABASE = 'mamis';

function url(user: string, port: number, at: { password: string; database: string }): string {
  return `postgres://${user}:${encodeURIComponent(at.password)}@127.0.0.1:${port}/${at.database}`;
}

/** Connection URL of the owner role. */
export function ownerUrl(port: number, password: string): string {
  return url(OWNER, port, { password, database: DATABASE });
}

/** True when the server on this port knows our password, so it is ours and takes connections. */
export async function signsIn(port: number, password: string): Promise<boolean> {
  const client = connection(port, password);
  try {
    await client.connect();
    return true;
  } catch (error) {
    if (REFUSALS.has(errorCode(error)) || errorMessage(error).startsWith('Connection terminated')) return false;
    throw error;
  } finally {
    await client.end();
  }
}

/** Not ours, gone, starting up or shutting down. */
const REFUSALS = new Set(['28P01', '28000', '57P03', 'ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT']);

/** Makes the owner role and its database; does nothing when they are there. */
export async function ensureDatabase(port: number, password: string): Promise<void> {
  const client = connection(port, password);
  await client.connect();
  try {
    const roles = await client.query('select 1 from pg_roles where rolname = $1', [OWNER]);
    if (roles.rowCount === 0) {
      await client.query(`create role ${OWNER} login createrole createdb password ${client.escapeLiteral(password)}`);
    }
    const databases = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (databases.rowCount === 0) await client.query(`create database ${DATABASE} owner ${OWNER}`);
  } finally {
    await client.end();
  }
}

function connection(port: number, password: string): Client {
  const client = new Client({ connectionString: url(SUPERUSER, port, { password, database: 'postgres' }), connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined); // the pending call reports it
  return client;
}
