import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '#platform/context.ts';
import { logIn } from '#features/identity/commands/log-in.ts';
import type { Browser } from '#features/identity/commands/open-session.ts';
import { frameOf } from '#features/desk/queries/frame.ts';
import { must } from '#main/demo/acting.ts';
import { createWorld, profile, testNow, type World } from '#support/world.ts';
import { requestMailCheck, resendMailCheck } from './commands/ask-mail-check.ts';
import { register } from './commands/complete.ts';
import { openLink } from './commands/open-link.ts';
import { saveEntries } from './commands/save-entries.ts';
import { linkOf, registrationOf } from './queries/registration.ts';
import { termsToAgree } from './queries/terms.ts';

let world: World;
let owner: Client;
const browser: Browser = { token: undefined, userAgent: 'test', knowsDevice: () => false };
const password = 'Kx7!mWq2zz';

let addresses = 0;
function guest(seconds = 0): Context {
  addresses += 1;
  const now = new Date(testNow.getTime() + seconds * 1000);
  return { ...world.as({ kind: 'guest' }, now), address: `203.0.113.${addresses}` };
}

type Told = { template: string; body: string; subject: string };
async function mailsTo(to: string): Promise<Told[]> {
  const found = await owner.query<Told>('SELECT template, subject, body FROM mail_message WHERE to_address = $1 ORDER BY created_at, id', [
    to,
  ]);
  return found.rows;
}

function tokenIn(body: string): string {
  const token = /\/register\/verify\/([\w-]{43})/.exec(body)?.[1];
  if (token === undefined) throw new Error(`no link in: ${body}`);
  return token;
}

async function ask(mail: string, ctx = guest()): Promise<string> {
  const agreed = must(await termsToAgree(ctx));
  return must(await requestMailCheck(ctx, { mail, mailRepeat: mail }, { agreed, accountId: null })).id;
}

function entries(more: Record<string, string | string[]> = {}): Record<string, string | string[]> {
  const typed = Object.entries(profile({})).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : []));
  return { ...Object.fromEntries(typed), departments: ['02'], ...more };
}

async function opened(mail: string): Promise<string> {
  await ask(mail);
  const [first] = await mailsTo(mail);
  return must(await openLink(guest(), tokenIn(first?.body ?? ''))).browserToken;
}

async function registerAs(mail: string, draft: Record<string, string | string[]>) {
  const ctx = guest();
  const registration = must(await registrationOf(ctx, await opened(mail)));
  must(await saveEntries(ctx, registration, { draft, raw: { password, passwordRepeat: password }, complete: true }));
  return await register(ctx, registration.id, browser);
}

beforeAll(async () => {
  world = await createWorld();
  owner = new Client({ connectionString: world.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await world.close();
});

describe('メールアドレスの確認(A-04〜A-06)', () => {
  it('知っているアドレスも知らないアドレスも同じ答えになり、届くメールだけが違う', async () => {
    must(await registerAs('known@example.jp', entries({ loginId: 'known-doctor' })));
    const agreed = must(await termsToAgree(guest()));
    const answer = async (mail: string) => await requestMailCheck(guest(), { mail, mailRepeat: mail }, { agreed, accountId: null });
    const [known, fresh] = [await answer('KNOWN@example.jp'), await answer('fresh@example.jp')];
    expect([known.ok, fresh.ok]).toEqual([true, true]);
    expect((await mailsTo('KNOWN@example.jp')).map((mail) => mail.template)).toEqual(['M-02']);
    expect((await mailsTo('KNOWN@example.jp'))[0]?.body).not.toContain('/register/verify/');
    expect((await mailsTo('fresh@example.jp')).map((mail) => mail.template)).toEqual(['M-01']);
  });

  it('1時間に5通まで。6通目も画面は同じ', async () => {
    for (let n = 0; n < 6; n += 1) await ask('often@example.jp', guest(n));
    expect(await mailsTo('often@example.jp')).toHaveLength(5);
  });

  it('URLは24時間、1回だけ。知らないURLは期限切れと同じ', async () => {
    await ask('once@example.jp');
    const token = tokenIn((await mailsTo('once@example.jp'))[0]?.body ?? '');
    expect(must(await linkOf(guest(), token))).toMatchObject({ state: 'open', mail: 'o***@e***.jp' });
    expect(must(await linkOf(guest(24 * 3600), token)).state).toBe('expired');
    expect(must(await linkOf(guest(), 'x'.repeat(43))).state).toBe('expired');
    expect((await openLink(guest(24 * 3600), token)).ok).toBe(false);
    must(await openLink(guest(), token));
    expect(must(await linkOf(guest(), token)).state).toBe('used');
    expect(await openLink(guest(), token)).toMatchObject({ refusal: { code: 'notFound' } });
    const kept = await owner.query("SELECT count(*)::int AS n FROM registration WHERE registration::text LIKE '%' || $1 || '%'", [token]);
    expect(kept.rows[0].n).toBe(0);
  });

  it('再送は60秒たってから。前のURLは使えなくなる', async () => {
    const id = await ask('again@example.jp');
    expect(await resendMailCheck(guest(59), id)).toMatchObject({ refusal: { code: 'tooMany' } });
    must(await resendMailCheck(guest(61), id));
    const [first, second] = await mailsTo('again@example.jp');
    expect(must(await linkOf(guest(62), tokenIn(first?.body ?? ''))).state).toBe('expired');
    expect(must(await linkOf(guest(62), tokenIn(second?.body ?? ''))).state).toBe('open');
  });

  it('二つの入力が違うとき、形が違うときは項目で案内する', async () => {
    const agreed = must(await termsToAgree(guest()));
    const refused = async (mail: string, mailRepeat: string) =>
      await requestMailCheck(guest(), { mail, mailRepeat }, { agreed, accountId: null });
    expect(await refused('a@example.jp', 'b@example.jp')).toMatchObject({
      refusal: { fields: { mailRepeat: ['確認用のメールアドレスが一致しません'] } },
    });
    expect(await refused('no mail', 'no mail')).toMatchObject({
      refusal: { fields: { mail: ['メールアドレスの形式が正しくありません'] } },
    });
  });
});

describe('利用者登録(A-07〜A-09)', () => {
  it('登録するとマイページが開き、規約の版・登録内容・完了メールが残り、途中の入力は消える', async () => {
    const draft = entries({
      loginId: 'new-doctor-1',
      societies: ['日本内科学会'],
      societyTexts: '架空学会\n\n別の学会',
      formerSurname: '',
    });
    const { actor } = must(await registerAs('new1@example.jp', draft));
    expect(actor).toMatchObject({ kind: 'doctor', displayName: '日医 太郎' });
    const stored = await owner.query(
      `SELECT p.societies, p.mail, l.number, l.verified_at, (SELECT count(*)::int FROM terms_consent c WHERE c.account_id = p.account_id) AS consents
       FROM person p JOIN person_licence l ON l.person_id = p.id WHERE p.account_id = $1`,
      [actor.accountId],
    );
    expect(stored.rows).toMatchObject([
      {
        societies: ['日本内科学会', '架空学会', '別の学会'],
        mail: 'new1@example.jp',
        number: draft['licenceNumber'],
        verified_at: null,
        consents: 2,
      },
    ]);
    expect((await mailsTo('new1@example.jp')).map((mail) => mail.template)).toEqual(['M-01', 'M-03']);
    const left = await owner.query("SELECT draft, password_hash FROM registration WHERE mail = 'new1@example.jp'");
    expect(left.rows).toEqual([{ draft: {}, password_hash: null }]);
    expect((await logIn(guest(), { loginId: 'NEW-doctor-1', password }, browser)).ok).toBe(true);
  });

  it('登録済みの医籍登録番号は奪えない。同じ画面になり、確認前と表示され、本人確認の対象になる(rules.md 5.2)', async () => {
    const holder = await world.doctor();
    const number = (await owner.query('SELECT number FROM person_licence WHERE person_id = $1', [holder.personId])).rows[0].number;
    const { actor } = must(await registerAs('claim@example.jp', entries({ loginId: 'claiming-1', licenceNumber: number })));
    expect((await mailsTo('claim@example.jp')).map((mail) => mail.template)).toEqual(['M-01', 'M-03']);
    const frame = await frameOf(world.as(actor));
    expect(frame.who).toMatchObject({ doctor: { licence: `第${number}号`, licenceChecked: false } });
    const rows = await owner.query('SELECT person_id, claimed FROM person_licence WHERE number = $1 ORDER BY claimed', [number]);
    expect(rows.rows).toMatchObject([{ person_id: holder.personId, claimed: false }, { claimed: true }]);
    const claims = await owner.query('SELECT holder_id, settled_at FROM licence_claim WHERE number = $1', [number]);
    expect(claims.rows).toEqual([{ holder_id: holder.personId, settled_at: null }]);
  });

  it('足りない項目は、上から順にすべて案内され、入力は残る', async () => {
    const ctx = guest();
    const token = await opened('flaws@example.jp');
    const registration = must(await registrationOf(ctx, token));
    const draft = { loginId: 'short', surname: '髙橋', useFormerName: '1', birthOn: '2099-01-01', licensedOn: '2010-05-01' };
    const outcome = await saveEntries(ctx, registration, { draft, raw: { password: 'abc', passwordRepeat: 'abd' }, complete: true });
    const fields = outcome.ok ? {} : (outcome.refusal.fields ?? {});
    expect(Object.keys(fields).slice(0, 4)).toEqual(['loginId', 'password', 'passwordRepeat', 'licenceNumber']);
    expect(fields['givenName']).toEqual(['名を入力してください']);
    expect(must(await registrationOf(ctx, token)).draft).toEqual(draft);
  });

  it('旧姓はカナと漢字がそろい、宛名に使うなら必須。出身校はどちらか一つ', async () => {
    const ctx = guest();
    const registration = must(await registrationOf(ctx, await opened('former@example.jp')));
    const draft = entries({
      loginId: 'former-doctor',
      formerSurname: '佐藤',
      formerGivenNameKana: 'ハナコ',
      schoolCode: '',
      schoolText: '',
    });
    const refused = await saveEntries(ctx, registration, { draft, raw: { password, passwordRepeat: password }, complete: true });
    expect(refused).toMatchObject({
      refusal: {
        fields: {
          formerSurnameKana: ['旧姓をカタカナで入力してください'],
          formerGivenName: ['旧名を入力してください'],
          schoolCode: ['いずれかを選択ください'],
        },
      },
    });
    const again = { draft: entries({ loginId: 'former-doctor', schoolCode: 'N99', mainDepartment: '99x' }), raw: {}, complete: true };
    const kept = must(await registrationOf(ctx, await opened('former2@example.jp')));
    expect(await saveEntries(ctx, { ...kept, passwordHash: 'kept' }, again)).toMatchObject({
      refusal: { fields: { schoolCode: ['出身校を選択してください'], mainDepartment: ['主たる診療科名を選択してください'] } },
    });
  });

  it('使われているログインIDは使えず、同時に登録しても一人だけ', async () => {
    must(await registerAs('taken1@example.jp', entries({ loginId: 'taken-login' })));
    const ctx = guest();
    const registration = must(await registrationOf(ctx, await opened('taken2@example.jp')));
    const taken = { draft: entries({ loginId: 'TAKEN-login' }), raw: { password, passwordRepeat: password }, complete: true };
    expect(await saveEntries(ctx, registration, taken)).toMatchObject({
      refusal: { fields: { loginId: ['このログインIDは使用できません。別のログインIDを入力してください'] } },
    });
    const racing = await Promise.all(
      ['race1@example.jp', 'race2@example.jp'].map(async (mail) => {
        const one = must(await registrationOf(guest(), await opened(mail)));
        must(await saveEntries(guest(), one, { ...taken, draft: entries({ loginId: 'racing-login' }) }));
        return one.id;
      }),
    );
    const outcomes = await Promise.all(racing.map((id) => register(guest(), id, browser)));
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
  });

  it('二度押しても登録は一つ', async () => {
    const registration = must(await registrationOf(guest(), await opened('twice@example.jp')));
    must(
      await saveEntries(guest(), registration, {
        draft: entries({ loginId: 'twice-doctor' }),
        raw: { password, passwordRepeat: password },
        complete: true,
      }),
    );
    const outcomes = await Promise.all([register(guest(), registration.id, browser), register(guest(), registration.id, browser)]);
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
  });
});
