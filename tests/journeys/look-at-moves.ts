import { expect, type Page } from '@playwright/test';
import { dayText } from './days.ts';
import { chooseByWorkplace, chooseCategories, goOn, search } from './doctor.ts';
import { fillLeaving, tickLeave } from './moves.ts';
import { offices } from './people.ts';

type Look = (path: string, state: string) => Promise<void>;

async function refused(page: Page, button: string): Promise<void> {
  await page.getByRole('button', { name: button }).click();
  await expect(page.getByRole('alert').first()).toBeVisible();
}

const script = { script: true };

/** The check page of a paper, and what is said on it. */
async function lookAtReview(page: Page, look: Look, { state, says }: { state: string; says: string }): Promise<void> {
  await goOn(page, '確認画面に進む');
  await page.waitForURL(/\/review/);
  await expect(page.getByRole('main')).toContainText(says);
  await look('my/applications/:id/review', state);
}

async function fillWork(page: Page): Promise<void> {
  await page.getByLabel('施設・業務').selectOption({ label: '診療所(開設する者で管理者の医師)' });
  await page.getByRole('combobox', { name: '役職' }).selectOption({ label: '院長' });
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
  await tickLeave(page, script, { tick: offices.jma.label, above: [] });
  await fillLeaving(page, { wishedOn: dayText(30), reason: '廃業・退職' });
  await lookAtReview(page, look, { state: 'withdrawal', says: 'が審査し、退会日を決めて承認します。' });
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
  const { pathname } = new URL(page.url());
  await refused(page, '確認画面に進む');
  await look('my/applications/:id/details', 'change-error');
  await page.getByRole('checkbox', { name: '変更しない' }).uncheck();
  await search(page, script, { field: '所属施設を選択', text: 'つばき', hit: '都島つばき医院' });
  await page.getByRole('textbox', { name: '入会または異動希望年月日' }).fill(dayText(0));
  await fillWork(page);
  await lookAtReview(page, look, { state: 'change', says: 'この届では退会・入会は発生しません。' });
  await page.goto(pathname.replace(/\/details.*/, '/change'));
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
  const { pathname } = new URL(page.url());
  await chooseByWorkplace(page, script, { text: 'つばき', facility: '都島つばき医院' });
  await refused(page, '入力フォームに進む');
  await look('my/applications/:id/destination', 'chain-error');
  await chooseCategories(page, { [offices.miyakojima.label]: 'A1' });
  await goOn(page, '入力フォームに進む');
  await page.waitForURL(/\/details/);
  await refused(page, '確認画面に進む');
  await look('my/applications/:id/details', 'transfer-error');
  await page.getByRole('textbox', { name: '入会希望年月日' }).fill(dayText(0));
  await fillWork(page);
  await lookAtReview(page, look, { state: 'transfer', says: 'が審査し、退会日を決めて承認します。' });
  await page.goto(pathname.replace(/\/destination.*/, '/transfer'));
  await look('my/applications/:id/transfer', 'filled');
}

/** What a member may file besides 入会届. */
export async function lookAtMoves(page: Page, look: Look): Promise<void> {
  await lookAtWithdrawal(page, look);
  await lookAtChange(page, look);
  await lookAtTransfer(page, look);
}
