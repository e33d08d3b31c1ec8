import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessLog } from '#features/audit-trail/queries/access-log.ts';
import { addAccount } from '#features/identity/commands/create-account.ts';
import { halfwayIn } from '#features/identity/commands/halfway.ts';
import { logIn } from '#features/identity/commands/log-in.ts';
import type { Browser } from '#features/identity/commands/open-session.ts';
import { beginFactor, confirmFactor } from '#features/identity/commands/second-factor.ts';
import { registerDoctor } from '#features/person/commands/register-doctor.ts';
import type { OperationsActor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { doctorActor, must, officeActor, system } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import { hashPassword } from '#platform/password/password.ts';
import { type Letter, letterTemplate } from '#platform/render/letter.ts';
import { totpCode, totpStep } from '#platform/second-factor/totp.ts';
import { createWorld, profile, testNow, type World } from '#support/world.ts';
import { tryLetterCode } from './commands/open-letter.ts';
import { printLetter } from './commands/print-letter.ts';
import { recoverPassword } from './commands/recover.ts';
import { reset } from './commands/reset.ts';
import { letterTexts as words } from './labels.ts';
import { texts } from './messages.ts';
import { letterAddressee } from './queries/letter-target.ts';
import { resetLink } from './queries/links.ts';

/** Letters L-01 and L-02, and getting back in with a code from paper (`screens.md, P-04`). */

let world: World;
let owner: Client;
let passwordHash: string;
const password = 'Kx7!mWq2zz';
const browser: Browser = { token: undefined, userAgent: 'test', knowsDevice: () => false };
const agent = (): OperationsActor => ({ kind: 'operations', accountId: newId(), staffId: newId(), displayName: '運営 花子' });
const later = (days: number) => new Date(testNow.getTime() + days * 86_400_000);

let addresses = 0;
function guest(days = 0): Context {
  addresses += 1;
  return { ...world.as({ kind: 'guest' }, later(days)), address: `192.0.2.${addresses}` };
}

type Doctor = { personId: string; accountId: string | null; number: string; wish: Record<string, string> };

/** A doctor of the register, with a login of his own or without; and the form that fits him. */
async function doctor(loginId?: string, more: Record<string, unknown> = {}): Promise<Doctor> {
  const account = { loginId: loginId ?? '', passwordHash, kind: 'doctor', displayName: '髙橋 健', mail: '' };
  const accountId = loginId === undefined ? null : must(await run(addAccount, world.as(system), account)).accountId;
  const data = profile({ accountId, mail: '', surname: '髙橋', givenName: '健', ...more });
  const { personId } = must(await run(registerDoctor, world.as(system), data));
  const number = data.licenceNumber;
  const wish = { licenceNumber: number, surname: '高橋', givenName: '健', birthOn: '昭和55年4月1日' };
  return { personId, accountId, number, wish };
}

/** … with a mail address and 2段階認証. */
async function factorOwner(loginId: string) {
  const mail = `${loginId}@example.jp`;
  const made = await doctor(loginId);
  const accountId = made.accountId ?? '';
  await owner.query('UPDATE account SET mail = $2 WHERE id = $1', [accountId, mail]);
  must(await beginFactor(guest(), accountId));
  const kept = await owner.query<{ secret: Buffer }>('SELECT secret FROM second_factor WHERE account_id = $1', [accountId]);
  const secret = world.surroundings.vault.open(accountId, kept.rows[0]?.secret ?? Buffer.alloc(0)) ?? Buffer.alloc(0);
  must(await confirmFactor(guest(), { accountId, userAgent: '' }, totpCode(secret, totpStep(testNow))));
  return { ...made, accountId, mail };
}

const posting = { kind: 'initial', purpose: 'posting' };
const agreed = { kind: 'reset', purpose: 'reset', purposeNote: '電話にて', consent: '1', consentHow: 'tel', consentOn: '2026/01/15' };

type Printed = { letter: Letter; outcome: Awaited<ReturnType<typeof printLetter>> };

/** Presses 書状を印刷する and reads what is on the paper. */
async function printed(wish: object, who = agent(), now = testNow): Promise<Printed> {
  const papers: Letter[] = [];
  const ctx = world.as(who, now);
  const print = async (template: string, data: unknown) => {
    expect(template).toBe(letterTemplate);
    if (typeof data === 'object' && data !== null) papers.push({ ...empty, ...data });
    return await Promise.resolve(new Uint8Array([37]));
  };
  const outcome = await printLetter({ ...ctx, render: { ...ctx.render, print } }, wish);
  return { letter: papers[0] ?? empty, outcome };
}

const empty: Letter = { title: '', date: '', to: [], from: [], before: [], rows: [], after: [], footer: '' };
const onPaper = ({ letter }: Printed, label: string) => letter.rows.find((row) => row.label === label)?.lines[0] ?? '';
const attempt = async (login: { loginId: string; password: string }) => await logIn(guest(), login, browser);

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

describe('書状を印刷する(P-04)', () => {
  it('3つの項目がすべて一致する医師だけが見つかり、字体の違いは同じ名とし、照会は本人の閲覧履歴に目的とともに出る', async () => {
    const { personId, wish } = await doctor();
    const who = world.as(agent());
    const found = must(await letterAddressee(who, { ...wish, ...posting }));
    expect(found).toEqual({ name: '髙橋 健', address: ['〒530-0001', '大阪府大阪市北区梅田1-1'], replaces: false });
    for (const wrong of [{ surname: '高木' }, { givenName: '健一' }, { birthOn: '1980/04/02' }, { licenceNumber: '9999998' }]) {
      expect(await letterAddressee(who, { ...wish, ...posting, ...wrong })).toMatchObject({ refusal: { message: words.noMatch } });
    }
    const log = must(await ask(accessLog, world.as(doctorActor(personId, newId(), '髙橋 健')), {}));
    expect(log.rows).toMatchObject([{ office: 'MAMIS運営事務局', operation: '閲覧', purpose: '初期ログイン情報の書状の発行' }]);
    const audit = await owner.query<{ actor_kind: string; actor_name: string; detail: unknown }>(
      `SELECT actor_kind, actor_name, detail FROM audit_event WHERE action = 'entrance.letterTargetViewed' ORDER BY id`,
    );
    expect(audit.rows.every((row) => row.actor_kind === 'operations' && row.actor_name === '運営 花子')).toBe(true);
    expect(audit.rows.map((row) => row.detail)).toEqual([{ matched: true }, ...Array.from({ length: 4 }, () => ({ matched: false }))]);
  });

  it('目的・同意の不足は項目ごとに断り、運営事務局のほかは誰も印刷できない', async () => {
    const { wish } = await doctor();
    const fields = async (more: object) => {
      const outcome = await letterAddressee(world.as(agent()), { ...wish, ...more });
      return outcome.ok ? [] : Object.keys(outcome.refusal.fields ?? {}).toSorted();
    };
    expect(await fields({})).toEqual(['kind', 'purpose']);
    expect(await fields({ kind: 'reset', purpose: 'posting' })).toEqual(['purpose']);
    expect(await fields({ kind: 'initial', purpose: 'lost' })).toEqual(['consent', 'consentHow', 'consentOn']);
    expect(await fields({ ...agreed, consentOn: '2026/01/16' })).toEqual(['consentOn']);
    expect(await fields({ ...posting, licenceNumber: '番号', birthOn: '0000', surname: '' })).toEqual([
      'birthOn',
      'licenceNumber',
      'surname',
    ]);
    for (const actor of [officeActor({ id: 0, name: '日本医師会', layer: 1 }), await world.doctor(), { kind: 'guest' as const }]) {
      expect(await letterAddressee(world.as(actor), { ...wish, ...posting })).toMatchObject({ refusal: { code: 'forbidden' } });
      expect(await printLetter(world.as(actor), { ...wish, ...posting })).toMatchObject({ refusal: { code: 'forbidden' } });
    }
  });

  it('L-01:紙に書かれたIDとパスワードで初回ログインが始まり、刷り直すと前の紙は使えない', async () => {
    const { personId, wish } = await doctor();
    const first = await printed({ ...wish, ...posting });
    expect(first.outcome).toMatchObject({ ok: true, value: { kind: 'initial' } });
    expect([first.letter.title, first.letter.to.at(-1)]).toEqual(['初期ログイン情報のお知らせ', '髙橋 健 様']);
    expect(onPaper(first, '有効期限')).toContain('2026/07/14');
    const login = (paper: Printed) => ({ loginId: onPaper(paper, '初期ログインID'), password: onPaper(paper, '初期パスワード') });
    const halfway = async (paper: Printed) => {
      const refused = await attempt(login(paper));
      return halfwayIn(refused.ok ? undefined : refused.refusal.current)?.next;
    };
    expect(await halfway(first)).toBe('first');
    expect(must(await letterAddressee(world.as(agent()), { ...wish, ...posting })).replaces).toBe(true);
    const second = await printed({ ...wish, ...agreed, kind: 'initial', purpose: 'lost' });
    expect([await halfway(first), await halfway(second)]).toEqual([undefined, 'first']);
    const kept = await owner.query(`SELECT kind, purpose, consent, printed_by_name FROM login_letter WHERE person_id = $1 ORDER BY id`, [
      personId,
    ]);
    expect(kept.rows).toEqual([
      { kind: 'initial', purpose: '初期ログイン情報の書状の発行', consent: '', printed_by_name: '運営 花子' },
      { kind: 'initial', purpose: '初期ログイン情報の書状の再発行(本人の依頼):電話にて', consent: '電話', printed_by_name: '運営 花子' },
    ]);
    expect((await printed({ ...wish, ...agreed })).outcome).toMatchObject({ refusal: { message: words.notYet } });
  });

  it('紙が刷れなければ何も変わらず、1日に医師へ3通・1人で30通を超えない。住所がなければ刷れない', async () => {
    const { wish } = await doctor();
    const busy = { ...world.as(agent()), render: { ...world.surroundings.render, print: async () => await Promise.resolve(undefined) } };
    expect(await printLetter(busy, { ...wish, ...posting })).toMatchObject({ refusal: { code: 'unavailable' } });
    for (let n = 0; n < 3; n += 1) expect((await printed({ ...wish, ...posting })).outcome.ok).toBe(true);
    expect((await printed({ ...wish, ...posting })).outcome).toMatchObject({ refusal: { message: words.tooManyDoctor(3) } });
    expect((await printed({ ...wish, ...posting }, agent(), later(1))).outcome.ok).toBe(true);
    const who = agent();
    await owner.query(
      `INSERT INTO login_letter (id, kind, person_id, printed_at, valid_until, printed_by, printed_by_name, purpose)
       SELECT gen_random_uuid(), 'initial', (SELECT person_id FROM login_letter LIMIT 1), $2, $2, $1, '運営', '発行' FROM generate_series(1, 30)`,
      [who.accountId, testNow],
    );
    const other = await doctor();
    expect((await printed({ ...other.wish, ...posting }, who)).outcome).toMatchObject({ refusal: { message: words.tooManyAgent(30) } });
    await owner.query(`UPDATE person SET address_line = '' WHERE id = $1`, [other.personId]);
    expect((await printed({ ...other.wish, ...posting })).outcome).toMatchObject({ refusal: { message: words.noAddress } });
  });

  it('どちらの書状もPDFとして印刷できる', async () => {
    const { wish } = await doctor('pdf-letter');
    const bytes = must(await printLetter(world.as(agent()), { ...wish, ...agreed })).bytes;
    expect(Buffer.from(bytes).subarray(0, 5).toString('latin1')).toBe('%PDF-');
  });
});

describe('書状のコード(L-02, A-11, A-12)', () => {
  it('番号・生年月日・コードがそろうと一度だけ再設定が開き、ログインIDも新しくできる。それまで今の情報が使える', async () => {
    const { wish } = await doctor('letter-owner');
    const paper = await printed({ ...wish, ...agreed });
    expect((await printed({ ...wish, ...posting })).outcome).toMatchObject({ refusal: { message: texts.hasLogin } });
    expect((await attempt({ loginId: 'letter-owner', password })).ok).toBe(true);
    const right = { licenceNumber: wish['licenceNumber'], birthOn: '1980/04/01', letterCode: onPaper(paper, '書状のコード').toLowerCase() };
    for (const wrong of [{ birthOn: '1980/04/02' }, { letterCode: 'AAAA-AAAA-AAAA-AAAA' }, { licenceNumber: '9999998' }]) {
      expect(await tryLetterCode(guest(), { ...right, ...wrong })).toMatchObject({ refusal: { message: '入力内容をご確認ください。' } });
    }
    expect(await tryLetterCode(guest(15), right)).toMatchObject({ ok: false });
    const { token } = must(await tryLetterCode(guest(), right));
    expect(await tryLetterCode(guest(), right)).toMatchObject({ ok: false });
    expect(must(await resetLink(guest(), token))).toMatchObject({ state: 'open', loginId: 'letter-owner' });
    const pair = { password: 'Zq8!nVr3yy', passwordRepeat: 'Zq8!nVr3yy' };
    const asked = { token, userAgent: '' };
    expect(await reset(guest(), asked, { ...pair, newLoginId: 'short' })).toMatchObject({
      refusal: { fields: { newLoginId: [expect.any(String)] } },
    });
    await doctor('already-taken');
    expect(await reset(guest(), asked, { ...pair, newLoginId: 'Already-Taken' })).toMatchObject({
      refusal: { fields: { newLoginId: ['このログインIDは使用できません。別のログインIDを入力してください'] } },
    });
    expect(must(await reset(guest(), asked, { ...pair, newLoginId: 'letter-owner-2' }))).toEqual({ loginId: 'letter-owner-2' });
    expect((await attempt({ loginId: 'letter-owner', password })).ok).toBe(false);
    expect((await attempt({ loginId: 'letter-owner-2', password: pair.password })).ok).toBe(true);
  });

  it('認証アプリもリカバリーコードもない人は、書状からは2段階認証を解除できる。メールのURLからは解除できない', async () => {
    const { wish, accountId, mail } = await factorOwner('letter-factor');
    const set = async () =>
      (await owner.query('SELECT FROM second_factor WHERE account_id = $1 AND confirmed_at IS NOT NULL', [accountId])).rowCount;
    expect(await set()).toBe(1);
    const pair = { password: 'Zq8!nVr3yy', passwordRepeat: 'Zq8!nVr3yy' };
    must(await recoverPassword(guest(), { loginId: 'letter-factor', birthOn: '1980/04/01' }));
    const byMail = await owner.query<{ body: string }>(`SELECT body FROM mail_message WHERE to_address = $1 AND template = 'M-04'`, [mail]);
    const mailed = /\/reset\/([\w-]{43})/.exec(byMail.rows[0]?.body ?? '')?.[1] ?? '';
    expect(await reset(guest(), { token: mailed, userAgent: '' }, { ...pair, liftFactor: '1' })).toMatchObject({
      refusal: { fields: { code: ['確認コードを入力してください'] } },
    });
    const paper = await printed({ ...wish, ...agreed });
    const typed = { licenceNumber: wish['licenceNumber'], birthOn: '1980/04/01', letterCode: onPaper(paper, '書状のコード') };
    const { token } = must(await tryLetterCode(guest(), typed));
    expect(await reset(guest(), { token, userAgent: '' }, pair)).toMatchObject({ refusal: { fields: { code: [expect.any(String)] } } });
    expect(await set()).toBe(1);
    must(await reset(guest(), { token, userAgent: '' }, { ...pair, liftFactor: '1' }));
    expect(await set()).toBe(0);
    expect((await attempt({ loginId: 'letter-factor', password: pair.password })).ok).toBe(true);
    const told = await owner.query<{ body: string }>(`SELECT body FROM mail_message WHERE to_address = $1 AND template = 'M-05'`, [mail]);
    expect(told.rows.some(({ body }) => body.includes('2段階認証が解除されました。'))).toBe(true);
    const audit = await owner.query(`SELECT detail FROM audit_event WHERE action = 'entrance.resetPassword' AND target = $1`, [accountId]);
    expect(audit.rows).toEqual([{ detail: { factorLifted: true } }]);
  });

  it('新しい書状を刷ると前のコードは使えず、何度も間違えると待たされる', async () => {
    const { wish } = await doctor('two-letters');
    const [first, second] = [await printed({ ...wish, ...agreed }), await printed({ ...wish, ...agreed })];
    const typed = (paper: Printed) => ({ ...wish, letterCode: onPaper(paper, '書状のコード') });
    expect((await tryLetterCode(guest(), typed(first))).ok).toBe(false);
    expect((await tryLetterCode(guest(), typed(second))).ok).toBe(true);
    const here = guest();
    const tried = await Promise.all(Array.from({ length: 22 }, async () => await tryLetterCode(here, typed(first))));
    const codes = new Set(tried.map((outcome) => (outcome.ok ? 'ok' : outcome.refusal.code)));
    expect(codes).toEqual(new Set(['conflict', 'tooMany']));
  });
});
