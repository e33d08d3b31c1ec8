import { expect, type Page } from '@playwright/test';
import { dayText } from './days.ts';
import { beginJoin, chooseByAssociation, chooseCategories, expectUploaded, fillDetails, goOn, search, upload } from './doctor.ts';
import { doctorPage } from './door.ts';
import type { Ways } from './journey.ts';
import { licencePdf } from './papers.ts';
import { type DoctorName, offices } from './people.ts';

/** A doctor logs in and fills in 入会届 for 大阪市北区 up to the JMA; the page to confirm is open afterwards. */
export async function prepareJoin(page: Page, ways: Pick<Ways, 'script'>, name: DoctorName): Promise<void> {
  const { kita, osaka, jma } = offices;
  await doctorPage(page, name);
  await beginJoin(page);
  await chooseByAssociation(page, ways, { prefecture: '大阪府', text: '北区', association: kita.label });
  await chooseCategories(page, { [kita.label]: 'A1', [osaka.label]: 'A1', [jma.label]: 'A1' });
  await goOn(page, '入力フォームに進む');
  const paper = licencePdf();
  await upload(page, ways, { row: '医師免許証', paper });
  await expectUploaded(page, { row: '医師免許証', paper });
  await search(page, ways, { field: '所属施設を選択', text: 'さくら', hit: '北区さくら診療所' });
  await fillDetails(page, { wishedOn: dayText(0), work: '診療所(開設する者で管理者の医師)', position: '院長', designations: ['保険医'] });
  await goOn(page, '確認画面に進む');
  await expect(page.getByText('入力内容をご確認ください。')).toBeVisible();
}

/** Sends what `prepareJoin` left open; answers with 受付番号. */
export async function submitJoin(page: Page): Promise<string> {
  await goOn(page, '入会を申請する');
  await expect(page.getByText('入会の申請を受付けました。')).toBeVisible();
  const number = /\d{4}-\d{7}/.exec(await page.getByText('受付番号:').innerText())?.[0];
  if (number === undefined) throw new Error('no 受付番号 on the completion page');
  return number;
}

/** The progress page of the case that was just sent. */
export async function openProgress(page: Page, number: string): Promise<void> {
  await page.goto('/my/applications?tab=all');
  await page.getByRole('main').getByRole('link', { name: number }).click();
  await expect(page.getByRole('main')).toContainText(number);
}
