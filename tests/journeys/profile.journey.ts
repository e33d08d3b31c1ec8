import { expect } from '@playwright/test';
import { doctorPage } from './door.ts';
import { test } from './journey.ts';
import { expectMail } from './mail.ts';
import { doctorLogin, nameOf } from './people.ts';

/** 登録情報 (D-03) and 送付物設定 (D-04), with and without script. */

test('登録情報を変更し、送付先を自宅にする', async ({ page, kind }) => {
  const name = `profile-${kind}` as const;
  await doctorPage(page, name);
  await page.goto('/my/profile');
  await page.getByRole('link', { name: '変更する', exact: true }).first().click();
  await page.getByLabel('郵便番号').fill('５３０−０００１');
  await page.getByRole('button', { name: '住所を検索' }).click();
  await expect(page.getByLabel('市区町村・番地')).toHaveValue(/梅田/);
  await page.getByLabel('市区町村・番地').fill('大阪市北区梅田9-9');
  await page.locator('#f-surname').fill('鷲尾');
  await page.locator('#f-surnameKana').fill('わしお');
  await page.getByLabel('TEL').fill('でんわ');
  await page.getByRole('button', { name: '確認画面へ進む' }).click();
  await expect(page.getByRole('alert')).toContainText('TELは数字とハイフンで入力してください');
  await expect(page.locator('#f-surname')).toHaveValue('鷲尾');
  await page.getByLabel('TEL').fill('０９０ー１２３４ー５６７８');
  await page.getByRole('button', { name: '確認画面へ進む' }).click();
  await expect(page.getByRole('table', { name: '変更前と変更後' })).toContainText('090-1234-5678');
  await page.getByRole('button', { name: '登録する' }).click();
  await expect(page.getByRole('alert')).toContainText('いずれかを選択ください');
  await page.getByRole('radio', { name: 'はい' }).check();
  await page.getByRole('button', { name: '登録する' }).click();
  await expect(page.getByText('登録情報を変更しました。')).toBeVisible();
  await expect(page.getByText(nameOf(name).surname, { exact: true })).toBeVisible();
  await expectMail(page, { to: `${doctorLogin(name)}@example.jp`, subject: '登録情報が変更されました' });
  await page.goto('/my/mailing-preference');
  await page.getByRole('radio', { name: '自宅' }).first().check();
  await page.getByLabel('送付物の宛名に旧姓・旧名を使用する').check();
  await page.getByRole('button', { name: '宛名を確かめる' }).click();
  await expect(page.getByText(`${nameOf(name).surname} ${nameOf(name).givenName} 様`, { exact: true })).toBeVisible();
  await page.getByRole('button', { name: '保存する' }).click();
  await expect(page.getByText('保存しました。')).toBeVisible();
});
