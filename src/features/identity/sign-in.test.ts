import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#kernel/id.ts';
import { run } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import { hashPassword } from '#platform/password/password.ts';
import { createStaffMember } from '#features/staff/commands/create-staff-member.ts';
import { registerDoctor } from '#features/person/commands/register-doctor.ts';
import { must, system } from '#main/demo/acting.ts';
import { hashToken } from '#platform/session/token.ts';
import { createWorld, profile, testNow, type World } from '#support/world.ts';
import { addAccount, createAccount } from './commands/create-account.ts';
import { browserOf } from './browser.ts';
import { loadPlaces } from './commands/load-places.ts';
import { logIn } from './commands/log-in.ts';
import type { Browser } from './commands/open-session.ts';
import { logOut, logOutDevice, logOutEverywhere } from './commands/log-out.ts';
import { deviceOf } from './device.ts';
import { ownAccount } from './queries/own-account.ts';
import { makeReadVisitor } from './queries/visitor.ts';

let world: World;
let owner: Client;
let passwordHash: string;
const password = 'Kx7!mWq2zz';
const wrong = { ok: false, refusal: { code: 'invalid', message: 'ログインIDまたはパスワードが正しくありません。' } };
const notUsable = { ok: false, refusal: { message: 'このアカウントは現在使用できません。所属医師会の管理者にご連絡ください。' } };
const browser: Browser = { token: undefined, userAgent: 'test', knowsDevice: () => false };
const after = (seconds: number) => new Date(testNow.getTime() + seconds * 1000);

let addresses = 0;
/** A guest at an address of his own, so that tests do not wait for each other. */
function guestAt(seconds = 0): Context {
  addresses += 1;
  return { ...world.as({ kind: 'guest' }, after(seconds)), address: `198.51.100.${addresses}` };
}

const attempt = (loginId: string, given = password, seconds = 0, more: Partial<Browser> = {}) =>
  logIn(guestAt(seconds), { loginId, password: given }, { ...browser, ...more });

async function addStaff(loginId: string, more: Record<string, unknown> = {}): Promise<string> {
  const ctx = world.as(system);
  const { accountId } = must(await run(addAccount, ctx, { loginId, passwordHash, kind: 'staff', displayName: '日医 花子', mail: '' }));
  must(
    await run(createStaffMember, ctx, {
      accountId,
      associationId: 10001,
      role: 'clerk',
      validUntil: '2026-12-31',
      surname: '日医',
      givenName: '花子',
      surnameKana: 'ニチイ',
      givenNameKana: 'ハナコ',
      ...more,
    }),
  );
  return accountId;
}

async function addDoctor(loginId: string): Promise<{ accountId: string; personId: string }> {
  const ctx = world.as(system);
  const { accountId } = must(await run(addAccount, ctx, { loginId, passwordHash, kind: 'doctor', displayName: '日医 太郎', mail: '' }));
  const { personId } = must(await run(registerDoctor, ctx, profile({ accountId })));
  return { accountId, personId };
}

const visitor = async (token: string, seconds = 0) => (await makeReadVisitor(world.database)(token, after(seconds))).actor.kind;
type Audited = { action: string; result: string; detail: unknown; chain: number; actor_name: string };
async function audits(accountId: string): Promise<Audited[]> {
  const found = await owner.query<Audited>(
    "SELECT action, result, detail, chain, actor_name FROM audit_event WHERE target = $1 AND action <> 'identity.addAccount' ORDER BY id",
    [accountId],
  );
  return found.rows;
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

describe('ログイン(A-01)', () => {
  it('事務局ユーザーはIDの大文字小文字によらずログインでき、操作履歴と最終ログインが残る', async () => {
    const accountId = await addStaff('staff-one');
    const { token, actor } = must(await attempt('STAFF-one'));
    expect(actor).toMatchObject({ kind: 'office', associationId: 10001, role: 'clerk', displayName: '日医 花子' });
    expect(await visitor(token)).toBe('office');
    expect(await audits(accountId)).toMatchObject([{ action: 'identity.logIn', result: 'done', chain: 10001, actor_name: '日医 花子' }]);
    const account = await owner.query('SELECT last_login_at, failed_count FROM account WHERE id = $1', [accountId]);
    expect(account.rows[0]).toMatchObject({ last_login_at: testNow, failed_count: 0 });
    const stored = await owner.query("SELECT encode(token_hash, 'hex') AS hash FROM session WHERE account_id = $1", [accountId]);
    expect(stored.rows[0].hash).not.toContain(Buffer.from(token).toString('hex'));
  });

  it('医師は本人としてログインする', async () => {
    const { personId } = await addDoctor('doctor-one');
    expect(must(await attempt('doctor-one')).actor).toMatchObject({ kind: 'doctor', personId, displayName: '日医 太郎' });
  });

  it('運営事務局の職員は運営事務局としてログインする', async () => {
    await addStaff('operations-one', { associationId: null });
    expect(must(await attempt('operations-one')).actor.kind).toBe('operations');
  });

  it('空欄は項目ごとに案内する', async () => {
    expect(await logIn(guestAt(), {}, browser)).toMatchObject({
      refusal: { fields: { loginId: ['ログインIDを入力してください'], password: ['パスワードを入力してください'] } },
    });
  });

  it('IDがない、パスワードが違う、ありえないID、のいずれも同じ答えになる', async () => {
    const accountId = await addStaff('staff-two');
    expect(await attempt('staff-two', 'wrong')).toEqual(await attempt('nobody-here', 'wrong'));
    expect(await attempt('x', 'wrong')).toMatchObject(wrong);
    expect(await attempt("' OR 1=1 --", 'wrong')).toMatchObject(wrong);
    expect(await audits(accountId)).toMatchObject([{ action: 'identity.logIn', result: 'refused', detail: { refused: 'wrongPair' } }]);
    const typed = await owner.query("SELECT count(*)::int AS n FROM audit_event WHERE to_jsonb(audit_event)::text LIKE '%nobody-here%'");
    expect(typed.rows[0].n).toBe(0);
  });

  it('停止中と有効期間切れは、正しいパスワードのときだけそう伝える', async () => {
    const stopped = await addStaff('staff-stopped');
    await owner.query("UPDATE staff_member SET state = 'stopped' WHERE account_id = $1", [stopped]);
    await addStaff('staff-expired', { validUntil: '2026-01-14' });
    const whole = await addStaff('staff-account');
    await owner.query("UPDATE account SET state = 'stopped' WHERE id = $1", [whole]);
    for (const id of ['staff-stopped', 'staff-expired', 'staff-account']) {
      expect(await attempt(id)).toMatchObject(notUsable);
      expect(await attempt(id, 'wrong')).toMatchObject(wrong);
    }
  });

  it('有効期間の最終日(日本時間)までは使える', async () => {
    await addStaff('staff-last-day', { validUntil: '2026-01-15' });
    const late = new Date('2026-01-15T14:59:59Z');
    expect((await logIn({ ...guestAt(), ...world.as({ kind: 'guest' }, late) }, { loginId: 'staff-last-day', password }, browser)).ok).toBe(
      true,
    );
    expect(
      await logIn(
        { ...guestAt(), ...world.as({ kind: 'guest' }, new Date('2026-01-15T15:00:00Z')) },
        { loginId: 'staff-last-day', password },
        browser,
      ),
    ).toMatchObject(notUsable);
  });

  it('最後の管理者の有効期間は切れない(rules.md 5.3)', async () => {
    await addStaff('admin-first', { associationId: 27000, role: 'admin', validUntil: '2026-01-10' });
    const later = await addStaff('admin-last', { associationId: 27000, role: 'admin', validUntil: '2026-01-12' });
    expect(await attempt('admin-first')).toMatchObject(notUsable);
    expect((await attempt('admin-last')).ok).toBe(true);
    await owner.query("UPDATE staff_member SET state = 'stopped' WHERE account_id = $1", [later]);
    expect((await attempt('admin-first')).ok).toBe(true);
  });

  it('死亡が記録された人には誤りの組と同じ答えをする', async () => {
    const { personId, accountId } = await addDoctor('doctor-dead');
    await owner.query("UPDATE person SET died_on = '2026-01-01' WHERE id = $1", [personId]);
    expect(await attempt('doctor-dead')).toMatchObject(wrong);
    expect(await audits(accountId)).toMatchObject([{ detail: { refused: 'dead' } }]);
  });
});

describe('失敗が続いたとき', () => {
  it('3回目から待ち時間が伸び、待てば正しい組でログインできる。あるIDとないIDで同じように進む', async () => {
    await addStaff('staff-tries');
    for (const id of ['staff-tries', 'no-such-staff']) {
      const messages = [];
      for (let n = 0; n < 4; n += 1) messages.push(await attempt(id, 'wrong'));
      expect(messages).toMatchObject([
        wrong,
        wrong,
        wrong,
        { refusal: { code: 'tooMany', message: 'ログインの失敗が続いたため、1秒後にもう一度お試しください。' } },
      ]);
      expect(await attempt(id, 'wrong', 1)).toMatchObject(wrong);
      expect(await attempt(id, 'wrong', 1)).toMatchObject({ refusal: { retryAfterSeconds: 2 } });
      expect(await attempt(id, password, 2)).toMatchObject({ refusal: { retryAfterSeconds: 1 } });
    }
    expect((await attempt('staff-tries', password, 3)).ok).toBe(true);
    expect(await attempt('staff-tries', 'wrong', 4)).toMatchObject(wrong);
  });

  it('同時に試しても、無料の試みは増えない', async () => {
    await addStaff('staff-burst');
    const answers = await Promise.all(Array.from({ length: 12 }, () => attempt('staff-burst', 'wrong')));
    const tried = answers.filter((answer) => !answer.ok && answer.refusal.code === 'invalid');
    expect(tried).toHaveLength(3);
  });

  it('何千回失敗しても15分で戻る', async () => {
    const accountId = await addStaff('staff-flood');
    await owner.query('UPDATE account SET failed_count = 2000000, retry_after = $2 WHERE id = $1', [accountId, after(0)]);
    expect(await attempt('staff-flood', 'wrong', 1)).toMatchObject(wrong);
    expect(await attempt('staff-flood', password, 2)).toMatchObject({ refusal: { retryAfterSeconds: 899 } });
    expect((await attempt('staff-flood', password, 901)).ok).toBe(true);
  });

  it('見知らぬ人が失敗を重ねても、前にログインした端末の本人は待たされない', async () => {
    const accountId = await addStaff('staff-harassed');
    for (let n = 0; n < 3; n += 1) await attempt('staff-harassed', 'wrong');
    expect(await attempt('staff-harassed')).toMatchObject({ refusal: { code: 'tooMany' } });
    expect((await attempt('staff-harassed', password, 0, { knowsDevice: (id) => id === accountId })).ok).toBe(true);
  });

  it('一つの接続元からの失敗は、IDを変えても待たされる', async () => {
    const ctx = guestAt();
    const answers = [];
    for (let n = 0; n < 22; n += 1) answers.push(await logIn(ctx, { loginId: `guess-${n}`, password: 'x' }, browser));
    expect(answers[20]).toMatchObject(wrong);
    expect(answers[21]).toMatchObject({ refusal: { code: 'tooMany', retryAfterSeconds: 1 } });
    expect((await attempt('staff-one')).ok).toBe(true);
  });

  it('答えるまでの時間は、IDがあってもなくても同じくらい', async () => {
    const known: number[] = [];
    const unknown: number[] = [];
    for (let n = 0; n < 6; n += 1) {
      const id = `staff-time-${n}`;
      await addStaff(id);
      for (const [loginId, times] of [
        [id, known],
        [`unknown-${n}`, unknown],
      ] as const) {
        const started = performance.now();
        await attempt(loginId, 'wrong');
        times.push(performance.now() - started);
      }
    }
    const middle = (times: number[]) => times.toSorted((a, b) => a - b)[3] ?? 0;
    expect(middle(known) / middle(unknown)).toBeGreaterThan(0.8);
    expect(middle(known) / middle(unknown)).toBeLessThan(1.25);
  });
});

describe('ログインの続きと終わり', () => {
  it('使っている間は続き、無操作30分(医師60分)と12時間で終わる', async () => {
    await addDoctor('doctor-idle');
    const office = must(await attempt('staff-one')).token;
    const doctor = must(await attempt('doctor-idle')).token;
    const read = makeReadVisitor(world.database);
    expect([await visitor(office, 29 * 60), await visitor(office, 58 * 60), await visitor(doctor, 59 * 60)]).toEqual([
      'office',
      'office',
      'doctor',
    ]);
    expect(await read(office, after(89 * 60))).toMatchObject({ actor: { kind: 'guest' }, timedOut: true });
    expect(await read(doctor, after(120 * 60))).toMatchObject({ timedOut: true });
    const long = must(await attempt('staff-one')).token;
    for (let minute = 25; minute < 12 * 60; minute += 25) expect(await visitor(long, minute * 60)).toBe('office');
    expect(await read(long, after(12 * 3600))).toMatchObject({ actor: { kind: 'guest' }, timedOut: false });
  });

  it('停止、有効期間の終わり、死亡は次の要求から効く', async () => {
    const accountId = await addStaff('staff-ending');
    const { token } = must(await attempt('staff-ending'));
    await owner.query("UPDATE staff_member SET state = 'stopped' WHERE account_id = $1", [accountId]);
    expect(await visitor(token)).toBe('guest');
    await owner.query("UPDATE staff_member SET state = 'active', valid_until = '2026-01-14' WHERE account_id = $1", [accountId]);
    expect(await visitor(token)).toBe('guest');
    await owner.query("UPDATE staff_member SET valid_until = '2026-12-31' WHERE account_id = $1", [accountId]);
    expect(await visitor(token)).toBe('office');
    await owner.query("UPDATE account SET state = 'stopped' WHERE id = $1", [accountId]);
    expect(await visitor(token)).toBe('guest');
    const dying = await addDoctor('doctor-dying');
    const doctor = must(await attempt('doctor-dying')).token;
    await owner.query("UPDATE person SET died_on = '2026-01-15' WHERE id = $1", [dying.personId]);
    expect(await visitor(doctor)).toBe('guest');
  });

  it('ログアウトはその端末だけ、すべての端末からのログアウトは全部を終わらせ、履歴に残る', async () => {
    const accountId = await addStaff('staff-devices');
    const tokens = [];
    for (let n = 0; n < 4; n += 1) tokens.push(must(await attempt('staff-devices')).token);
    const [first = '', second = '', third = '', fourth = ''] = tokens;
    const read = makeReadVisitor(world.database);
    const here = await read(first, testNow);
    const ctx = world.as(here.actor);
    const own = must(await ownAccount(ctx, here.session));
    expect(own).toMatchObject({ loginId: 'staff-devices', devices: { length: 4 }, logins: { length: 4 } });
    const stranger = world.as((await read(must(await attempt('staff-one')).token, testNow)).actor);
    expect(must(await logOutDevice(stranger, deviceOf(hashToken(fourth))))).toBe(false);
    expect(must(await logOutDevice(ctx, deviceOf(hashToken(fourth))))).toBe(true);
    expect([await visitor(fourth), await visitor(third)]).toEqual(['guest', 'office']);
    if (here.session === undefined) throw new Error('no session');
    must(await logOut(ctx, here.session.tokenHash));
    expect([await visitor(first), await visitor(second)]).toEqual(['guest', 'office']);
    const there = world.as((await read(second, testNow)).actor);
    expect(must(await logOutEverywhere(there))).toBe(2);
    expect([await visitor(second), await visitor(third)]).toEqual(['guest', 'guest']);
    expect((await audits(accountId)).map((row) => row.action).slice(-2)).toEqual(['identity.logOut', 'identity.logOutEverywhere']);
    expect(await logOutEverywhere(world.as({ kind: 'guest' }))).toMatchObject({ ok: false });
  });

  it('ログイン中の端末と履歴はブラウザと接続元を示し、場所の表があれば都道府県も示す(D-05)', async () => {
    await addStaff('staff-places');
    const userAgent = 'Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36';
    const from = async (address: string) =>
      must(await logIn({ ...world.as({ kind: 'guest' }), address }, { loginId: 'staff-places', password }, { ...browser, userAgent }));
    const { token } = await from('203.0.113.9');
    await from('2001:db8::7');
    const { actor, session } = await makeReadVisitor(world.database)(token, testNow);
    const shown = async () => must(await ownAccount(world.as(actor), session));
    const addresses = ({ devices, logins }: Awaited<ReturnType<typeof shown>>) =>
      [devices, logins].map((rows) => rows.map((row) => row.from).toSorted());
    expect(addresses(await shown())).toEqual([
      ['2001:db8::7', '203.0.113.9'],
      ['2001:db8::7', '203.0.113.9'],
    ]);
    const places = [
      { network: '203.0.113.0/24', place: '大阪府' },
      { network: '203.0.113.8/29', place: '兵庫県' },
      { network: '2001:db8::1/32', place: '東京都' },
    ];
    expect(must(await run(loadPlaces, world.as(system), { places })).rows).toBe(3);
    expect(addresses(await shown())[0]).toEqual(['2001:db8::7(東京都)', '203.0.113.9(兵庫県)']);
    expect((await shown()).logins.every((row) => row.browser === browserOf(userAgent))).toBe(true);
    must(await run(loadPlaces, world.as(system), { places: places.slice(0, 1) }));
    expect(addresses(await shown())[0]).toEqual(['2001:db8::7', '203.0.113.9(大阪府)']);
    for (const network of ['203.0.113.0/33', 'none', '203.0.113.0/24/1'])
      expect(await run(loadPlaces, world.as(system), { places: [{ network, place: '大阪府' }] })).toMatchObject({ ok: false });
    expect(await run(loadPlaces, world.as(actor), { places })).toMatchObject({ refusal: { code: 'forbidden' } });
  });

  it('同じブラウザで入り直すと、前のログインは終わる', async () => {
    const former = must(await attempt('staff-one')).token;
    const next = must(await attempt('staff-one', password, 0, { token: former })).token;
    expect([await visitor(former), await visitor(next)]).toEqual(['guest', 'office']);
  });
});

describe('アカウントの作成', () => {
  it('IDは大文字小文字を区別せず一つだけ。同時でも一方だけが通る', async () => {
    const ctx = world.as(system);
    const make = (loginId: string) => createAccount(ctx, { loginId, password }, { kind: 'staff', displayName: '競争 一郎', mail: '' });
    const outcomes = await Promise.all([make('race-login'), make('Race-Login'), make('race-LOGIN')]);
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(outcomes.find((outcome) => !outcome.ok)).toMatchObject({
      refusal: { fields: { loginId: ['このログインIDは使用できません。別のログインIDを入力してください'] } },
    });
  });

  it('IDとパスワードの決まりを守らせ、パスワードはどこにも残さない', async () => {
    const ctx = world.as(system);
    const make = (loginId: string, given: string) =>
      createAccount(ctx, { loginId, password: given }, { kind: 'staff', displayName: '決 まり', mail: '' });
    expect(await make('short', 'x')).toMatchObject({
      refusal: { fields: { loginId: [expect.stringContaining('8文字以上')], password: [expect.stringContaining('3種類')] } },
    });
    expect(await make('rule-login', 'Password1!')).toMatchObject({
      refusal: { fields: { password: ['推測されやすいパスワードです。別のパスワードを入力してください'] } },
    });
    expect((await make('rule-login', password)).ok).toBe(true);
    const kept = await owner.query(
      "SELECT (SELECT count(*) FROM idempotency WHERE outcome::text LIKE '%mWq2%') + (SELECT count(*) FROM audit_event WHERE detail::text LIKE '%mWq2%') AS n",
    );
    expect(Number(kept.rows[0].n)).toBe(0);
  });

  it('人は自分でアカウントを書き込めない', async () => {
    const input = { loginId: `guest-${newId().slice(0, 8)}`, passwordHash, kind: 'staff', displayName: 'x', mail: '' };
    expect(await run(addAccount, world.as({ kind: 'guest' }), input)).toMatchObject({ refusal: { code: 'forbidden' } });
  });
});

describe('新しい端末からのログイン(A-01、M-05)', () => {
  const mails = async () =>
    (
      await owner.query<{ to: string; subject: string; body: string }>(
        `SELECT to_address AS "to", subject, body FROM mail_message WHERE template = 'M-05' ORDER BY id`,
      )
    ).rows;

  it('二度目から、知らない端末のときだけ、本人に知らせる', async () => {
    const { accountId } = must(
      await run(addAccount, world.as(system), {
        loginId: 'device-doctor',
        passwordHash,
        kind: 'doctor',
        displayName: '日医 太郎',
        mail: 'device@example.jp',
      }),
    );
    must(await run(registerDoctor, world.as(system), profile({ accountId })));
    const known = { knowsDevice: (id: string) => id === accountId };
    must(await attempt('device-doctor'));
    expect(await mails()).toEqual([]);
    must(await attempt('device-doctor', password, 60, known));
    expect(await mails()).toEqual([]);
    must(await attempt('device-doctor', password, 120, { userAgent: 'Mozilla/5.0 Firefox/140.0' }));
    const [mail, ...others] = await mails();
    expect(others).toEqual([]);
    expect(mail).toMatchObject({ to: 'device@example.jp', subject: '【MAMIS】ログイン情報に変更がありました' });
    expect(mail?.body).toContain('端末:Firefox');
    // Coarse in a mail; the whole address stands on ログイン情報.
    expect(mail?.body).toContain('接続元:198.51.*.*');
    expect(mail?.body).not.toContain('198.51.100');
    expect(mail?.subject).not.toContain('198.51');
    await attempt('device-doctor', 'wrong-Pass1!', 180);
    expect(await mails()).toHaveLength(1);
  });
});
