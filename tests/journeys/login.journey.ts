import { expect } from '@playwright/test';
import { logIn, logOut } from './door.ts';
import { doctorLogin, officeLogin } from './people.ts';
import { test } from './journey.ts';

const heading = '会員・事務局 ログイン';

test('医師と事務局は同じ入口から入り、それぞれのTOPが開く', async ({ page }) => {
  await logIn(page, doctorLogin('login'));
  await expect(page).toHaveURL(/\/my$/);
  await expect(page.getByText('マイページ:', { exact: false }).first()).toBeVisible();
  await logOut(page);
  await logIn(page, officeLogin('kita'));
  await expect(page).toHaveURL(/\/office$/);
  await expect(page.getByText('大阪市北区医師会').first()).toBeVisible();
});

test('ログインが必要なページはログイン画面になり、ログイン後にそのページへ戻る', async ({ page }) => {
  await page.goto('/my/applications');
  await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
  await expect(page.getByText('ログインしてください。')).toBeVisible();
  await page.getByRole('textbox', { name: 'ログインID' }).fill(doctorLogin('login'));
  await page.getByRole('textbox', { name: 'パスワード' }).fill('Journey2026!');
  await page.getByRole('button', { name: 'ログイン', exact: true }).click();
  await expect(page).toHaveURL(/\/my\/applications$/);
  await expect(page.getByRole('heading', { level: 1, name: '申請状況' })).toBeVisible();
});

test('他所のサイトへは戻らない', async ({ page }) => {
  await page.goto('/login?next=https://example.com/');
  await page.getByRole('textbox', { name: 'ログインID' }).fill(doctorLogin('login'));
  await page.getByRole('textbox', { name: 'パスワード' }).fill('Journey2026!');
  await page.getByRole('button', { name: 'ログイン', exact: true }).click();
  await expect(page).toHaveURL(/localhost:\d+\/my$/);
});

test('空欄と誤った組合せはその場で分かり、入力したIDは残り、パスワードは画面に戻らない', async ({ page }) => {
  await page.goto('/login');
  await page.getByRole('button', { name: 'ログイン', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('入力内容に誤りがあります。');
  await expect(page.getByRole('alert').getByRole('link', { name: 'ログインIDを入力してください' })).toBeVisible();
  await expect(page.getByRole('alert').getByRole('link', { name: 'パスワードを入力してください' })).toBeVisible();
  await page.getByRole('textbox', { name: 'ログインID' }).fill('nobody-here');
  await page.getByRole('textbox', { name: 'パスワード' }).fill('Wrong2026!');
  await page.getByRole('button', { name: 'ログイン', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('ログインIDまたはパスワードが正しくありません。');
  await expect(page.getByRole('textbox', { name: 'ログインID' })).toHaveValue('nobody-here');
  expect(await page.content()).not.toContain('Wrong2026!');
});

test('ログアウト後は、前の画面に戻っても内容は表示されない', async ({ page }) => {
  await logIn(page, doctorLogin('login'));
  await logOut(page);
  await page.goto('/my');
  await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
  await page.goBack();
  await page.reload();
  await expect(page.getByText('マイページ:')).toHaveCount(0);
});

test('パスキーのボタンは、使えるときだけ見える', async ({ page, kind }) => {
  const button = page.getByRole('button', { name: 'パスキーでログイン' });
  await page.goto('/login');
  await expect(button).toBeVisible({ visible: kind === 'script' });
  await logIn(page, doctorLogin('login'));
  await page.goto('/my/account');
  await page.locator('summary', { hasText: 'パスキーを追加する' }).click();
  await expect(page.getByRole('textbox', { name: 'パスキーの名前' })).toBeVisible({ visible: kind === 'script' });
  // What stands in <noscript> is read by no locator, only by browsers without script.
  expect(await page.locator('details', { hasText: 'パスキーの名前' }).innerText()).toContain(
    kind === 'script' ? '現在のパスワード' : 'パスキーを追加するには、ブラウザのJavaScriptを有効にしてください。',
  );
});
