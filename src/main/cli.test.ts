import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase } from '#support/database.ts';

const program = join(import.meta.dirname, 'cli.ts');
let base: Awaited<ReturnType<typeof createTestDatabase>>;
let home: string;
let owner: Client;

beforeAll(async () => {
  base = await createTestDatabase();
  home = await mkdtemp(join(tmpdir(), 'mamis-cli-'));
  owner = new Client({ connectionString: base.ownerUrl });
  await owner.connect();
  await owner.query(
    "INSERT INTO audit_event (chain, at, action, result, actor_kind) SELECT 27, now(), 'member.viewed', 'done', 'office' FROM generate_series(1, 5)",
  );
});

afterAll(async () => {
  await owner.end();
  await base.drop();
  await rm(home, { recursive: true });
});

type Ran = { status: number; out: string; error: string };

async function cli(words: readonly string[], environment: Record<string, string> = {}): Promise<Ran> {
  const env = { ...process.env, DATABASE_URL: base.ownerUrl, DATA_DIR: home, ...environment };
  return await new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', program, ...words],
      { env },
      (_error, out, error) => {
        resolve({ status: child.exitCode ?? -1, out, error });
      },
    );
  });
}

it('控えを取り、検証し、改ざんを終了状態で知らせる', async () => {
  const before = await cli(['audit', 'verify']);
  expect(before).toMatchObject({ status: 1 });
  expect(before.out).toContain('データベースの外に控えがない');
  const digest = await cli(['audit', 'digest']);
  expect(digest).toMatchObject({ status: 0, error: '' });
  expect(digest.out).toMatch(/控え audit-000001-[\d-]{10}\.txt を .* に保存しました。/);
  const after = await cli(['audit', 'verify']);
  expect(after).toMatchObject({ status: 0, error: '' });
  // The verification before has left its own records, in the chain of the system.
  expect(after.out).toContain('正常です(7件を検証しました)。');
  const kept = await owner.query<{ whole: boolean }>('SELECT whole FROM audit_check');
  expect(kept.rows).toEqual([{ whole: true }, { whole: true }]);
  await owner.query(
    "ALTER TABLE audit_event DISABLE TRIGGER USER; UPDATE audit_event SET target = 'x' WHERE chain = 27 AND seq = 4; ALTER TABLE audit_event ENABLE TRIGGER USER",
  );
  const tampered = await cli(['audit', 'verify']);
  expect(tampered.status).toBe(1);
  expect(tampered.out).toMatch(/^× .*の記録\(連番4\)が一致しません。$/m);
}, 60_000);

it('schema commands, wrong words and wrong places each give one clear answer', async () => {
  expect(await cli(['migrate'])).toMatchObject({ status: 0, out: 'The database is up to date.\n' });
  const unknown = await cli(['audit', 'forget']);
  expect(unknown.status).toBe(2);
  expect(unknown.error).toMatch(/^Usage: .*\n {2}audit verify/);
  expect(await cli(['migrate'], { DATABASE_URL: '', DATA_DIR: join(home, 'nowhere') })).toMatchObject({
    status: 2,
    error: `There is no MAMIS data in ${join(home, 'nowhere')}; set DATA_DIR to where it is.\n`,
  });
  expect(await cli(['audit', 'verify', '--public-key', program])).toMatchObject({ status: 2, error: `${program} holds no public key.\n` });
}, 60_000);

it('期間の設定を示し、変え、既定値に戻す', async () => {
  await owner.query('ALTER TABLE audit_event ENABLE TRIGGER USER');
  expect((await cli(['settings', 'list'])).out).toMatch(/^draftDays +90 /m);
  expect(await cli(['settings', 'set', 'draftDays', '120'])).toMatchObject({ status: 0, out: 'draftDays is 120 now.\n', error: '' });
  expect((await cli(['settings', 'list'])).out).toMatch(/^draftDays +120 /m);
  expect(await cli(['settings', 'set', 'draftDays', '2'])).toMatchObject({ status: 2, error: 'from 7 to 3650\n' });
  expect(await cli(['settings', 'set', 'draftDays', 'many'])).toMatchObject({ status: 2 });
  expect(await cli(['settings', 'set', 'draftDays', 'default'])).toMatchObject({ status: 0, out: 'draftDays is 90 now.\n' });
}, 60_000);

it('規約の新しい版を登録し、誤りは一行で断る', async () => {
  const [body, changes] = [join(home, 'office.txt'), join(home, 'changes.txt')];
  await writeFile(body, '新しい本文\n');
  await writeFile(changes, '第3条を改めました。\n');
  const early = await cli(['terms', 'publish', 'office', body, changes, '2000-01-01']);
  expect(early).toMatchObject({ status: 2, error: expect.stringContaining('施行日は、本日以降') });
  expect(await cli(['terms', 'publish', 'office', body, changes, '2099-04-01', '2099-04-30'])).toMatchObject({ status: 0, error: '' });
  const { rows } = await owner.query(
    "SELECT body, changes, agree_by::text AS by FROM terms_version WHERE kind = 'office' ORDER BY version DESC LIMIT 1",
  );
  expect(rows).toEqual([{ body: '新しい本文', changes: '第3条を改めました。', by: '2099-04-30' }]);
}, 60_000);
