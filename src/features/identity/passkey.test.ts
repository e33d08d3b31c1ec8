import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#kernel/actor.ts';
import type { Context } from '#platform/context.ts';
import { run } from '#platform/command/command.ts';
import { hashPassword } from '#platform/password/password.ts';
import { totpCode, totpStep } from '#platform/second-factor/totp.ts';
import { createStaffMember } from '#features/staff/commands/create-staff-member.ts';
import { liftSecondFactor } from '#features/staff/commands/lift-factor.ts';
import { registerDoctor } from '#features/person/commands/register-doctor.ts';
import { changeSetting } from '#features/system-settings/commands/change-setting.ts';
import { doctorActor, must, system } from '#main/demo/acting.ts';
import { Authenticator, type Dishonesty } from '#support/authenticator.ts';
import { createWorld, profile, testNow, type World } from '#support/world.ts';
import { addAccount } from './commands/create-account.ts';
import { halfwayIn } from './commands/halfway.ts';
import { logIn } from './commands/log-in.ts';
import type { Browser } from './commands/open-session.ts';
import { askForLogin, askForSecond, checkSecondPasskey, logInWithPasskey } from './commands/passkey-sign-in.ts';
import { addPasskey, beginPasskey, deletePasskey } from './commands/passkeys.ts';
import { beginFactor, confirmFactor, removeFactor } from './commands/second-factor.ts';
import { ownPasskeys } from './queries/own-passkeys.ts';
import { makeReadVisitor } from './queries/visitor.ts';

let world: World;
let owner: Client;
let passwordHash: string;
const password = 'Kx7!mWq2zz';
const userAgent = 'Firefox/1';
const browser: Browser = { token: undefined, userAgent, knowsDevice: () => false };
const origin = 'http://localhost:3000';
const at = (seconds: number) => new Date(testNow.getTime() + seconds * 1000);

let addresses = 0;
/** A guest at an address of his own, so that tests do not wait for each other. */
function guest(seconds = 0): Context {
  addresses += 1;
  return { ...world.as({ kind: 'guest' }, at(seconds)), address: `203.0.113.${addresses}` };
}

const account = (loginId: string, kind: 'doctor' | 'staff') => ({
  loginId,
  passwordHash,
  kind,
  displayName: '日医 太郎',
  mail: `${loginId}@example.jp`,
});

async function addDoctor(loginId: string): Promise<Extract<Actor, { kind: 'doctor' }>> {
  const ctx = world.as(system);
  const { accountId } = must(await run(addAccount, ctx, account(loginId, 'doctor')));
  const { personId } = must(await run(registerDoctor, ctx, profile({ accountId })));
  return doctorActor(personId, accountId, '日医 太郎');
}

type Staff = Extract<Actor, { kind: 'office' }>;

async function addStaff(loginId: string, role: Staff['role'] = 'clerk'): Promise<Staff> {
  const ctx = world.as(system);
  const { accountId } = must(await run(addAccount, ctx, account(loginId, 'staff')));
  const names = { surname: '日医', givenName: '花子', surnameKana: 'ニチイ', givenNameKana: 'ハナコ' };
  const row = { ...names, accountId, associationId: 10001, role, validUntil: '2026-12-31' };
  const { staffId } = must(await run(createStaffMember, ctx, row));
  const [office] = await world.offices(10001);
  if (office === undefined) throw new Error('no office');
  return { ...office, accountId, staffId, role };
}

const asked = (passkeyName = '自宅のパソコン') => ({ passkeyName, currentPassword: password, userAgent });

/** A passkey on this device for whoever acts, as D-05 makes one. */
async function enrol(actor: Actor, device = new Authenticator(origin)): Promise<Authenticator> {
  const ctx = world.as(actor);
  const { challenge, options } = must(await beginPasskey(ctx, asked()));
  must(await addPasskey(ctx, { challenge, answer: device.create(options), passkeyName: '自宅のパソコン', userAgent }));
  return device;
}

/** パスキーでログイン, honestly or not. */
async function enter(device: Authenticator, { seconds = 0, ...unlike }: Dishonesty & { seconds?: number } = {}) {
  const { challenge, options } = must(await askForLogin(guest(seconds)));
  return await logInWithPasskey(guest(seconds), { challenge, answer: device.prove(options, unlike) }, browser);
}

async function second(device: Authenticator, accountId: string, seconds: number) {
  const { challenge, options } = must(await askForSecond(guest(seconds), accountId));
  return await checkSecondPasskey(guest(seconds), accountId, { challenge, answer: device.prove(options) });
}

const idsOf = async (actor: Actor) => (await ownPasskeys(world.as(actor))).passkeys.map((one) => one.id);
const wrong = { ok: false, refusal: { code: 'invalid', message: expect.stringContaining('パスキーを確認できませんでした。') } };

async function setting(value: 0 | 1): Promise<void> {
  must(await run(changeSetting, world.as(system), { name: 'officeSecondFactor', value }));
}

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

describe('パスキーの追加と削除(D-05)', () => {
  it('現在のパスワードと名前を確かめてから追加し、本人にメールで知らせ、操作履歴に残る', async () => {
    const doctor = await addDoctor('passkey-adder');
    const ctx = world.as(doctor);
    expect(await beginPasskey(ctx, { ...asked(), currentPassword: 'wrong' })).toMatchObject({
      refusal: { fields: { passwordForPasskey: ['パスワードが正しくありません。'] } },
    });
    expect(await beginPasskey(ctx, asked(' '))).toMatchObject({
      refusal: { fields: { passkeyName: ['パスキーの名前を入力してください'] } },
    });
    const device = await enrol(doctor);
    expect((await ownPasskeys(ctx)).passkeys).toMatchObject([{ name: '自宅のパソコン', addedOn: '2026/01/15', usedOn: '' }]);
    must(await enter(device, { seconds: 60 }));
    expect((await ownPasskeys(ctx)).passkeys).toMatchObject([{ usedOn: '2026/01/15' }]);
    const [id = ''] = await idsOf(doctor);
    expect(await deletePasskey(ctx, { ...asked(), passkeyId: 'x' })).toMatchObject({
      refusal: { fields: { passkeyId: ['削除するパスキーを選択してください'] } },
    });
    expect((await deletePasskey(ctx, { currentPassword: 'wrong', userAgent, passkeyId: id })).ok).toBe(false);
    must(await deletePasskey(ctx, { ...asked(), passkeyId: id }));
    expect(await idsOf(doctor)).toEqual([]);
    expect(await enter(device)).toMatchObject(wrong);
    const acts = await owner.query<{ action: string }>(
      "SELECT action FROM audit_event WHERE target = $1 AND result = 'done' AND action LIKE 'identity.%asskey' ORDER BY id",
      [doctor.accountId],
    );
    expect(acts.rows.map((row) => row.action)).toEqual(['identity.addPasskey', 'identity.usePasskey', 'identity.deletePasskey']);
    const mails = await owner.query<{ body: string }>(
      "SELECT body FROM mail_message WHERE to_address = 'passkey-adder@example.jp' AND template = 'M-05' ORDER BY created_at, id",
    );
    const texts = mails.rows.map((row) => row.body).join('\n');
    expect(texts).toContain('パスキーが追加されました。');
    expect(texts).toContain('パスキーが削除されました。');
  });

  it('問いは1回だけ、5分以内だけ、その人の追加だけに使え、ほかのサイトのものや本人確認のないものは受け取らない', async () => {
    const [doctor, other] = [await addDoctor('passkey-strict'), await addDoctor('passkey-other')];
    const device = new Authenticator(origin);
    const given = { passkeyName: '電話', userAgent };
    const ask = async () => must(await beginPasskey(world.as(doctor), asked()));
    const attempt = async (unlike: Dishonesty, ctx = world.as(doctor)) => {
      const { challenge, options } = await ask();
      return (await addPasskey(ctx, { ...given, challenge, answer: device.create(options, unlike) })).ok;
    };
    expect(await attempt({ origin: 'https://mamis.example.com' })).toBe(false);
    expect(await attempt({ rpId: 'example.com' })).toBe(false);
    expect(await attempt({ verified: false })).toBe(false);
    expect(await attempt({ challenge: 'x'.repeat(43) })).toBe(false);
    expect(await attempt({}, world.as(other))).toBe(false);
    expect(await attempt({}, world.as(doctor, at(300)))).toBe(false);
    const { challenge, options } = await ask();
    const answer = device.create(options);
    must(await addPasskey(world.as(doctor), { ...given, challenge, answer }));
    expect((await addPasskey(world.as(doctor), { ...given, challenge, answer })).ok).toBe(false);
    const login = must(await askForLogin(guest()));
    expect(
      (await addPasskey(world.as(doctor), { ...given, challenge: login.challenge, answer: device.create({ ...options, ...login }) })).ok,
    ).toBe(false);
    for (const odd of ['', '{', 'null', '[]', '{"id":"a"}']) {
      expect((await addPasskey(world.as(doctor), { ...given, challenge: (await ask()).challenge, answer: odd })).ok).toBe(false);
    }
    expect(await idsOf(doctor)).toHaveLength(1);
    const refused = await owner.query<{ why: string }>(
      "SELECT detail->>'refused' AS why FROM audit_event WHERE target = $1 AND action = 'identity.addPasskey' AND result = 'refused'",
      [doctor.accountId],
    );
    expect(new Set(refused.rows.map((row) => row.why))).toEqual(new Set(['origin', 'challenge', 'proof']));
  });

  it('1人10個まで。ほかの人のパスキーは削除できない', async () => {
    const [doctor, other] = [await addDoctor('passkey-ten'), await addDoctor('passkey-foreign')];
    const device = new Authenticator(origin);
    for (let n = 0; n < 9; n += 1) await enrol(doctor, device);
    const ctx = world.as(doctor);
    const [first, last] = [must(await beginPasskey(ctx, asked())), must(await beginPasskey(ctx, asked()))];
    const both = await Promise.all(
      [first, last].map(
        async ({ challenge, options }) =>
          await addPasskey(ctx, { challenge, answer: device.create(options), passkeyName: '同時', userAgent }),
      ),
    );
    expect(both.filter((one) => one.ok)).toHaveLength(1);
    expect(await beginPasskey(ctx, asked())).toMatchObject({ refusal: { message: expect.stringContaining('10個まで') } });
    const [id = ''] = await idsOf(doctor);
    expect(await deletePasskey(world.as(other), { ...asked(), passkeyId: id })).toMatchObject({
      refusal: { message: 'このパスキーは、すでに削除されています。' },
    });
    expect(await idsOf(doctor)).toHaveLength(10);
  });
});

describe('パスキーでログイン(A-01)', () => {
  it('パスワードと2段階認証の代わりになり、同じセッションになり、操作履歴に残る', async () => {
    const doctor = await addDoctor('passkey-doctor');
    must(await beginFactor(guest(), doctor.accountId));
    const { rows } = await owner.query<{ secret: Buffer }>('SELECT secret FROM second_factor WHERE account_id = $1', [doctor.accountId]);
    const secret = world.surroundings.vault.open(doctor.accountId, rows[0]?.secret ?? Buffer.alloc(0)) ?? Buffer.alloc(0);
    must(await confirmFactor(guest(), { accountId: doctor.accountId, userAgent }, totpCode(secret, totpStep(testNow))));
    const { token, actor } = must(await enter(await enrol(doctor)));
    expect(actor).toMatchObject({ kind: 'doctor', personId: doctor.personId });
    expect((await makeReadVisitor(world.database)(token, testNow)).actor.kind).toBe('doctor');
    const logged = await owner.query("SELECT detail FROM audit_event WHERE target = $1 AND action = 'identity.logIn' AND result = 'done'", [
      doctor.accountId,
    ]);
    expect(logged.rows).toEqual([{ detail: { passkey: true, browser: expect.any(String) } }]);
    const contractor = await addStaff('passkey-contractor', 'trainingContractor');
    expect(must(await enter(await enrol(contractor))).actor).toMatchObject({ kind: 'office', role: 'trainingContractor' });
  });

  it('どこが違っても、知らないパスキーでも、亡くなった人でも、答えは同じ', async () => {
    const doctor = await addDoctor('passkey-liar');
    const device = await enrol(doctor);
    const stranger = new Authenticator(origin);
    stranger.create({ challenge: '', user: { id: 'eA' } });
    const answers = [
      await enter(stranger),
      await enter(device, { origin: 'http://localhost:3001', seconds: 10 }),
      await enter(device, { verified: false, seconds: 20 }),
      await enter(device, { rpId: 'example.com', seconds: 60 }),
      await enter(device, { userHandle: 'eA', seconds: 120 }),
    ];
    await owner.query("UPDATE person SET died_on = '2026-01-10' WHERE id = $1", [doctor.personId]);
    answers.push(await enter(device, { seconds: 600 }));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]).toMatchObject(wrong);
    const sessions = await owner.query('SELECT count(*)::int AS n FROM session WHERE account_id = $1', [doctor.accountId]);
    expect(sessions.rows[0].n).toBe(0);
    await owner.query('UPDATE person SET died_on = NULL WHERE id = $1', [doctor.personId]);
  });

  it('問いは1回だけ、5分以内だけ、ログインだけに使える', async () => {
    const doctor = await addDoctor('passkey-replay');
    const device = await enrol(doctor);
    const { challenge, options } = must(await askForLogin(guest()));
    const answer = device.prove(options);
    must(await logInWithPasskey(guest(), { challenge, answer }, browser));
    expect(await logInWithPasskey(guest(), { challenge, answer }, browser)).toMatchObject(wrong);
    expect(await logInWithPasskey(guest(), { challenge: undefined, answer }, browser)).toMatchObject(wrong);
    const late = must(await askForLogin(guest()));
    const lateAnswer = { challenge: late.challenge, answer: device.prove(late.options) };
    expect(await logInWithPasskey(guest(300), lateAnswer, browser)).toMatchObject(wrong);
    const second = must(await askForSecond(guest(), doctor.accountId));
    const secondAnswer = { challenge: second.challenge, answer: device.prove(second.options) };
    expect(await logInWithPasskey(guest(), secondAnswer, browser)).toMatchObject(wrong);
    must(await askForLogin(guest(1000)));
    const kept = await owner.query('SELECT count(*)::int AS n FROM passkey_challenge WHERE expires_at < $1', [at(1000)]);
    expect(kept.rows[0].n).toBe(0);
  });

  it('回数を数える端末では、戻った回数を受け取らない', async () => {
    const device = await enrol(await addDoctor('passkey-counting'), new Authenticator(origin, true));
    must(await enter(device));
    expect(await enter(device, { counter: 1, seconds: 10 })).toMatchObject(wrong);
    expect(await enter(device, { counter: 0, seconds: 20 })).toMatchObject(wrong);
    must(await enter(device, { seconds: 60 }));
  });

  it('停止中と有効期間切れは、正しいパスキーのときだけそう伝え、失敗が続くと待たされる', async () => {
    const clerk = await addStaff('passkey-stopped');
    const device = await enrol(clerk);
    await owner.query("UPDATE staff_member SET state = 'stopped' WHERE id = $1", [clerk.staffId]);
    expect(await enter(device)).toMatchObject({
      refusal: { message: 'このアカウントは現在使用できません。所属医師会の管理者にご連絡ください。' },
    });
    expect(await enter(device, { verified: false })).toMatchObject(wrong);
    expect(await enter(device, { verified: false })).toMatchObject(wrong);
    expect(await enter(device)).toMatchObject({ refusal: { code: 'tooMany' } });
    await owner.query("UPDATE staff_member SET state = 'active', valid_until = '2026-01-14' WHERE id = $1", [clerk.staffId]);
    expect(await enter(device, { seconds: 60 })).toMatchObject({ refusal: { code: 'forbidden' } });
  });
});

describe('2段階認証としてのパスキー(A-02、rules.md 5.4)', () => {
  it('医師は、パスキーだけを登録してもパスワードでログインできる', async () => {
    const doctor = await addDoctor('passkey-only');
    await enrol(doctor);
    expect((await logIn(guest(), { loginId: 'passkey-only', password }, browser)).ok).toBe(true);
  });

  it('必須の事務局では2段階認証に数え、パスワードの後にも使え、最後の1つは解除も削除もできない', async () => {
    await setting(1);
    const clerk = await addStaff('passkey-clerk');
    const other = await addStaff('passkey-colleague');
    const before = await logIn(guest(), { loginId: 'passkey-clerk', password }, browser);
    expect(halfwayIn(before.ok ? undefined : before.refusal.current)?.next).toBe('setup');
    const [device, foreign] = [await enrol(clerk), await enrol(other)];
    const after = await logIn(guest(10), { loginId: 'passkey-clerk', password }, browser);
    expect(halfwayIn(after.ok ? undefined : after.refusal.current)).toEqual({ accountId: clerk.accountId, next: 'code' });
    must(await second(device, clerk.accountId, 60));
    expect(await second(foreign, clerk.accountId, 70)).toMatchObject(wrong);
    const [id = ''] = await idsOf(clerk);
    const last = await deletePasskey(world.as(clerk, at(200)), { ...asked(), passkeyId: id });
    expect(last).toMatchObject({ refusal: { message: expect.stringContaining('最後のパスキーは削除できません。') } });
    const who = { accountId: clerk.accountId, userAgent };
    must(await beginFactor(guest(), clerk.accountId));
    const { rows } = await owner.query<{ secret: Buffer }>('SELECT secret FROM second_factor WHERE account_id = $1', [clerk.accountId]);
    const secret = world.surroundings.vault.open(clerk.accountId, rows[0]?.secret ?? Buffer.alloc(0)) ?? Buffer.alloc(0);
    must(await confirmFactor(guest(), who, totpCode(secret, totpStep(testNow))));
    must(await removeFactor(world.as(clerk), who));
    expect(await idsOf(clerk)).toEqual([id]);
    await setting(0);
    must(await deletePasskey(world.as(clerk, at(400)), { ...asked(), passkeyId: id }));
    expect(await askForSecond(guest(), clerk.accountId)).toMatchObject({ refusal: { message: 'パスキーが登録されていません。' } });
  });

  it('管理者が2段階認証を解除すると、パスキーもなくなり、追加し直すと承認・出力はしばらくできない', async () => {
    const clerk = await addStaff('passkey-lost');
    const admin = await addStaff('passkey-admin', 'admin');
    const device = await enrol(clerk);
    must(await run(liftSecondFactor, world.as(admin), { id: clerk.staffId }));
    expect(await idsOf(clerk)).toEqual([]);
    expect(await enter(device)).toMatchObject(wrong);
    const again = must(await enter(await enrol(clerk), { seconds: 60 }));
    expect(again.actor).toMatchObject({ heldUntil: at(24 * 3600) });
  });
});
