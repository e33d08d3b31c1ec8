import type { ChainPlace } from '#platform/audit/verify-onwards.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import { countMismatched, findResult, lastRound, listMismatches, listPlaces } from '../check.store.server.ts';

/** What is known of the verification of 操作履歴 (`screens.md O-18, P-01`). */

/** For the line above an office's records. */
export type CheckLine =
  /** Not verified yet. */
  | { state: 'none' }
  /** In order; `covered`: the digests outside the database were in order too. */
  | { state: 'intact'; at: Date; covered: boolean }
  | { state: 'mismatch'; at: Date | undefined; findings: string[] };

/** The result of the last verification of an office's own records. */
export async function checkLineOf(tx: ReadTransaction, associationId: number): Promise<CheckLine> {
  const result = await findResult(tx, associationId);
  if (result === undefined) return { state: 'none' };
  const { checkedAt, covered, findings } = result;
  if (findings.length > 0) return { state: 'mismatch', at: checkedAt ?? undefined, findings };
  return checkedAt === null ? { state: 'none' } : { state: 'intact', at: checkedAt, covered };
}

const shownMismatches = 20;

export type CheckSummary = {
  /** Undefined before the first verification. */
  at: Date | undefined;
  /** Chains with a mismatch. */
  mismatched: number;
  /** Sentences about them, the first of them, and about the digests. */
  findings: string[];
  problems: string[];
};

/** For TOP of 運営事務局: when the records were verified last, and everything that does not fit. */
export async function summaryOf(tx: ReadTransaction): Promise<CheckSummary> {
  const round = await lastRound(tx);
  return {
    at: round?.at,
    mismatched: await countMismatched(tx),
    findings: await listMismatches(tx, shownMismatches),
    problems: round?.problems ?? [],
  };
}

/** How far every chain has been verified, for the next night. */
export async function verifiedPlaces(ctx: Context): Promise<ChainPlace[]> {
  return await readTransaction(ctx, async (tx) => await listPlaces(tx));
}
