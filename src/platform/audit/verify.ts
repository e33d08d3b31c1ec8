import type { KeyObject } from 'node:crypto';
import type pg from 'pg';
import { hashRecipe } from './digest.ts';
import { allRightText, chainName, digestTexts, moreTraces, traceText } from './messages.ts';
import type { Queryable, Trace } from './verify-chains.ts';
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
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const report = await verifyWithin(client, options);
    await client.query('COMMIT');
    return report;
  } catch (error) {
    broken = error instanceof Error ? error : new Error('verification failed');
    throw error;
  } finally {
    client.release(broken);
  }
}

/** The same inside the caller's transaction. */
export async function verifyWithin(db: Queryable, options: VerifyOptions): Promise<AuditReport> {
  // A search path of the role or database could put other functions in front of PostgreSQL's own.
  await db.query('SET LOCAL search_path = pg_catalog, public');
  const sums = new ChainSums();
  await checkChains(db, sums);
  const digests = await checkDigests(db, options, sums);
  const problems = [...digests.problems];
  if (digests.last !== undefined && digests.last.hashRecipe !== (await hashRecipe(db))) {
    problems.push(digestTexts.otherRecipe);
  }
  const names = await associationNames(db);
  const coveredUntil = digests.last?.date;
  const chains = sums.all().map((sum): ChainReport => {
    const name = names.get(sum.chain) ?? chainName(sum.chain);
    const findings = sum.traces.map((trace) => traceText(name, trace));
    if (sum.more > 0) findings.push(moreTraces(name, sum.more));
    if (findings.length === 0) findings.push(allRightText(coveredUntil));
    return { chain: sum.chain, name, rows: sum.rows, traces: sum.traces, findings };
  });
  return {
    intact: problems.length === 0 && chains.every((chain) => chain.traces.length === 0),
    rows: chains.reduce((total, chain) => total + chain.rows, 0),
    problems,
    chains,
    coveredUntil,
  };
}

async function associationNames(db: Queryable): Promise<Map<number, string>> {
  const { rows } = await db.query<{ id: number; name: string }>(
    'SELECT DISTINCT ON (association_id) association_id AS id, name FROM public.association_version ORDER BY association_id, starts_on DESC',
  );
  return new Map(rows.map((row) => [row.id, row.name]));
}
