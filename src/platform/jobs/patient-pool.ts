import type { Pool, PoolClient, QueryConfig } from 'pg';
import { isDatabaseGone } from '../db/errors.ts';

/** The code of PostgreSQL for "starting up, try again": the one loss of the database that graphile-worker waits out. */
const cannotConnectNow = '57P03';

function patiently(error: unknown): unknown {
  return error instanceof Error && isDatabaseGone(error) ? Object.assign(error, { code: cannotConnectNow }) : error;
}

async function waiting<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw patiently(error);
  }
}

function boundMember(target: object, property: string | symbol): unknown {
  const member: unknown = Reflect.get(target, property);
  return typeof member === 'function' ? member.bind(target) : member;
}

function patientClient(client: PoolClient): PoolClient {
  const query = async (statement: string | QueryConfig, values?: unknown[]) =>
    await waiting(async () => await client.query(statement, values));
  return new Proxy(client, { get: (target, property) => (property === 'query' ? query : boundMember(target, property)) });
}

/**
 * The queue does not look at the promise that records how a job ended. Were the database away at that moment, the rejection
 * would end the whole process and leave the job locked; told to try again, the queue does, for hours if need be.
 */
export function patientPool(pool: Pool): Pool {
  const connect = (answered?: Parameters<Pool['connect']>[0]) =>
    answered === undefined ? waiting(async () => patientClient(await pool.connect())) : pool.connect(answered);
  return new Proxy(pool, { get: (target, property) => (property === 'connect' ? connect : boundMember(target, property)) });
}
