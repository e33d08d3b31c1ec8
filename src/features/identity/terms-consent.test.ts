import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#kernel/actor.ts';
import { publishTerms } from '#features/entrance/commands/publish-terms.ts';
import { registerDoctor } from '#features/person/commands/register-doctor.ts';
import { createStaffMember } from '#features/staff/commands/create-staff-member.ts';
import { must, system } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { hashPassword } from '#platform/password/password.ts';
import { hashToken } from '#platform/session/token.ts';
import { createWorld, profile, testNow, type World } from '#support/world.ts';
import { agreeToTerms, putOffTerms } from './commands/agree-to-terms.ts';
import { addAccount } from './commands/create-account.ts';
import { logIn } from './commands/log-in.ts';
import { owedTerms, seenVersions } from './queries/owed-terms.ts';
import { makeReadVisitor } from './queries/visitor.ts';

let world: World;
let owner: Client;
let passwordHash: string;
const password = 'Kx7!mWq2zz';
const day = (days: number, seconds = 0) => new Date(testNow.getTime() + days * 86_400_000 + seconds * 1000);

beforeAll(async () => {
  world = await createWorld();
  owner = new Client({ connectionString: world.ownerUrl });
  await owner.connect();
  passwordHash = must(await hashPassword(password));
  await withLogin('kiyaku-doctor', 'doctor');
  await withLogin('kiyaku-staff', 'staff');
});
afterAll(async () => {
  await owner.end();
  await world.close();
});

async function withLogin(loginId: string, kind: 'doctor' | 'staff'): Promise<void> {
  const ctx = world.as(system);
  const { accountId } = must(await run(addAccount, ctx, { loginId, passwordHash, kind, displayName: '日医 太郎', mail: '' }));
  if (kind === 'doctor') {
    must(await run(registerDoctor, ctx, profile({ accountId })));
    return;
  }
  const names = { surname: '日医', givenName: '花子', surnameKana: 'ニチイ', givenNameKana: 'ハナコ' };
  must(await run(createStaffMember, ctx, { accountId, associationId: 10001, role: 'clerk', validUntil: '2026-12-31', ...names }));
}

type Here = { token: string; tokenHash: Buffer; actor: Actor };

let addresses = 0;
async function login(loginId: string, at: Date): Promise<Here> {
  addresses += 1;
  const ctx = { ...world.as({ kind: 'guest' }, at), address: `198.51.100.${addresses}` };
  const { token, actor } = must(await logIn(ctx, { loginId, password }, { token: undefined, userAgent: 'test', knowsDevice: () => false }));
  return { token, tokenHash: hashToken(token), actor };
}

const holdOf = async ({ token }: Here, at: Date) => (await makeReadVisitor(world.database)(token, at)).hold;
const owedAt = async ({ actor, tokenHash }: Here, at: Date) => must(await owedTerms(world.as(actor, at), tokenHash));

const version = { kind: 'terms', body: '新しい本文', changes: '第3条を改めました。', effectiveOn: '2026-01-17', agreeBy: '2026-02-28' };

describe('規約の新しい版(screens.md A-17)', () => {
  test('過ぎた施行日、前の版より早い施行日、施行日より早い期限では登録できず、システムのほかには登録できない', async () => {
    const publish = async (more: Record<string, string>, actor: Actor = system) =>
      await run(publishTerms, world.as(actor), { ...version, ...more });
    expect(await publish({ effectiveOn: '2026-01-14' })).toMatchObject({ refusal: { fields: { effectiveOn: [expect.any(String)] } } });
    expect(await publish({ agreeBy: '2026-01-16' })).toMatchObject({ refusal: { fields: { agreeBy: [expect.any(String)] } } });
    expect(await publish({ changes: ' ' })).toMatchObject({ refusal: { fields: { changes: ['変更点を入力してください'] } } });
    const { actor } = await login('kiyaku-staff', testNow);
    expect(await publish({}, actor)).toMatchObject({ refusal: { code: 'forbidden' } });
  });

  test('施行日の後のログインで医師に求め、使用中のログインは止めず、事務局と初めの版には求めない', async () => {
    expect(await holdOf(await login('kiyaku-doctor', day(0)), day(0))).toBeUndefined();
    expect(must(await run(publishTerms, world.as(system, day(0, 10)), version))).toEqual({ version: 2 });
    const before = await login('kiyaku-doctor', day(0, 60));
    expect(await holdOf(before, day(0, 70))).toBeUndefined();
    const after = await login('kiyaku-doctor', day(3));
    expect(await holdOf(after, day(3))).toMatchObject({ to: '/terms/consent', reading: false });
    expect(await owedAt(after, day(3))).toMatchObject([
      { kind: 'terms', version: 2, agreeBy: '2026-02-28', changes: '第3条を改めました。' },
    ]);
    expect(await holdOf(await login('kiyaku-staff', day(3)), day(3))).toBeUndefined();
  });

  test('今は同意しない:そのログインの間、期限の日まで閲覧だけができ、期限を過ぎると閲覧もできない', async () => {
    const here = await login('kiyaku-doctor', day(4));
    must(await putOffTerms(world.as(here.actor, day(4)), here.tokenHash));
    expect(await holdOf(here, day(4))).toMatchObject({ reading: true, message: expect.stringContaining('2026/02/28') });
    const last = await login('kiyaku-doctor', day(44));
    must(await putOffTerms(world.as(last.actor, day(44)), last.tokenHash));
    expect(await holdOf(last, day(44))).toMatchObject({ reading: true });
    const late = await login('kiyaku-doctor', day(45));
    expect(await holdOf(late, day(45))).toMatchObject({ reading: false });
    must(await putOffTerms(world.as(late.actor, day(45)), late.tokenHash));
    expect(await holdOf(late, day(45))).toMatchObject({ reading: false });
  });

  test('同意はチェックと見た版があって記録され、操作履歴に残り、次の版までは求めない', async () => {
    const here = await login('kiyaku-doctor', day(5));
    const ctx = world.as(here.actor, day(5));
    const seen = seenVersions(await owedAt(here, day(5)));
    expect(await agreeToTerms(ctx, here.tokenHash, { seen })).toMatchObject({ refusal: { fields: { agree: [expect.any(String)] } } });
    must(await run(publishTerms, world.as(system, day(4)), { ...version, kind: 'privacy', effectiveOn: '2026-01-20' }));
    expect(await agreeToTerms(ctx, here.tokenHash, { agree: '1', seen })).toMatchObject({ refusal: { code: 'conflict' } });
    expect(await agreeToTerms(ctx, here.tokenHash, { agree: ['1', '1'], seen: ['x'] })).toMatchObject({ refusal: { code: 'invalid' } });
    must(await agreeToTerms(ctx, here.tokenHash, { agree: '1', seen: 'terms:2,privacy:2' }));
    expect(await holdOf(here, day(5))).toBeUndefined();
    expect(await holdOf(await login('kiyaku-doctor', day(60)), day(60))).toBeUndefined();
    const { rows } = await owner.query("SELECT detail FROM audit_event WHERE action = 'identity.agreeToTerms'");
    expect(rows).toEqual([{ detail: { versions: 'terms:2,privacy:2' } }]);
  });

  test('事務局規約は事務局にだけ求め、同意の期限のない版は求めない', async () => {
    const office = { ...version, kind: 'office', effectiveOn: '2026-04-01', agreeBy: '2026-04-30' };
    must(await run(publishTerms, world.as(system, day(5)), { ...office, effectiveOn: '2026-01-21', agreeBy: '' }));
    expect(await holdOf(await login('kiyaku-staff', day(10)), day(10))).toBeUndefined();
    must(await run(publishTerms, world.as(system, day(5)), office));
    expect(await holdOf(await login('kiyaku-doctor', day(90)), day(90))).toBeUndefined();
    const here = await login('kiyaku-staff', day(90));
    expect(await holdOf(here, day(90))).toMatchObject({ reading: false });
    must(await agreeToTerms(world.as(here.actor, day(90)), here.tokenHash, { agree: '1', seen: 'office:3' }));
    expect(await holdOf(here, day(90))).toBeUndefined();
  });
});
