import { expect, type Page } from '@playwright/test';
import type { Ways } from './journey.ts';
import { type DoctorName, doctorLogin, type OfficeName, officeLogin, password } from './people.ts';

/** The way in and out, as people do it. */

/** Logs in on the login page; the top page of the person is open afterwards. */
export async function logIn(page: Page, loginId: string): Promise<void> {
  await page.goto('/login');
  await page.getByRole('textbox', { name: 'ログインID' }).fill(loginId);
  await page.getByRole('textbox', { name: 'パスワード' }).fill(password);
  await page.getByRole('button', { name: 'ログイン', exact: true }).click();
  await expect(page.getByRole('button', { name: 'ログアウト', exact: true })).toBeVisible();
}

export async function logOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'ログアウト', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: '会員・事務局 ログイン' })).toBeVisible();
}

export async function doctorPage(page: Page, name: DoctorName): Promise<Page> {
  await logIn(page, doctorLogin(name));
  await expect(page).toHaveURL(/\/my$/);
  return page;
}

/** A browser of its own (another desk, another device). */
export async function otherBrowser(ways: Ways): Promise<Page> {
  const context = await ways.browser.newContext({ javaScriptEnabled: ways.script });
  ways.watch(context);
  return await context.newPage();
}

/** The office at its own desk. */
export async function officePage(ways: Ways, name: OfficeName): Promise<Page> {
  const page = await otherBrowser(ways);
  await logIn(page, officeLogin(name));
  await expect(page).toHaveURL(/\/office$/);
  return page;
}
