import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OfficeActor, OperationsActor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { operationsTop } from '#features/desk/queries/operations-top.ts';
import { must, system } from '#main/demo/acting.ts';
import { writeDigest } from '#platform/audit/digest.ts';
import type { DigestKey } from '#platform/audit/digest-key.ts';
import { digestKey } from '#platform/audit/digest-key.ts';
import { verifyAudit } from '#platform/audit/verify.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { staffLogin } from '#support/logins.ts';
import { mailsOf } from '#support/staff-with-mail.ts';
import { createWorld, testNow, type World } from '#support/world.ts';
import { auditReactions } from './reactions.ts';
import { endCheck, keepChainChecks } from './commands/keep-check.ts';
import { checkAudit, keepReport } from './daily.ts';
import type { CheckLine } from './queries/check.ts';
import { trail } from './queries/trail.ts';

const kita = 27001;
const operations: OperationsActor = { kind: 'operations', accountId: newId(), staffId: newId(), displayName: '運営 太郎' };
let world: World;
let owner: Client;
let admin: OfficeActor;
let other: OfficeActor;
let home: string;
let digestDir: string;
let key: DigestKey;

beforeAll(async () => {
  world = await createWorld();
  owner = new Client({ connectionString: world.ownerUrl });
  await owner.connect();
  home = await mkdtemp(join(tmpdir(), 'mamis-check-'));
  digestDir = join(home, 'digests');
  key = await digestKey(home);
  const [district, prefecture] = await world.offices(kita);
  if (district === undefined || prefecture === undefined) throw new Error('no office');
  const login = await staffLogin(owner, { associationId: null });
  await owner.query('UPDATE account SET mail = $2 WHERE id = $1', [login.accountId, 'operations@example.jp']);
  admin = district;
  other = prefecture;
});
afterAll(async () => {
  await owner.end();
  // The audit of this world was falsified, which the invariants would find.
  await world.close('unchecked');
  await rm(home, { recursive: true });
});

/** Days after the first one, so that the digests are never late. */
const nightOf = (days: number): Date => new Date(testNow.getTime() + days * 86_400_000);
const lineOf = async (office: OfficeActor): Promise<CheckLine> => must(await ask(trail, world.as(office), {})).check;
const digest = async (at: Date) => await writeDigest({ pool: world.database.system, digestDir, key, now: at });
const check = async (at: Date) => await checkAudit(world.as(system, at), { digestDir, publicKey: key.publicKey });
const behindItsBack = async (sql: string) =>
  await owner.query(`BEGIN; ALTER TABLE audit_event DISABLE TRIGGER USER; ${sql}; ALTER TABLE audit_event ENABLE TRIGGER USER; COMMIT`);
const events = async (): Promise<number> => (await owner.query("SELECT FROM outbox WHERE kind = 'audit.mismatchFound'")).rowCount ?? 0;

describe('操作履歴の検証(screens.md O-18)', () => {
  it('まだ検証していないうちは、正常とは言わない', async () => {
    expect(await lineOf(admin)).toEqual({ state: 'none' });
  });

  it('控えがないうちは、控えの不備を添え、運営事務局に知らせる', async () => {
    expect(await check(nightOf(0))).toMatchObject({ told: true });
    expect(await lineOf(admin)).toMatchObject({ state: 'intact', covered: false });
    expect(await events()).toBe(1);
    for (let tries = 0; tries < 2; tries += 1)
      await auditReactions['audit.mismatchFound']?.(world.as(system), { checkId: 'x', chains: 2, outboxId: 1 });
    const mails = await mailsOf(world, 'M-55');
    expect(mails).toMatchObject([{ to: 'operations@example.jp', body: expect.stringContaining('2件の医師会等の操作履歴') }]);
    // The same problem is not told night after night.
    expect(await check(nightOf(0))).toMatchObject({ told: false });
  });

  it('検証のたびに、医師会ごとに日時と結果が残る', async () => {
    await digest(nightOf(1));
    expect(await check(nightOf(1))).toMatchObject({ told: false });
    expect(await lineOf(admin)).toEqual({ state: 'intact', at: nightOf(1), covered: true });
    await lineOf(other);
    await digest(nightOf(2));
    await check(nightOf(2));
    expect(await lineOf(admin)).toEqual({ state: 'intact', at: nightOf(2), covered: true });
    expect(await lineOf(other)).toEqual({ state: 'intact', at: nightOf(2), covered: true });
    const top = must(await ask(operationsTop, world.as(operations), {}));
    expect(top.check).toMatchObject({ at: nightOf(2), mismatched: 0, findings: [], problems: [] });
  });

  it('前に検証した記録が裏で書き換えられると、その医師会の画面と運営事務局に分かる', async () => {
    await behindItsBack(`UPDATE audit_event SET actor_name = '別人' WHERE chain = ${kita} AND seq = 1`);
    const told = await events();
    expect(await check(nightOf(2.1))).toMatchObject({ told: true });
    const line = await lineOf(admin);
    expect(line.state).toBe('mismatch');
    expect(line).toMatchObject({
      findings: [expect.stringMatching(/^大阪市北区医師会の\d{4}\/\d\d\/\d\d .*の記録\(連番1\)が一致しません。$/)],
    });
    expect(await lineOf(other)).toMatchObject({ state: 'intact' });
    expect(await events()).toBe(told + 1);
    const top = must(await ask(operationsTop, world.as(operations), {}));
    expect(top.check).toMatchObject({ mismatched: 1, findings: [expect.stringContaining('大阪市北区医師会')] });
  });

  it('書き戻しても、全件の検証で正常と分かるまでは不一致のままで、知らせは一度だけである', async () => {
    await behindItsBack(`UPDATE audit_event SET actor_name = '${admin.displayName}' WHERE chain = ${kita} AND seq = 1`);
    const told = await events();
    expect(await check(nightOf(2.2))).toMatchObject({ told: false });
    expect(await lineOf(admin)).toMatchObject({ state: 'mismatch' });
    const report = await verifyAudit(world.database.system, { digestDir, publicKey: key.publicKey, now: nightOf(2) });
    expect(report).toMatchObject({ intact: true });
    await keepReport(world.as(system, nightOf(2.3)), report);
    expect(await lineOf(admin)).toEqual({ state: 'intact', at: nightOf(2.3), covered: true });
    expect(await events()).toBe(told);
    // The nights go on from there.
    expect(await check(nightOf(2.4))).toMatchObject({ told: false });
    expect(await lineOf(admin)).toMatchObject({ state: 'intact' });
  });

  it('全件の検証で見つかった不一致も、画面に出る', async () => {
    await behindItsBack(`DELETE FROM audit_event WHERE chain = ${kita} AND seq = 2`);
    const options = { digestDir, publicKey: key.publicKey, now: nightOf(2) };
    await keepReport(world.as(system, nightOf(2.5)), await verifyAudit(world.database.system, options));
    const line = await lineOf(admin);
    expect(line).toMatchObject({ state: 'mismatch' });
    expect(line.state === 'mismatch' && line.findings[0]).toBe('大阪市北区医師会の連番2の記録がありません。');
  });

  it('結果を書けるのはシステムだけである', async () => {
    for (const actor of [admin, operations]) {
      const checks = { whole: true, covered: true, checks: [] };
      expect(await run(keepChainChecks, world.as(actor), checks)).toMatchObject({ ok: false, refusal: { code: 'forbidden' } });
      const end = { whole: true, chains: 0, rows: 0, problems: [] };
      expect(await run(endCheck, world.as(actor), end)).toMatchObject({ ok: false, refusal: { code: 'forbidden' } });
    }
  });
});
