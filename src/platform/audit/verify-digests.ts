import type { KeyObject } from 'node:crypto';
import type { DigestBody, DigestFile } from './digest-file.ts';
import { readDigests } from './digest-file.ts';
import { digestTexts } from './messages.ts';
import type { ChainSums, Queryable } from './verify-chains.ts';

/** How long a digest may be late: the daily job ran neither yesterday nor today. */
const LATE_MS = 49 * 3_600_000;
const ENTRIES_AT_ONCE = 20_000;

export type DigestCheck = {
  /** The newest digest in order; what it covers is proven. */
  last: DigestBody | undefined;
  /** Sentences about the digests themselves. */
  problems: string[];
};

export type DigestSource = {
  digestDir: string;
  publicKey: KeyObject;
  now: Date;
  /** Only so many of the last digests; all without it. Each names every record before it, by the chain of hashes. */
  newest?: number;
};

/** Checks the digests among themselves, then every record they name against the database. */
export async function checkDigests(db: Queryable, source: DigestSource, sums: ChainSums): Promise<DigestCheck> {
  const { files, older } = await readDigests(source.digestDir, source.newest);
  const problems: string[] = [];
  const good: DigestBody[] = [];
  files.forEach((file, index) => {
    const before = files[index - 1] ?? older;
    const problem = problemOf(file, before, source.publicKey);
    if (problem !== undefined) problems.push(problem);
    if (file.body !== undefined && file.signed(source.publicKey)) good.push(file.body);
  });
  const last = good.at(-1);
  if (last === undefined) problems.push(digestTexts.none);
  else if (source.now.getTime() - Date.parse(last.at) > LATE_MS) {
    problems.push(digestTexts.late(last.date));
  }
  await compareRecords(db, good, sums);
  return { last, problems };
}

function problemOf(file: DigestFile, before: DigestFile | undefined, publicKey: KeyObject): string | undefined {
  if (file.body === undefined) return digestTexts.broken(file.name);
  if (!file.signed(publicKey)) return digestTexts.badSignature(file.name);
  const expected = (before?.body?.number ?? 0) + 1;
  if (before?.body === undefined && before !== undefined) return undefined;
  if (file.body.number !== expected) return digestTexts.gap(file.name);
  if (file.body.previous !== (before?.sha256 ?? null)) return digestTexts.unlinked(file.name);
  return undefined;
}

type Entry = { chain: number; seq: number; hash: string; date: string };

/** Heads that moved since the digest before; the others were compared there. */
function entriesOf(digests: readonly DigestBody[]): Entry[] {
  const known = new Map<number, string>();
  const entries: Entry[] = [];
  for (const digest of digests) {
    for (const head of digest.heads) {
      const mark = `${head.seq}:${head.hash}`;
      if (known.get(head.chain) !== mark) entries.push({ ...head, date: digest.date });
      known.set(head.chain, mark);
    }
  }
  return entries;
}

const unlikeSql = `SELECT d.chain, d.seq::float8 AS seq, d.date
  FROM unnest($1::int[], $2::bigint[], $3::text[], $4::text[]) AS d (chain, seq, hash, date)
  WHERE d.seq > 0 AND NOT EXISTS (SELECT FROM public.audit_event e WHERE e.chain = d.chain AND e.seq = d.seq AND e.hash = decode(d.hash, 'hex'))
  ORDER BY d.chain, d.seq`;

async function compareRecords(db: Queryable, digests: readonly DigestBody[], sums: ChainSums): Promise<void> {
  const entries = entriesOf(digests);
  for (let start = 0; start < entries.length; start += ENTRIES_AT_ONCE) {
    const part = entries.slice(start, start + ENTRIES_AT_ONCE);
    const { rows } = await db.query<{ chain: number; seq: number; date: string }>(unlikeSql, [
      part.map((entry) => entry.chain),
      part.map((entry) => entry.seq),
      part.map((entry) => entry.hash),
      part.map((entry) => entry.date),
    ]);
    for (const row of rows) sums.add({ kind: 'digest', ...row });
  }
}
