import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '#platform/context.ts';
import { run } from '#platform/command/command.ts';
import { hashPassword } from '#platform/password/password.ts';
import { totpCode, totpStep } from '#platform/second-factor/totp.ts';
import { createStaffMember } from '#features/staff/commands/create-staff-member.ts';
import { registerDoctor } from '#features/person/commands/register-doctor.ts';
import { changeSetting } from '#features/system-settings/commands/change-setting.ts';
import { doctorActor, must, system } from '#main/demo/acting.ts';
import { createWorld, profile, testNow, type World } from '#support/world.ts';
import { changeOwnLoginId, changeOwnPassword } from './commands/change-own-login.ts';
import { addAccount } from './commands/create-account.ts';
import { halfwayIn, halfwayText, isTrusted, readHalfway, trustText } from './commands/halfway.ts';
import { logIn } from './commands/log-in.ts';
import type { Browser } from './commands/open-session.ts';
import { beginFactor, checkFactor, confirmFactor, factorState, removeFactor, renewCodes, waitingKey } from './commands/second-factor.ts';
import { makeReadVisitor } from './queries/visitor.ts';

let world: World;
let owner: Client;
let passwordHash: string;
const password = 'Kx7!mWq2zz';
const browser: Browser = { token: undefined, userAgent: 'test', knowsDevice: () => false };
const userAgent = 'Firefox/1';

let addresses = 0;
const at = (seconds: number) => new Date(testNow.getTime() + seconds * 1000);
function guest(seconds = 0): Context {
  addresses += 1;
  return { ...world.as({ kind: 'guest' }, at(seconds)), address: `192.0.2.${addresses}` };
}

async function addDoctor(loginId: string): Promise<{ accountId: string; personId: string }> {
  const ctx = world.as(system);
  const account = { loginId, passwordHash, kind: 'doctor', displayName: '日医 太郎', mail: `${loginId}@example.jp` };
  const { accountId } = must(await run(addAccount, ctx, account));
  return { accountId, ...must(await run(registerDoctor, ctx, profile({ accountId }))) };
}

async function addClerk(loginId: string): Promise<string> {
  const ctx = world.as(system);
  const { accountId } = must(await run(addAccount, ctx, { loginId, passwordHash, kind: 'staff', displayName: '日医 花子', mail: '' }));
  const names = { surname: '日医', givenName: '花子', surnameKana: 'ニチイ', givenNameKana: 'ハナコ' };
  must(await run(createStaffMember, ctx, { ...names, accountId, associationId: 10001, role: 'clerk', validUntil: '2026-12-31' }));
  return accountId;
}

async function secretOf(accountId: string): Promise<Buffer> {
  const found = await owner.query<{ secret: Buffer }>('SELECT secret FROM second_factor WHERE account_id = $1', [accountId]);
  const secret = world.surroundings.vault.open(accountId, found.rows[0]?.secret ?? Buffer.alloc(0));
  if (secret === undefined) throw new Error('no secret');
  return secret;
}

/** Sets a factor up at noon; its codes and key. */
async function withFactor(accountId: string): Promise<{ codes: readonly string[]; secret: Buffer; step: number }> {
  must(await beginFactor(guest(), accountId));
  const secret = await secretOf(accountId);
  const step = totpStep(testNow);
  const codes = must(await confirmFactor(guest(), { accountId, userAgent }, totpCode(secret, step)));
  return { codes, secret, step };
}

const attempt = async (loginId: string, more: Partial<Browser> = {}, seconds = 0) =>
  await logIn(guest(seconds), { loginId, password }, { ...browser, ...more });

beforeAll(async () => {
  world = await createWorld();
  owner = new Client({ connectionString: world.ownerUrl });
  await owner.connect();
  passwordHash = must(await hashPassword(password));
});
afterAll(async () => {
  await owner.end();
  await world.close();
});

describe('2段階認証(A-02、D-05)', () => {
  it('設定すると、パスワードだけではログインにならず、正しいコードは一度だけ通る', async () => {
    const { accountId } = await addDoctor('factor-doctor');
    const { secret, step } = await withFactor(accountId);
    const refused = await attempt('factor-doctor');
    expect(halfwayIn(refused.ok ? undefined : refused.refusal.current)).toEqual({ accountId, next: 'code' });
    const sessions = await owner.query('SELECT count(*)::int AS n FROM session WHERE account_id = $1', [accountId]);
    expect(sessions.rows[0].n).toBe(0);
    const used = await checkFactor(guest(1000), accountId, { code: totpCode(secret, step), recovery: false });
    expect(used).toMatchObject({ refusal: { fields: { code: ['確認コードが正しくありません。新しいコードを入力してください。'] } } });
    const next = totpCode(secret, totpStep(at(3000)));
    must(await checkFactor(guest(3000), accountId, { code: ` ${next} `, recovery: false }));
    expect((await checkFactor(guest(5000), accountId, { code: next, recovery: false })).ok).toBe(false);
  });

  it('誤ったパスワードは、2段階認証の有無で答えが変わらない', async () => {
    await withFactor((await addDoctor('quiet-doctor')).accountId);
    const wrong = async (loginId: string) => await logIn(guest(), { loginId, password: 'wrong' }, browser);
    expect(await wrong('quiet-doctor')).toEqual(await wrong('nobody-here'));
  });

  it('コードの失敗が続くと待たされる', async () => {
    const { accountId } = await addDoctor('guessing-doctor');
    await withFactor(accountId);
    for (let n = 0; n < 3; n += 1) await checkFactor(guest(), accountId, { code: '000000', recovery: false });
    expect(await checkFactor(guest(), accountId, { code: '000000', recovery: false })).toMatchObject({ refusal: { code: 'tooMany' } });
  });

  it('リカバリーコードは10個、1つにつき1回。作り直すと前のものは使えない', async () => {
    const { accountId } = await addDoctor('recovering-doctor');
    const { codes } = await withFactor(accountId);
    const [first = '', second = ''] = codes;
    expect(codes).toHaveLength(10);
    must(await checkFactor(guest(1000), accountId, { code: `${first.slice(0, 4)}-${first.slice(4).toLowerCase()}`, recovery: true }));
    expect((await checkFactor(guest(5000), accountId, { code: first, recovery: true })).ok).toBe(false);
    expect((await factorState(guest(), accountId, { kind: 'guest' })).codesLeft).toBe(9);
    must(await renewCodes(guest(), { accountId, userAgent }));
    expect((await checkFactor(guest(9000), accountId, { code: second, recovery: true })).ok).toBe(false);
    const kept = await owner.query('SELECT string_agg(encode(code_hash, $2), $3) AS all FROM recovery_code WHERE account_id = $1', [
      accountId,
      'escape',
      '',
    ]);
    expect(kept.rows[0].all).not.toContain(second);
  });

  it('鍵は封をして保管され、確認が済むまでは求められない', async () => {
    const { accountId } = await addDoctor('half-doctor');
    must(await beginFactor(guest(), accountId));
    const key = must(await waitingKey(guest(), accountId));
    expect(key.uri).toContain(`otpauth://totp/MAMIS:half-doctor?secret=${key.key}`);
    const stored = await owner.query<{ secret: Buffer }>('SELECT secret FROM second_factor WHERE account_id = $1', [accountId]);
    expect(stored.rows[0]?.secret.includes(await secretOf(accountId))).toBe(false);
    expect((await confirmFactor(guest(), { accountId, userAgent }, '000000')).ok).toBe(false);
    expect((await attempt('half-doctor')).ok).toBe(true);
  });

  it('医師は端末ごとに30日間省略でき、2段階認証を設定し直すとその省略も終わる', async () => {
    const { accountId } = await addDoctor('trusting-doctor');
    await withFactor(accountId);
    const trust = (await trustText(guest(), accountId)).text;
    expect((await attempt('trusting-doctor', { trust })).ok).toBe(true);
    expect((await attempt('trusting-doctor', { trust: trust.replace(accountId, 'other') })).ok).toBe(false);
    const confirmedAt = testNow.getTime();
    expect(isTrusted(trust, { accountId, confirmedAt, now: at(30 * 86_400) })).toBe(false);
    expect(isTrusted(trust, { accountId, confirmedAt: confirmedAt + 1, now: testNow })).toBe(false);
  });

  it('事務局は設定で必須になり、設定を終えるまでログインにならず、解除もできない', async () => {
    must(await run(changeSetting, world.as(system), { name: 'officeSecondFactor', value: 1 }));
    const accountId = await addClerk('factor-clerk');
    await addDoctor('plain-doctor');
    const refused = await attempt('factor-clerk');
    expect(halfwayIn(refused.ok ? undefined : refused.refusal.current)).toEqual({ accountId, next: 'setup' });
    expect((await attempt('plain-doctor')).ok).toBe(true);
    await withFactor(accountId);
    const again = await attempt('factor-clerk', {}, 100);
    expect(halfwayIn(again.ok ? undefined : again.refusal.current)?.next).toBe('code');
    const [office] = await world.offices(10001);
    if (office === undefined) throw new Error('no office');
    expect(await removeFactor(world.as({ ...office, accountId }), { accountId, userAgent })).toMatchObject({
      refusal: { message: '所属の事務局では2段階認証が必要なため、解除できません。' },
    });
    must(await run(changeSetting, world.as(system), { name: 'officeSecondFactor', value: 0 }));
  });

  it('途中の状態は10分で終わる', () => {
    const text = halfwayText({ accountId: 'a', next: 'code' }, testNow);
    expect(readHalfway(text, at(599))).toEqual({ accountId: 'a', next: 'code' });
    expect(readHalfway(text, at(600))).toBeUndefined();
    expect(readHalfway('a|other|9999999999999', testNow)).toBeUndefined();
  });
});

describe('ログイン情報の変更(D-05)', () => {
  it('IDとパスワードは、現在のパスワードを確かめてから変わり、ほかの端末は終わり、本人に知らせが届く', async () => {
    const { accountId, personId } = await addDoctor('changing-doctor');
    const here = must(await attempt('changing-doctor'));
    const there = must(await attempt('changing-doctor'));
    const ctx = world.as(doctorActor(personId, accountId, '日医 太郎'), at(10));
    const asked = { currentPassword: password, userAgent };
    expect(await changeOwnLoginId(ctx, { ...asked, currentPassword: 'wrong', loginId: 'changed-doctor' })).toMatchObject({
      refusal: { fields: { passwordForId: ['パスワードが正しくありません。'] } },
    });
    must(await changeOwnLoginId(ctx, { ...asked, loginId: 'changed-doctor' }));
    expect(await changeOwnLoginId(ctx, { ...asked, loginId: 'FACTOR-doctor' })).toMatchObject({
      refusal: { fields: { newLoginId: ['このログインIDは使用できません。別のログインIDを入力してください'] } },
    });
    const visitor = await makeReadVisitor(world.database)(here.token, testNow);
    const session = visitor.session?.tokenHash ?? Buffer.alloc(0);
    must(await changeOwnPassword(ctx, { ...asked, session, raw: { password: 'Nw8!pVr3yy', passwordRepeat: 'Nw8!pVr3yy' } }));
    const kinds = async (token: string) => (await makeReadVisitor(world.database)(token, testNow)).actor.kind;
    expect([await kinds(here.token), await kinds(there.token)]).toEqual(['doctor', 'guest']);
    expect((await logIn(guest(60), { loginId: 'changed-doctor', password: 'Nw8!pVr3yy' }, browser)).ok).toBe(true);
    const mails = await owner.query("SELECT template FROM mail_message WHERE to_address = 'changing-doctor@example.jp'");
    expect(mails.rows.filter((mail) => mail.template === 'M-05').length).toBeGreaterThanOrEqual(2);
  });
});
