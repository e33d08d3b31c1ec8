import { expect, type Page } from '@playwright/test';
import { shownKey } from './authenticator-app.ts';
import { logOut } from './door.ts';
import { type Ways, test } from './journey.ts';
import { makeGallery } from './look.ts';
import { expectMail } from './mail.ts';
import { totpCode, totpStep } from '#platform/second-factor/totp.ts';

/** A doctor without anything comes to his own my page, loses his password and finds the way back. */

const password = 'Kx7!mWq2zz';
const nextPassword = 'Nw8!pVr3yy';

function linkIn(text: string, path: string): string {
  const found = new RegExp(`/${path}/[\\w-]{43}`).exec(text)?.[0];
  if (found === undefined) throw new Error(`no link to ${path}`);
  return found;
}

type Look = (path: string, state: string) => Promise<void>;

async function askForMail(page: Page, mail: string, look: Look): Promise<void> {
  await page.goto('/login');
  await page.getByRole('link', { name: '初めてご利用の方(利用者登録)' }).click();
  await page.getByRole('button', { name: '次へ' }).click();
  await expect(page.getByRole('alert')).toContainText('にチェックを入れてください');
  await look('register', 'error');
  await page.getByRole('checkbox', { name: '利用規約・個人情報の取り扱いに同意する' }).check();
  await page.getByRole('button', { name: '次へ' }).click();
  await page.getByRole('textbox', { name: 'メールアドレス 必須', exact: true }).fill(mail);
  await page.getByRole('button', { name: '確認メールを送信する' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await look('register/email', 'error');
  await page.getByRole('textbox', { name: 'メールアドレス(確認)' }).fill(mail);
  await page.getByRole('button', { name: '確認メールを送信する' }).click();
  await expect(page.getByText('お手続きはまだ完了していません。')).toBeVisible();
  await look('register/email/sent', 'filled');
}

async function fillProfile(page: Page, person: { loginId: string; licence: string }): Promise<void> {
  const fill = async (name: string, text: string) => await page.getByRole('textbox', { name, exact: true }).fill(text);
  await fill('ログインID 必須', person.loginId);
  await page.locator('#f-password').fill(password);
  await page.locator('#f-passwordRepeat').fill(password);
  await fill('医籍登録番号 必須', `第${person.licence}号`);
  await fill('医籍登録日 必須', '平成22年5月1日');
  await fill('セイ(フリガナ) 必須', 'たかはし');
  await fill('メイ(フリガナ) 必須', 'ﾊﾅｺ');
  await fill('姓 必須', '髙橋');
  await fill('名 必須', '花子');
  await fill('TEL 必須', '０６-０００１-０００２');
  await fill('生年月日 必須', '1985/04/01');
  await page.getByLabel('性別').selectOption({ label: '女' });
  await page.getByLabel('診療科名:主たる科名').selectOption({ label: '内科' });
  await fill('卒業年月 必須', '2010/03');
  await fill('郵便番号 必須', '〒530-0001');
}

async function finishProfile(page: Page, script: boolean): Promise<void> {
  await page.getByRole('button', { name: '住所を検索' }).click();
  await expect(page.getByRole('textbox', { name: '市区町村・番地' })).toHaveValue('大阪市北区梅田');
  await page.getByRole('textbox', { name: '市区町村・番地' }).fill('大阪市北区梅田1-1');
  await page.getByRole('textbox', { name: '上欄に登録がない出身校の場合は、大学名を入力してください' }).fill('架空医科大学');
  await page.locator('#f-society').fill('日本内科学会');
  if (script) await page.getByRole('option', { name: '日本内科学会' }).click();
  await page.getByRole('button', { name: '追加する' }).click();
  await expect(page.getByRole('checkbox', { name: '日本内科学会' })).toBeChecked();
}

async function openLink(page: Page, mail: string, look: Look): Promise<void> {
  const text = await expectMail(page, { to: mail, subject: 'メールアドレスの確認' });
  await page.goto(linkIn(text, 'register/verify'));
  await expect(page.getByText('***@', { exact: false })).toBeVisible();
  await look('register/verify/:token', 'open');
  await page.getByRole('button', { name: '登録手続きに進む' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '利用者登録 ログイン情報・利用者登録情報の入力' })).toBeVisible();
}

async function register(page: Page, person: { mail: string; loginId: string; licence: string }, look: Look): Promise<void> {
  await askForMail(page, person.mail, look);
  await openLink(page, person.mail, look);
  await page.getByRole('button', { name: '確認画面へ進む' }).click();
  await expect(page.getByRole('alert').getByRole('link', { name: '姓を入力してください' })).toBeVisible();
  await look('register/profile', 'error');
  await fillProfile(page, person);
  await finishProfile(page, person.loginId.endsWith('-script'));
  await look('register/profile', 'filled');
  await page.getByRole('button', { name: '確認画面へ進む' }).click();
  await expect(page.getByText('入力内容をご確認ください。')).toBeVisible();
  await expect(page.getByRole('main')).toContainText('大阪府大阪市北区梅田1-1');
  await expect(page.getByRole('main')).toContainText('タカハシ ハナコ');
  await look('register/review', 'filled');
  await page.getByRole('button', { name: '登録する' }).click();
  await expect(page.getByText('利用者登録が完了しました。').first()).toBeVisible();
  await expect(page.getByText(`第${person.licence}号(確認前)`).first()).toBeVisible();
  await look('register/done', 'filled');
}

async function recover(page: Page, person: { mail: string; loginId: string }, look: Look): Promise<void> {
  await page.goto('/recover');
  await look('recover', 'filled');
  await page.getByRole('link', { name: 'パスワードを忘れた' }).click();
  await page.getByRole('textbox', { name: 'ログインID' }).fill(person.loginId);
  await page.getByRole('button', { name: '送信する' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await look('recover/password', 'error');
  await page.getByRole('textbox', { name: '生年月日(医師の方)' }).fill('1985/04/01');
  await page.getByRole('button', { name: '送信する' }).click();
  await expect(page.getByText('ご登録のメールアドレスに案内をお送りしました。', { exact: false })).toBeVisible();
  await look('recover/password', 'sent');
  const text = await expectMail(page, { to: person.mail, subject: 'パスワード再設定のご案内' });
  await page.goto(linkIn(text, 'reset'));
  await page.getByRole('button', { name: '変更する' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await look('reset/:token', 'error');
  await page.locator('#f-password').fill(nextPassword);
  await page.locator('#f-passwordRepeat').fill(nextPassword);
  await page.getByRole('button', { name: '変更する' }).click();
  await expect(page.getByRole('status')).toContainText('パスワードを変更しました。');
  await page.getByRole('textbox', { name: 'ログインID' }).fill(person.loginId);
  await page.locator('#f-password').fill(nextPassword);
  await page.getByRole('button', { name: 'ログイン', exact: true }).click();
  await expect(page).toHaveURL(/\/my$/);
}

/** Sets a second factor up and logs in with it: the next code at once, as nobody waits half a minute in a journey. */
async function secondFactor(page: Page, loginId: string, look: Look): Promise<void> {
  await page.goto('/my/account');
  await look('my/account', 'no-factor');
  await page.getByRole('link', { name: '2段階認証を設定する' }).click();
  await page.getByRole('button', { name: '設定を始める' }).click();
  const secret = await shownKey(page);
  const step = totpStep(new Date());
  const set = async (): Promise<void> => {
    await page.locator('#f-passwordForFactor').fill(nextPassword);
    await page.getByRole('button', { name: '設定する', exact: true }).click();
  };
  await set();
  await expect(page.getByRole('alert')).toContainText('確認コードが正しくありません。');
  await look('login/second-factor/setup', 'error');
  await page.getByRole('textbox', { name: '確認コード' }).fill(totpCode(secret, step));
  await set();
  await expect(page.getByRole('heading', { level: 1, name: 'リカバリーコード' })).toBeVisible();
  await look('login/second-factor/setup', 'codes');
  const [code = ''] = await page.getByRole('list', { name: 'リカバリーコード' }).getByRole('listitem').allInnerTexts();
  await page.getByRole('button', { name: '次へ' }).click();
  await expect(page.getByRole('alert')).toContainText('「控えを保管しました」にチェックを入れてください');
  await expect(page.getByRole('list', { name: 'リカバリーコード' })).toContainText(code);
  await page.getByRole('checkbox', { name: '控えを保管しました' }).check();
  await page.getByRole('button', { name: '次へ' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'マイページTOP' })).toBeVisible();
  await logOut(page);
  await enterPassword(page, loginId);
  await expect(page.getByRole('heading', { level: 1, name: '2段階認証' })).toBeVisible();
  await page.getByRole('textbox', { name: '確認コード' }).fill(totpCode(secret, step + 1));
  await page.getByRole('button', { name: 'ログイン', exact: true }).click();
  await expect(page).toHaveURL(/\/my$/);
  await page.goto('/my/account');
  await look('my/account', 'factor');
  await logOut(page);
  await enterPassword(page, loginId);
  await expect(page.getByRole('heading', { level: 1, name: '2段階認証' })).toBeVisible();
  await look('login/second-factor', 'empty');
  await page.getByRole('link', { name: 'リカバリーコードを使う' }).click();
  await page.getByRole('textbox', { name: 'リカバリーコード' }).fill(code.toLowerCase());
  await page.getByRole('button', { name: 'ログイン', exact: true }).click();
  await expect(page).toHaveURL(/\/my$/);
}

async function enterPassword(page: Page, loginId: string): Promise<void> {
  await page.goto('/login');
  await page.getByRole('textbox', { name: 'ログインID' }).fill(loginId);
  await page.locator('#f-password').fill(nextPassword);
  await page.getByRole('button', { name: 'ログイン', exact: true }).click();
}

/** Another mail address: the link in the new box, then the consent of the old one. */
async function changeMail(page: Page, { before, mail }: { before: string; mail: string }, look: Look): Promise<void> {
  await page.goto('/my/account');
  await page.getByRole('link', { name: 'メールアドレスを変更する' }).click();
  await page.getByRole('textbox', { name: 'メールアドレス 必須', exact: true }).fill(mail);
  await page.getByRole('textbox', { name: 'メールアドレス(確認)' }).fill(mail);
  await page.getByRole('button', { name: '確認メールを送信する' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await look('my/account/mail', 'error');
  await page.locator('#f-passwordForMail').fill(nextPassword);
  await page.getByRole('button', { name: '確認メールを送信する' }).click();
  await expect(page.getByText('新しいメールアドレスに確認メールを送信しました。', { exact: false })).toBeVisible();
  await page.goto('/my/account');
  await page.getByRole('button', { name: '確認メールを再送する' }).click();
  await expect(page.getByRole('status')).toContainText('新しいメールアドレスに確認メールを再送しました。');
  await page.goto(linkIn(await expectMail(page, { to: mail, subject: '変更後のメールアドレスの確認' }), 'new-mail'));
  await look('new-mail/:token', 'open');
  await page.getByRole('button', { name: '変更する' }).click();
  await expect(page.getByRole('status')).toContainText('新しいメールアドレスを確認しました。');
  await page.goto('/my/account');
  await look('my/account', 'waiting');
  // Mails of this subject came before; the newest one is on its way.
  await expect(async () => {
    await page.goto(linkIn(await expectMail(page, { to: before, subject: 'ログイン情報に変更がありました' }), 'old-mail'));
  }).toPass();
  await look('old-mail/:token', 'open');
  await page.getByRole('button', { name: '変更に同意する' }).click();
  await expect(page.getByRole('status')).toContainText('メールアドレスを変更しました。');
}

/** Looks are taken once, with script; without it the way itself is walked. */
function looksOf(page: Page, ways: Ways): Look {
  const { look } = makeGallery(page);
  return ways.script ? look : async () => undefined;
}

test('利用者登録:規約への同意からマイページまで。パスワードを忘れても戻れる', async ({ page, ways, kind }) => {
  test.setTimeout(300_000);
  const look = looksOf(page, ways);
  const person = {
    mail: `register-${kind}@example.jp`,
    loginId: `register-${kind}`,
    licence: kind === 'script' ? '7654321' : '7654322',
  };
  await register(page, person, look);
  await page.getByRole('link', { name: '入会届に進む' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('入会届');
  await logOut(page);
  await recover(page, person, look);
  await secondFactor(page, person.loginId, look);
  await changeMail(page, { before: person.mail, mail: `changed-${person.mail}` }, look);
  await logOut(page);
  for (const path of ['recover/login-id', 'recover/contact', 'terms', 'privacy']) {
    await page.goto(`/${path}`);
    await look(path, 'empty');
  }
  await page.goto(`/reset/${'x'.repeat(43)}`);
  await look('reset/:token', 'expired');
  await page.goto(`/register/verify/${'x'.repeat(43)}`);
  await look('register/verify/:token', 'expired');
});
