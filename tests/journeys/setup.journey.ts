import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect } from '@playwright/test';
import { publishOnPort } from './backstage.ts';
import { expectGoodLook } from './look.ts';
import { test } from './journey.ts';

/** An installation without anybody: the code from the console makes the first 管理者, once. */

/** A port of its own for each worker: with and without script may come at the same time. */
const port = Number(process.env['JOURNEY_PORT'] ?? '3417') + 1 + Number(process.env['TEST_PARALLEL_INDEX'] ?? '0');
const origin = `http://localhost:${port}`;
let product: ChildProcess;
let code = '';

test.beforeAll(async () => {
  test.setTimeout(120_000);
  product = spawn(process.execPath, ['tests/journeys/server.ts', String(port), '--empty'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const { stdout } = product;
  if (stdout === null) throw new Error('the console of the product cannot be read');
  for await (const line of createInterface(stdout)) {
    code = /enter the code (\S+)/.exec(line)?.[1] ?? code;
    if (line.startsWith('journeys:')) break;
  }
});

test.afterAll(async () => {
  const ended = once(product, 'exit');
  product.kill('SIGTERM');
  await ended;
});

test('最初の管理者を登録すると、その人でログインでき、登録画面は閉じる', async ({ page }) => {
  await page.goto(`${origin}/setup`);
  await expect(page.getByRole('heading', { level: 1, name: '最初の管理者の登録' })).toBeVisible();
  await expectGoodLook(page, 'setup-empty');
  await page.getByRole('button', { name: '登録する' }).click();
  await expect(page.getByRole('alert')).toContainText('設定コードが正しくありません。起動した画面に表示されたコードを入力してください。');
  await expectGoodLook(page, 'setup-error');

  const fill = async (label: string, text: string) => await page.getByRole('textbox', { name: label, exact: true }).fill(text);
  await page.getByRole('textbox', { name: '設定コード' }).fill('00000000');
  await page.getByRole('textbox', { name: 'セイ(フリガナ)' }).fill('ヤマサキ');
  await page.getByRole('textbox', { name: 'メイ(フリガナ)' }).fill('ミドリ');
  await fill('姓 必須', '山﨑');
  await fill('名 必須', '緑');
  await page.getByRole('textbox', { name: 'メールアドレス' }).fill('first@example.jp');
  await page.getByRole('textbox', { name: 'ログインID' }).fill('first-admin');
  await page.getByRole('textbox', { name: 'パスワード 必須' }).fill('Kusunoki7!tree');
  await page.getByRole('textbox', { name: 'パスワード(確認)' }).fill('Kusunoki7!tree');
  await expectGoodLook(page, 'setup-filled');
  await page.getByRole('button', { name: '登録する' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'セイ(フリガナ)' })).toHaveValue('ヤマサキ');

  await page.getByRole('textbox', { name: '設定コード' }).fill(code);
  await page.getByRole('textbox', { name: 'パスワード 必須' }).fill('Kusunoki7!tree');
  await page.getByRole('textbox', { name: 'パスワード(確認)' }).fill('Kusunoki7!tree');
  await page.getByRole('button', { name: '登録する' }).click();
  await expect(page.getByRole('status')).toContainText('管理者を登録しました。');
  await page.getByRole('textbox', { name: 'ログインID' }).fill('first-admin');
  await page.getByRole('textbox', { name: 'パスワード' }).fill('Kusunoki7!tree');
  await page.getByRole('button', { name: 'ログイン', exact: true }).click();
  await expect(page.getByText('山﨑 緑')).toBeVisible();
  await expect(page).toHaveURL(`${origin}/office`);

  const again = await page.request.get(`${origin}/setup`);
  expect([403, 404]).toContain(again.status());
});

test('規約の新しい版の後のログインでは、同意するまで閲覧とお問合せだけができる', async ({ page }) => {
  await publishOnPort(port, { kind: 'office', changes: '第3条に、出力したデータの廃棄について定めました。' });
  await page.goto(`${origin}/login`);
  await page.getByRole('textbox', { name: 'ログインID' }).fill('first-admin');
  await page.getByRole('textbox', { name: 'パスワード' }).fill('Kusunoki7!tree');
  await page.getByRole('button', { name: 'ログイン', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: '利用規約の変更への同意' })).toBeVisible();
  await page.goto(`${origin}/office/members?size=50`);
  await expect(page.getByText('出力したデータの廃棄について')).toBeVisible();
  await expectGoodLook(page, 'terms-consent-empty');
  await page.getByRole('button', { name: '次へ' }).click();
  await expect(page.getByRole('alert')).toContainText('「事務局規約に同意する」にチェックを入れてください');
  await expectGoodLook(page, 'terms-consent-error');
  await page.getByRole('button', { name: '今は同意しない' }).click();
  await expect(page).toHaveURL(`${origin}/office/members?size=50`);
  await expect(page.getByText('閲覧とお問合せだけがご利用いただけます。')).toBeVisible();
  await expectGoodLook(page, 'terms-consent-later');
  await page.goto(`${origin}/office/association/edit`);
  await page.getByRole('button', { name: '確認画面に進む' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '利用規約の変更への同意' })).toBeVisible();
  await page.getByRole('checkbox', { name: '事務局規約に同意する' }).check();
  await page.getByRole('button', { name: '次へ' }).click();
  await expect(page.getByText('規約の変更への同意を記録しました。')).toBeVisible();
  await page.goto(`${origin}/terms/office`);
  await expect(page.getByText('第2版')).toBeVisible();
  await expectGoodLook(page, 'terms-office');
});
