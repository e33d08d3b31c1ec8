import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Pool } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fillSql, forgerSql, rowsPerChain, tamperedColumns, tamperings } from '#support/audit-tampering.ts';
import { createTestDatabase } from '#support/database.ts';
import { writeDigest } from './digest.ts';
import type { DigestKey } from './digest-key.ts';
import { digestKey } from './digest-key.ts';
import type { AuditReport } from './verify.ts';
import { verifyAudit, verifyWithin } from './verify.ts';

const now = new Date('2026-11-21T01:00:00Z');
/** `npm run proof` asks for more (proof P14). */
const count = Number(process.env['PROOF_P14_CHANGES'] ?? 1_000);
const seed = Number(process.env.P14_SEED ?? 20_261_121);

let base: Awaited<ReturnType<typeof createTestDatabase>>;
let owner: Pool;
let home: string;
let digestDir: string;
let key: DigestKey;

beforeAll(async () => {
  base = await createTestDatabase();
  owner = new Pool({ connectionString: base.ownerUrl, max: 2 });
  await owner.query(fillSql);
  await owner.query(`INSERT INTO association (id, code, layer, kind) VALUES (1, '00001', 1, 'national') ON CONFLICT DO NOTHING;
    INSERT INTO association_version (association_id, starts_on, name, kana) VALUES (1, '1947-11-01', '日本医師会', 'ニホンイシカイ') ON CONFLICT DO NOTHING`);
});

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'mamis-digest-'));
  digestDir = join(home, 'digests');
  key = await digestKey(home);
});

afterEach(async () => {
  await rm(home, { recursive: true });
});

afterAll(async () => {
  await owner.end();
  await base.drop();
});

const digest = async (at = now) => await writeDigest({ pool: owner, digestDir, key, now: at });
const check = async (at = now) => await verifyAudit(owner, { digestDir, publicKey: key.publicKey, now: at });

/** The report of a verifier that runs after `sql`; the database is as before afterwards. */
async function within(sql: string): Promise<AuditReport> {
  const client = await owner.connect();
  await client.query(`BEGIN; ${sql}`);
  const report = await verifyWithin(client, { digestDir, publicKey: key.publicKey, now });
  await client.query('ROLLBACK');
  client.release();
  return report;
}

describe('改ざん検知', () => {
  it('手を加えていない記録は、医師会ごとに控えの日まで正常と分かる', async () => {
    await digest();
    const report = await check();
    expect(report).toMatchObject({ intact: true, rows: 4 * rowsPerChain, problems: [], coveredUntil: '2026-11-21' });
    expect(report.chains.map((chain) => [chain.chain, chain.findings])).toEqual(
      [-1, 1, 27, 27_001].map((chain) => [chain, ['2026/11/21までの記録に改ざんは見つかりませんでした。']]),
    );
    expect(report.chains.map((chain) => chain.name)).toEqual(expect.arrayContaining(['医師・システム', '日本医師会']));
  });

  it('控えの後に加わった記録があっても正常である', async () => {
    await digest();
    const report = await within(
      "INSERT INTO audit_event (chain, at, action, result, actor_kind) VALUES (27, now(), 'member.viewed', 'done', 'office')",
    );
    expect(report).toMatchObject({ intact: true, rows: 4 * rowsPerChain + 1 });
  });

  it('アプリケーションの役割でも検証と控えができる', async () => {
    const app = new Pool({ connectionString: base.ownerUrl, max: 1, options: '-c role=mamis_app -c mamis.scope=all' });
    await writeDigest({ pool: app, digestDir, key, now });
    const report = await verifyAudit(app, { digestDir, publicKey: key.publicKey, now });
    await app.end();
    expect(report).toMatchObject({ intact: true, problems: [] });
    expect(report.rows).toBe(4 * rowsPerChain);
  });
});

it('どの医師会のいつの記録が一致しないかを言う', async () => {
  await digest();
  const report = await within(
    "ALTER TABLE audit_event DISABLE TRIGGER USER; UPDATE audit_event SET actor_name = '別人' WHERE chain = 1 AND seq = 3; DELETE FROM audit_event WHERE chain = 27 AND seq = 7",
  );
  expect(report.chains.map((chain) => chain.findings)).toEqual([
    ['2026/11/21までの記録に改ざんは見つかりませんでした。'],
    ['日本医師会の2026/11/01 09:04:51の記録(連番3)が一致しません。'],
    ['医師会コード00027の連番7の記録がありません。', '医師会コード00027の連番8の記録が、その前の記録とつながりません。'],
    ['2026/11/21までの記録に改ざんは見つかりませんでした。'],
  ]);
});

describe('外の控え', () => {
  it('鍵と控えは本人だけが読め、控えは書き換えられない形で残る', async () => {
    const { name } = await digest();
    expect((await stat(join(home, 'audit-digest-key.pem'))).mode & 0o777).toBe(0o600);
    expect((await stat(join(digestDir, name))).mode & 0o222).toBe(0);
    expect(name).toBe('audit-000001-2026-11-21.txt');
    expect((await digestKey(home)).publicKey.equals(key.publicKey)).toBe(true);
  });

  it('同時に取っても番号は続き、互いにつながる', async () => {
    await Promise.all([digest(), digest()]);
    await digest();
    expect(await readdir(digestDir)).toHaveLength(3);
    expect((await check()).problems).toEqual([]);
  });

  it('控えがなければ、正常とは言わない', async () => {
    const report = await check();
    expect(report.intact).toBe(false);
    expect(report.problems).toEqual(['データベースの外に控えがないため、改ざんがないことを確かめられません。']);
  });

  it('控えが取られなくなると分かる', async () => {
    await digest();
    expect((await check(new Date('2026-11-24T01:00:00Z'))).problems).toEqual([
      '最後の控えは2026/11/21のものです。その後の控えがありません。',
    ]);
  });

  it('途中の控えが抜かれると分かる', async () => {
    for (let day = 19; day <= 21; day += 1) await digest(new Date(`2026-11-${day}T01:00:00Z`));
    await rm(join(digestDir, 'audit-000002-2026-11-20.txt'));
    expect((await check()).problems).toEqual(['控え audit-000003-2026-11-21.txt の前の控えがありません。']);
  });

  it('控えのどの一文字を変えても分かる', async () => {
    const { name } = await digest();
    const path = join(digestDir, name);
    const text = await readFile(path, 'utf8');
    await rm(path);
    for (let at = 0; at < text.length; at += 7) {
      const changed = `${text.slice(0, at)}${text[at] === '0' ? '1' : '0'}${text.slice(at + 1)}`;
      await writeFile(path, changed);
      expect({ at, intact: (await check()).intact }).toEqual({ at, intact: false });
    }
  });

  it('別の鍵で作り直した控えは受け付けない', async () => {
    await digest();
    await rm(digestDir, { recursive: true });
    await writeDigest({ pool: owner, digestDir, key: await digestKey(await mkdtemp(join(home, 'thief-'))), now });
    expect((await check()).problems[0]).toBe('控え audit-000001-2026-11-21.txt の署名が正しくありません。');
  });

  it('壊れた控えの上に次の控えは作らない', async () => {
    const { name } = await digest();
    await rm(join(digestDir, name));
    await writeFile(join(digestDir, name), 'x');
    await expect(digest()).rejects.toThrow(/damaged/);
  });
});

type Verdict = { kind: string; sql: string; found: Set<string> };

/** What each part of the verifier saw of one falsification. */
function seen(report: AuditReport): Set<string> {
  return new Set([...report.problems.map(() => 'problem'), ...report.chains.flatMap((chain) => chain.traces.map((trace) => trace.kind))]);
}

describe('P14', () => {
  it(`無作為な改ざん${count}件をすべて見つけ、検査を一つでも欠けば見逃す`, { timeout: 60_000 + count * 60 }, async () => {
    await digest();
    const client = new Client({ connectionString: base.ownerUrl });
    await client.connect();
    // With every right over the database the trigger is no obstacle.
    await client.query(`ALTER TABLE audit_event DISABLE TRIGGER USER; ${forgerSql}`);
    const verdicts: Verdict[] = [];
    try {
      for (const { kind, sql } of tamperings(seed)) {
        await client.query(`BEGIN; ${sql}`);
        const report = await verifyWithin(client, { digestDir, publicKey: key.publicKey, now });
        await client.query('ROLLBACK');
        verdicts.push({ kind, sql, found: seen(report) });
        expect({ sql, intact: report.intact }).toEqual({ sql, intact: false });
        if (verdicts.length === count) break;
      }
    } finally {
      await client.end();
    }
    expect(verdicts.filter((verdict) => verdict.found.size === 0)).toEqual([]);
    for (const column of tamperedColumns) expect(verdicts.some((verdict) => verdict.kind === `column ${column}`)).toBe(true);
    // Planted defects: the same run, judged by a verifier that lacks one of its checks.
    const missedWithout = (part: string): string[] => [
      ...new Set(verdicts.filter((verdict) => [...verdict.found].every((found) => found === part)).map((verdict) => verdict.kind)),
    ];
    expect(missedWithout('digest')).toEqual(
      expect.arrayContaining(['tail rewritten', 'deleted and closed up', 'tail cut with its head', 'whole chain gone']),
    );
    expect(missedWithout('changed')).toEqual(
      expect.arrayContaining(['column actor_name', 'column at', 'column person_ids', 'column detail']),
    );
    expect(missedWithout('problem')).toEqual(expect.arrayContaining(['hash recipe replaced']));
    expect(missedWithout('head')).toEqual(expect.arrayContaining(['head falsified']));
  });
});
