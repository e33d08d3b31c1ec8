import { expect, type Page } from '@playwright/test';
import { initialLoginOf } from './backstage.ts';
import { type Ways, test } from './journey.ts';
import { makeGallery } from './look.ts';
import { expectMail } from './mail.ts';

/** A doctor whose data were migrated comes in with the login of his letter. */

type Look = (path: string, state: string) => Promise<void>;

/** Looks are taken once, with script; without it the way itself is walked. */
function looksOf(page: Page, ways: Ways): Look {
  const { look } = makeGallery(page);
  return ways.script ? look : async () => undefined;
}

async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click();
}

async function heading(page: Page, name: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible();
}

async function prove(page: Page, letter: { loginId: string; password: string }, look: Look): Promise<void> {
  await page.goto('/login');
  await page.getByRole('textbox', { name: 'ログインID' }).fill(letter.loginId);
  await page.locator('#f-password').fill(letter.password);
  await press(page, 'ログイン');
  await heading(page, '初回ログイン');
  await page.getByRole('textbox', { name: '生年月日' }).fill('1970/01/01');
  await press(page, '次へ');
  await expect(page.getByRole('alert')).toContainText('生年月日が登録されている内容と一致しません。');
  await look('first-login', 'error');
  await page.getByRole('textbox', { name: '生年月日' }).fill('昭和57年6月1日');
  await press(page, '次へ');
  await heading(page, '初回ログイン 規約への同意');
  await look('first-login/terms', 'empty');
  await page.getByRole('checkbox', { name: '利用規約・個人情報の取り扱いに同意する' }).check();
  await press(page, '次へ');
  await heading(page, '初回ログイン メールアドレスの入力');
}

async function checkMail(page: Page, mail: string, look: Look): Promise<void> {
  await press(page, '確認メールを送信する');
  await expect(page.getByRole('alert')).toBeVisible();
  await look('first-login/email', 'error');
  await page.getByRole('textbox', { name: 'メールアドレス 必須', exact: true }).fill(mail);
  await page.getByRole('textbox', { name: 'メールアドレス(確認)' }).fill(mail);
  await press(page, '確認メールを送信する');
  await expect(page.getByText('お手続きはまだ完了していません。')).toBeVisible();
  const text = await expectMail(page, { to: mail, subject: 'メールアドレスの確認' });
  await page.goto(/\/register\/verify\/[\w-]{43}/.exec(text)?.[0] ?? '');
  await press(page, '登録手続きに進む');
  await heading(page, '初回ログイン 登録情報の確認');
}

test('初回ログイン:書状のログイン情報から、本人のログイン情報と登録情報へ', async ({ page, ways, kind }) => {
  test.setTimeout(240_000);
  const look = looksOf(page, ways);
  const letter = await initialLoginOf(kind === 'script' ? '880001' : '880002');
  await prove(page, letter, look);
  await checkMail(page, `first-${kind}@example.jp`, look);
  await expect(page.getByRole('textbox', { name: '姓 必須 移行データ', exact: true })).toHaveValue('移行');
  await page.getByRole('textbox', { name: 'ログインID' }).fill(letter.loginId);
  await press(page, '確認画面へ進む');
  await expect(page.getByRole('alert').getByRole('link', { name: '新しいログインIDを入力してください' })).toBeVisible();
  await look('first-login/profile', 'error');
  await page.getByRole('textbox', { name: 'ログインID' }).fill(`first-${kind}`);
  await page.locator('#f-password').fill('Kx7!mWq2zz');
  await page.locator('#f-passwordRepeat').fill('Kx7!mWq2zz');
  await page.getByRole('textbox', { name: '建物名・部屋番号' }).fill('梅田ビル3階');
  await press(page, '確認画面へ進む');
  await heading(page, '初回ログイン 入力内容の確認');
  await expect(page.getByRole('main')).toContainText('梅田ビル3階 変更');
  await look('first-login/review', 'filled');
  await press(page, '登録する');
  await expect(page).toHaveURL(/\/my$/);
  await expect(page.getByRole('status')).toContainText('次回からは新しいログインIDとパスワードでログインしてください。');
});
