import { expect, type Page } from '@playwright/test';
import { dayText } from './days.ts';
import { beginJoin, chooseByAssociation, chooseCategories, expectUploaded, fillDetails, goOn, search, upload } from './doctor.ts';
import { doctorPage, officePage } from './door.ts';
import { openProgress, submitJoin } from './filing.ts';
import { test } from './journey.ts';
import { expectGoodLook } from './look.ts';
import { begin, openCase } from './office.ts';
import type { Paper } from './papers.ts';
import { disguised, licencePdf, wordPaper } from './papers.ts';
import { offices } from './people.ts';

const licence = licencePdf();
const bothSides = licencePdf('医師免許証_両面.pdf');
const resume = wordPaper('履歴書.docx', ['履歴書', '髙橋 𠮷田 2010年 医学部卒業']);

function rowOf(page: Page, title: string) {
  return page.getByRole('group', { name: `提出書類:${title}` });
}

/** Opens 「プレビュー」, which goes to a tab of its own, in this one. */
async function preview(page: Page, name: string): Promise<void> {
  const link = page.getByRole('link', { name: `${name}をプレビュー(新しいタブ)` }).first();
  await page.goto((await link.getAttribute('href')) ?? '');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('プレビュー');
}

async function expectPicture(page: Page, name: string): Promise<void> {
  const picture = page.getByRole('img', { name: `${name}の1ページ目の画像` });
  await expect(picture).toBeVisible();
  const answer = await page.request.get((await picture.getAttribute('src')) ?? '');
  expect([answer.status(), answer.headers()['content-type']]).toEqual([200, 'image/webp']);
}

/** As a person drops files from a folder; only script can. */
async function dropOn(page: Page, title: string, paper: Paper): Promise<void> {
  const data = await page.evaluateHandle(
    ({ name, type, base64 }) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([Uint8Array.from(atob(base64), (mark) => mark.charCodeAt(0))], name, { type }));
      return transfer;
    },
    { name: paper.name, type: paper.mimeType, base64: paper.buffer.toString('base64') },
  );
  await rowOf(page, title).locator('.ui-drop').dispatchEvent('drop', { dataTransfer: data });
}

test('提出書類:受付、プレビュー、添付つきの連絡、原本の確認、差し替え、控え', async ({ page, ways, kind }) => {
  test.setTimeout(300_000);
  const name = `papers-${kind}` as const;
  await doctorPage(page, name);
  await beginJoin(page);
  await chooseByAssociation(page, ways, { prefecture: '大阪府', text: '北区', association: offices.kita.label });
  await chooseCategories(page, { [offices.kita.label]: 'A1', [offices.osaka.label]: 'A1', [offices.jma.label]: 'A1' });
  await goOn(page, '入力フォームに進む');

  await test.step('受け付けられないファイルは欄で知らせ、入力は残る', async () => {
    await page.getByLabel('連絡事項').fill('書類は両面です。');
    await upload(page, ways, { row: '医師免許証', paper: disguised });
    await expect(
      rowOf(page, '医師免許証')
        .getByText(/^このファイルは受け付けられません。/)
        .first(),
    ).toBeVisible();
    await expect(page.getByLabel('連絡事項')).toHaveValue('書類は両面です。');
    if (ways.script) await expectGoodLook(page, `papers-refused-${kind}`);
  });

  await test.step('受け付けたファイルを削除し、別のファイルを入れる', async () => {
    if (ways.script) await dropOn(page, '医師免許証', bothSides);
    else await upload(page, ways, { row: '医師免許証', paper: bothSides });
    await expectUploaded(page, { row: '医師免許証', paper: bothSides });
    await page.getByRole('button', { name: `${bothSides.name}を削除` }).click();
    await expect(page.getByRole('status')).toHaveText('削除しました。');
    await expect(page.getByLabel('連絡事項')).toHaveValue('書類は両面です。');
    await upload(page, ways, { row: '医師免許証', paper: licence });
    await expectUploaded(page, { row: '医師免許証', paper: licence });
    await upload(page, ways, { row: '履歴書・経歴書', paper: resume });
    await expectUploaded(page, { row: '履歴書・経歴書', paper: resume });
    await expectGoodLook(page, `papers-uploaded-${kind}`);
  });

  const details = page.url();
  await test.step('医師はPDFを画像で、Wordを文字で確かめる', async () => {
    await preview(page, licence.name);
    await expectPicture(page, licence.name);
    await expectGoodLook(page, `papers-preview-pages-${kind}`);
    await page.goto(details);
    await preview(page, resume.name);
    await expect(page.getByText('文字と表だけを表示しています。')).toBeVisible();
    await expect(page.getByText('髙橋 𠮷田 2010年 医学部卒業')).toBeVisible();
    await expectGoodLook(page, `papers-preview-text-${kind}`);
    await page.goto(details);
  });

  await search(page, ways, { field: '所属施設を選択', text: 'さくら', hit: '北区さくら診療所' });
  await fillDetails(page, { wishedOn: dayText(0), work: '診療所(開設する者で管理者の医師)', position: '院長' });
  await goOn(page, '確認画面に進む');
  await expect(page.getByRole('link', { name: `${licence.name}をプレビュー(新しいタブ)` })).toBeVisible();
  const number = await submitJoin(page);

  const desk = await officePage(ways, 'kita');
  await test.step('事務局は画像で見て、原本の確認を記録し、添付つきで連絡する', async () => {
    await openCase(desk, name);
    const detail = desk.url();
    await preview(desk, licence.name);
    await expectPicture(desk, licence.name);
    await desk.goto(detail);
    await desk.getByText('原本の確認を記録する').click();
    await desk.getByRole('group', { name: '原本を事務局で確認済み' }).getByRole('checkbox', { name: '医師免許証' }).check();
    await desk
      .locator('form', { has: desk.getByRole('group', { name: '原本を事務局で確認済み' }) })
      .getByRole('button', { name: '保存する' })
      .click();
    await expect(desk.getByRole('status')).toHaveText('保存しました。');
    await expect(desk.getByText(/^原本を事務局で確認済み\(大阪市北区医師会/)).toBeVisible();
    await desk.getByRole('textbox', { name: '審査時連絡メッセージ' }).fill('見本を添付します。');
    await desk.getByLabel('添付ファイル').setInputFiles([disguised]);
    await desk.getByRole('button', { name: '送信する' }).click();
    await expect(desk.getByRole('alert')).toContainText('このファイルは受け付けられません。');
    await expect(desk.getByRole('textbox', { name: '審査時連絡メッセージ' })).toHaveValue('見本を添付します。');
    await desk.getByLabel('添付ファイル').setInputFiles([licencePdf('見本.pdf')]);
    await desk.getByRole('button', { name: '送信する' }).click();
    await expect(desk.getByRole('status')).toHaveText('送信しました。');
    await expect(desk.getByRole('list', { name: 'メッセージの添付' })).toContainText('見本.pdf');
    await expectGoodLook(desk, `papers-office-${kind}`);
  });

  await test.step('差戻しを受けた医師は添付を見て返信し、書類を差し替える', async () => {
    await begin(desk, '差戻し');
    await desk.getByRole('checkbox', { name: '提出書類:医師免許証' }).check();
    await desk.getByRole('checkbox', { name: '所属施設の確認が必要' }).check();
    await desk.getByRole('textbox', { name: '審査時連絡メッセージ' }).fill('裏面もお願いします。');
    await desk.getByRole('button', { name: '差し戻す' }).click();
    await expect(desk.getByRole('status')).toHaveText('差戻しました。');
    await openProgress(page, number);
    await expect(page.getByRole('list', { name: 'メッセージの添付' })).toContainText('見本.pdf');
    await page.getByRole('textbox', { name: '返信' }).fill('差し替えます。');
    await page.getByLabel('添付ファイル').setInputFiles([resume]);
    await page.getByRole('button', { name: '返信する' }).click();
    await expect(page.getByRole('status')).toHaveText('メッセージを送信しました。');
    await expect(page.getByRole('list', { name: 'メッセージの添付' })).toHaveCount(2);
    await page.getByRole('link', { name: '修正する' }).first().click();
    await page.getByRole('button', { name: `${licence.name}を削除` }).click();
    await expect(page.getByRole('status')).toHaveText('削除しました。');
    await upload(page, ways, { row: '医師免許証', paper: bothSides });
    await expectUploaded(page, { row: '医師免許証', paper: bothSides });
    await goOn(page, '確認画面に進む');
    await goOn(page, '再申請する');
    await expect(page.getByRole('status')).toHaveText('再申請しました。');
  });

  await test.step('事務局は差し替え前の書類も見る', async () => {
    await openCase(desk, name);
    await expect(desk.getByRole('listitem').filter({ hasText: '【差し替え前】' })).toContainText(licence.name);
    await expect(desk.getByRole('listitem').filter({ hasText: '【再申請で追加】' })).toContainText(bothSides.name);
    const copy = await desk.request.get(`${new URL(desk.url()).pathname}/print.pdf`);
    expect([copy.status(), copy.headers()['content-type']]).toEqual([200, 'application/pdf']);
  });

  await test.step('医師は控えをPDFで受け取る', async () => {
    await openProgress(page, number);
    const to = await page.getByRole('link', { name: '申請内容を印刷する' }).getAttribute('href');
    const copy = await page.request.get(to ?? '');
    expect([copy.status(), copy.headers()['content-type']]).toEqual([200, 'application/pdf']);
    expect((await copy.body()).subarray(0, 5).toString('latin1')).toBe('%PDF-');
    await expectGoodLook(page, `papers-case-${kind}`);
  });
});
