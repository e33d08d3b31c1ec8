import { expect, type Page } from '@playwright/test';

type Look = (path: string, state: string) => Promise<void>;

async function refused(page: Page, button: string): Promise<void> {
  await page.getByRole('button', { name: button }).click();
  await expect(page.getByRole('alert').first()).toBeVisible();
}

async function lookAtWithdrawal(page: Page, look: Look): Promise<void> {
  await page.goto('/my/applications/withdrawal');
  await look('my/applications/withdrawal', 'services');
  await page.goto('/my/applications/withdrawal?step=confirm');
  await look('my/applications/withdrawal', 'question');
  await page.goto('/my/applications/withdrawal?step=form');
  await look('my/applications/withdrawal', 'form');
  await refused(page, '確認画面に進む');
  await look('my/applications/:id/associations', 'withdrawal-error');
}

async function lookAtChange(page: Page, look: Look): Promise<void> {
  await page.goto('/my/applications/change');
  await look('my/applications/change', 'empty');
  await refused(page, '入力フォームに進む');
  await look('my/applications/change', 'error');
  await page.goto('/my/applications/change');
  await page.getByRole('radio', { name: '勤務先の変更' }).check();
  await page.getByRole('button', { name: '入力フォームに進む' }).click();
  await page.waitForURL(/\/details/);
  await look('my/applications/:id/details', 'change');
  await page.goto(page.url().replace(/\/details.*/, '/change'));
  await look('my/applications/:id/change', 'filled');
}

async function lookAtTransfer(page: Page, look: Look): Promise<void> {
  await page.goto('/my/applications/transfer');
  await look('my/applications/transfer', 'empty');
  await refused(page, '異動先の選択に進む');
  await look('my/applications/transfer', 'error');
  await page.goto('/my/applications/transfer');
  await page.getByRole('radio', { name: '施設異動(勤務先)' }).check();
  await page.getByRole('button', { name: '異動先の選択に進む' }).click();
  await page.waitForURL(/\/destination/);
  await look('my/applications/:id/destination', 'empty');
  await page.goto(page.url().replace(/\/destination.*/, '/transfer'));
  await look('my/applications/:id/transfer', 'filled');
}

/** What a member may file besides 入会届. */
export async function lookAtMoves(page: Page, look: Look): Promise<void> {
  await lookAtWithdrawal(page, look);
  await lookAtChange(page, look);
  await lookAtTransfer(page, look);
}
