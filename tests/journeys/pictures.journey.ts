import { expect, type Page } from '@playwright/test';
import { dayText } from './days.ts';
import {
  beginJoin,
  chooseByAssociation,
  chooseByWorkplace,
  chooseCategories,
  expectUploaded,
  fillDetails,
  goOn,
  search,
  upload,
} from './doctor.ts';
import { personOf } from './backstage.ts';
import { doctorPage, logIn, officePage, otherBrowser } from './door.ts';
import { openProgress, submitJoin } from './filing.ts';
import { test } from './journey.ts';
import { beginMove, beginWithdrawal, fillLeaving, send, tickLeave } from './moves.ts';
import { approve, begin, openCase, receive, typeDay } from './office.ts';
import { licencePdf } from './papers.ts';
import { facilities, licenceOf, offices } from './people.ts';

/** The pictures of the manual, made only on request (`PICTURES=1`), so that a test run leaves the files as they are. */

const script = { script: true } as const;

/** The page from its top down to `height` px; whole when it is shorter. */
async function picture(page: Page, name: string, height: number): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.evaluate(() => {
    window.scrollTo(0, 0);
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  });
  await page.mouse.move(0, 0);
  const whole = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width: 1280, height: Math.min(whole, height) });
  await page.screenshot({ path: `docs/manual/pictures/${name}.png`, animations: 'disabled' });
  await page.setViewportSize({ width: 1280, height: 800 });
}

async function fileWithPictures(page: Page): Promise<string> {
  const { kita, osaka, jma } = offices;
  await page.goto('/login');
  await picture(page, 'login', 720);
  await doctorPage(page, 'pictures');
  await beginJoin(page);
  await chooseByAssociation(page, script, { prefecture: '大阪府', text: '北区', association: kita.label });
  await chooseCategories(page, { [kita.label]: 'A1', [osaka.label]: 'A1', [jma.label]: 'A1' });
  await picture(page, 'join-associations', 1700);
  await goOn(page, '入力フォームに進む');
  await search(page, script, { field: '所属施設を選択', text: 'さくら', hit: '北区さくら診療所' });
  await fillDetails(page, {
    wishedOn: dayText(0),
    work: '診療所(開設する者で管理者の医師)',
    position: '院長',
    designations: ['保険医', '労災'],
  });
  const paper = licencePdf();
  await upload(page, script, { row: '医師免許証', paper });
  await expectUploaded(page, { row: '医師免許証', paper });
  await picture(page, 'join-details', 1800);
  await goOn(page, '確認画面に進む');
  await expect(page.getByText('入力内容をご確認ください。')).toBeVisible();
  await picture(page, 'join-review', 2200);
  return await submitJoin(page);
}

test('手引きの図', async ({ page, ways }) => {
  test.setTimeout(180_000);
  const number = await fileWithPictures(page);

  const desk = await officePage(ways, 'kita');
  await picture(desk, 'office-top', 1200);
  await desk.goto('/office/applications');
  await expect(desk.getByRole('table')).toBeVisible();
  await picture(desk, 'office-applications', 1300);
  await openCase(desk, 'pictures');
  await picture(desk, 'office-application', 2000);
  await begin(desk, '承認');
  await typeDay(desk, dayText(1));
  await picture(desk, 'office-approve', 1700);
  await openCase(desk, 'pictures');
  await receive(desk);
  await approve(desk, { day: dayText(0) });
  await expect(desk.getByRole('status')).toHaveText(`承認しました。${offices.osaka.label}へ送付しました。`);

  await openProgress(page, number);
  await picture(page, 'join-progress', 1250);
  await page.goto('/my');
  await picture(page, 'my-top', 1200);
});

test('手引きの図:退会届', async ({ page, ways }) => {
  test.setTimeout(180_000);
  await doctorPage(page, 'pictures-leave');
  await beginWithdrawal(page);
  await tickLeave(page, script, { tick: offices.kita.label, above: [offices.osaka.label, offices.jma.label] });
  await fillLeaving(page, { wishedOn: dayText(30), reason: '廃業・退職' });
  await picture(page, 'withdrawal-form', 1500);
  await goOn(page, '確認画面に進む');
  await expect(page.getByText('入力内容をご確認ください。')).toBeVisible();
  await picture(page, 'withdrawal-review', 1500);
  const number = await send(page, '退会');
  const desk = await officePage(ways, 'kita');
  await openCase(desk, 'pictures-leave', { paper: '退会届' });
  await begin(desk, '承認');
  await typeDay(desk, dayText(30), '退会日');
  await picture(desk, 'withdrawal-approve', 1300);
  await openCase(desk, 'pictures-leave', { paper: '退会届' });
  await approve(desk, { day: dayText(30), label: '退会日' });
  await expect(desk.getByRole('status')).toHaveText('承認しました。すべての手続きが完了しました。');
  await openProgress(page, number);
  await picture(page, 'withdrawal-progress', 900);
});

type Shot = readonly [address: string, name: string, height: number];

async function picturesOf(page: Page, shots: readonly Shot[]): Promise<void> {
  for (const [address, name, height] of shots) {
    await page.goto(address);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await picture(page, name, height);
  }
}

test('手引きの図:医師の画面', async ({ page, ways }) => {
  test.setTimeout(180_000);
  const guest = await otherBrowser(ways);
  await picturesOf(guest, [
    ['/register', 'register', 1000],
    ['/recover', 'recover', 900],
  ]);
  await doctorPage(page, 'member');
  await picturesOf(page, [
    ['/my/profile', 'profile', 1300],
    ['/my/mailing-preference', 'mailing-preference', 1100],
    ['/my/notices', 'notices', 900],
    ['/my/inquiries/new', 'inquiry-new', 1200],
    ['/my/membership-certificates/new', 'certificate-new', 1100],
    ['/my/access-log', 'access-log', 900],
    ['/my/membership-history', 'history', 1000],
    ['/my/account', 'account', 1300],
    ['/my/applications?tab=all', 'my-applications', 900],
  ]);
  await beginMove(page, 'transfer');
  await page.getByRole('radio', { name: '施設異動(勤務先)' }).check();
  await page.getByRole('group', { name: '異動する医師会を選択してください。' }).getByRole('radio').first().check();
  await picture(page, 'transfer-origin', 1300);
  await goOn(page, '異動先の選択に進む');
  await chooseByWorkplace(page, script, { text: 'つばき', facility: '都島つばき医院' });
  await picture(page, 'transfer-destination', 1500);
});

test('手引きの図:医師会事務局の画面', async ({ ways }) => {
  test.setTimeout(180_000);
  const desk = await officePage(ways, 'kita');
  const member = await personOf(licenceOf('member'));
  await picturesOf(desk, [
    ['/office/members', 'members', 1300],
    ['/office/exports/new?list=members&conditions=%3Fstatus%3Dcurrent&format=label', 'address-labels', 1400],
    [`/office/members/${member}`, 'member', 1300],
    ['/office/facilities', 'facilities', 1000],
    ['/office/member-notifications', 'member-notifications', 1100],
    ['/office/notices', 'notice-list', 900],
    ['/office/notices/new', 'notice-new', 1600],
    ['/office/inquiries', 'inquiries', 900],
    ['/office/association', 'association', 1200],
    ['/office/association-settings/new', 'settings-new', 1400],
    ['/office/staff-members', 'staff', 900],
    [`/office/members/${member}/applications/withdrawal`, 'proxy', 1300],
    [`/office/members/${member}/membership-certificates/new`, 'certificate-office', 1100],
  ]);
  await picturesOf(await officePage(ways, 'jma'), [['/jma/associations', 'association-master', 1100]]);
});

/** A proposal as 大阪市北区医師会 writes it, and as 大阪府医師会 finds it. */
async function picturesOfProposal(desk: Page, upper: Page): Promise<void> {
  await desk.goto('/office/facilities');
  // Names that members have typed stand in the same list; the master holds this one.
  const [{ name }] = facilities;
  await desk.getByRole('rowheader').getByRole('link', { name }).first().click();
  await expect(desk.getByRole('heading', { level: 1, name })).toBeVisible();
  await desk.getByRole('main').getByRole('link', { name: '施設情報の変更を提案する', exact: true }).click();
  await desk.getByRole('textbox', { name: /^通称/ }).fill('さくら');
  await desk.getByRole('textbox', { name: /^提案の理由/ }).fill('施設からの届出による');
  await picture(desk, 'facility-proposal', 1300);
  await desk.getByRole('main').getByRole('button', { name: '提案する', exact: true }).click();
  await expect(desk.getByRole('status')).toHaveText('提案しました。都道府県医師会の審査をお待ちください。');
  await upper.goto('/office/facilities/proposals?tab=review');
  await upper.getByRole('rowheader').getByRole('link', { name }).first().click();
  await expect(upper.getByRole('button', { name: '承認する', exact: true })).toBeVisible();
  await picture(upper, 'facility-review', 1200);
}

test('手引きの図:施設の提案と審査', async ({ ways }) => {
  test.setTimeout(180_000);
  await picturesOfProposal(await officePage(ways, 'kita'), await officePage(ways, 'osaka'));
});

test('手引きの図:出力・操作履歴・設定・運営事務局', async ({ ways }) => {
  test.setTimeout(180_000);
  const desk = await officePage(ways, 'kita');
  await picturesOf(desk, [
    ['/office/exports/new?list=members&conditions=%3Fstatus%3Dcurrent', 'export-new', 1500],
    ['/office/audit-events', 'audit-events', 1000],
    ['/office/mailings-and-categories', 'own-lists', 900],
    ['/office/applications?tab=all', 'applications-search', 900],
  ]);
  const operations = await otherBrowser(ways);
  await logIn(operations, 'office-operations');
  await picturesOf(operations, [
    ['/operations/login-letters', 'login-letters', 1000],
    ['/operations/announcements', 'announcements', 1100],
  ]);
});
