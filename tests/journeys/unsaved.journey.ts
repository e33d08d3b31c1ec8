import { expect, type Page } from '@playwright/test';
import { doctorPage, officePage } from './door.ts';
import { test } from './journey.ts';
import { expectGoodLook } from './look.ts';

/** Leaving with unsaved input (`screens.md 1.5`): asked with script, never in the way without. */

test.skip(({ kind }) => kind === 'noscript', 'the question is asked by script only');

const question = (page: Page) => page.getByRole('dialog', { name: '入力中の内容が保存されていません。このページを離れますか?' });

async function press(page: Page, name: string): Promise<void> {
  await question(page).getByRole('button', { name, exact: true }).click();
}

test('入力した医師は、離れる前に尋ねられる', async ({ page }) => {
  await doctorPage(page, 'look');
  await page.goto('/my/profile');
  const edit = page.getByRole('link', { name: '変更する', exact: true }).first();
  await edit.click();
  await page.getByLabel('TEL').focus();
  await page.getByRole('link', { name: '戻る', exact: true }).click();
  await expect(edit).toBeVisible();
  await edit.click();
  const tel = page.getByLabel('TEL');
  const before = await tel.inputValue();
  await tel.fill('090-0000-9999');
  const back = page.getByRole('link', { name: '戻る', exact: true });
  await back.click();
  await expect(question(page).getByRole('button', { name: 'とどまる' })).toBeFocused();
  await expectGoodLook(page, 'unsaved');
  await page.keyboard.press('Escape');
  await expect(question(page)).toBeHidden();
  await expect(back).toBeFocused();
  await expect(tel).toHaveValue('090-0000-9999');
  await page.goBack();
  await press(page, 'とどまる');
  await expect(tel).toHaveValue('090-0000-9999');
  await back.click();
  await press(page, '離れる');
  await expect(edit).toBeVisible();
  await edit.click();
  await tel.fill('090');
  await tel.fill(before);
  await back.click();
  await expect(edit).toBeVisible();
});

test('送ること、受け付けられなかった後に戻ることは妨げられない', async ({ page: unused, ways }) => {
  await unused.close();
  const page = await officePage(ways, 'tokyo');
  await page.goto('/office/notices/new');
  const first = page.getByRole('main').getByRole('textbox').first();
  await first.fill('書きかけ');
  await page.getByRole('navigation').getByRole('link', { name: '申請管理' }).first().click();
  await press(page, 'とどまる');
  await page.goto('/office/staff-members');
  await page.getByRole('link', { name: '新規登録', exact: true }).click();
  await page.locator('[name=surname]').fill('芝');
  await page.getByRole('button', { name: '登録する', exact: true }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(page.locator('[name=surname]')).toHaveValue('芝');
  await page.getByRole('link', { name: '戻る', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: '事務局ユーザー' })).toBeVisible();
});
