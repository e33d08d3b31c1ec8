import { expect, type Page } from '@playwright/test';
import type { Ways } from './journey.ts';
import type { Paper } from './papers.ts';

/** What doctors do with 入会届. */

/** From マイページTOP to step 1. */
export async function beginJoin(page: Page): Promise<void> {
  await page.getByRole('main').getByRole('link', { name: '入会届' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '入会届' })).toBeVisible();
}

/** Types part of a name and takes one of the hits: as suggestion, or by 検索 where no script runs. */
export async function search(page: Page, ways: Pick<Ways, 'script'>, ask: { field: string; text: string; hit: string }): Promise<void> {
  const box = page.getByLabel(ask.field);
  if (ways.script) {
    // A facility may stand there already: the first press takes all of it, so that what is typed stands in its place.
    await box.click();
    await box.pressSequentially(ask.text);
    await page.getByRole('option', { name: ask.hit }).click();
  } else {
    await box.fill(ask.text);
    await page.locator('form', { has: box }).getByRole('button', { name: '検索', exact: true }).click();
    await page.getByRole('radio', { name: ask.hit }).check();
  }
}

/** 「医師会を指定する」 */
export async function chooseByAssociation(
  page: Page,
  ways: Pick<Ways, 'script'>,
  ask: { prefecture: string; text: string; association: string },
): Promise<void> {
  await page.getByLabel('都道府県', { exact: true }).selectOption(ask.prefecture);
  await search(page, ways, { field: '郡市区等医師会・大学医師会', text: ask.text, hit: ask.association });
  await page.getByRole('button', { name: 'この医師会を表示する' }).click();
}

/** 「勤務先から選ぶ」 */
export async function chooseByWorkplace(page: Page, ways: Pick<Ways, 'script'>, ask: { text: string; facility: string }): Promise<void> {
  await search(page, ways, { field: '所属施設', text: ask.text, hit: ask.facility });
  await page.getByRole('button', { name: 'この勤務先の医師会を表示する' }).click();
}

/** One 会員区分 for every association that is to be joined, by its word in that association's master. */
export async function chooseCategories(page: Page, categories: Readonly<Record<string, string>>): Promise<void> {
  for (const [association, category] of Object.entries(categories)) {
    await page.getByRole('combobox', { name: `${association}の会員区分` }).selectOption({ label: category });
  }
}

export type Details = { wishedOn: string; work: string; position: string; designations?: readonly string[]; note?: string };

/** Step 2 without facility and papers. */
export async function fillDetails(page: Page, details: Details): Promise<void> {
  await page.getByRole('textbox', { name: '入会希望年月日' }).fill(details.wishedOn);
  await page.getByLabel('施設・業務').selectOption({ label: details.work });
  await page.getByRole('combobox', { name: '役職' }).selectOption({ label: details.position });
  for (const designation of details.designations ?? []) await page.getByRole('checkbox', { name: designation }).check();
  if (details.note !== undefined) await page.getByLabel('連絡事項').fill(details.note);
}

/** Puts a paper into a row; script uploads at once, without it a button does. */
export async function upload(page: Page, ways: Pick<Ways, 'script'>, ask: { row: string; paper: Paper }): Promise<void> {
  const row = page.getByRole('group', { name: `提出書類:${ask.row}` });
  await row.locator('input[type="file"]').setInputFiles(ask.paper);
  if (!ways.script) await row.getByRole('button', { name: 'アップロードする' }).click();
}

export async function expectUploaded(page: Page, ask: { row: string; paper: Paper }): Promise<void> {
  const row = page.getByRole('group', { name: `提出書類:${ask.row}` });
  await expect(row.getByText(ask.paper.name, { exact: true })).toBeVisible();
  await expect(row.getByText('受付済').first()).toBeVisible();
}

export async function goOn(page: Page, button: string): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).click();
}
