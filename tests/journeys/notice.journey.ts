import { expect, type Page } from '@playwright/test';
import { dayText } from './days.ts';
import { doctorPage, officePage, otherBrowser } from './door.ts';
import { test } from './journey.ts';
import { makeGallery } from './look.ts';
import { licencePdf } from './papers.ts';
import { offices } from './people.ts';
import { screens } from './screens.ts';

/** お知らせ (`screens.md O-16, D-02, O-01, A-01`): published by an office, read by doctor, lower office and stranger, ended. */

type Look = (path: string, state: string) => Promise<void>;

const managed = 'office/notices';
const received = 'office/received-notices';

async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('main').getByRole('button', { name, exact: true }).click();
}

async function goTo(page: Page, name: string): Promise<void> {
  await page.getByRole('main').getByRole('link', { name, exact: true }).click();
}

async function expectPage(page: Page, name: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible();
}

/** Everything that 登録する asks for. */
async function write(page: Page, about: { title: string; target: string }): Promise<void> {
  await page.getByRole('textbox', { name: 'タイトル' }).fill(about.title);
  await page.getByRole('combobox', { name: 'カテゴリ1' }).selectOption({ label: '行事' });
  await page.getByRole('textbox', { name: 'リード文' }).fill('本年度の総会を開きます。');
  await page
    .getByRole('textbox', { name: '本文' })
    .fill('# 日時と場所\n- 4月1日 午後2時\n- 医師会館\n\n詳しくは[案内のページ](https://example.jp/soukai)をご覧ください。\n<b>太字</b>');
  await page.getByRole('radio', { name: about.target }).check();
  await page.getByRole('textbox', { name: '掲載期間(開始)' }).fill(dayText(0));
}

async function publish(page: Page, about: { title: string; target: string }): Promise<void> {
  await page.goto(`/${managed}/new`);
  await write(page, about);
  await press(page, '登録する');
  await expectPage(page, 'お知らせの登録');
  await press(page, '登録する');
  await expect(page.getByRole('status')).toHaveText('登録しました。');
}

async function publishToMembers(page: Page, title: string, look: Look): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name: 'お知らせ管理' }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: 'お知らせ管理' })).toBeVisible();
  await goTo(page, '新規登録');
  await press(page, '登録する');
  await expect(page.getByRole('alert').getByRole('link', { name: 'タイトルを入力してください' })).toBeVisible();
  await look(`${managed}/new`, 'error');
  await write(page, { title, target: '自医師会の会員すべて' });
  await page.getByRole('checkbox', { name: /^重要/ }).check();
  await page.getByRole('checkbox', { name: /^メールで送信する/ }).check();
  const { name, mimeType, buffer } = licencePdf('総会資料.pdf');
  await page.getByLabel('添付ファイル').setInputFiles({ name, mimeType, buffer });
  await press(page, '登録する');
  await expect(page.getByText(/^[\d,]+名にメールを送信します。よろしいですか\?$/)).toBeVisible();
  await look(`${managed}/:id/register`, 'filled');
  await press(page, '登録する');
  await expect(page.getByRole('status')).toHaveText('登録しました。');
  await look(`${managed}/:id`, 'filled');
}

async function read(page: Page, title: string, look: Look): Promise<void> {
  await page.goto('/my');
  await page.getByRole('main').getByRole('link', { name: title, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  await expect(page.getByRole('heading', { level: 2, name: '日時と場所' })).toBeVisible();
  await expect(page.getByRole('main').getByRole('listitem').filter({ hasText: '医師会館' })).toBeVisible();
  await expect(page.getByRole('link', { name: /^案内のページ/ })).toHaveAttribute('href', 'https://example.jp/soukai');
  await expect(page.getByText('<b>太字</b>')).toBeVisible();
  const file = await page.getByRole('link', { name: /^総会資料\.pdf/ }).getAttribute('href');
  const answer = await page.request.get(file ?? '');
  expect(answer.headers()['content-type']).toBe('application/pdf');
  await look('my/notices/:id', 'filled');
  await goTo(page, '一覧に戻る');
  await expect(page.getByRole('row').filter({ hasText: title })).toContainText('既読');
  await look('my/notices', 'filled');
  await page.goto('/my/notices?since=いつか&unread=1');
  await expect(page.getByText(/期間\(から\)は正しい日付を入力してください/).first()).toBeVisible();
  await look('my/notices', 'error');
}

/** 一時保存, 複写して作成, 終了する. */
async function copyAndEnd(page: Page, title: string, look: Look): Promise<void> {
  await page.goto(`/${managed}`);
  const row = page.getByRole('row').filter({ hasText: title });
  await expect(row).toContainText('掲載中');
  await expect(row).toContainText(/1\/\d+/);
  await look(managed, 'filled');
  await row.getByRole('rowheader').getByRole('link').click();
  await expectPage(page, title);
  const running = page.url();
  await press(page, '複写して作成');
  await expect(page.getByText('総会資料.pdf を外す')).toBeVisible();
  await page.getByRole('textbox', { name: 'タイトル' }).fill(`${title}(控え)`);
  await press(page, '一時保存する');
  await expect(page.getByRole('status')).toHaveText('一時保存しました。');
  await look(`${managed}/:id/edit`, 'filled');
  await press(page, 'プレビュー');
  await expect(page.getByText('下書き')).toBeVisible();
  await page.goto(running);
  await goTo(page, '終了する');
  await expectPage(page, 'お知らせの終了');
  await look(`${managed}/:id/end`, 'filled');
  await press(page, '終了する');
  await expect(page.getByRole('status')).toHaveText(/^掲載を終了しました。/);
}

test('お知らせ:医師会が掲載し、会員・下層の事務局・どなたでもが読み、終了する', async ({ page, ways, kind }) => {
  test.setTimeout(240_000);
  const title = `総会のご案内 ${kind}`;
  const seen = new Set<string>();
  const lookAt = (at: Page): Look => {
    const gallery = makeGallery(at);
    return async (path, state) => {
      seen.add(path);
      if (kind === 'script') await gallery.look(path, state);
    };
  };
  const kita = await officePage(ways, 'kita');
  await publishToMembers(kita, title, lookAt(kita));
  const doctor = await doctorPage(page, `notice-${kind}`);
  await read(doctor, title, lookAt(doctor));
  await page.goto('/my/notices');
  await page.getByRole('main').getByRole('link', { name: title, exact: true }).click();
  await expectPage(page, title);
  await copyAndEnd(kita, title, lookAt(kita));
  await page.reload();
  await expect(page.getByText('このお知らせの掲載は終了しました。')).toBeVisible();
  await lookAt(page)('my/notices/:id', 'over');

  const osaka = await officePage(ways, 'osaka');
  await publish(osaka, { title: `事務局へ ${kind}`, target: '下層の医師会事務局' });
  await kita.goto('/office');
  await kita
    .getByRole('main')
    .getByRole('link', { name: `事務局へ ${kind}` })
    .click();
  await expect(kita.getByText(offices.osaka.label, { exact: true })).toBeVisible();
  await kita.waitForURL(/\/received-notices\/[^/]+$/);
  await lookAt(kita)(`${received}/:id`, 'filled');
  await goTo(kita, '一覧に戻る');
  await expectPage(kita, '上層の医師会からのお知らせ');
  await lookAt(kita)(received, 'filled');

  await publish(osaka, { title: `どなたでも ${kind}`, target: '公開(ログイン画面)' });
  const stranger = await otherBrowser(ways);
  await stranger.goto('/login');
  await stranger.getByRole('link', { name: `どなたでも ${kind}` }).click();
  await expect(stranger.getByRole('heading', { level: 1, name: `どなたでも ${kind}` })).toBeVisible();
  await lookAt(stranger)('public-notices/:id', 'filled');
  await osaka.getByRole('main').getByRole('link', { name: '終了する' }).click();
  await press(osaka, '終了する');
  await expect(osaka.getByRole('status')).toHaveText(/^掲載を終了しました。/);
  await stranger.reload();
  await expect(stranger.getByText('このお知らせの掲載は終了しました。')).toBeVisible();
  await lookAt(stranger)('public-notices/:id', 'over');
  // 全体のお知らせ of the operations office is looked at in inquiry.journey.ts.
  const own = (path: string) => /(^|\/|-)notices(\/|$)/.test(path) && !path.startsWith('operations/');
  expect(screens.filter((path) => own(path) && !seen.has(path))).toEqual([]);
});
