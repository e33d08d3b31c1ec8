import { readFileSync } from 'node:fs';
import { expect } from '@playwright/test';
import { officePage } from './door.ts';
import { test } from './journey.ts';
import { expectGoodLook } from './look.ts';
import { password } from './people.ts';

/** データ出力 (`screens.md O-23`) from the list of applications to the report that the file is gone. */

test('データ出力:目的を記してCSVを作り、取得し、削除を報告する', async ({ ways, javaScriptEnabled }) => {
  test.setTimeout(180_000);
  const page = await officePage(ways, 'kita');
  const look = async (name: string) => {
    if (javaScriptEnabled) await expectGoodLook(page, name);
  };

  await test.step('一覧の条件が引き継がれ、目的が無ければ作れない', async () => {
    await page.goto('/office/applications?tab=all');
    await page.getByRole('link', { name: 'CSVダウンロード' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'データ出力 新しい出力' })).toBeVisible();
    await expect(page.getByRole('main')).toContainText('区分:すべて');
    await look('export-new');
    await page.getByRole('button', { name: '作成する' }).click();
    await expect(page.getByRole('alert').getByRole('link', { name: '目的を選択してください' })).toBeVisible();
    await look('export-error');
  });

  await test.step('作成され、パスワードを確かめてから取得できる', async () => {
    await page.getByRole('combobox', { name: '目的' }).selectOption({ label: '会費事務' });
    await page.getByRole('button', { name: '作成する' }).click();
    await expect(page.getByRole('status')).toHaveText('作成を開始しました。');
    await expect(page.getByRole('button', { name: '取得する' })).toBeVisible({ timeout: 40_000 });
    await look('export-ready');
    await page.getByRole('textbox', { name: 'パスワード' }).fill('ちがいます');
    await page.getByRole('button', { name: '取得する' }).click();
    await expect(page.getByRole('alert').getByRole('link', { name: 'パスワードが正しくありません' })).toBeVisible();
    await page.getByRole('textbox', { name: 'パスワード' }).fill(password);
    const coming = page.waitForEvent('download');
    await page.getByRole('button', { name: '取得する' }).click();
    const download = await coming;
    expect(download.suggestedFilename()).toMatch(/^MAMIS_E\d{4}-\d{7}_申請一覧_\d{8}\.csv$/);
    const text = readFileSync(await download.path(), 'utf8');
    expect(text.startsWith('\u{feff}# 出力番号 E')).toBe(true);
    expect(text).toContain('受付番号,種別,状況');
  });

  await test.step('削除を報告すると、履歴に残る', async () => {
    await page.reload();
    await page.getByRole('textbox', { name: '削除した日' }).fill('2020/01/01');
    await page.getByRole('checkbox', { name: '取得したファイルを削除しました' }).check();
    await page.getByRole('button', { name: '削除を報告する' }).click();
    await expect(page.getByRole('status')).toHaveText('削除を報告しました。');
    await look('export-deleted');
    await page.getByRole('navigation').getByRole('link', { name: 'データ出力' }).first().click();
    await expect(page.getByRole('row').filter({ hasText: '削除報告済' }).first()).toBeVisible();
    await look('export-list');
  });
});

test('項目は目的に合わせて選べ、ほかの入力は残る', async ({ ways, javaScriptEnabled }) => {
  test.setTimeout(120_000);
  const page = await officePage(ways, 'kita');
  const column = (name: string) => page.getByRole('checkbox', { name, exact: true });
  const purpose = page.getByRole('combobox', { name: '目的' });
  const choose = page.getByRole('button', { name: '目的に合わせて項目を選び直す' });
  await page.goto('/office/exports/new?list=members&conditions=%3Fstatus%3Dall');
  await purpose.selectOption({ label: '会員数の調査・統計' });
  await choose.click();
  await expect(column('姓')).not.toBeChecked();
  await expect(column('会員区分')).toBeChecked();
  await purpose.selectOption({ label: '名簿の作成' });
  await page.getByRole('radio', { name: 'Excel' }).check();
  await choose.click();
  await expect(column('姓')).toBeChecked();
  await expect(column('医籍登録番号')).not.toBeChecked();
  await expect(page.getByRole('radio', { name: 'Excel' })).toBeChecked();
  if (javaScriptEnabled) await expectGoodLook(page, 'export-purpose');
  await page.getByRole('button', { name: '作成する' }).click();
  await expect(page.getByRole('status')).toHaveText('作成を開始しました。');
  await expect(page.getByRole('button', { name: '取得する' })).toBeVisible({ timeout: 40_000 });
  await expect(page.getByRole('main')).toContainText('所属施設名、施設郵便番号、施設住所、施設TEL');
});

test('宛名ラベル:会員一覧から、用紙を選んで作り、PDFを取得する', async ({ ways, javaScriptEnabled }) => {
  test.setTimeout(120_000);
  const page = await officePage(ways, 'kita');
  const look = async (name: string) => {
    if (javaScriptEnabled) await expectGoodLook(page, name);
  };
  await page.goto('/office/members?status=all');
  await expect(page.getByRole('columnheader', { name: '送付先' })).toBeVisible();
  await page.getByRole('button', { name: '宛名ラベル' }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: '宛名ラベル 新しい出力' })).toBeVisible();
  await look('labels-new');
  await page.getByRole('textbox', { name: '削除予定日' }).fill('2020/01/01');
  await page.getByRole('button', { name: '作成する' }).click();
  await expect(page.getByRole('alert').getByRole('link')).toHaveCount(1);
  await look('labels-error');
  await page.getByRole('link', { name: 'CSV・Excelで出力する' }).click();
  await expect(page.getByRole('radio', { name: '宛名ラベル(PDF)' })).toBeVisible();
  await look('labels-other-formats');
  await page.goto('/office/members?status=all');
  await page.getByRole('button', { name: '宛名ラベル' }).first().click();
  await page.getByRole('radio', { name: /24面/ }).check();
  await page.getByRole('button', { name: '作成する' }).click();
  await expect(page.getByRole('status')).toHaveText('作成を開始しました。');
  await expect(page.getByRole('button', { name: '取得する' })).toBeVisible({ timeout: 40_000 });
  await expect(page.getByRole('main')).toContainText('A4 24面');
  await look('labels-ready');
  await page.getByRole('textbox', { name: 'パスワード' }).fill(password);
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: '取得する' }).click();
  const download = await coming;
  expect(download.suggestedFilename()).toMatch(/^MAMIS_E\d{4}-\d{7}_宛名ラベル_\d{8}\.pdf$/);
  expect(
    readFileSync(await download.path())
      .subarray(0, 5)
      .toString('latin1'),
  ).toBe('%PDF-');
});

test('会員一覧で選んだ会員だけを、CSVとお知らせの対象にできる', async ({ ways, javaScriptEnabled }) => {
  const page = await officePage(ways, 'kita');
  await page.goto('/office/members?status=all');
  const rows = page.getByRole('table', { name: '会員一覧' }).getByRole('checkbox', { name: /を選択$/ });
  // The head's own box comes first.
  await rows.nth(1).check();
  await rows.nth(2).check();
  if (javaScriptEnabled) {
    await expect(page.getByText('2件選択中').first()).toBeVisible();
    await expectGoodLook(page, 'members-chosen');
  }
  await page.getByRole('button', { name: 'CSVダウンロード' }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: 'データ出力 新しい出力' })).toBeVisible();
  await expect(page.getByRole('main')).toContainText('対象:会員一覧で選択した会員');
  await expect(page.getByRole('row', { name: /^件数 2件$/ }).or(page.getByText('2件', { exact: true }))).toBeVisible();
  await page.goto('/office/members?status=all');
  await rows.nth(1).check();
  await page.getByRole('button', { name: 'お知らせを作成する' }).last().click();
  await expect(page.getByRole('checkbox', { name: '会員一覧で選択した会員(1名)だけ' })).toBeChecked();
  await expect(page.getByRole('radio', { name: '条件', exact: true })).toBeChecked();
  if (javaScriptEnabled) await expectGoodLook(page, 'notice-for-chosen');
});

test('会員一覧の条件の全員を選べ、条件はお知らせに引き継がれ、氏名は番地に現れない', async ({ ways, javaScriptEnabled }) => {
  const page = await officePage(ways, 'kita');
  await page.goto('/office/members?status=all');
  const count = await page
    .getByText(/^総件数:[\d,]+件$/)
    .first()
    .textContent();
  const everybody = /[\d,]+/.exec(count ?? '')?.[0] ?? '';
  await page.getByRole('checkbox', { name: `この条件の${everybody}件すべてを選択` }).check();
  if (javaScriptEnabled) await expect(page.getByText(`すべて(${everybody}件)を選択中`).first()).toBeVisible();
  await page.getByRole('button', { name: 'お知らせを作成する' }).first().click();
  await expect(page.getByRole('checkbox', { name: `会員一覧で選択した会員(${everybody}名)だけ` })).toBeChecked();
  await expect(page.getByText('お知らせを読めるのは、読む日に在籍している会員だけです。')).toBeVisible();
  await page.goto('/office/members?graduatedFrom=1900&mark=unregistered');
  await page.getByRole('button', { name: 'お知らせを作成する' }).first().click();
  await expect(page.getByRole('textbox', { name: '卒業年(から)' })).toHaveValue('1900');
  await expect(page.getByRole('checkbox', { name: 'マイページ未登録' })).toBeChecked();
  if (javaScriptEnabled) await expectGoodLook(page, 'notice-conditions');
  await page.goto('/office/members?status=all');
  const name = (await page.getByRole('table', { name: '会員一覧' }).getByRole('rowheader').first().getByRole('link').textContent()) ?? '';
  const surname = name.replace(/^[ァ-ヶー\s]+/, '').split(' ')[0] ?? '';
  await page.goto(`/office/members?name=${encodeURIComponent(surname)}`);
  await page.getByRole('button', { name: 'お知らせを作成する' }).first().click();
  await expect(page.getByRole('checkbox', { name: /^会員一覧で選択した会員/ })).toBeChecked();
  expect(decodeURIComponent(page.url())).not.toContain(surname);
});
