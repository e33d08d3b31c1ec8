import { expect, type Page } from '@playwright/test';
import { logOut, officePage, otherBrowser } from './door.ts';
import { test } from './journey.ts';
import { expectGoodLook } from './look.ts';
import { expectMail } from './mail.ts';
import { type OfficeName, password } from './people.ts';

/** 事務局ユーザー管理 (O-17) and the start of an invited person. */

const list = '/office/staff-members';
/** People of one project must not meet those of the other. */
const officeOf: Record<'script' | 'noscript', OfficeName> = { script: 'aoba', noscript: 'yokohama' };

async function look(page: Page, kind: string, name: string): Promise<void> {
  if (kind === 'script') await expectGoodLook(page, `staff-${name}`);
}

async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click();
}

async function fillInvitation(page: Page, mail: string): Promise<void> {
  await page.getByRole('textbox', { name: 'セイ(フリガナ)' }).fill('ﾐﾄﾞﾘ');
  await page.getByRole('textbox', { name: 'メイ(フリガナ)' }).fill('けいこ');
  await page.getByRole('textbox', { name: '姓', exact: false }).and(page.locator('[name=surname]')).fill('緑');
  await page.locator('[name=givenName]').fill('恵子');
  await page.locator('[name=mail]').fill(mail);
  await page.locator('[name=mailRepeat]').fill(mail);
  await page.getByRole('combobox', { name: '権限' }).selectOption({ label: 'スタッフ' });
}

async function accept(page: Page, kind: 'script' | 'noscript'): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name: '事務局ユーザーの利用開始' })).toBeVisible();
  await look(page, kind, 'invitation');
  await press(page, '利用を開始する');
  await expect(page.getByRole('alert')).toBeVisible();
  await look(page, kind, 'invitation-error');
  await page.getByRole('textbox', { name: 'ログインID' }).fill(`staff-${kind}`);
  await page.locator('[name=password]').fill(password);
  await page.locator('[name=passwordRepeat]').fill(password);
  await page.getByRole('checkbox', { name: '事務局での利用条件に同意する' }).check();
  await press(page, '利用を開始する');
  await expect(page.getByText('利用開始の登録が完了しました。')).toBeVisible();
}

/** Where no mail arrives: a secret on paper, shown once. */
async function initialPassword(page: Page, kind: 'script' | 'noscript'): Promise<string> {
  await press(page, '初期パスワードを発行する');
  await expect(page.getByRole('heading', { level: 1, name: '緑 恵子 様の初期パスワード' })).toBeVisible();
  await look(page, kind, 'initial-password');
  return /[A-Z0-9]{4}(-[A-Z0-9]{4}){3}/.exec(await page.getByRole('main').innerText())?.[0] ?? '';
}

async function enterInitial(page: Page, kind: 'script' | 'noscript', initial: string): Promise<void> {
  await page.goto('/login');
  await page.getByText('医師会事務局の方でログインできない場合').click();
  await page.getByRole('link', { name: '初期パスワードをお持ちの方' }).click();
  await page.getByRole('textbox', { name: '初期パスワード' }).fill('AAAA-AAAA-AAAA-AAAA');
  await press(page, '次へ');
  await expect(page.getByRole('alert')).toContainText('初期パスワードが正しくないか');
  await look(page, kind, 'initial-password-error');
  await page.getByRole('textbox', { name: '初期パスワード' }).fill(initial.toLowerCase());
  await press(page, '次へ');
}

/** One's own page offers 引継ぎ; nobody is chosen here. */
async function lookAtHandOver(page: Page, kind: 'script' | 'noscript'): Promise<void> {
  await page.goto(`${list}?loginId=office-`);
  await page.getByRole('rowheader').getByRole('link').first().click();
  await press(page, '引き継ぐ');
  await expect(page.getByRole('alert').getByRole('link', { name: '後任を選択してください' })).toBeVisible();
  await look(page, kind, 'hand-over-error');
}

test('事務局ユーザーを招待し、本人が利用を始め、管理者が削除する', async ({ ways, kind }) => {
  test.setTimeout(300_000);
  const mail = `midori-${kind}@example.jp`;
  const admin = await officePage(ways, officeOf[kind]);
  await admin.goto(`${list}/new`);
  await press(admin, '登録する');
  await expect(admin.getByRole('alert').getByRole('link', { name: '姓を入力してください' })).toBeVisible();
  await look(admin, kind, 'new-error');
  await fillInvitation(admin, mail);
  await press(admin, '登録する');
  await expect(admin.getByText('招待メールを送信しました。')).toBeVisible();
  const text = await expectMail(admin, { to: mail, subject: 'MAMIS事務局ユーザーへの招待' });
  const link = /\/invitations\/[\w-]{43}/.exec(text)?.[0] ?? '';

  await admin.goto(list);
  await look(admin, kind, 'list');
  await admin
    .getByRole('rowheader')
    .getByRole('link', { name: /緑 恵子/ })
    .click();
  await look(admin, kind, 'invited');
  const initial = await initialPassword(admin, kind);

  const newcomer = await otherBrowser(ways);
  await newcomer.goto('/invitations/none');
  await expect(newcomer.getByText('この招待のURLは使用できません。', { exact: false })).toBeVisible();
  await look(newcomer, kind, 'invitation-over');
  await newcomer.goto(link);
  await expect(newcomer.getByText('この招待のURLは使用できません。', { exact: false })).toBeVisible();
  await enterInitial(newcomer, kind, initial);
  await accept(newcomer, kind);
  await newcomer.getByRole('textbox', { name: 'ログインID' }).fill(`staff-${kind}`);
  await newcomer.getByRole('textbox', { name: 'パスワード' }).fill(password);
  await press(newcomer, 'ログイン');
  await expect(newcomer.getByRole('link', { name: '申請管理', exact: true }).first()).toBeVisible();
  await expect(newcomer.getByRole('link', { name: '事務局ユーザー管理', exact: true })).toHaveCount(0);

  await lookAtHandOver(admin, kind);
  await admin.goto(`${list}?name=ミドリ`);
  await admin
    .getByRole('rowheader')
    .getByRole('link', { name: /緑 恵子/ })
    .click();
  await look(admin, kind, 'member');
  await admin.getByRole('textbox', { name: '有効期間' }).fill('いつか');
  await press(admin, '保存する');
  await expect(admin.getByRole('alert')).toBeVisible();
  await look(admin, kind, 'member-error');
  await admin.goto(`${list}?name=ミドリ`);
  await admin.getByRole('checkbox', { name: '緑 恵子を選択' }).check();
  await press(admin, '選択したユーザーを削除');
  await expect(admin.getByText('緑 恵子を削除します。よろしいですか?')).toBeVisible();
  await look(admin, kind, 'delete');
  await press(admin, '削除する');
  await expect(admin.getByText('削除しました。')).toBeVisible();
  await newcomer.goto('/office');
  await expect(newcomer.getByRole('heading', { level: 1, name: '会員・事務局 ログイン' })).toBeVisible();
  await look(admin, kind, 'list-after');
  await admin.goto(`${list}?name=いない`);
  await look(admin, kind, 'no-hits');
  await logOut(admin);
});
