import { expect, type Page } from '@playwright/test';
import { doctorPage, officePage, otherBrowser } from './door.ts';
import { test } from './journey.ts';
import { makeGallery } from './look.ts';
import { fullName, offices } from './people.ts';
import { screens } from './screens.ts';

/** 在籍証明書 (`screens.md D-13, O-29, A-14`): issued, printed, checked by a third party, ended. */

type Look = (path: string, state: string) => Promise<void>;
type Entries = { number: string; code: string };

const own = 'my/membership-certificates';
const theirs = 'office/applications/certificates';
const ofMember = 'office/members/:id/membership-certificates';

async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('main').getByRole('button', { name, exact: true }).click();
}

async function goTo(page: Page, name: string): Promise<void> {
  await page.getByRole('main').getByRole('link', { name, exact: true }).click();
}

async function fact(page: Page, label: string): Promise<string> {
  return await page
    .locator('dl div')
    .filter({ has: page.getByText(label, { exact: true }) })
    .locator('dd')
    .first()
    .innerText();
}

async function entriesOf(page: Page): Promise<Entries> {
  return { number: await fact(page, '証明書番号'), code: await fact(page, '確認コード') };
}

async function expectPdf(page: Page): Promise<void> {
  const answer = await page.request.get(`${page.url()}/print.pdf`);
  expect(answer.headers()['content-type']).toBe('application/pdf');
  expect((await answer.body()).subarray(0, 5).toString()).toBe('%PDF-');
}

async function issue(page: Page, look: Look): Promise<Entries> {
  await page.getByRole('navigation').getByRole('link', { name: '在籍証明書' }).first().click();
  await expect(page.getByText('発行した在籍証明書はありません。')).toBeVisible();
  await look(own, 'empty');
  await goTo(page, '新しく発行する');
  await press(page, '確認画面に進む');
  await expect(page.getByRole('alert').getByRole('link', { name: '発行する医師会を選択してください' })).toBeVisible();
  await look(`${own}/new`, 'error');
  await page.getByRole('combobox', { name: '発行する医師会' }).selectOption({ label: `[3層] ${offices.kita.label}` });
  await page.getByRole('checkbox', { name: '会員区分' }).check();
  await page.getByRole('checkbox', { name: '在籍期間の一覧' }).check();
  await page.getByRole('textbox', { name: '用途・提出先' }).fill('○○病院への提出');
  await press(page, '確認画面に進む');
  await expect(page.getByRole('heading', { level: 1, name: '在籍証明書の発行 内容の確認' })).toBeVisible();
  await expect(page.getByText('現在、本会の会員であることを証明します。')).toBeVisible();
  await look(`${own}/new`, 'review');
  await press(page, '戻る');
  await expect(page.getByRole('textbox', { name: '用途・提出先' })).toHaveValue('○○病院への提出');
  await press(page, '確認画面に進む');
  await press(page, '発行する');
  await expect(page.getByRole('status')).toHaveText('在籍証明書を発行しました。');
  await look(`${own}/:id`, 'filled');
  await expectPdf(page);
  return await entriesOf(page);
}

async function check(page: Page, { number, code }: Entries): Promise<void> {
  await page.goto(`/verify/${code.replaceAll('-', '')}?number=${number}`);
  await expect(page.getByRole('textbox', { name: '確認コード' })).toHaveValue(code);
  await press(page, '確認する');
}

async function checkByStranger(page: Page, entries: Entries, { look, name }: { look: Look; name: string }): Promise<void> {
  await page.goto('/login');
  await page.getByRole('link', { name: '在籍証明書の確認' }).click();
  await press(page, '確認する');
  await expect(page.getByRole('alert').getByRole('link', { name: '証明書番号を入力してください' })).toBeVisible();
  await look('verify', 'error');
  await check(page, { number: entries.number, code: '0000-0000-0000' });
  await expect(page.getByRole('alert')).toContainText('証明書番号または確認コードが正しくありません。');
  await expect(page.getByRole('main')).not.toContainText(name);
  await page.goto(`/verify/${entries.code.replaceAll('-', '')}?number=${entries.number}`);
  await look('verify/:code', 'filled');
  await press(page, '確認する');
  await expect(page.getByText('この証明書は有効です。')).toBeVisible();
  for (const line of [name, '○○病院への提出', '会長']) await expect(page.getByRole('main')).toContainText(line);
  await look('verify', 'valid');
}

async function endByOffice(page: Page, { number }: Entries, look: Look): Promise<void> {
  await page.goto('/office/applications');
  await page.getByRole('navigation', { name: '申請の区分' }).getByRole('link', { name: '在籍証明書' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '申請管理(在籍証明書)' })).toBeVisible();
  await look(theirs, 'waiting');
  await page.getByRole('navigation', { name: '在籍証明書の区分' }).getByRole('link', { name: 'すべて' }).click();
  await expect(page).toHaveURL(/view=all/);
  await look(theirs, 'all');
  await page.getByRole('row').filter({ hasText: number }).getByRole('rowheader').getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1, name: `在籍証明書 ${number}` })).toBeVisible();
  await expectPdf(page);
  await press(page, '無効にする');
  await expect(page.getByRole('alert').getByRole('link', { name: '無効にする理由を入力してください' })).toBeVisible();
  await look(`${theirs}/:id`, 'error');
  await page.getByRole('textbox', { name: '無効にする理由' }).fill('提出先の変更のため');
  await press(page, '無効にする');
  await expect(page.getByRole('status')).toHaveText('証明書を無効にしました。');
}

/** O-29 from the page of the member. */
async function issueByOffice(page: Page, look: Look): Promise<void> {
  await goTo(page, 'この方の証明書');
  await expect(page.getByText('貴会が発行した在籍証明書です。')).toBeVisible();
  await look(ofMember, 'filled');
  await goTo(page, '発行する');
  await press(page, '確認画面に進む');
  await expect(page.getByRole('alert').getByRole('link', { name: '依頼の根拠を選択してください' })).toBeVisible();
  await look(`${ofMember}/new`, 'error');
  await page.getByRole('combobox', { name: '依頼の根拠' }).selectOption({ index: 1 });
  await page.getByRole('textbox', { name: '依頼日' }).fill(await page.getByRole('textbox', { name: '基準日' }).inputValue());
  await press(page, '確認画面に進む');
  await press(page, '発行する');
  await expect(page.getByRole('status')).toHaveText('在籍証明書を発行しました。');
  await expectPdf(page);
}

test('在籍証明書:医師が発行し、第三者が確認し、医師会が無効にする', async ({ page, ways, kind }) => {
  test.setTimeout(240_000);
  const doctor = `certificate-${kind}` as const;
  const seen = new Set<string>();
  const lookAt = (at: Page): Look => {
    const gallery = makeGallery(at);
    return async (path, state) => {
      seen.add(path);
      if (kind === 'script') await gallery.look(path, state);
    };
  };
  const look = lookAt(page);
  await doctorPage(page, doctor);
  const entries = await issue(page, look);
  const stranger = await otherBrowser(ways);
  await checkByStranger(stranger, entries, { look: lookAt(stranger), name: fullName(doctor) });

  const office = await officePage(ways, 'kita');
  await endByOffice(office, entries, lookAt(office));
  await check(stranger, entries);
  await expect(stranger.getByText(/この証明書は無効になりました\(\d{4}\/\d{2}\/\d{2}\)。/)).toBeVisible();
  await expect(stranger.getByRole('main')).not.toContainText(fullName(doctor));
  await lookAt(stranger)('verify', 'revoked');
  await issueByOffice(office, lookAt(office));

  await page.goto(`/${own}`);
  await expect(page.getByRole('row')).toHaveCount(3);
  await look(own, 'filled');
  await page.getByRole('link', { name: /^無効にする/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: '在籍証明書を無効にする' })).toBeVisible();
  await look(`${own}/:id/revoke`, 'filled');
  await press(page, '無効にする');
  await expect(page.getByRole('status')).toHaveText('証明書を無効にしました。');
  const mine = screens.filter((path) => /^verify|certificates/.test(path));
  expect(mine.filter((path) => !seen.has(path))).toEqual([]);
});
