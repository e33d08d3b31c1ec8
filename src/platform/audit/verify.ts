import type { KeyObject } from 'node:crypto';
import type pg from 'pg';
import { hashRecipe } from './digest.ts';
import type { Queryable, Trace } from './verify-chains.ts';
import { checkChains, ChainSums } from './verify-chains.ts';
import { checkDigests, slashed } from './verify-digests.ts';

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
    problems.push('記録のハッシュの計算方法が、最後の控えの時から変わっています。');
  }
  const names = await associationNames(db);
  const coveredUntil = digests.last?.date;
  const chains = sums.all().map((sum): ChainReport => {
    const name = names.get(sum.chain) ?? (sum.chain < 0 ? '医師・システム' : `医師会コード${String(sum.chain).padStart(5, '0')}`);
    const findings = sum.traces.map((trace) => sentence(name, trace));
    if (sum.more > 0) findings.push(`${name}には、ほかに${sum.more}件の不一致があります。`);
    if (findings.length === 0) findings.push(allRight(coveredUntil));
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

function allRight(coveredUntil: string | undefined): string {
  return coveredUntil === undefined
    ? '記録どうしのつながりに改ざんは見つかりませんでしたが、控えがありません。'
    : `${slashed(coveredUntil)}までの記録に改ざんは見つかりませんでした。`;
}

function sentence(name: string, trace: Trace): string {
  const number = `連番${trace.seq}`;
  switch (trace.kind) {
    case 'changed':
      return `${name}の${trace.at ? `${trace.at}の` : ''}記録(${number})が一致しません。`;
    case 'missing':
      return trace.until === trace.seq
        ? `${name}の${number}の記録がありません。`
        : `${name}の${number}から${trace.until}までの記録がありません。`;
    case 'order':
      return `${name}の${number}の記録が重なっているか、順序が正しくありません。`;
    case 'unlinked':
      return `${name}の${number}の記録が、その前の記録とつながりません。`;
    case 'head':
      return `${name}の最後の記録(${number})が、鎖の先頭の控えと一致しません。`;
    case 'digest':
      return `${name}の${number}の記録が、${slashed(trace.date ?? '')}の控えと一致しません。`;
  }
}

async function associationNames(db: Queryable): Promise<Map<number, string>> {
  const { rows } = await db.query<{ id: number; name: string }>(
    'SELECT DISTINCT ON (association_id) association_id AS id, name FROM public.association_version ORDER BY association_id, starts_on DESC',
  );
  return new Map(rows.map((row) => [row.id, row.name]));
}
