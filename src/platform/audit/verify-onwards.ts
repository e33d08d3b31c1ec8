import { chainName } from './messages.ts';
import type { VerifyOptions } from './verify.ts';
import { associationNames, checkOutside, sentencesOf } from './verify.ts';
import type { Place, Queryable } from './verify-chains.ts';
import { chainStart, ChainSums, checkHead, checkPart } from './verify-chains.ts';

/**
 * The verification of every night, bounded in memory and time at any size: what came since the last one, a part of what was
 * verified before, and the newest digests. `verifyAudit` reads everything.
 */

/** How far one chain has been verified. */
export type ChainPlace = {
  chain: number;
  /** Every record up to this one was read. */
  end: Place;
  /** The reading again of former records has come so far; it begins anew when it has reached `end`. */
  swept: Place;
};

export type ChainProgress = ChainPlace & {
  rows: number;
  /** False when there were more new records than one night reads. */
  finished: boolean;
  /** Sentences about what does not fit. */
  findings: string[];
};

/** New records of one chain in one night; the rest comes in the next. */
const mostNew = 1_000_000;
/** Former records are read again within so many nights. */
const sweepNights = 30;
/** So many former records are read again at least, so that small chains are read whole every night. */
const leastSwept = 5000;
/** Digests that are compared every night; each names everything before it. */
const newestDigests = 31;

/** Chains by their records, their heads and what was verified; a chain that lost its records or its head is among them. */
const chainsSql = `WITH RECURSIVE found AS (
    (SELECT chain FROM public.audit_event ORDER BY chain LIMIT 1)
    UNION ALL SELECT (SELECT e.chain FROM public.audit_event e WHERE e.chain > found.chain ORDER BY e.chain LIMIT 1) FROM found WHERE found.chain IS NOT NULL)
  SELECT chain FROM found WHERE chain IS NOT NULL UNION SELECT chain FROM public.audit_head UNION SELECT unnest($1::int[]) ORDER BY 1`;

export type NightStart = {
  /** Sentences about the digests and the recipe of the hashes. */
  problems: string[];
  coveredUntil: string | undefined;
  chains: number[];
  names: Map<number, string>;
  /** What the digests know better, by chain. */
  against: Map<number, string[]>;
};

/** Compares the newest digests, and says which chains there are; `known`: those that were verified before. */
export async function beginNight(db: Queryable, options: VerifyOptions, known: readonly number[]): Promise<NightStart> {
  const sums = new ChainSums();
  const outside = await checkOutside(db, { ...options, newest: newestDigests }, sums);
  const names = await associationNames(db);
  const against = new Map(sums.all().map((sum) => [sum.chain, sentencesOf(sum, names.get(sum.chain) ?? chainName(sum.chain))]));
  const { rows } = await db.query<{ chain: number }>(chainsSql, [[...known, ...against.keys()]]);
  return { ...outside, chains: rows.map((row) => row.chain), names, against };
}

/** Verifies one chain onwards from where the last night has come, in the caller's snapshot; undefined stands for a chain that is new. */
export async function checkChainOnwards(
  db: Queryable,
  { chain, from, name }: { chain: number; from: ChainPlace | undefined; name: string | undefined },
): Promise<ChainProgress> {
  const start = from ?? { chain, end: chainStart, swept: chainStart };
  const fresh = new ChainSums();
  fresh.of(chain).end = start.end;
  const finished = await checkPart(db, fresh, { chain, most: mostNew });
  if (finished) await checkHead(db, fresh, chain);
  const again = new ChainSums();
  again.of(chain).end = start.swept;
  const reached = await sweep(db, again, start);
  const label = name ?? chainName(chain);
  return {
    chain,
    end: fresh.of(chain).end,
    swept: reached ? chainStart : again.of(chain).end,
    rows: fresh.of(chain).rows + again.of(chain).rows,
    finished,
    findings: [...sentencesOf(fresh.of(chain), label), ...sentencesOf(again.of(chain), label)],
  };
}

/** Reads a part of the former records again; true when it has come to the last that was verified, which must be as it was. */
async function sweep(db: Queryable, sums: ChainSums, { chain, end }: ChainPlace): Promise<boolean> {
  if (end.seq === 0) return true;
  const reached = await checkPart(db, sums, { chain, until: end.seq, most: Math.max(leastSwept, Math.ceil(end.seq / sweepNights)) });
  const last = sums.of(chain).end;
  if (!reached) return false;
  if (last.seq < end.seq) sums.add({ kind: 'missing', chain, seq: last.seq + 1, until: end.seq });
  else if (last.hash !== end.hash) sums.add({ kind: 'unlinked', chain, seq: end.seq + 1 });
  return true;
}
