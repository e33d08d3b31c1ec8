import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillSql, forgerSql, rowsPerChain, tamperings } from '#support/audit-tampering.ts';
import { createTestDatabase } from '#support/database.ts';
import { writeDigest } from './digest.ts';
import type { DigestKey } from './digest-key.ts';
import { digestKey } from './digest-key.ts';
import type { ChainPlace, ChainProgress } from './verify-onwards.ts';
import { beginNight, checkChainOnwards } from './verify-onwards.ts';

const now = new Date('2026-11-21T01:00:00Z');
const seed = 20_261_122;
const count = 200;
/** Rows for one chain, as the product writes them. */
const more = (rows: number, chain = 27): string =>
  `INSERT INTO audit_event (chain, at, action, result, actor_kind) SELECT ${chain}, now(), 'member.viewed', 'done', 'office' FROM generate_series(1, ${rows})`;

let base: Awaited<ReturnType<typeof createTestDatabase>>;
let client: Client;
let home: string;
let key: DigestKey;

beforeAll(async () => {
  base = await createTestDatabase();
  home = await mkdtemp(join(tmpdir(), 'mamis-onwards-'));
  key = await digestKey(home);
  client = new Client({ connectionString: base.ownerUrl });
  await client.connect();
  await client.query(fillSql);
  await client.query(forgerSql);
});
afterAll(async () => {
  await client.end();
  await base.drop();
  await rm(home, { recursive: true });
});

type Night = { problems: string[]; chains: Map<number, ChainProgress & { against: string[] }> };

/** One night after another, on the forger's own connection. */
async function night(places: readonly ChainPlace[]): Promise<Night> {
  const options = { digestDir: join(home, 'digests'), publicKey: key.publicKey, now };
  const start = await beginNight(
    client,
    options,
    places.map((one) => one.chain),
  );
  const chains: Night['chains'] = new Map();
  for (const chain of start.chains) {
    const from = places.find((one) => one.chain === chain);
    const progress = await checkChainOnwards(client, { chain, from, name: undefined });
    chains.set(chain, { ...progress, against: start.against.get(chain) ?? [] });
  }
  return { problems: start.problems, chains };
}

async function digest(): Promise<void> {
  const pool = new Pool({ connectionString: base.ownerUrl, max: 1 });
  await writeDigest({ pool, digestDir: join(home, 'digests'), key, now });
  await pool.end();
}

const placesOf = ({ chains }: Night): ChainPlace[] => [...chains.values()];
const found = ({ chains, problems }: Night): string[] => [
  ...problems,
  ...[...chains.values()].flatMap(({ findings, against }) => [...findings, ...against]),
];

describe('毎晩の検証', () => {
  it('前の晩より後の記録を読み、手を加えていなければ正常である', async () => {
    expect(found(await night([]))).toEqual(['データベースの外に控えがないため、改ざんがないことを確かめられません。']);
    await digest();
    const first = await night([]);
    expect(found(first)).toEqual([]);
    expect([...first.chains].map(([chain, { end, finished }]) => [chain, end.seq, finished])).toEqual(
      [-1, 1, 27, 27_001].map((chain) => [chain, rowsPerChain, true]),
    );
    await client.query(`BEGIN; ${more(5)}`);
    const second = await night(placesOf(first));
    expect(found(second)).toEqual([]);
    expect(second.chains.get(27)).toMatchObject({ end: { seq: rowsPerChain + 5 }, rows: rowsPerChain + 5 });
    await client.query('ROLLBACK');
  });

  it('大きな鎖は分けて読み直し、前の晩に確かめた記録の末尾が変われば分かる', { timeout: 60_000 }, async () => {
    await client.query('BEGIN');
    await client.query(more(12_000, 1));
    const first = placesOf(await night([]));
    const second = await night(first);
    expect(found(second)).toEqual([]);
    expect(second.chains.get(1)).toMatchObject({ rows: 5000, swept: { seq: 5000 } });
    const third = await night(placesOf(second));
    expect(third.chains.get(1)).toMatchObject({ rows: 5000, swept: { seq: 10_000 } });
    const fourth = await night(placesOf(third));
    expect(fourth.chains.get(1)).toMatchObject({ rows: 2030, swept: { seq: 0 } });
    await client.query('ALTER TABLE audit_event DISABLE TRIGGER USER; DELETE FROM audit_event WHERE chain = 1 AND seq > 12000');
    expect(found(await night(placesOf(third)))).toContain('医師会コード00001の連番12001から12030までの記録がありません。');
    await client.query('ROLLBACK');
  });

  it(`前の晩までの記録にも、その後の記録にも、無作為な改ざん${count}件をすべて見つける`, { timeout: 120_000 }, async () => {
    await digest();
    const before = placesOf(await night([]));
    await client.query('ALTER TABLE audit_event DISABLE TRIGGER USER');
    const kinds = new Set<string>();
    let tried = 0;
    for (const { kind, sql } of tamperings(seed)) {
      // Half of them know nothing of what was verified before: all records are new to them.
      const known = tried % 2 === 0 ? before : [];
      await client.query(`BEGIN; ${sql}`);
      const traces = found(await night(known));
      await client.query('ROLLBACK');
      expect({ sql, known: known.length, found: traces.length > 0 }).toEqual({ sql, known: known.length, found: true });
      kinds.add(kind);
      tried += 1;
      if (tried === count) break;
    }
    expect(kinds.size).toBeGreaterThan(20);
    await client.query('ALTER TABLE audit_event ENABLE TRIGGER USER');
    expect(found(await night(before))).toEqual([]);
  });
});
