import { Client } from 'pg';
import { errorCode, errorMessage, StartError } from './start-error.ts';

const OLDEST = 150_000;

const CAUSES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'the host name is unknown',
  EAI_AGAIN: 'the host name cannot be looked up',
  ETIMEDOUT: 'it does not answer',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  '28P01': 'user name or password is wrong',
  '28000': 'this user may not sign in',
  '3D000': 'that database does not exist',
  '53300': 'it has no connection left',
  '57P03': 'it is just starting or stopping',
};

/**
 * Makes sure that DATABASE_URL is a usable PostgreSQL before anything is changed in it.
 * @throws StartError one sentence; it names host and database, never the password
 */
export async function checkExternalDatabase(databaseUrl: string): Promise<void> {
  const where = place(databaseUrl);
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined); // the pending call reports it
  try {
    await client.connect();
    await checkServer(client, where);
  } catch (error) {
    if (error instanceof StartError) throw error;
    const timedOut = errorMessage(error).includes('timeout') ? CAUSES.ETIMEDOUT : undefined;
    const cause = CAUSES[errorCode(error)] ?? timedOut ?? errorMessage(error);
    throw new StartError(`DATABASE_URL (${where}) cannot be used: ${cause}.`);
  } finally {
    await client.end();
  }
}

function place(databaseUrl: string): string {
  try {
    const { host, pathname } = new URL(databaseUrl);
    return `${host}${pathname}`;
  } catch {
    throw new StartError('DATABASE_URL is no URL; it must look like postgres://user:password@host:5432/database.');
  }
}

export interface ServerFacts {
  /** As in `server_version_num`, e.g. 150004. */
  readonly version: number;
  readonly encoding: string;
  readonly standby: boolean;
}

async function checkServer(client: Client, where: string): Promise<void> {
  const { rows } = await client.query<ServerFacts>(
    `select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding, pg_is_in_recovery() as standby`,
  );
  const objection = rows[0] === undefined ? 'gave no answer' : objectionTo(rows[0]);
  if (objection !== null) throw new StartError(`DATABASE_URL (${where}) ${objection}.`);
}

/** Why MAMIS cannot work on such a server; null when it can. */
export function objectionTo({ version, encoding, standby }: ServerFacts): string | null {
  if (version < OLDEST) return `is a PostgreSQL ${Math.floor(version / 10_000)}; MAMIS needs 15 or newer`;
  if (encoding !== 'UTF8') return `is encoded in ${encoding}; MAMIS needs a UTF8 database`;
  return standby ? 'is a standby that takes no changes' : null;
}
