import { expect, type Page } from '@playwright/test';
import { type DoctorName, fullName, nameOf } from './people.ts';

/** What the member list and the member page of an office say as of a day. */

/** Members by surname on a day: 「{日付}時点」. */
async function searchMembers(desk: Page, ask: { name: DoctorName; on: string }): Promise<void> {
  await desk.goto('/office/members');
  await desk.getByRole('textbox', { name: '氏名/フリガナ' }).fill(nameOf(ask.name).surname);
  await desk.getByRole('textbox', { name: '基準日' }).fill(ask.on);
  await desk.getByRole('button', { name: '検索', exact: true }).click();
  await expect(desk.getByText(ask.on).first()).toBeVisible();
}

/** A member from the day `joined` on and not on the day `before`; the member page is open afterwards. */
export async function expectMember(desk: Page, ask: { name: DoctorName; joined: string; before: string }): Promise<void> {
  const link = desk.getByRole('rowheader').getByRole('link', { name: fullName(ask.name) });
  await searchMembers(desk, { name: ask.name, on: ask.before });
  await expect(link).toHaveCount(0);
  await searchMembers(desk, { name: ask.name, on: ask.joined });
  await expect(desk.getByRole('row').filter({ has: link })).toContainText(ask.joined);
  await link.click();
  await expect(desk.getByRole('heading', { level: 1 })).toContainText(fullName(ask.name));
  await expect(desk.getByRole('main')).toContainText(ask.joined);
}

export async function expectNoMember(desk: Page, name: DoctorName): Promise<void> {
  await desk.goto('/office/members');
  await desk.getByRole('textbox', { name: '氏名/フリガナ' }).fill(nameOf(name).surname);
  await desk.getByRole('button', { name: '検索', exact: true }).click();
  await expect(desk.getByRole('rowheader').getByRole('link', { name: fullName(name) })).toHaveCount(0);
}

/** Whether the list of an office holds the doctor, day by day: `[day, is a member]`. */
export async function expectDays(desk: Page, name: DoctorName, days: readonly (readonly [string, boolean])[]): Promise<void> {
  const link = desk.getByRole('rowheader').getByRole('link', { name: fullName(name) });
  for (const [on, member] of days) {
    await desk.goto(`/office/members?${new URLSearchParams({ name: nameOf(name).surname, on }).toString()}`);
    await expect(desk.getByText(on).first()).toBeVisible();
    await expect(link, `${on} ${member ? 'a member' : 'no member'}`).toHaveCount(member ? 1 : 0);
  }
}
