import { expect, type Page } from '@playwright/test';
import { dayText } from './days.ts';
import { chooseByWorkplace, chooseCategories } from './doctor.ts';
import { fillLeaving } from './moves.ts';

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
  await page.getByRole('checkbox', { name: '大阪府医師会' }).check();
  await fillLeaving(page, { wishedOn: dayText(30), reason: '廃業・退職' });
  await page.getByRole('button', { name: '確認画面に進む' }).click();
  await page.waitForURL(/\/review/);
  await look('my/applications/:id/review', 'withdrawal');
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
  await page.getByRole('combobox', { name: '大阪市北区医師会 変更後の会員区分' }).selectOption({ label: 'A2(B)' });
  await page.getByRole('button', { name: '入力フォームに進む' }).click();
  await page.getByRole('textbox', { name: '入会または異動希望年月日' }).fill(dayText(1));
  await page.getByRole('button', { name: '確認画面に進む' }).click();
  await page.waitForURL(/\/review/);
  await look('my/applications/:id/review', 'change');
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
  await page.getByRole('button', { name: '異動先の選択に進む' }).click();
  await chooseByWorkplace(page, { script: true }, { text: 'つばき', facility: '都島つばき医院' });
  await expect(page.getByText('引き続き所属').first()).toBeVisible();
  await look('my/applications/:id/destination', 'chain');
  await chooseCategories(page, { 都島区医師会: 'A1' });
  await page.getByRole('button', { name: '入力フォームに進む' }).click();
  await page.getByRole('textbox', { name: '入会希望年月日' }).fill(dayText(30));
  await page.getByRole('textbox', { name: '異動元の退会希望年月日' }).fill(dayText(10));
  await page.getByLabel('施設・業務').selectOption({ index: 1 });
  await page.getByRole('combobox', { name: '役職' }).selectOption({ index: 1 });
  await refused(page, '確認画面に進む');
  await look('my/applications/:id/details', 'transfer-error');
  await page.getByRole('textbox', { name: '空き期間・重複の理由' }).fill('留学のため');
  await page.getByRole('button', { name: '確認画面に進む' }).click();
  await page.waitForURL(/\/review/);
  await look('my/applications/:id/review', 'transfer');
}

/** 確認 and 退会取消 while they are possible, at the two offices of a 退会届 for a day to come. */
export async function lookAtLeaving(page: Page, look: Look, desk: { base: string; office: 'kita' | 'osaka' }): Promise<void> {
  await page.goto(desk.base);
  await look('office/applications/:id', `leaving-${desk.office}`);
  await page.goto(`${desk.base}/${desk.office === 'kita' ? 'revoke' : 'acknowledge'}`);
  await look(`office/applications/:id/${desk.office === 'kita' ? 'revoke' : 'acknowledge'}`, 'possible');
  if (desk.office === 'osaka') return;
  await refused(page, '退会を取り消す');
  await look('office/applications/:id/revoke', 'error');
}

/** What a member may file besides 入会届. */
export async function lookAtMoves(page: Page, look: Look): Promise<void> {
  await lookAtWithdrawal(page, look);
  await lookAtChange(page, look);
  await lookAtTransfer(page, look);
}
