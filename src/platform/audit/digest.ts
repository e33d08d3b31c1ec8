import { createHash } from 'node:crypto';
import type pg from 'pg';
import { dayOfInstant } from '#kernel/day.ts';
import type { JobTask } from '../jobs/worker.ts';
import { keepDigest, lastDigest } from './digest-file.ts';
import type { DigestKey } from './digest-key.ts';

/** Any constant: one digest at a time. */
const lockKey = 7_261_003;

const headsSql = "SELECT chain, seq::float8 AS seq, encode(hash, 'hex') AS hash FROM public.audit_head ORDER BY chain";
const recipeSql = "SELECT prosrc FROM pg_catalog.pg_proc WHERE oid = 'public.audit_hash(public.audit_event)'::regprocedure";

type Head = { chain: number; seq: number; hash: string };

/** Hash of the recipe by which the database computes row hashes. */
export async function hashRecipe(db: Pick<pg.ClientBase, 'query'>): Promise<string> {
  const found = await db.query<{ prosrc: string }>(recipeSql);
  return createHash('sha256')
    .update(found.rows[0]?.prosrc ?? '')
    .digest('hex');
}

export type DigestOptions = { pool: pg.Pool; digestDir: string; key: DigestKey; now: Date };

/**
 * Takes the heads of all chains at one moment and keeps them, signed, outside the database. Whoever rewrites the past
 * afterwards, even with right hashes throughout, cannot rewrite this (`rules.md 8.1`).
 * Keep the directory on another machine's disk: on this one its key is in reach of the same intruder.
 */
export async function writeDigest(options: DigestOptions): Promise<{ name: string; number: number }> {
  const client = await options.pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock($1)', [lockKey]);
    const last = await lastDigest(options.digestDir);
    if (last !== undefined && last.body === undefined)
      throw new Error(`The digest ${last.name} is damaged; look into it before taking the next.`);
    const number = (last?.body?.number ?? 0) + 1;
    const heads = await client.query<Head>(headsSql);
    const body = {
      format: 1 as const,
      number,
      date: dayOfInstant(options.now),
      at: options.now.toISOString(),
      hashRecipe: await hashRecipe(client),
      previous: last?.sha256 ?? null,
      heads: heads.rows,
    };
    const name = await keepDigest(options.digestDir, body, options.key);
    await client.query('COMMIT');
    return { name, number };
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined); // the first failure is the one to tell
    throw error;
  } finally {
    client.release();
  }
}

/** The task `digest`: the daily digest. A repetition on the same day adds one more, which does no harm. */
export function digestTask(options: Omit<DigestOptions, 'now'> & { clock: () => Date }): JobTask {
  return async () => {
    await writeDigest({ ...options, now: options.clock() });
  };
}
