import { expect, type Page } from '@playwright/test';
import { goOn } from './doctor.ts';
import type { Ways } from './journey.ts';

/** What doctors do with 退会届 and 異動届. */

/** From マイページTOP through both questions to step 1 of 退会届. */
export async function beginWithdrawal(page: Page): Promise<void> {
  await page.goto('/my');
  await page.getByRole('main').getByRole('link', { name: '退会届', exact: true }).click();
  await expect(page.getByText('退会手続きを続けますか?')).toBeVisible();
  await page.getByRole('link', { name: '退会する', exact: true }).click();
  await expect(page.getByText('本当に退会しますか?')).toBeVisible();
  await page.getByRole('link', { name: '実行する', exact: true }).click();
  await expect(page.getByText('退会する医師会を選択してください。')).toBeVisible();
}

/** Ticks one association; with script everything above is ticked at once, without it the server does it. */
export async function tickLeave(page: Page, ways: Pick<Ways, 'script'>, ask: { tick: string; above: readonly string[] }): Promise<void> {
  const box = (association: string) => page.getByRole('checkbox', { name: association });
  await box(ask.tick).check();
  for (const above of ask.above) {
    if (ways.script) await expect(box(above)).toBeChecked();
    else await expect(box(above)).not.toBeChecked();
  }
}

export type Leaving = { wishedOn: string; reason: '廃業・退職' | 'その他'; reasonText?: string };

export async function fillLeaving(page: Page, { wishedOn, reason, reasonText = '' }: Leaving): Promise<void> {
  await page.getByRole('textbox', { name: '退会希望年月日' }).fill(wishedOn);
  await page.getByRole('radio', { name: reason }).check();
  await page.getByRole('textbox', { name: '具体的な理由' }).fill(reasonText);
}

/** From マイページTOP to step 1 of one of the two 異動届. */
export async function beginMove(page: Page, which: 'transfer' | 'change'): Promise<void> {
  await page.goto('/my');
  await page.getByRole('main').getByRole('link', { name: '異動届', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: '異動届' })).toBeVisible();
  if (which === 'transfer') return;
  await page.getByRole('group', { name: 'あてはまるものを選択してください。' }).getByRole('radio', { name: 'いいえ' }).check();
  await page.getByRole('button', { name: '異動先の選択に進む' }).click();
  await expect(page.getByText('会員区分変更・医師会の異動を伴わない施設異動の届です。')).toBeVisible();
}

/** Presses the last button of a paper; answers with 受付番号. */
export async function send(page: Page, word: '退会' | '異動'): Promise<string> {
  await goOn(page, `${word}を申請する`);
  await expect(page.getByText(`${word}の申請を受付けました。`)).toBeVisible();
  await expect(page.getByText('お手続きはまだ完了していません。')).toBeVisible();
  const number = /\d{4}-\d{7}/.exec(await page.getByText('受付番号:').innerText())?.[0];
  if (number === undefined) throw new Error('no 受付番号 on the completion page');
  return number;
}

/** The messages at the top of a form that came back, in the order of the page. */
export async function expectFaults(page: Page, messages: readonly string[]): Promise<void> {
  await expect(page.getByRole('alert').getByRole('link')).toHaveText([...messages]);
}
