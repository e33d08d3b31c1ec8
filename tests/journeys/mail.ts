import { expect, type Page } from '@playwright/test';

/** Waits until a mail stands in the local mailbox and answers with its text. Mails are sent by a job after the change. */
export async function expectMail(page: Page, mail: { to: string; subject: string }): Promise<string> {
  const box = await page.context().newPage();
  try {
    await expect(async () => {
      await box.goto('/_mailbox');
      await box.getByRole('textbox', { name: '宛先' }).fill(mail.to);
      await box.getByRole('button', { name: '検索' }).click();
      await box.getByRole('link', { name: mail.subject }).first().click({ timeout: 1_500 });
      await expect(box.getByRole('heading', { level: 1, name: mail.subject })).toBeVisible({ timeout: 3_000 });
    }).toPass({ timeout: 30_000 });
    return await box.getByRole('region', { name: '本文' }).innerText();
  } finally {
    await box.close();
  }
}

/** Subjects of the mails to an address that stand in the local mailbox now. */
export async function mailsTo(page: Page, to: string): Promise<string[]> {
  const box = await page.context().newPage();
  try {
    await box.goto('/_mailbox');
    await box.getByRole('textbox', { name: '宛先' }).fill(to);
    await box.getByRole('button', { name: '検索' }).click();
    // As many rows of this address as the list counts: neither the list before the answer nor a part of it.
    const main = box.getByRole('main');
    await expect(async () => {
      const counted = /[\d,]+/.exec(await main.getByText(/^総件数:/).innerText({ timeout: 2_000 }))?.[0] ?? '';
      const rows = main.getByRole('row').filter({ has: box.getByRole('cell') });
      await expect(rows.filter({ hasText: to })).toHaveCount(Number(counted.replaceAll(',', '')), { timeout: 2_000 });
    }).toPass({ timeout: 30_000 });
    return await main.getByRole('row').getByRole('link').allInnerTexts();
  } finally {
    await box.close();
  }
}
