import { expect, type Page } from '@playwright/test';
import { totpCode, totpStep } from '#platform/second-factor/totp.ts';
import { shownKey } from './authenticator-app.ts';
import { logIn, logOut } from './door.ts';
import { test } from './journey.ts';
import { makeGallery } from './look.ts';
import { doctorLogin, password } from './people.ts';

/** A device of the browser itself that keeps passkeys and always finds its owner present. */
async function addDevice(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

/** With an authenticator app set up besides, the passkey stands for its code after the password. */
async function asSecondFactor(page: Page, loginId: string, look: (path: string, state: string) => Promise<void>): Promise<void> {
  await page.goto('/login/second-factor/setup');
  await page.getByRole('button', { name: '設定を始める' }).click();
  const key = await shownKey(page);
  await page.getByRole('textbox', { name: '確認コード' }).fill(totpCode(key, totpStep(new Date())));
  await page.locator('#f-passwordForFactor').fill(password);
  await page.getByRole('button', { name: '設定する', exact: true }).click();
  await page.getByRole('checkbox', { name: '控えを保管しました' }).check();
  await page.getByRole('button', { name: '次へ' }).click();
  await logOut(page);
  await page.getByRole('textbox', { name: 'ログインID' }).fill(loginId);
  await page.getByRole('textbox', { name: 'パスワード' }).fill(password);
  await page.getByRole('button', { name: 'ログイン', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: '2段階認証' })).toBeVisible();
  await look('login/second-factor', 'passkey');
  await page.getByRole('checkbox', { name: 'この端末では30日間省略する' }).check();
  await page.getByRole('button', { name: 'パスキーを使う' }).click();
  await expect(page).toHaveURL(/\/my$/);
  // The tick of the other form has come along: the next login asks for nothing more.
  await logOut(page);
  await logIn(page, loginId);
}

test('パスキー:ログイン情報で追加し、パスワードなしでログインし、削除する', async ({ page }) => {
  test.setTimeout(120_000);
  const { look } = makeGallery(page);
  const loginId = doctorLogin('passkey');
  await addDevice(page);
  await logIn(page, loginId);
  await page.goto('/my/account');
  await expect(page.getByText('パスキーは登録されていません。')).toBeVisible();
  await page.locator('summary', { hasText: 'パスキーを追加する' }).click();
  await page.getByRole('textbox', { name: 'パスキーの名前' }).fill('診療所のパソコン');
  await page.locator('#f-passwordForPasskey').fill('Wrong2026!');
  await page.getByRole('button', { name: 'パスキーを追加する' }).click();
  await expect(page.getByText('パスワードが正しくありません。')).toBeVisible();
  await look('my/account', 'passkey-error');
  await page.locator('#f-passwordForPasskey').fill(password);
  await page.getByRole('button', { name: 'パスキーを追加する' }).click();
  await expect(page.getByText('パスキー「診療所のパソコン」を追加しました。')).toBeVisible();
  await expect(page.getByRole('term').filter({ hasText: '診療所のパソコン' })).toBeVisible();
  await look('my/account', 'passkey');
  await logOut(page);

  await page.goto('/my/applications');
  await page.getByRole('button', { name: 'パスキーでログイン' }).click();
  await expect(page).toHaveURL(/\/my\/applications$/);
  await page.goto('/my/account');
  await expect(page.getByText(/最終利用日 \d{4}/).first()).toBeVisible();

  await asSecondFactor(page, loginId, look);

  await page.goto('/my/account');
  await page.locator('summary', { hasText: 'パスキーを削除する' }).click();
  await page.getByRole('button', { name: 'パスキーを削除する' }).click();
  await expect(page.getByRole('alert').first()).toContainText('削除するパスキーを選択してください');
  await look('my/account', 'passkey-delete');
  await page.getByRole('radio', { name: /診療所のパソコン/ }).check();
  await page.locator('#f-passwordToDelete').fill(password);
  await page.getByRole('button', { name: 'パスキーを削除する' }).click();
  await expect(page.getByText('パスキーは登録されていません。')).toBeVisible();
  await logOut(page);

  // The device still has it; we do not know it any more.
  await page.getByRole('button', { name: 'パスキーでログイン' }).click();
  await expect(page.getByRole('alert').first()).toContainText('パスキーを確認できませんでした。');
  await look('login', 'passkey-error');
});
