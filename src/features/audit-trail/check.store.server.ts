import type { Day } from '#kernel/day.ts';
import type { ChainPlace } from '#platform/audit/verify-onwards.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';

/** SQL of what the verification of 操作履歴 has found (`rules.md 8.1`). */

/** Sentences that are kept of one chain; who needs them all asks `audit verify`. */
const keptFindings = 50;

/** How far every chain has been verified, those first whose last verification is oldest. */
export async function listPlaces(tx: ReadTransaction): Promise<ChainPlace[]> {
  const { rows } = await sql<{ chain: number; seq: string; hash: string; sweptSeq: string; sweptHash: string }>`
    SELECT chain, seq::text AS seq, encode(hash, 'hex') AS hash, swept_seq::text AS "sweptSeq", encode(swept_hash, 'hex') AS "sweptHash"
    FROM audit_chain_check ORDER BY checked_at NULLS FIRST, chain`.execute(tx);
  return rows.map(({ chain, seq, hash, sweptSeq, sweptHash }) => ({
    chain,
    end: { seq: Number(seq), hash },
    swept: { seq: Number(sweptSeq), hash: sweptHash },
  }));
}

export type ChainCheck = ChainPlace & { finished: boolean; findings: readonly string[] };

/**
 * Keeps how far some chains have been verified and with what result. What was found once stays until all of the chain has
 * been verified (`whole`) and found in order.
 */
export async function keepChecks(
  tx: WriteTransaction,
  checks: readonly ChainCheck[],
  about: { at: Date; whole: boolean; covered: boolean },
): Promise<void> {
  const { at, whole, covered } = about;
  for (const { chain, end, swept, finished, findings } of checks) {
    const found = sql`${findings.slice(0, keptFindings)}::text[]`;
    await sql`INSERT INTO audit_chain_check AS c (chain, seq, hash, swept_seq, swept_hash, checked_at, covered, findings, found_at)
      VALUES (${chain}, ${end.seq}, decode(${end.hash}, 'hex'), ${swept.seq}, decode(${swept.hash}, 'hex'), ${finished ? at : null}, ${covered},
        ${found}, ${findings.length === 0 ? null : at})
      ON CONFLICT (chain) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, swept_seq = excluded.swept_seq, swept_hash = excluded.swept_hash,
        checked_at = coalesce(excluded.checked_at, c.checked_at), covered = excluded.covered,
        findings = CASE WHEN ${whole} THEN excluded.findings
          ELSE (c.findings || ARRAY(SELECT f FROM unnest(excluded.findings) f WHERE NOT f = ANY (c.findings)))[1:${sql.lit(keptFindings)}] END,
        found_at = CASE WHEN NOT excluded.findings <@ c.findings THEN excluded.found_at WHEN ${whole} AND excluded.findings = '{}' THEN NULL ELSE c.found_at END`.execute(
      tx,
    );
  }
}

export type CheckRound = {
  id: string;
  at: Date;
  whole: boolean;
  chains: number;
  rows: number;
  problems: readonly string[];
  coveredUntil: Day | undefined;
};

/** Keeps that a verification has been done. */
export async function insertRound(tx: WriteTransaction, round: CheckRound): Promise<void> {
  await tx
    .insertInto('audit_check')
    .values({
      id: round.id,
      at: round.at,
      whole: round.whole,
      chains: round.chains,
      rows_read: round.rows,
      problems: [...round.problems],
      covered_until: round.coveredUntil ?? null,
    })
    .execute();
}

/** The verification before this moment; undefined before the first. */
export async function lastRound(tx: ReadTransaction): Promise<{ at: Date; problems: string[] } | undefined> {
  return await tx
    .selectFrom('audit_check')
    .select(['at', 'problems'])
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Chains with a mismatch that was found after a moment. */
export async function countFoundSince(tx: ReadTransaction, since: Date | undefined): Promise<number> {
  const found = await sql<{ count: number }>`SELECT count(*)::int AS count FROM audit_chain_check
    WHERE found_at IS NOT NULL AND (${since ?? null}::timestamptz IS NULL OR found_at > ${since ?? null}::timestamptz)`.execute(tx);
  return found.rows[0]?.count ?? 0;
}

export type ChainResult = { checkedAt: Date | null; covered: boolean; findings: string[] };

/** What the verification says of one chain; undefined before its first. */
export async function findResult(tx: ReadTransaction, chain: number): Promise<ChainResult | undefined> {
  return await tx
    .selectFrom('audit_chain_check')
    .select(['checked_at as checkedAt', 'covered', 'findings'])
    .where('chain', '=', chain)
    .executeTakeFirst();
}

/** The sentences of all chains with a mismatch, newest first, up to a limit. */
export async function listMismatches(tx: ReadTransaction, limit: number): Promise<string[]> {
  const { rows } = await sql<{
    finding: string;
  }>`SELECT f AS finding FROM audit_chain_check c CROSS JOIN LATERAL unnest(c.findings) WITH ORDINALITY AS t (f, n)
    WHERE c.findings <> '{}' ORDER BY c.found_at DESC, c.chain, t.n LIMIT ${limit}`.execute(tx);
  return rows.map((row) => row.finding);
}

/** Chains with a mismatch. */
export async function countMismatched(tx: ReadTransaction): Promise<number> {
  return await countFoundSince(tx, undefined);
}
