import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ownAccount } from '#features/identity/queries/own-account.ts';
import { changeOwnPassword } from '#features/identity/commands/change-own-login.ts';
import { addAccount } from '#features/identity/commands/create-account.ts';
import { logIn } from '#features/identity/commands/log-in.ts';
import { beginFactor, confirmFactor } from '#features/identity/commands/second-factor.ts';
import type { Browser } from '#features/identity/commands/open-session.ts';
import { makeReadVisitor } from '#features/identity/queries/visitor.ts';
import { registerDoctor } from '#features/person/commands/register-doctor.ts';
import { doctorActor, must, system } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import { hashPassword } from '#platform/password/password.ts';
import { totpCode, totpStep } from '#platform/second-factor/totp.ts';
import { createWorld, profile, testNow, type World } from '#support/world.ts';
import { requestNewMail } from './commands/change-mail.ts';
import { answerMailChange, confirmMail } from './commands/confirm-mail.ts';
import { takeBackMailChange, tendMailChange } from './commands/tend-mail-change.ts';
import { applyMailChanges } from './daily.ts';
import { recoverLoginId, recoverPassword } from './commands/recover.ts';
import { reset } from './commands/reset.ts';
import { mailLink, resetLink } from './queries/links.ts';

let world: World;
let owner: Client;
const browser: Browser = { token: undefined, userAgent: 'test', knowsDevice: () => false };
const [before, after] = ['Kx7!mWq2zz', 'Nw8!pVr3yy'];

let addresses = 0;
function guest(seconds = 0): Context {
  addresses += 1;
  return { ...world.as({ kind: 'guest' }, new Date(testNow.getTime() + seconds * 1000)), address: `203.0.113.${addresses}` };
}

async function addDoctor(loginId: string): Promise<{ accountId: string; personId: string; licence: string; mail: string }> {
  const mail = `${loginId}@example.jp`;
  const ctx = world.as(system);
  const passwordHash = must(await hashPassword(before));
  const { accountId } = must(await run(addAccount, ctx, { loginId, passwordHash, kind: 'doctor', displayName: '日医 太郎', mail }));
  const facts = profile({ accountId, mail });
  return { accountId, mail, licence: facts.licenceNumber, ...must(await run(registerDoctor, ctx, facts)) };
}

type Told = { template: string; body: string; subject: string };
async function mailsTo(to: string): Promise<Told[]> {
  const found = await owner.query<Told>('SELECT template, subject, body FROM mail_message WHERE to_address = $1 ORDER BY created_at, id', [
    to,
  ]);
  return found.rows;
}

async function linkTo(mail: string): Promise<string> {
  const last = (await mailsTo(mail)).findLast((one) => one.template === 'M-04');
  return /\/reset\/([\w-]{43})/.exec(last?.body ?? '')?.[1] ?? '';
}

const newPair = { password: after, passwordRepeat: after };

beforeAll(async () => {
  world = await createWorld();
  owner = new Client({ connectionString: world.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await world.close();
});

describe('パスワードを忘れた(A-11、A-12)', () => {
  it('IDと生年月日が合うときだけ案内が届き、答えはどれも同じ', async () => {
    const { mail } = await addDoctor('lost-doctor');
    const answers = [
      await recoverPassword(guest(), { loginId: 'lost-doctor', birthOn: '1981-04-01' }),
      await recoverPassword(guest(), { loginId: 'nobody-here', birthOn: '1980-04-01' }),
      await recoverPassword(guest(), { loginId: 'LOST-doctor', birthOn: '昭和55年4月1日' }),
    ];
    expect(answers).toEqual([answers[0], answers[0], answers[0]]);
    expect((await mailsTo(mail)).map((one) => one.template)).toEqual(['M-04']);
  });

  it('新しいパスワードにすると、ほかの端末はログアウトし、URLは二度使えず、本人に知らせが届く', async () => {
    const { mail } = await addDoctor('reset-doctor');
    const { token } = must(await logIn(guest(), { loginId: 'reset-doctor', password: before }, browser));
    await recoverPassword(guest(), { loginId: 'reset-doctor', birthOn: '1980-04-01' });
    const link = await linkTo(mail);
    const asked = { token: link, userAgent: 'Firefox/1' };
    expect(await reset(guest(), asked, { password: before, passwordRepeat: before })).toMatchObject({
      refusal: { fields: { password: ['現在と異なるパスワードを入力してください'] } },
    });
    expect(await reset(guest(), asked, { password: after, passwordRepeat: 'x' })).toMatchObject({
      refusal: { fields: { passwordRepeat: ['確認用のパスワードが一致しません'] } },
    });
    must(await reset(guest(), asked, newPair));
    expect((await makeReadVisitor(world.database)(token, testNow)).actor.kind).toBe('guest');
    expect(must(await resetLink(guest(), link)).state).toBe('used');
    expect(await reset(guest(), asked, newPair)).toMatchObject({ refusal: { code: 'notFound' } });
    expect((await logIn(guest(), { loginId: 'reset-doctor', password: before }, browser)).ok).toBe(false);
    expect((await logIn(guest(60), { loginId: 'reset-doctor', password: after }, browser)).ok).toBe(true);
    expect((await mailsTo(mail)).map((one) => one.template)).toContain('M-05');
  });

  it('2段階認証を設定した人は、確認コードかリカバリーコードがなければ変更できない', async () => {
    const { accountId, mail } = await addDoctor('factor-reset');
    must(await beginFactor(guest(), accountId));
    const kept = await owner.query<{ secret: Buffer }>('SELECT secret FROM second_factor WHERE account_id = $1', [accountId]);
    const secret = world.surroundings.vault.open(accountId, kept.rows[0]?.secret ?? Buffer.alloc(0)) ?? Buffer.alloc(0);
    const [recovery = ''] = must(await confirmFactor(guest(), { accountId, userAgent: '' }, totpCode(secret, totpStep(testNow))));
    await recoverPassword(guest(), { loginId: 'factor-reset', birthOn: '1980-04-01' });
    const asked = { token: await linkTo(mail), userAgent: '' };
    expect(must(await resetLink(guest(), asked.token)).factor).toBe(true);
    expect(await reset(guest(), asked, newPair)).toMatchObject({ refusal: { fields: { code: ['確認コードを入力してください'] } } });
    expect(await reset(guest(), asked, { ...newPair, code: '000000' })).toMatchObject({
      refusal: { fields: { code: [expect.any(String)] } },
    });
    must(await reset(guest(60), asked, { ...newPair, code: recovery.toLowerCase() }));
  });

  it('24時間を過ぎたURLと知らないURLは使えない。亡くなった方には何も届かない', async () => {
    const { mail, personId } = await addDoctor('late-doctor');
    await recoverPassword(guest(), { loginId: 'late-doctor', birthOn: '1980-04-01' });
    const asked = { token: await linkTo(mail), userAgent: '' };
    expect(await reset(guest(24 * 3600), asked, newPair)).toMatchObject({ refusal: { code: 'notFound' } });
    expect(await reset(guest(), { ...asked, token: 'y'.repeat(43) }, newPair)).toMatchObject({ refusal: { code: 'notFound' } });
    await owner.query("UPDATE person SET died_on = '2026-01-01' WHERE id = $1", [personId]);
    await recoverPassword(guest(1), { loginId: 'late-doctor', birthOn: '1980-04-01' });
    expect(await mailsTo(mail)).toHaveLength(1);
    must(await reset(guest(2), asked, newPair));
    expect(await mailsTo(mail)).toHaveLength(1);
  });

  it('案内は1時間に5通まで', async () => {
    const { mail } = await addDoctor('often-doctor');
    for (let n = 0; n < 6; n += 1) await recoverPassword(guest(n), { loginId: 'often-doctor', birthOn: '1980-04-01' });
    expect(await mailsTo(mail)).toHaveLength(5);
  });
});

/** A doctor who has pressed the link in the box of his new address. */
async function confirmed(loginId: string) {
  const { accountId, personId, mail } = await addDoctor(loginId);
  const wanted = `${loginId}-new@example.jp`;
  const ctx = world.as(doctorActor(personId, accountId, '日医 太郎'));
  must(await requestNewMail(ctx, { mail: wanted, mailRepeat: wanted }, before));
  const [sent] = await mailsTo(wanted);
  const token = /\/new-mail\/([\w-]{43})/.exec(sent?.body ?? '')?.[1] ?? '';
  const mailNow = async () =>
    (
      await owner.query<{ mail: string; person: string }>(
        'SELECT a.mail, p.mail AS person FROM account a JOIN person p ON p.account_id = a.id WHERE a.id = $1',
        [accountId],
      )
    ).rows[0];
  expect(await mailNow()).toEqual({ mail, person: mail });
  must(await confirmMail(guest(), { token, accountId: must(await mailLink(guest(), token)).accountId }));
  const told = (await mailsTo(mail)).find((one) => one.template === 'M-05');
  return { mail, wanted, mailNow, token, old: /\/old-mail\/([\w-]{43})/.exec(told?.body ?? '')?.[1] ?? '', ctx };
}

const round = async (hours: number) => await applyMailChanges(world.as(system, new Date(testNow.getTime() + hours * 3_600_000)));

describe('メールアドレスの変更(D-05)', () => {
  it('パスワードが違えば送らず、知らないURLは何もしない', async () => {
    const { accountId, personId } = await addDoctor('moving-mail');
    const ctx = world.as(doctorActor(personId, accountId, '日医 太郎'));
    const pair = { mail: 'moved@example.jp', mailRepeat: 'moved@example.jp' };
    expect(await requestNewMail(ctx, pair, 'wrong')).toMatchObject({ refusal: { fields: { passwordForMail: [expect.any(String)] } } });
    for (const unknown of ['x'.repeat(43), 'half']) {
      expect(await confirmMail(guest(), { token: unknown, accountId: '' })).toMatchObject({ refusal: { code: 'notFound' } });
      expect(await answerMailChange(guest(), { token: unknown, agreed: true })).toMatchObject({ refusal: { code: 'notFound' } });
    }
  });

  it('新しいアドレスで確認し、元のアドレスで同意すると、すぐに変わる', async () => {
    const { mail, wanted, mailNow, token, old } = await confirmed('agreeing');
    expect(await mailNow()).toMatchObject({ mail });
    expect(must(await mailLink(guest(), token)).state).toBe('used');
    must(await answerMailChange(guest(), { token: old, agreed: true }));
    expect(await mailNow()).toEqual({ mail: wanted, person: wanted });
    expect(await answerMailChange(guest(), { token: old, agreed: false })).toMatchObject({ refusal: { code: 'notFound' } });
    expect((await mailsTo(wanted)).map((one) => one.template)).toEqual(['M-09', 'M-05']);
  });

  it('元のアドレスの同意がなければ72時間後に変わり、それまでは変わらない', async () => {
    const { mail, wanted, mailNow } = await confirmed('silent-one');
    await round(71);
    expect(await mailNow()).toMatchObject({ mail });
    await round(72);
    await round(73);
    expect(await mailNow()).toEqual({ mail: wanted, person: wanted });
    const told = await mailsTo(wanted);
    expect(told.map((one) => one.template)).toEqual(['M-09', 'M-05']);
    expect(told[1]?.body).toContain('このメールをお送りしたアドレスに変更されました。');
    expect((await mailsTo(mail)).map((one) => one.template)).toEqual(['M-05']);
  });

  it('元のアドレスか本人の画面で取り消すと、72時間たっても変わらない', async () => {
    const [first, second] = [await confirmed('cancelling'), await confirmed('taking-back')];
    must(await answerMailChange(guest(), { token: first.old, agreed: false }));
    must(await takeBackMailChange(second.ctx));
    expect(await takeBackMailChange(second.ctx)).toMatchObject({ refusal: { code: 'conflict' } });
    await round(80);
    expect([await first.mailNow(), await second.mailNow()]).toMatchObject([{ mail: first.mail }, { mail: second.mail }]);
  });

  it('待っているあいだは状況が画面に出て、メールを送り直すことも、取り消すこともできる', async () => {
    const { accountId, personId, mail } = await addDoctor('waiting-one');
    const ctx = world.as(doctorActor(personId, accountId, '日医 太郎'));
    const session = { tokenHash: Buffer.alloc(32), idleMinutes: 60 };
    const shown = async () => must(await ownAccount(ctx, session)).mailChanges.map(({ stage, mail: to }) => ({ stage, to }));
    const wanted = 'waiting-one-new@example.jp';
    const links = async () => (await mailsTo(wanted)).map((one) => /\/new-mail\/([\w-]{43})/.exec(one.body)?.[1] ?? '');
    expect(await tendMailChange(ctx, 'againNew')).toMatchObject({ refusal: { code: 'conflict' } });
    must(await requestNewMail(ctx, { mail: wanted, mailRepeat: wanted }, before));
    expect(await shown()).toEqual([{ stage: 'sent', to: wanted }]);
    expect(await tendMailChange(ctx, 'againNew')).toMatchObject({ ok: true });
    expect(await tendMailChange(ctx, 'againOld')).toMatchObject({ refusal: { code: 'conflict' } });
    const [first = '', second = ''] = await links();
    must(await confirmMail(guest(), { token: second, accountId }));
    expect([must(await mailLink(guest(), first)).state, await shown()]).toEqual(['used', [{ stage: 'confirmed', to: wanted }]]);
    expect(await tendMailChange(ctx, 'againOld')).toMatchObject({ ok: true });
    expect((await mailsTo(mail)).filter((one) => one.template === 'M-05')).toHaveLength(2);
    for (let n = 0; n < 3; n += 1) await tendMailChange(ctx, 'againOld');
    expect(await tendMailChange(ctx, 'againOld')).toMatchObject({ refusal: { code: 'tooMany' } });
    const olds = (await mailsTo(mail)).map((one) => /\/old-mail\/([\w-]{43})/.exec(one.body)?.[1] ?? '');
    must(await requestNewMail(ctx, { mail: 'third@example.jp', mailRepeat: 'third@example.jp' }, before));
    expect(await shown()).toHaveLength(2);
    must(await takeBackMailChange(ctx));
    expect(await shown()).toEqual([]);
    for (const token of olds) expect(await answerMailChange(guest(), { token, agreed: true })).toMatchObject({ ok: false });
    expect(await tendMailChange(ctx, 'password')).toBeUndefined();
  });

  it('パスワードを再設定または変更すると、待っている変更は取り消され、送ってあるURLも使えない', async () => {
    const [first, second] = [await confirmed('winning-back'), await confirmed('being-careful')];
    const pending = 'pending-link@example.jp';
    must(await requestNewMail(first.ctx, { mail: pending, mailRepeat: pending }, before));
    const [sent] = await mailsTo(pending);
    const token = /\/new-mail\/([\w-]{43})/.exec(sent?.body ?? '')?.[1] ?? '';
    expect(must(await mailLink(guest(), token)).state).toBe('open');
    await recoverPassword(guest(), { loginId: 'winning-back', birthOn: '1980-04-01' });
    must(await reset(guest(), { token: await linkTo(first.mail), userAgent: '' }, newPair));
    const here = { currentPassword: before, userAgent: '', session: Buffer.alloc(32) };
    must(await changeOwnPassword(second.ctx, { ...here, raw: newPair }));
    expect(must(await mailLink(guest(), token)).state).toBe('used');
    for (const { old } of [first, second]) {
      expect(await answerMailChange(guest(), { token: old, agreed: true })).toMatchObject({ refusal: { code: 'notFound' } });
    }
    await round(80);
    expect([await first.mailNow(), await second.mailNow()]).toMatchObject([{ mail: first.mail }, { mail: second.mail }]);
  });

  it('今のアドレスを確認し直すと、大文字と小文字が違ってもすぐに有効になり、不達の印が消える', async () => {
    const { accountId, personId, mail } = await addDoctor('once-bounced');
    await owner.query('UPDATE account SET mail_bounced_at = now() WHERE id = $1', [accountId]);
    await owner.query('UPDATE person SET mail_bounced_at = now() WHERE id = $1', [personId]);
    const wanted = mail.toUpperCase();
    const ctx = world.as(doctorActor(personId, accountId, '日医 太郎'));
    must(await requestNewMail(ctx, { mail: wanted, mailRepeat: wanted }, before));
    const token = /\/new-mail\/([\w-]{43})/.exec((await mailsTo(wanted))[0]?.body ?? '')?.[1] ?? '';
    expect(must(await confirmMail(guest(), { token, accountId })).appliesAt).toBeUndefined();
    const now =
      'SELECT a.mail, a.mail_bounced_at AS one, p.mail_bounced_at AS two FROM account a JOIN person p ON p.account_id = a.id WHERE a.id = $1';
    expect((await owner.query(now, [accountId])).rows).toEqual([{ mail: wanted, one: null, two: null }]);
    expect(await mailsTo(mail)).toEqual([]);
  });
});

describe('ログインIDを忘れた(A-11)', () => {
  it('番号・生年月日・アドレスがすべて合うときだけ、登録アドレスにIDが届く', async () => {
    const { mail, licence } = await addDoctor('Forgotten-ID');
    for (const facts of [
      { licenceNumber: licence, birthOn: '1980-04-02', mail },
      { licenceNumber: licence, birthOn: '1980-04-01', mail: 'other@example.jp' },
      { licenceNumber: '9999999', birthOn: '1980-04-01', mail },
    ]) {
      must(await recoverLoginId(guest(), facts));
    }
    expect(await mailsTo(mail)).toEqual([]);
    must(await recoverLoginId(guest(), { licenceNumber: `第${licence}号`, birthOn: '1980/04/01', mail: mail.toUpperCase() }));
    const [told] = await mailsTo(mail);
    expect(told).toMatchObject({ template: 'M-06' });
    expect(told?.body).toContain('Forgotten-ID');
    expect(told?.subject).not.toContain('Forgotten-ID');
    expect(await mailsTo('other@example.jp')).toEqual([]);
  });
});
