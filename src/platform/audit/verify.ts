import type { KeyObject } from 'node:crypto';
import type pg from 'pg';
import { hashRecipe } from './digest.ts';
import { allRightText, chainName, digestTexts, moreTraces, traceText } from './messages.ts';
import type { ChainSum, Place, Queryable, Trace } from './verify-chains.ts';
import { checkChains, ChainSums } from './verify-chains.ts';
import { checkDigests } from './verify-digests.ts';

export type VerifyOptions = {
  digestDir: string;
  /** From the installation's key, or better from the operator's own copy of it. */
  publicKey: KeyObject;
  now: Date;
};

export type ChainReport = {
  chain: number;
  /** The association's name, 「医師・システム」 for the common chain. */
  name: string;
  rows: number;
  traces: readonly Trace[];
  /** Sentences for people; exactly one when nothing was found. */
  findings: readonly string[];
  /** The last record that was read. */
  end: Place;
};

export type AuditReport = {
  intact: boolean;
  rows: number;
  /** Findings about the digests and the recipe of the hashes. */
  problems: readonly string[];
  chains: readonly ChainReport[];
  /** Day of the newest digest, YYYY-MM-DD; records after it are checked among themselves only. */
  coveredUntil: string | undefined;
};

/** Checks the whole audit in one consistent snapshot; writes nothing. */
export async function verifyAudit(pool: pg.Pool, options: VerifyOptions): Promise<AuditReport> {
  return await inSnapshot(pool, async (client) => await verifyWithin(client, options));
}

/** Reads in one consistent snapshot, on a connection that cannot write. */
export async function inSnapshot<T>(pool: pg.Pool, read: (db: Queryable) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    // A search path of the role or database could put other functions in front of PostgreSQL's own.
    await client.query('SET LOCAL search_path = pg_catalog, public');
    const found = await read(client);
    await client.query('COMMIT');
    return found;
  } catch (error) {
    broken = error instanceof Error ? error : new Error('verification failed');
    throw error;
  } finally {
    client.release(broken);
  }
}

/** The same inside the caller's transaction. */
export async function verifyWithin(db: Queryable, options: VerifyOptions): Promise<AuditReport> {
  await db.query('SET LOCAL search_path = pg_catalog, public');
  const sums = new ChainSums();
  await checkChains(db, sums);
  const { problems, coveredUntil } = await checkOutside(db, options, sums);
  const names = await associationNames(db);
  const chains = sums.all().map((sum): ChainReport => {
    const name = names.get(sum.chain) ?? chainName(sum.chain);
    const found = sentencesOf(sum, name);
    const findings = found.length === 0 ? [allRightText(coveredUntil)] : found;
    return { chain: sum.chain, name, rows: sum.rows, traces: sum.traces, findings, end: sum.end };
  });
  return {
    intact: problems.length === 0 && chains.every((chain) => chain.traces.length === 0),
    rows: chains.reduce((total, chain) => total + chain.rows, 0),
    problems,
    chains,
    coveredUntil,
  };
}

/** What was found in a chain in words; nothing when it is intact. */
export function sentencesOf(sum: ChainSum, name: string): string[] {
  const findings = sum.traces.map((trace) => traceText(name, trace));
  return sum.more > 0 ? [...findings, moreTraces(name, sum.more)] : findings;
}

/**
 * Compares what was read with what stands outside the database: the digests, all or the `newest` of them, and the recipe
 * of the hashes that the last one names. `coveredUntil`: its day.
 */
export async function checkOutside(
  db: Queryable,
  options: VerifyOptions & { newest?: number },
  sums: ChainSums,
): Promise<{ problems: string[]; coveredUntil: string | undefined }> {
  const digests = await checkDigests(db, options, sums);
  const problems = [...digests.problems];
  if (digests.last !== undefined && digests.last.hashRecipe !== (await hashRecipe(db))) {
    problems.push(digestTexts.otherRecipe);
  }
  return { problems, coveredUntil: digests.last?.date };
}

/** The newest name of every association, by its number. */
export async function associationNames(db: Queryable): Promise<Map<number, string>> {
  const { rows } = await db.query<{ id: number; name: string }>(
    'SELECT DISTINCT ON (association_id) association_id AS id, name FROM public.association_version ORDER BY association_id, starts_on DESC',
  );
  return new Map(rows.map((row) => [row.id, row.name]));
}
