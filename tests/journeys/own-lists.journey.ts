import { expect, type Page } from '@playwright/test';
import { personOf } from './backstage.ts';
import { dayText } from './days.ts';
import { logIn, officePage, otherBrowser } from './door.ts';
import { test } from './journey.ts';
import { makeGallery } from './look.ts';
import { doctorLogin, licenceOf } from './people.ts';
import { screens } from './screens.ts';

/** 送付物・会員区分設定 (`screens.md O-20`), the tabs 独自項目 and 送付物 of O-08, and what the doctor sees of them (D-03, D-04). */

type Look = (path: string, state: string) => Promise<void>;

const home = 'office/mailings-and-categories';

async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('main').getByRole('button', { name, exact: true }).click();
}

async function openNew(page: Page, tab: string): Promise<void> {
  await page.goto(`/${home}?tab=${tab}`);
  await page.getByRole('main').getByRole('link', { name: '新規登録', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: /の登録$/ })).toBeVisible();
}

async function fill(page: Page, name: string, text: string): Promise<void> {
  await page
    .getByRole('main')
    .getByRole('textbox', { name: new RegExp(`^${name}`) })
    .fill(text);
}

async function expectFlash(page: Page, text: string): Promise<void> {
  await expect(page.getByRole('status')).toHaveText(text);
}

async function keepMailings(page: Page, kind: string, look: Look): Promise<void> {
  await page.goto('/office');
  await page.getByRole('navigation').getByRole('link', { name: '送付物・会員区分設定' }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: '送付物・会員区分設定' })).toBeVisible();
  await look(home, 'mailings');
  for (const name of [`会報 ${kind}`, `班会の案内 ${kind}`]) {
    await openNew(page, 'mailings');
    await fill(page, '名称', name);
    if (name.startsWith('会報')) {
      await press(page, '登録する');
      await expect(page.getByRole('alert').getByRole('link', { name: '種類を選択してください' })).toBeVisible();
      await look(`${home}/mailings/:id`, 'error');
    }
    await page.getByRole('radio', { name: '郵送' }).check();
    await page.getByRole('checkbox', { name: '会員が送付不要を選べる' }).check();
    await press(page, '登録する');
    await expectFlash(page, '登録しました。');
  }
  await fill(page, `班会の案内 ${kind}の並び順`, '先頭');
  await press(page, '並べ替える');
  await page.getByRole('alert').getByRole('link', { name: '並び順は数字で入力してください' }).click();
  await expect(page.getByRole('textbox', { name: `班会の案内 ${kind}の並び順` })).toBeFocused();
  await expect(page.getByRole('textbox', { name: `班会の案内 ${kind}の並び順` })).toHaveValue('先頭');
  await fill(page, `班会の案内 ${kind}の並び順`, '0');
  await press(page, '並べ替える');
  await expectFlash(page, '並べ替えました。');
  await page.getByRole('link', { name: `班会の案内 ${kind}`, exact: true }).click();
  await press(page, '削除する');
  await expectFlash(page, '削除しました。');
  await look(home, 'mailings-filled');
}

async function keepCategories(page: Page, kind: string, look: Look): Promise<void> {
  await openNew(page, 'member-categories');
  await look(`${home}/member-categories/:id`, 'new');
  const code = kind === 'script' ? 'K1' : 'K2';
  await fill(page, 'コード', code);
  await fill(page, '名称', `研修会員 ${kind}`);
  await fill(page, '開始日', dayText(0));
  await press(page, '登録する');
  await expectFlash(page, '登録しました。');
  await page.getByRole('link', { name: `研修会員 ${kind}`, exact: true }).click();
  await fill(page, '終了日', dayText(-1));
  await press(page, '保存する');
  await expect(page.getByRole('alert')).toContainText('開始日は終了日以前の日付を入力してください');
  await look(`${home}/member-categories/:id`, 'error');
  await fill(page, '終了日', dayText(30));
  await press(page, '保存する');
  await expectFlash(page, '保存しました。');
  await look(home, 'member-categories');
}

async function keepNoticeCategories(page: Page, kind: string, look: Look): Promise<void> {
  await openNew(page, 'notice-categories');
  await press(page, '登録する');
  await expect(page.getByRole('alert').getByRole('link', { name: '名称を入力してください' })).toBeVisible();
  await look(`${home}/notice-categories/:id`, 'error');
  await fill(page, '名称', `班会 ${kind}`);
  await press(page, '登録する');
  await expectFlash(page, '登録しました。');
  await look(home, 'notice-categories');
  await page.getByRole('link', { name: `班会 ${kind}`, exact: true }).click();
  await press(page, '終了する');
  await expectFlash(page, '終了しました。');
}

async function keepFields(page: Page, kind: string, look: Look): Promise<void> {
  await openNew(page, 'fields');
  await fill(page, '名称', `班 ${kind}`);
  await page.getByRole('radio', { name: '選択' }).check();
  await press(page, '登録する');
  await expect(page.getByRole('alert').getByRole('link', { name: '選択肢を1行に1つずつ入力してください' })).toBeVisible();
  await look(`${home}/fields/:id`, 'error');
  await page.getByRole('textbox', { name: '選択肢' }).fill('一班\n二班');
  await page.getByRole('checkbox', { name: '本人に表示する' }).check();
  await press(page, '登録する');
  await expectFlash(page, '登録しました。');
  await look(home, 'fields');
}

async function enterValue(page: Page, kind: string, look: Look): Promise<void> {
  const member = `/office/members/${await personOf(licenceOf('member'))}`;
  await page.goto(member);
  await page.getByRole('main').getByRole('link', { name: '独自項目', exact: true }).click();
  await page.getByRole('combobox', { name: `班 ${kind}` }).selectOption('二班');
  await press(page, '保存する');
  await expectFlash(page, '保存しました。');
  await expect(page.getByRole('combobox', { name: `班 ${kind}` })).toHaveValue('二班');
  await look('office/members/:id/own-fields', 'filled');
  await page.goto(`${member}/mailings`);
  await expect(page.getByRole('combobox', { name: `大阪市北区医師会 会報 ${kind}の送付先` })).toHaveValue('none');
  await page.getByRole('combobox', { name: `大阪市北区医師会 会報 ${kind}の送付先` }).selectOption('自宅');
  await press(page, '変更する');
  await expectFlash(page, '変更しました。');
  await look('office/members/:id/mailings', 'filled');
}

test('送付物・会員区分・お知らせカテゴリ・独自項目を定め、会員の送付先と独自項目に使う', async ({ page, ways, kind }) => {
  test.setTimeout(180_000);
  const seen = new Set<string>();
  const lookAt = (at: Page): Look => {
    const gallery = makeGallery(at);
    return async (path, state) => {
      seen.add(path);
      if (kind === 'script') await gallery.look(path, state);
    };
  };
  const other = await officePage(ways, 'miyakojima');
  await keepCategories(other, kind, lookAt(other));
  await keepNoticeCategories(other, kind, lookAt(other));
  const kita = await officePage(ways, 'kita');
  await keepMailings(kita, kind, lookAt(kita));
  await keepFields(kita, kind, lookAt(kita));

  await logIn(page, doctorLogin('member'));
  await page.goto('/my/mailing-preference');
  await page.getByRole('combobox', { name: `大阪市北区医師会 会報 ${kind}の送付先` }).selectOption('送付不要');
  await lookAt(page)('my/mailing-preference', 'mailings');
  await press(page, '保存する');
  await expectFlash(page, '保存しました。');
  await expect(page.getByRole('combobox', { name: `大阪市北区医師会 会報 ${kind}の送付先` })).toHaveValue('none');

  await enterValue(kita, kind, lookAt(kita));
  await page.goto('/my/profile');
  await expect(page.getByText(`班 ${kind}(大阪市北区医師会)`)).toBeVisible();
  await kita.goto(`/${home}`);
  await kita.getByRole('link', { name: `会報 ${kind}`, exact: true }).click();
  await press(kita, '削除する');
  await expect(kita.getByRole('alert')).toContainText('使用中のため削除できません。終了日を設定してください。');

  const clerk = await otherBrowser(ways);
  await logIn(clerk, 'office-kita-clerk');
  await clerk.goto(`/${home}`);
  await expect(clerk.getByText('変更できるのは管理者です。')).toBeVisible();
  await expect(clerk.getByRole('link', { name: '新規登録' })).toHaveCount(0);
  const own = screens.filter((path) => path.startsWith(home) || /\/(own-fields|mailings)$/.test(path));
  expect(own.filter((path) => !seen.has(path))).toEqual([]);
});
