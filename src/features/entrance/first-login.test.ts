import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { day } from '#kernel/day.ts';
import { halfwayIn } from '#features/identity/commands/halfway.ts';
import { logIn } from '#features/identity/commands/log-in.ts';
import { type Browser, enter } from '#features/identity/commands/open-session.ts';
import { recordDeath } from '#features/person/commands/record-death.ts';
import { registerDoctor } from '#features/person/commands/register-doctor.ts';
import { personOfLicence } from '#features/person/queries/person.ts';
import { must, system } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import { readTransaction, writeTransaction } from '#platform/db/transaction.ts';
import { createWorld, profile, testNow, type World } from '#support/world.ts';
import { requestMailCheck } from './commands/ask-mail-check.ts';
import { finishFirstLogin } from './commands/finish-first-login.ts';
import { type IssuedLogin, issueInitialLogin } from './commands/issue-initial-login.ts';
import { openLink } from './commands/open-link.ts';
import { proveBirth } from './commands/prove-birth.ts';
import { saveEntries } from './commands/save-entries.ts';
import { firstReview } from './queries/first-login.ts';
import { type OpenRegistration, registrationOf } from './queries/registration.ts';
import { termsToAgree } from './queries/terms.ts';

let world: World;
let owner: Client;
const browser: Browser = { token: undefined, userAgent: 'test', knowsDevice: () => false };
const password = 'Kx7!mWq2zz';

let addresses = 0;
function guest(days = 0): Context {
  addresses += 1;
  return { ...world.as({ kind: 'guest' }, new Date(testNow.getTime() + days * 86_400_000)), address: `198.51.100.${addresses}` };
}

type Migrated = { personId: string; accountId: string; login: IssuedLogin };

/** A doctor whose data were taken over, with the login of his letter. */
async function migrated(more: Record<string, unknown> = {}): Promise<Migrated> {
  const data = profile({ mail: '', societies: ['日本内科学会'], ...more });
  const { personId } = must(await run(registerDoctor, world.as(system), data));
  const login = must(await issueInitialLogin(world.as(system), personId));
  expect(await readTransaction(world.as(system), (tx) => personOfLicence(tx, data.licenceNumber))).toBe(personId);
  const found = await owner.query<{ id: string }>('SELECT account_id AS id FROM person WHERE id = $1', [personId]);
  return { personId, accountId: found.rows[0]?.id ?? '', login };
}

const attempt = async ({ loginId, password: typed }: IssuedLogin, days = 0) =>
  await logIn(guest(days), { loginId, password: typed }, browser);

/** Steps 2 and 3: consent, and the link of the mail. */
async function opened(accountId: string, mail: string): Promise<OpenRegistration> {
  const ctx = guest();
  const agreed = must(await termsToAgree(ctx));
  must(await requestMailCheck(ctx, { mail, mailRepeat: mail }, { agreed, accountId }));
  const sent = await owner.query<{ body: string }>('SELECT body FROM mail_message WHERE to_address = $1', [mail]);
  const token = /\/register\/verify\/([\w-]{43})/.exec(sent.rows[0]?.body ?? '')?.[1] ?? '';
  const link = must(await openLink(guest(), token));
  expect(link.firstLogin).toBe(true);
  return must(await registrationOf(guest(), link.browserToken));
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

describe('初回ログイン(screens.md A-10)', () => {
  it('書状のログイン情報だけではログインにならず、生年月日を3回誤ると待たされる', async () => {
    const { accountId, login } = await migrated();
    const refused = await attempt(login);
    expect(halfwayIn(refused.ok ? undefined : refused.refusal.current)).toEqual({ accountId, next: 'first' });
    expect((await enter(guest(), accountId, browser)).ok).toBe(false);
    for (let n = 0; n < 2; n += 1) {
      expect(await proveBirth(guest(), accountId, { birthOn: '1981/04/01' })).toMatchObject({
        refusal: { fields: { birthOn: ['生年月日が登録されている内容と一致しません。ご確認ください。'] } },
      });
    }
    expect(await proveBirth(guest(), accountId, { birthOn: '1980/04/01' })).toMatchObject({
      refusal: { code: 'tooMany', link: { to: '/recover' } },
    });
    must(await proveBirth(guest(1), accountId, { birthOn: '昭和55年4月1日' }));
  });

  it('移行データを確かめて直すと、新しいIDとパスワードだけが通り、直した項目が知らされる', async () => {
    const { personId, accountId, login } = await migrated();
    const registration = await opened(accountId, 'first@example.jp');
    const { draft } = registration;
    expect(draft).toMatchObject({ surname: '日医', birthOn: '1980/04/01', societies: ['日本内科学会'], graduatedOn: '2010/03' });
    const save = async (typed: object, secret: string) =>
      await saveEntries(guest(), registration, {
        draft: { ...draft, ...typed },
        raw: { password: secret, passwordRepeat: secret },
        complete: true,
      });
    expect(await save({ loginId: login.loginId }, login.password)).toMatchObject({
      refusal: {
        fields: {
          loginId: ['新しいログインIDを入力してください'],
          password: expect.arrayContaining(['現在と異なるパスワードを入力してください']),
        },
      },
    });
    must(await save({ loginId: 'own-login', building: '梅田ビル3階' }, password));
    const saved = { ...registration, ...(await again(registration.id)) };
    const blocks = must(await firstReview(guest(), saved));
    expect(blocks?.filter((block) => block.fixed === true).map((block) => block.title)).toEqual(['医籍']);
    const changed = blocks?.flatMap((block) => block.items.filter((one) => one.changed === true));
    expect(changed?.map((one) => one.label)).toEqual(['建物名・部屋番号', 'メールアドレス']);
    must(await finishFirstLogin(guest(), registration.id, browser));
    expect((await finishFirstLogin(guest(), registration.id, browser)).ok).toBe(false);
    const told = await owner.query<{ template: string }>(
      `SELECT template FROM mail_message WHERE to_address = 'first@example.jp' ORDER BY created_at, id`,
    );
    expect(told.rows.map((row) => row.template)).toEqual(['M-01', 'M-03']);
    expect((await attempt(login)).ok).toBe(false);
    expect((await logIn(guest(), { loginId: 'own-login', password }, browser)).ok).toBe(true);
    const person = await owner.query('SELECT building, mail FROM person WHERE id = $1', [personId]);
    expect(person.rows).toEqual([{ building: '梅田ビル3階', mail: 'first@example.jp' }]);
    const news = await owner.query(`SELECT payload->>'fields' AS fields FROM outbox WHERE kind = 'person.profileChanged'`);
    expect(news.rows).toEqual([{ fields: 'building,mail' }]);
  });

  it('期限の過ぎたログイン情報は案内だけになり、作り直すと前のものは使えない', async () => {
    const { personId, accountId, login } = await migrated();
    expect(await attempt(login, 181)).toMatchObject({
      refusal: { code: 'forbidden', message: '初期のログイン情報の有効期限が過ぎています。', link: { to: '/recover' } },
    });
    const next = must(await issueInitialLogin(world.as(system), personId));
    expect(await attempt(login)).toMatchObject({ refusal: { code: 'invalid' } });
    expect(halfwayIn(await current(next))).toEqual({ accountId, next: 'first' });
    await writeTransaction(world.as(system), async (tx) => {
      await recordDeath(tx, { personId, diedOn: day('2026-01-10'), at: testNow });
      return { value: undefined, commit: true };
    });
    expect((await issueInitialLogin(world.as(system), personId)).ok).toBe(false);
  });

  it('自分のログイン情報を持つ医師には発行されない', async () => {
    const { personId, accountId } = await migrated();
    const registration = await opened(accountId, 'own@example.jp');
    const draft = { ...registration.draft, loginId: 'has-own-login' };
    must(await saveEntries(guest(), registration, { draft, raw: { password, passwordRepeat: password }, complete: true }));
    must(await finishFirstLogin(guest(), registration.id, browser));
    expect(await issueInitialLogin(world.as(system), personId)).toMatchObject({ refusal: { code: 'conflict' } });
  });
});

async function current(login: IssuedLogin): Promise<unknown> {
  const refused = await attempt(login);
  return refused.ok ? undefined : refused.refusal.current;
}

/** What is kept of the registration now. */
async function again(id: string): Promise<Pick<OpenRegistration, 'draft' | 'passwordHash'>> {
  const kept = await owner.query<Pick<OpenRegistration, 'draft' | 'passwordHash'>>(
    'SELECT draft, password_hash AS "passwordHash" FROM registration WHERE id = $1',
    [id],
  );
  return kept.rows[0] ?? { draft: {}, passwordHash: null };
}
