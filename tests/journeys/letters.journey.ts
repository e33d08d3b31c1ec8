import { expect, type Page } from '@playwright/test';
import { dayText } from './days.ts';
import { logIn, logOut } from './door.ts';
import { type Ways, test } from './journey.ts';
import { makeGallery } from './look.ts';
import { licenceOf, nameOf } from './people.ts';

/** Letters with login information (P-04), and 書状のコードを持っている. */

type Look = (path: string, state: string) => Promise<void>;

const letters = 'operations/login-letters';

function looksOf(page: Page, ways: Ways): Look {
  const { look } = makeGallery(page);
  return ways.script ? look : async () => undefined;
}

async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('main').getByRole('button', { name, exact: true }).click();
}

async function heading(page: Page, name: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible();
}

/** What 書状を印刷する would send: the browser itself only shows or saves the PDF. */
async function print(page: Page): Promise<{ type: string | undefined; start: string }> {
  const fields = await page
    .locator('form[action="/operations/login-letters/print"] input')
    .evaluateAll((boxes) => boxes.flatMap((box) => (box instanceof HTMLInputElement ? [[box.name, box.value] as const] : [])));
  const answer = await page.request.post('/operations/login-letters/print', {
    form: Object.fromEntries(fields),
    headers: { Origin: new URL(page.url()).origin },
  });
  return { type: answer.headers()['content-type'], start: (await answer.body()).subarray(0, 5).toString('latin1') };
}

test('ログイン情報の書状:運営事務局が照合して印刷し、医師は書状のコードから再設定に進む', async ({ page, ways }) => {
  const look = looksOf(page, ways);
  const { surname, givenName } = nameOf('login');
  await logIn(page, 'office-operations');
  await page.getByRole('navigation').getByRole('link', { name: 'ログイン情報の書状' }).first().click();
  await heading(page, 'ログイン情報の書状');
  await look(letters, 'empty');
  await press(page, '照合する');
  await expect(page.getByRole('alert').getByRole('link', { name: '医籍登録番号を入力してください' })).toBeVisible();
  await look(letters, 'error');
  await page.getByRole('radio', { name: /^ログインの再設定/ }).check();
  await page.getByRole('textbox', { name: '医籍登録番号' }).fill(`第${licenceOf('login')}号`);
  await page.locator('#f-surname').fill(surname);
  await page.locator('#f-givenName').fill(givenName);
  await page.getByRole('textbox', { name: '生年月日' }).fill('1982/06/02');
  await page.getByRole('combobox', { name: '閲覧の目的 必須' }).selectOption('ログインの再設定(本人の依頼)');
  await page.getByRole('checkbox', { name: '本人の同意を確認しました' }).check();
  await page.getByRole('combobox', { name: '同意の確認方法' }).selectOption('電話');
  await page.getByRole('textbox', { name: '同意を確認した日' }).fill(dayText(0));
  await press(page, '照合する');
  await expect(page.getByRole('alert')).toContainText('一致しません:確認できた項目のみで進めることはできません');
  await page.getByRole('textbox', { name: '生年月日' }).fill('昭和57年6月1日');
  await press(page, '照合する');
  await expect(page.getByText('一致しました', { exact: true })).toBeVisible();
  await expect(page.getByRole('main')).toContainText('大阪府大阪市北区梅田1-1-1');
  await look(letters, 'filled');
  expect(await print(page)).toEqual({ type: 'application/pdf', start: '%PDF-' });
  await logOut(page);

  await page.goto('/recover');
  await page.getByRole('link', { name: '書状のコードを持っている' }).click();
  await heading(page, '書状のコードを持っている');
  await look('recover/letter', 'empty');
  await page.getByRole('textbox', { name: '医籍登録番号' }).fill(licenceOf('login'));
  await page.getByRole('textbox', { name: '生年月日' }).fill('1982/06/01');
  await page.getByRole('textbox', { name: '書状のコード' }).fill('ABCD-2345-EFGH-6789');
  await press(page, '送信する');
  await expect(page.getByRole('alert')).toContainText('入力内容をご確認ください。');
  await expect(page.getByRole('textbox', { name: '書状のコード' })).toHaveValue('ABCD-2345-EFGH-6789');
  await look('recover/letter', 'error');
});
