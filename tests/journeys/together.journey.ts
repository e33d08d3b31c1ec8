import { expect, type Page } from '@playwright/test';
import { applicationsOf } from './backstage.ts';
import { dayText } from './days.ts';
import { chooseByAssociation, chooseCategories, goOn, beginJoin } from './doctor.ts';
import { doctorPage, logIn, otherBrowser } from './door.ts';
import { prepareJoin } from './filing.ts';
import { test } from './journey.ts';
import { begin, openCase, typeDay } from './office.ts';
import { doctorLogin, licenceOf, offices } from './people.ts';

/** Two devices, two presses, two clerks: never two effects, never lost text. */

test('一時保存は別の端末で続けられ、古い画面から上書きされない', async ({ page, ways }) => {
  test.setTimeout(120_000);
  const { kita, osaka, jma } = offices;
  await doctorPage(page, 'draft');
  await beginJoin(page);
  await chooseByAssociation(page, ways, { prefecture: '大阪府', text: '北区', association: kita.label });
  await chooseCategories(page, { [kita.label]: 'A1', [osaka.label]: 'A1', [jma.label]: 'A1' });
  await goOn(page, '入力フォームに進む');
  await expect(page.getByText('必要事項を入力してください。')).toBeVisible();

  const phone = await otherBrowser(ways);
  await logIn(phone, doctorLogin('draft'));
  await expect(phone.getByRole('main')).toContainText('一時保存中の届があります(入会届');
  await phone.getByRole('link', { name: '続きを入力する' }).click();
  await phone.getByLabel('連絡事項').fill('電話から入力しました。');
  await goOn(phone, '一時保存する');
  await expect(phone.getByRole('status')).toHaveText('一時保存しました。');

  await page.getByLabel('連絡事項').fill('パソコンから入力しました。');
  await goOn(page, '一時保存する');
  await expect(page.getByRole('alert')).toContainText('お客様の操作は反映されていません。');
  await expect(page.getByLabel('連絡事項')).toHaveValue('パソコンから入力しました。');
  await phone.reload();
  await phone.getByRole('link', { name: '続きを入力する' }).click();
  await expect(phone.getByLabel('連絡事項')).toHaveValue('電話から入力しました。');
});

test('申請のボタンを二度押しても、届は1つだけ受け付けられる', async ({ page, ways }) => {
  test.setTimeout(120_000);
  await prepareJoin(page, ways, 'twice');
  await page.getByRole('button', { name: '入会を申請する' }).dblclick();
  await expect(page.getByText('入会の申請を受付けました。')).toBeVisible();
  const cases = await applicationsOf(licenceOf('twice'));
  expect(cases.map((one) => one.state)).toEqual(['submitted']);
});

const lost = /(.+)\(大阪市北区医師会\)が.+に「承認」を行いました。お客様の操作は反映されていません。最新の内容をご確認ください。/;

async function prepareApproval(desk: Page, loginId: string): Promise<void> {
  await logIn(desk, loginId);
  await openCase(desk, 'race');
  await begin(desk, '承認');
  await typeDay(desk, dayText(-1));
  await desk.getByRole('textbox', { name: '審査時連絡メッセージ' }).fill(`${loginId}が承認します。`);
}

test('2人の担当者が同時に承認すると、1人の承認だけが有効になり、もう1人の入力は残る', async ({ ways }) => {
  test.setTimeout(120_000);
  const [admin, clerk] = [await otherBrowser(ways), await otherBrowser(ways)];
  await prepareApproval(admin, 'office-kita');
  await prepareApproval(clerk, 'office-kita-clerk');
  const press = async (desk: Page) => await desk.getByRole('button', { name: '承認する' }).click();
  await Promise.all([press(admin), press(clerk)]);
  const settled = async (desk: Page) => {
    await expect(desk.getByRole('status').filter({ hasText: '承認しました。' }).or(desk.getByRole('alert'))).toBeVisible();
    return await desk.getByRole('alert').isVisible();
  };
  const lostBy = [await settled(admin), await settled(clerk)];
  expect(lostBy.filter(Boolean), 'exactly one loses').toHaveLength(1);
  const [loser, winnerName, ownText] =
    lostBy[0] === true ? [admin, '窓口 優', 'office-kitaが承認します。'] : [clerk, '梅田 優', 'office-kita-clerkが承認します。'];
  await expect(loser.getByRole('alert')).toContainText(lost);
  await expect(loser.getByRole('alert')).toContainText(winnerName);
  await expect(loser.getByText(ownText)).toBeVisible();
  await expect(loser.getByRole('table', { name: '審査の状況' })).toContainText('承認');
});
