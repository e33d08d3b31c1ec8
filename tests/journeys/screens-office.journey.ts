import { png } from '#support/sample-files.ts';
import { expect, type Page } from '@playwright/test';
import { applicationsOf, documentsOf, personOf } from './backstage.ts';
import { dayText } from './days.ts';
import { logIn, logOut } from './door.ts';
import { test } from './journey.ts';
import { makeGallery } from './look.ts';
import { typeDay } from './office.ts';
import { licenceOf, officeLogin } from './people.ts';
import { screens } from './screens.ts';

type Look = (path: string, state: string) => Promise<void>;

async function lookAtEmptyOffice(page: Page, look: Look): Promise<void> {
  await logIn(page, officeLogin('minato'));
  await look('office', 'empty');
  await page.goto('/office/applications');
  await look('office/applications', 'empty');
  await page.goto('/office/members');
  await look('office/members', 'empty');
  await page.goto('/office/member-notifications?member=どこにもいない');
  await look('office/member-notifications', 'empty');
  await logOut(page);
}

async function lookAtLists(page: Page, look: Look): Promise<void> {
  await logIn(page, officeLogin('kita'));
  await look('office', 'filled');
  await page.goto('/office/applications?tab=all');
  await look('office/applications', 'all');
  await page.goto('/office/applications');
  await look('office/applications', 'todo');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'キー操作' })).toBeVisible();
  await look('office/applications', 'keys');
  await page.goto('/office/applications?tab=all&name=どこにもいない');
  await look('office/applications', 'no-hits');
  await page.goto('/office/applications?tab=all&from=いつか');
  await look('office/applications', 'error');
  await page.goto('/office/applications/views?tab=all&kind=join&facility=医院');
  await look('office/applications/views', 'empty');
  await page.getByRole('button', { name: '保存する' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await look('office/applications/views', 'error');
  await page.getByRole('textbox', { name: '名前' }).fill('入会の届');
  await page.getByRole('button', { name: '保存する' }).click();
  await expect(page.getByRole('link', { name: '入会の届' })).toBeVisible();
  await page.goto('/office/applications/views');
  await look('office/applications/views', 'filled');
  await page.goto('/office/members?status=all');
  await look('office/members', 'filled');
  await page.goto('/office/members?on=いつか');
  await look('office/members', 'error');
  await page.goto('/office/members?name=どこにもいない');
  await look('office/members', 'no-hits');
  await page.goto('/office/members?department=01&mark=unregistered&column=licence&column=age');
  await look('office/members', 'narrowed');
  await page.goto('/office/members/views?status=all&department=01');
  await look('office/members/views', 'empty');
  await page.goto(`/office/members/${await personOf(licenceOf('member'))}`);
  await look('office/members/:id', 'filled');
  await page.goto(`/office/members/${await personOf(licenceOf('member'))}?asOf=2020/01/01&knownAt=いつか`);
  await look('office/members/:id', 'error');
  await page.goto('/office/facilities');
  await look('office/facilities', 'filled');
  await page.goto('/office/facilities?name=どこにもない&membersFrom=いくつか');
  await look('office/facilities', 'error');
  await page.goto('/office/facilities');
  await page.getByRole('rowheader').getByRole('link').first().click();
  await expect(page).toHaveURL(/facilities\/[0-9a-f-]{36}/);
  await look('office/facilities/:id', 'filled');
  const member = `/office/members/${await personOf(licenceOf('member'))}`;
  for (const tab of ['memberships', 'history']) {
    await page.goto(`${member}?tab=${tab}`);
    await look('office/members/:id', tab);
  }
  await page.goto(`${member}/profile`);
  await look('office/members/:id/profile', 'filled');
  await page.getByRole('textbox', { name: '建物名・部屋番号' }).fill('梅田ビル3階');
  await page.getByRole('button', { name: '確認画面へ進む' }).click();
  await expect(page.getByText('梅田ビル3階')).toBeVisible();
  await look('office/members/:id/profile/review', 'filled');
  await page.getByRole('button', { name: '登録する' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await look('office/members/:id/profile/review', 'error');
  await page.getByRole('combobox', { name: '依頼の根拠' }).selectOption({ index: 1 });
  await page.getByRole('textbox', { name: '依頼日' }).fill('2026/01/14');
  await page.locator('input[name=papers]').setInputFiles({ name: '依頼書.png', mimeType: 'image/png', buffer: png() });
  await page.getByRole('button', { name: '登録する' }).click();
  await expect(page.getByText('登録情報を変更しました。')).toBeVisible();
  await page.goto(`${member}/profile/changes`);
  await expect(page.getByRole('link', { name: /依頼書\.png/ })).toBeVisible();
  await look('office/members/:id/profile/changes', 'filled');
  for (const tab of ['cases', 'accesses', 'memo']) {
    await page.goto(`${member}/${tab}`);
    await look(`office/members/:id/${tab}`, 'filled');
  }
  await page.getByRole('textbox', { name: '事務局メモ' }).fill('会報は勤務先へ');
  await page.getByRole('button', { name: '保存する' }).click();
  await expect(page.getByText('最終更新:')).toBeVisible();
  await look('office/members/:id/memo', 'saved');
  await page.goto(`${member}/guidance`);
  await look('office/members/:id/guidance', 'not-offered');
  await page.goto(`/office/members/${await personOf(licenceOf('guided'))}`);
  await page.getByRole('link', { name: 'マイページの案内を送る' }).click();
  await expect(page).toHaveURL(/\/guidance$/);
  await expect(page.getByText('まだ送っていません。')).toBeVisible();
  await look('office/members/:id/guidance', 'filled');
  await page.getByRole('button', { name: 'メールで送る' }).click();
  await expect(page.getByText('マイページの案内をメールで送りました。')).toBeVisible();
  await look('office/members/:id/guidance', 'sent');
  await page.goto('/office/member-notifications?state=all');
  await look('office/member-notifications', 'filled');
  await page.goto('/office/member-notifications?from=いつか');
  await look('office/member-notifications', 'error');
  await page.goto('/office/association');
  await look('office/association', 'filled');
  await page.goto('/office/association/edit');
  await page.getByRole('textbox', { name: '証明書の会長職名' }).fill('');
  await page.getByRole('button', { name: '確認画面に進む' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await look('office/association/edit', 'error');
  await page.getByRole('textbox', { name: '証明書の会長職名' }).fill('会長');
  await page.getByRole('textbox', { name: '受付時間' }).fill('平日 9:00–17:00');
  await page.getByRole('button', { name: '確認画面に進む' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '医師会情報の確認' })).toBeVisible();
  await look('office/association/edit', 'review');
  await page.goto('/office/association/name');
  await page.getByRole('button', { name: '申し出る' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await look('office/association/name', 'error');
  await page.goto('/office/account');
  await look('office/account', 'filled');
  await page.goto('/office/account/mails');
  await look('office/account/mails', 'filled');
  await page.goto('/office/audit-events');
  await look('office/audit-events', 'filled');
  await page.goto('/office/audit-events?person=999999&from=いつか');
  await look('office/audit-events', 'empty-and-error');
}

/** A new association as a line of the file, beside one that is changed. */
const opened = '27955,新設の医師会,シンセツノイシカイ,3,27000,,郡市区,27,,2027/04/01,,,,初期,花子,ショキ,ハナコ,first-admin@example.jp';

/** CSVで一括更新: a file with a fault, then one that is entered. */
async function lookAtBatch(page: Page, look: Look): Promise<void> {
  const saved = await page.request.get('/jma/associations/associations.csv?q=27030&columns=admins');
  const text = await saved.text();
  const check = async (edited: string) => {
    await page.goto('/jma/associations/bulk');
    await page.getByLabel('CSVファイル').setInputFiles({ name: 'master.csv', mimeType: 'text/csv', buffer: Buffer.from(edited) });
    await page.getByRole('button', { name: '検査する(変更は行いません)' }).click();
  };
  await check(text.replace('27030', '88888'));
  await expect(page.getByText('1件も変更されていません。')).toBeVisible();
  await look('jma/associations/bulk', 'error');
  const [head = '', line = ''] = text.split('\r\n');
  const cells = line.split(',');
  await check(`${head}\r\n${cells.with(1, '新しい名称の医師会').with(11, '2027/04/01').join(',')}\r\n${opened}\r\n`);
  await page.getByRole('textbox', { name: '理由' }).fill('総会の議決による');
  await look('jma/associations/bulk', 'filled');
  await page.getByRole('button', { name: '入力を確定する' }).click();
  await expect(page.getByRole('heading', { name: '一括更新の確認' })).toBeVisible();
  await look('jma/associations/bulk/:id', 'filled');
}

/** 医師会マスタ, which only the JMA has. */
async function lookAtMaster(page: Page, look: Look): Promise<void> {
  await logOut(page);
  await logIn(page, officeLogin('jma'));
  const base = '/jma/associations';
  await page.goto(`${base}?q=大阪市`);
  await look('jma/associations', 'filled');
  await page.goto(`${base}?q=どこにもない医師会&on=いつか`);
  await look('jma/associations', 'empty-and-error');
  await page.goto(`${base}?view=tree&q=大阪市北区`);
  await look('jma/associations', 'tree');
  await lookAtBatch(page, look);
  await page.goto(`${base}/new`);
  await page.getByRole('button', { name: '登録する' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await look('jma/associations/new', 'error');
  await page.goto(`${base}/27003`);
  await look('jma/associations/:code', 'filled');
  await page.goto(`${base}/27003/reorganisation`);
  await page.getByRole('button', { name: '確認画面に進む' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await look('jma/associations/:code/reorganisation', 'error');
  await page.getByRole('radio', { name: '合併' }).check();
  await page.getByRole('textbox', { name: '会員が移る先の医師会コード' }).fill('27004');
  await page.getByRole('checkbox', { name: '職員(事務局ユーザー)も移る先に引き継ぐ' }).check();
  await page.getByRole('textbox', { name: '適用日' }).fill('2027/04/01');
  await page.getByRole('textbox', { name: '理由' }).fill('総会の議決による');
  await page.getByRole('button', { name: '確認画面に進む' }).click();
  await expect(page.getByRole('heading', { name: '会員区分の対応' })).toBeVisible();
  await look('jma/associations/:code/reorganisation', 'filled');
}

test('見た目と使いやすさ:事務局の一覧と会員', async ({ page }) => {
  test.setTimeout(600_000);
  const { look } = makeGallery(page);
  await lookAtEmptyOffice(page, look);
  await lookAtLists(page, look);
  await lookAtMaster(page, look);
});

/** Opens a decision, presses its button with nothing filled in. */
async function lookAtDecision(page: Page, look: Look, ask: { base: string; word: string; button: string }): Promise<void> {
  await page.goto(`${ask.base}/${ask.word}`);
  await look(`office/applications/:id/${ask.word}`, 'empty');
  await page.getByRole('button', { name: ask.button }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await look(`office/applications/:id/${ask.word}`, 'error');
}

async function lookAtApproval(page: Page, look: Look, base: string): Promise<void> {
  await page.goto(`${base}/approve`);
  await look('office/applications/:id/approve', 'empty');
  await typeDay(page, dayText(40));
  await look('office/applications/:id/approve', 'warnings');
  await page.getByRole('button', { name: '承認する' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await look('office/applications/:id/approve', 'error');
}

test('見た目と使いやすさ:届の詳細と決定', async ({ page }) => {
  test.setTimeout(600_000);
  const { look, seen } = makeGallery(page);
  const [sent] = await applicationsOf(licenceOf('submitted'));
  const base = `/office/applications/${sent?.id ?? ''}`;
  await logIn(page, officeLogin('kita'));
  await page.goto(`${base}?tab=todo`);
  await look('office/applications/:id', 'filled');
  await lookAtApproval(page, look, base);
  await page.goto(`${base}/receive`);
  await look('office/applications/:id/receive', 'empty');
  await lookAtDecision(page, look, { base, word: 'return', button: '差し戻す' });
  await lookAtDecision(page, look, { base, word: 'reject', button: '非承認にする' });
  await lookAtDecision(page, look, { base, word: 'cancel', button: '申請を取り消す' });
  await lookAtDecision(page, look, { base, word: 'message', button: '送信する' });
  await lookAtDecision(page, look, { base, word: 'memo', button: '保存する' });
  await page.goto(`${base}/attention`);
  await look('office/applications/:id/attention', 'filled');
  await page.goto(`${base}/assignee`);
  await look('office/applications/:id/assignee', 'filled');
  await page.goto(`${base}/originals`);
  await look('office/applications/:id/originals', 'filled');
  const [documentId] = await documentsOf(sent?.id ?? '');
  await page.goto(`${base}/documents/${documentId ?? ''}/preview`);
  await look('office/applications/:id/documents/:documentId/preview', 'pages');
  const [returned] = await applicationsOf(licenceOf('returned'));
  await page.goto(`/office/applications/${returned?.id ?? ''}`);
  await look('office/applications/:id', 'returned');
  await page.goto(`/office/applications/${returned?.id ?? ''}/approve`);
  await look('office/applications/:id/approve', 'impossible');
  for (const word of ['acknowledge', 'revoke']) {
    await page.goto(`${base}/${word}`);
    await look(`office/applications/:id/${word}`, 'impossible');
  }
  await logOut(page);
  await logIn(page, officeLogin('jma'));
  await page.goto(base);
  await look('office/applications/:id', 'waiting');
  const bulk = [
    'office/applications/bulk',
    'office/applications/bulk/:id',
    'office/applications/proxy-sheet',
    'office/exports',
    'office/exports/new',
    'office/exports/:id',
  ]; // looked at in their own journey, like 環境設定
  const lists = [
    'office',
    'office/account',
    'office/audit-events',
    // The same page as my/account/mail (register.journey.ts).
    'office/account/mail',
    'office/account/mails',
    'office/association',
    'office/association/edit',
    'office/association/name',
    'office/member-notifications',
    'office/applications',
    'office/applications/views',
    'office/members',
    'office/facilities',
    'office/facilities/:id',
    'office/members/views',
    'office/members/:id',
    'office/members/:id/profile',
    'office/members/:id/profile/review',
    'office/members/:id/profile/changes',
    'office/members/:id/cases',
    'office/members/:id/accesses',
    'office/members/:id/memo',
    'office/members/:id/guidance',
    ...bulk,
  ];
  // Looked at in their own journeys (certificate.journey.ts, notice.journey.ts, own-lists.journey.ts, facilities.journey.ts).
  const certificates =
    /certificates|^office\/facilities\/(proposals|:id\/)|^office\/(received-)?notices|^office\/mailings-and-categories|:id\/(own-fields|mailings)$/;
  // Looked at in screens-filing.journey.ts.
  const filing =
    /^office\/(members\/:id\/applications(\/:kind)?|applications\/:id\/(ground|associations|change|transfer|destination|details|review|delete|revoke-death))$/;
  expect(
    screens.filter(
      (path) =>
        /^office(\/(?!association-settings|staff-members|inquiries)|$)/.test(path) &&
        !seen.has(path) &&
        !lists.includes(path) &&
        !filing.test(path) &&
        !certificates.test(path),
    ),
    'screens of offices without a look',
  ).toEqual([]);
});
