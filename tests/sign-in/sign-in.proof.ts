import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { Caller } from '#support/calls.ts';
import { defectsOf } from '#support/running-defects.ts';
import { freePort, RunningProduct } from '#support/running-product.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';
import type { Compared, Known } from './sign-in-run.ts';
import { attacked, compare, pairs, people, Stranger, stuff, waits } from './sign-in-run.ts';

/** P19: the doors before the login answer alike for known and unknown, and failed tries wait longer and longer, never for good. */

/** Times are compared within one run only; a machine under load doubles some of them. */
const alike = 1.5;
const tries = Number(process.env['PROOF_P19_TRIES'] ?? 300);

let world: World;
let owner: Client;
let known: Known;
let dataDir = '';
let product: RunningProduct;
let caller: Caller;

async function open(more: { root?: string; planted?: string } = {}): Promise<void> {
  product = new RunningProduct(await freePort(), {
    ...more,
    dataDir,
    databaseUrl: world.ownerUrl,
    smtpUrl: 'smtp://127.0.0.1:1',
    trustProxy: true,
  });
  await product.start();
  caller = new Caller(product.origin, 8);
}

async function shut(): Promise<void> {
  caller.close();
  await product.stop();
}

beforeAll(async () => {
  world = await createWorld();
  owner = new Client({ connectionString: world.ownerUrl });
  await owner.connect();
  known = await people(world, owner);
  dataDir = mkdtempSync(join(tmpdir(), 'mamis-sign-in-'));
}, 120_000);
afterAll(async () => {
  await owner.end();
  await world.close('unchecked');
  rmSync(dataDir, { recursive: true, force: true });
});

const stranger = () => new Stranger(product, caller);
const nobodysNumbers = Array.from({ length: pairs }, (_, n) => String(9_900_001 + n));
const unknown = Array.from({ length: pairs }, (_, n) => `nobody-${n}-${process.pid}`);

/** Wrong passwords; half of the known have a second factor. */
async function atLogin(from: number): Promise<Compared> {
  return await compare(known.loginIds.slice(from, from + pairs), unknown, async (loginId) => ({
    answer: await stranger().logIn(loginId, 'Wrong2026!'),
    typed: [loginId],
  }));
}

async function atRecovery(): Promise<Compared> {
  return await compare(known.loginIds.slice(0, pairs), unknown, async (loginId) => ({
    answer: await stranger().post('/recover/password', { loginId, birthOn: known.birthOn, mail: '' }),
    typed: [loginId],
  }));
}

async function atRegistration(): Promise<Compared> {
  const nobody = unknown.map((name) => `${name}@example.jp`);
  return await compare(known.mails.slice(0, pairs), nobody, async (mail) => {
    const visitor = stranger();
    await visitor.post('/register', { agree: 'on' });
    return { answer: await visitor.post('/register/email', { mail, mailRepeat: mail }), typed: [mail, mail.replace('@', '%40')] };
  });
}

/** Every fact is right but that the number is nobody's. */
async function atLoginId(): Promise<Compared> {
  const facts = { birthOn: known.birthOn, mail: known.mails[0] ?? '' };
  return await compare(known.licences.slice(0, pairs), nobodysNumbers, async (licenceNumber) => ({
    answer: await stranger().post('/recover/login-id', { ...facts, licenceNumber }),
    typed: [licenceNumber],
  }));
}

async function atLetter(): Promise<Compared> {
  const facts = { birthOn: known.birthOn, letterCode: 'ABCD-2345-EFGH-6789' };
  return await compare(known.licences.slice(0, pairs), nobodysNumbers, async (licenceNumber) => ({
    answer: await stranger().post('/recover/letter', { ...facts, licenceNumber }),
    typed: [licenceNumber],
  }));
}

/** The right passwords of the dead, beside IDs that there are not. */
async function ofTheDead(): Promise<Compared> {
  return await compare(known.dead, unknown, async (loginId) => ({ answer: await stranger().logIn(loginId), typed: [loginId] }));
}

/** A paper that there is, with a wrong code, beside one that there is not. */
async function atCertificates(): Promise<Compared> {
  const there = Array.from({ length: pairs }, () => known.certificate);
  const nowhere = Array.from({ length: pairs }, (_, n) => `C-999999999${n}`);
  return await compare(there, nowhere, async (number) => ({
    answer: await stranger().post('/verify', { number, code: 'A1B2-C3D4-E5F6' }),
    typed: [number],
  }));
}

const equal = (compared: Compared) => ({ answers: compared.answers, alike: compared.ratio < alike });

/** After thousands of failed tries the wait is over within a quarter of an hour, and the right password opens. */
async function afterThousands(loginId: string): Promise<{ wait: boolean; opens: number }> {
  const lower = [loginId.toLowerCase()];
  await owner.query("UPDATE account SET failed_count = 5000, retry_after = now() - interval '1 second' WHERE lower(login_id) = $1", lower);
  await stranger().logIn(loginId, 'Wrong2026!');
  const { rows } = await owner.query<{ seconds: number }>(
    'SELECT extract(epoch FROM retry_after - now())::int AS seconds FROM account WHERE lower(login_id) = $1',
    lower,
  );
  const seconds = rows[0]?.seconds ?? Infinity;
  await owner.query('UPDATE account SET retry_after = retry_after - make_interval(secs => 901) WHERE lower(login_id) = $1', lower);
  const { status } = await stranger().logIn(loginId);
  return { wait: seconds > 60 && seconds <= 900, opens: status };
}

/** Whom a stuffing run goes for: no one else asks for these. */
const targets = () => known.loginIds.slice(pairs * 3 + 4).filter((loginId) => loginId.startsWith('known-doctor-'));

const last = pairs * 3;
const alikeInAll = { answers: 1, alike: true };

/** Three waits in a row, each longer than the one before, unless the machine was slower than the wait itself. */
const grows = (seconds: readonly number[]) => (seconds.at(-1) ?? 0) > (seconds[0] ?? 0);

async function waiting(): Promise<boolean[]> {
  const [doctor = '', factor = ''] = [known.loginIds[last], known.loginIds[last + 1]];
  const coder = stranger();
  const first = await coder.logIn(factor);
  expect([first.status, first.headers['location']]).toEqual([303, '/login/second-factor']);
  const rows = await Promise.all([
    waits(async () => await stranger().logIn(doctor, 'Wrong2026!'), 3),
    waits(async () => await stranger().logIn(`${unknown[0]}-again`, 'Wrong2026!'), 3),
    waits(async () => await coder.post('/login/second-factor', { code: '000000' }), 3),
  ]);
  return rows.map(grows);
}

test('ログインIDの案内、書状のコード、亡くなった方のログイン、在籍証明書の確認も、あるものとないもので文も状態も時間も変わらない', async () => {
  await open();
  try {
    const found = await Promise.all([atLoginId(), atLetter(), ofTheDead(), atCertificates()]);
    expect(found.map(equal)).toEqual(found.map(() => alikeInAll));
  } finally {
    await shut();
  }
}, 90_000);

test(`盗まれたIDとパスワードの組 ${tries} 件を一度に試されても、誰も入れず、持ち主はいつもの端末から入れ、閉め出されない`, async () => {
  await open();
  try {
    const ids = targets();
    const { statuses, ownersIn } = await stuff(stranger, { ids, tries });
    expect(Object.keys(statuses).filter((status) => !['422', '429', '503'].includes(status))).toEqual([]);
    expect([ids.length, ownersIn]).toEqual([attacked, attacked]);
    const { rows } = await owner.query<{ seconds: number }>(
      'SELECT coalesce(max(extract(epoch FROM retry_after - now())), 0)::int AS seconds FROM account WHERE login_id = ANY ($1)',
      [ids],
    );
    expect(rows[0]?.seconds).toBeLessThanOrEqual(900);
    expect((await caller.call({ path: '/healthz' })).status).toBe(200);
  } finally {
    await shut();
  }
}, 900_000);

test('ログイン、再設定、利用者登録は、あるIDとないIDで文も状態も時間も変わらず、失敗が続くと待ち時間が伸び、閉め出しはしない', async () => {
  await open();
  try {
    const [login, recovery, registration, growing] = await Promise.all([atLogin(0), atRecovery(), atRegistration(), waiting()]);
    expect([login, recovery, registration].map(equal)).toEqual([alikeInAll, alikeInAll, alikeInAll]);
    expect(growing).toEqual([true, true, true]);
    expect(await afterThousands(known.loginIds[last] ?? '')).toEqual({ wait: true, opens: 303 });
  } finally {
    await shut();
  }
}, 90_000);

/** How each defect must show itself. */
const signs: Readonly<Record<string, () => Promise<boolean>>> = {
  'sign-in-unknown-at-once': async () => (await atLogin(pairs)).ratio >= alike,
  'sign-in-number-told': async () => (await atLoginId()).answers > 1,
  'sign-in-owner-waits': async () => (await stuff(stranger, { ids: targets(), tries: 150 })).ownersIn < attacked,
  'sign-in-locked-for-good': async () => !(await afterThousands(known.loginIds[last + 2] ?? '')).wait,
};

describe('仕込んだ欠陥', () => {
  test.each(defectsOf('signIn'))(
    '欠陥 %s が見つかる',
    async (planted) => {
      await open({ root: inject('plantedProduct'), planted });
      try {
        expect(await signs[planted]?.()).toBe(true);
      } finally {
        await shut();
      }
    },
    60_000,
  );
});
