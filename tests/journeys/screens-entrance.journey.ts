import { expect } from '@playwright/test';
import { logIn, logOut } from './door.ts';
import { test } from './journey.ts';
import { makeGallery } from './look.ts';
import { doctorLogin, officeLogin } from './people.ts';
import { screens } from './screens.ts';

test('見た目と使いやすさ:入口、受信箱、エラー画面', async ({ page }) => {
  test.setTimeout(600_000);
  const { look, seen } = makeGallery(page);
  await page.goto('/login');
  await look('login', 'empty');
  await page.getByRole('button', { name: 'ログイン', exact: true }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await look('login', 'error');
  await page.getByRole('textbox', { name: 'ログインID' }).fill('nobody-at-all');
  await page.getByRole('textbox', { name: 'パスワード' }).fill('Wrong2026!');
  await page.getByText('医師会事務局の方でログインできない場合').click();
  await look('login', 'filled');
  await page.goto('/my');
  await look('login', 'asked');

  await page.goto('/_mailbox');
  await expect(page.getByRole('link', { name: /MAMIS/ }).nth(1)).toBeVisible();
  await look('_mailbox', 'filled');
  await page.getByRole('textbox', { name: '宛先' }).fill('nobody@example.jp');
  await page.getByRole('button', { name: '検索' }).click();
  await expect(page.getByText('該当するデータはありません。')).toBeVisible();
  await look('_mailbox', 'empty');
  await page.goto('/_mailbox');
  await page.getByRole('rowheader').getByRole('link').first().click();
  await expect(page.getByRole('region', { name: '本文' })).toBeVisible();
  await look('_mailbox/:id', 'filled');

  await page.goto('/no-such-page');
  await look('no-such-page', 'nobody');
  await logIn(page, 'office-operations');
  await page.goto('/operations/account');
  await look('operations/account', 'filled');
  await page.goto('/operations/mails');
  await look('operations/mails', 'filled');
  await page.goto('/operations/mails?state=stopped&template=M');
  await look('operations/mails', 'error');
  await logOut(page);
  await logIn(page, doctorLogin('login'));
  await page.goto('/office');
  await expect(page.getByRole('heading', { level: 1, name: 'このページを表示する権限がありません' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'ログアウト' }).first()).toBeVisible();
  await look('office', 'forbidden');
  await page.context().clearCookies();
  await logIn(page, officeLogin('minato'));
  await page.goto('/office/applications/01900000-0000-7000-8000-000000000000');
  await expect(page.getByRole('heading', { level: 1, name: 'ページが見つかりません' })).toBeVisible();
  await look('office/applications/:id', 'missing');

  // /setup and /terms/consent have their own journey, on an installation without anybody; invitations, registration, recovery and the check of certificates are looked at in theirs, public notices in notice.journey.ts, お問合せ and よくある質問 in inquiry.journey.ts, the JMA's pages with those of offices.
  const mine = screens.filter(
    (path) =>
      !/^(my|office|jma|invitations|register|first-login|recover|reset|verify|public-notices|contact|help|status|accessibility|operations)(\/|$)|^(setup|terms|privacy)$|^terms\/|^login\/|^(new|old)-mail\//.test(
        path,
      ),
  );
  expect(mine.filter((path) => !seen.has(path))).toEqual([]);
});
