import { expect, type Page } from '@playwright/test';
import { type DoctorName, fullName } from './people.ts';

/** What clerks do with a case. */

type At = {
  paper?: '入会届' | '異動届' | '退会届';
  /** A case that is no longer in 要対応 is looked for by its 受付番号 among all. */
  number?: string;
};

/** Opens the case of a doctor from 要対応, as a clerk finds it. */
export async function openCase(page: Page, name: DoctorName, { paper = '入会届', number }: At = {}): Promise<void> {
  await page.goto(number === undefined ? '/office/applications' : `/office/applications?tab=all&number=${number}`);
  await expect(page.getByRole('heading', { level: 1, name: '申請管理(申請一覧)' })).toBeVisible();
  await page
    .getByRole('rowheader')
    .getByRole('link', { name: fullName(name) })
    .click();
  await expect(page.getByRole('heading', { level: 1, name: `${paper} ${fullName(name)} 様` })).toBeVisible();
}

type Word = '承認' | '受付' | '差戻し' | '非承認' | '取消' | '確認' | '承認取消' | '退会取消';

/** Presses one of the actions of an open case. */
export async function begin(page: Page, word: Word): Promise<void> {
  await page.getByRole('navigation', { name: 'この申請の操作(上)' }).getByRole('link', { name: word, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: `${word}:` })).toBeVisible();
}

/** The actions that stand open on a case: neither more nor less. */
export async function expectActions(page: Page, words: readonly Word[]): Promise<void> {
  const links = page.getByRole('navigation', { name: 'この申請の操作(上)' }).getByRole('link');
  await expect(links).toHaveText([...words, '申請一覧に戻る']);
}

/** 確認 of what others decided. */
export async function acknowledge(page: Page): Promise<void> {
  await begin(page, '確認');
  await page.getByRole('button', { name: '確認する', exact: true }).click();
  await expect(page.getByRole('status')).toHaveText('確認しました。');
}

export async function receive(page: Page): Promise<void> {
  await begin(page, '受付');
  const seen = page.getByRole('checkbox', { name: '医師免許証を確認しました' });
  if (await seen.isVisible()) await seen.check();
  await page.getByRole('button', { name: '受付する' }).click();
  await expect(page.getByRole('status')).toHaveText('受付しました。');
}

type DayLabel = '入会日' | '退会日' | '異動日';

/** Types the day of the decision and waits until the page says what follows from it. */
export async function typeDay(page: Page, day: string, label: DayLabel = '入会日'): Promise<void> {
  const box = page.getByRole('textbox', { name: label });
  const shown = page.getByText(`${label} ${day}`).first();
  // Script asks by itself while one types; without it a button does.
  const script = await page.getByRole('button', { name: 'カレンダー' }).isVisible();
  await box.fill(day);
  if (!script) await page.getByRole('button', { name: '内容を確認する' }).click();
  await expect(shown).toBeVisible();
}

export type Decision = { day: string; label?: DayLabel; warnings?: readonly string[] };

/** 承認 with an own day; every expected warning must stand there, and its tick is set. */
export async function approve(page: Page, decision: Decision): Promise<void> {
  await begin(page, '承認');
  await typeDay(page, decision.day, decision.label);
  const warnings = decision.warnings ?? [];
  for (const warning of warnings) await expect(page.getByText(warning)).toBeVisible();
  const tick = page.getByRole('checkbox', { name: '内容を確認しました' });
  if (warnings.length > 0) await tick.check();
  else await expect(tick).toHaveCount(0);
  await page.getByRole('button', { name: '承認する' }).click();
}
