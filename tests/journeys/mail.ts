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
    const answered = box.waitForResponse((response) => response.request().method() === 'POST');
    await box.getByRole('button', { name: '検索' }).click();
    await (await answered).finished();
    // The rows of another address would stand here for as long as the answer is not on the page.
    await expect(
      box
        .getByRole('main')
        .getByRole('row')
        .filter({ has: box.getByRole('cell') })
        .filter({ hasNotText: to }),
    ).toHaveCount(0);
    return await box.getByRole('main').getByRole('row').getByRole('link').allInnerTexts();
  } finally {
    await box.close();
  }
}
