import { expect } from '@playwright/test';
import { dayText } from './days.ts';
import { officePage } from './door.ts';
import { test } from './journey.ts';
import { expectGoodLook } from './look.ts';

/** 医師会マスタ (J-02): a new association is planned, and taken back before its day. */

const codes = { script: '27956', noscript: '27957' } as const;

test('新しい医師会の設立の予約を、理由を添えて取り消す', async ({ ways, kind }) => {
  const page = await officePage(ways, 'jma');
  const code = codes[kind];
  const look = async (name: string) => {
    if (kind === 'script') await expectGoodLook(page, `opening-${name}`);
  };
  await page.goto('/jma/associations/new');
  for (const [name, value] of Object.entries({
    code,
    name: `予定の医師会${code}`,
    kana: 'ヨテイノイシカイ',
    parentCode: '27000',
    surname: '初期',
    givenName: '花子',
    surnameKana: 'ショキ',
    givenNameKana: 'ハナコ',
    adminMail: `first-${code}@example.jp`,
  }))
    await page.locator(`[name=${name}]`).fill(value);
  await page.getByRole('combobox', { name: '階層' }).selectOption('3');
  await page.getByRole('combobox', { name: '種別' }).selectOption('district');
  await page.getByRole('combobox', { name: '都道府県' }).selectOption('27');
  await page.getByRole('textbox', { name: '設立日' }).fill(dayText(90));
  await page.getByRole('button', { name: '登録する' }).click();
  await expect(page.getByRole('status')).toHaveText('登録しました。');
  await expect(page.getByRole('heading', { name: '設立の予約' })).toBeVisible();

  await page.getByRole('button', { name: '予約を取り消す' }).click();
  await expect(page.getByRole('alert')).toContainText('取消の理由を入力してください');
  await look('error');
  await page.getByRole('textbox', { name: '取消の理由' }).fill('総会で設立が見送られたため');
  await page.getByRole('button', { name: '予約を取り消す' }).click();
  await expect(page.getByRole('status')).toHaveText('設立の予約を取り消しました。');
  await expect(page.getByText('設立の予約は取り消されました。この医師会は設立されていません。')).toBeVisible();
  await expect(page.getByText('総会で設立が見送られたため')).toBeVisible();
  await expect(page.getByRole('button', { name: '予約を取り消す' })).toHaveCount(0);
  await look('withdrawn');

  await page.goto(`/jma/associations?q=${code}&state=withdrawn`);
  await expect(page.getByRole('row').filter({ hasText: code })).toContainText('取消');
  await look('list');
});
