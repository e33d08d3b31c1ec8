import { expect, type Page } from '@playwright/test';
import { type DoctorName, fullName } from './people.ts';

/** What clerks do with a case. */

/** Opens the case of a doctor from 要対応, as a clerk finds it. */
export async function openCase(page: Page, name: DoctorName): Promise<void> {
  await page.goto('/office/applications');
  await expect(page.getByRole('heading', { level: 1, name: '申請管理(申請一覧)' })).toBeVisible();
  await page
    .getByRole('rowheader')
    .getByRole('link', { name: fullName(name) })
    .click();
  await expect(page.getByRole('heading', { level: 1, name: `入会届 ${fullName(name)} 様` })).toBeVisible();
}

/** Presses one of 承認, 受付, 差戻し, 非承認, 取消 on an open case. */
export async function begin(page: Page, word: '承認' | '受付' | '差戻し' | '非承認' | '取消'): Promise<void> {
  await page.getByRole('navigation', { name: 'この申請の操作(上)' }).getByRole('link', { name: word, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: `${word}:` })).toBeVisible();
}

export async function receive(page: Page): Promise<void> {
  await begin(page, '受付');
  const seen = page.getByRole('checkbox', { name: '医師免許証を確認しました' });
  if (await seen.isVisible()) await seen.check();
  await page.getByRole('button', { name: '受付する' }).click();
  await expect(page.getByRole('status')).toHaveText('受付しました。');
}

/** Types the day of the decision and waits until the page says what follows from it. */
export async function typeDay(page: Page, day: string): Promise<void> {
  const box = page.getByRole('textbox', { name: '入会日' });
  const shown = page.getByText(`入会日 ${day}`).first();
  // Script asks by itself while one types; without it a button does.
  const script = await page.getByRole('button', { name: 'カレンダー' }).isVisible();
  await box.fill(day);
  if (!script) await page.getByRole('button', { name: '内容を確認する' }).click();
  await expect(shown).toBeVisible();
}

export type Decision = { day: string; warnings?: readonly string[] };

/** 承認 with an own day; every expected warning must stand there, and its tick is set. */
export async function approve(page: Page, decision: Decision): Promise<void> {
  await begin(page, '承認');
  await typeDay(page, decision.day);
  const warnings = decision.warnings ?? [];
  for (const warning of warnings) await expect(page.getByText(warning)).toBeVisible();
  const tick = page.getByRole('checkbox', { name: '内容を確認しました' });
  if (warnings.length > 0) await tick.check();
  else await expect(tick).toHaveCount(0);
  await page.getByRole('button', { name: '承認する' }).click();
}
