import { expect, type Page } from '@playwright/test';
import { applicationsOf, documentsOf } from './backstage.ts';
import { dayText } from './days.ts';
import { chooseByAssociation, chooseCategories, expectUploaded, fillDetails, goOn, search, upload } from './doctor.ts';
import { doctorPage, logOut } from './door.ts';
import { test } from './journey.ts';
import { makeGallery } from './look.ts';
import { lookAtMoves } from './look-at-moves.ts';
import { licencePdf } from './papers.ts';
import { type DoctorName, licenceOf, offices } from './people.ts';
import { screens } from './screens.ts';

type Look = (path: string, state: string) => Promise<void>;

async function caseOf(name: DoctorName): Promise<string> {
  const [first] = await applicationsOf(licenceOf(name));
  if (first === undefined) throw new Error(`no case of ${name}`);
  return `/my/applications/${first.id}`;
}

async function lookAtProfile(page: Page, look: Look): Promise<void> {
  await page.goto('/my/profile');
  await look('my/profile', 'filled');
  await page.goto('/my/profile/edit');
  await look('my/profile/edit', 'filled');
  await page.getByLabel('TEL').fill('電話');
  await page.getByRole('button', { name: '確認画面へ進む' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await look('my/profile/edit', 'error');
  await page.getByLabel('TEL').fill('090-1111-2222');
  await page.getByRole('button', { name: '確認画面へ進む' }).click();
  await expect(page.getByRole('heading', { name: '登録情報の変更 入力内容の確認' })).toBeVisible();
  await look('my/profile/review', 'filled');
  await page.goto('/my/mailing-preference');
  await look('my/mailing-preference', 'filled');
  await page.getByRole('checkbox', { name: '送付物の宛名に旧姓・旧名を使用する' }).check();
  await page.getByRole('button', { name: '保存する' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await look('my/mailing-preference', 'error');
}

/** A doctor without anything yet. */
async function lookAtEmptyPages(page: Page, look: Look): Promise<void> {
  await look('my', 'empty');
  for (const tab of ['open', 'draft', 'done', 'all']) {
    await page.goto(`/my/applications?tab=${tab}`);
    await look('my/applications', `empty-${tab}`);
  }
  await page.goto('/my/applications?from=いつか');
  await look('my/applications', 'error');
  await page.goto('/my/membership-history');
  await look('my/membership-history', 'empty');
  await page.goto('/my/membership-history?view=associations');
  await look('my/membership-history', 'empty-associations');
  await page.goto('/my/account');
  await look('my/account', 'filled');
  await lookAtProfile(page, look);
}

async function lookAtStep1(page: Page, look: Look): Promise<void> {
  await page.goto('/my/applications/join');
  await look('my/applications/join', 'empty');
  await page.getByRole('button', { name: 'この医師会を表示する' }).click();
  await expect(page.getByText('医師会を選択してください').first()).toBeVisible();
  await look('my/applications/join', 'error');
  await page.goto('/my/applications/join?intent=search:lowestAssociationId&prefecture=27&lowestAssociationIdQuery=北');
  await look('my/applications/join', 'hits');
  await page.goto('/my/applications/join?intent=search:facilityId&facilityIdQuery=どこにもない');
  await look('my/applications/join', 'no-hits');
  await page.goto('/my/applications/join');
  await page.getByLabel('所属施設').pressSequentially('さくら');
  await expect(page.getByRole('option', { name: '北区さくら診療所' })).toBeVisible();
  await look('my/applications/join', 'suggestions');
  await page.goto('/my/applications/join');
  await chooseByAssociation(page, { script: true }, { prefecture: '大阪府', text: '北区', association: offices.kita.label });
  await expect(page.getByRole('button', { name: '入力フォームに進む' })).toBeVisible();
  await look('my/applications/join', 'chain');
  await goOn(page, '入力フォームに進む');
  await expect(page.getByRole('alert')).toBeVisible();
  await look('my/applications/join', 'chain-error');
  await chooseCategories(page, { [offices.kita.label]: 'A1', [offices.osaka.label]: 'A1', [offices.jma.label]: 'A1' });
  await goOn(page, '入力フォームに進む');
  await expect(page.getByText('必要事項を入力してください。')).toBeVisible();
}

async function lookAtSteps2And3(page: Page, look: Look): Promise<void> {
  await look('my/applications/:id/details', 'empty');
  await goOn(page, '確認画面に進む');
  await expect(page.getByRole('alert')).toBeVisible();
  await look('my/applications/:id/details', 'error');
  const paper = licencePdf('医師免許証の写し_とても長い名前のファイル_2026年度提出用_最終版(修正済み).pdf');
  await upload(page, { script: true }, { row: '医師免許証', paper });
  await expectUploaded(page, { row: '医師免許証', paper });
  await search(page, { script: true }, { field: '所属施設を選択', text: 'さくら', hit: '北区さくら診療所' });
  await fillDetails(page, {
    wishedOn: dayText(0),
    work: '診療所(開設する者で管理者の医師)',
    position: '院長',
    designations: ['保険医', '労災', '難病'],
    note: '診療所の開設に合わせての入会を希望します。\nよろしくお願いいたします。',
  });
  await page.getByRole('button', { name: 'カレンダー' }).click();
  await look('my/applications/:id/details', 'calendar');
  await page.keyboard.press('Escape');
  await look('my/applications/:id/details', 'filled');
  await goOn(page, '確認画面に進む');
  await expect(page.getByText('入力内容をご確認ください。')).toBeVisible();
  await look('my/applications/:id/review', 'filled');
  const draft = await caseOf('look');
  await page.goto(`${draft}/associations`);
  await look('my/applications/:id/associations', 'filled');
  await page.goto('/my');
  await look('my', 'draft');
  await page.goto('/my/applications?tab=draft');
  await look('my/applications', 'draft');
  await page.goto(`${draft}/delete`);
  await look('my/applications/:id/delete', 'filled');
}

test('見た目と使いやすさ:医師の画面(何もないときと、入力の途中)', async ({ page }) => {
  test.setTimeout(600_000);
  const { look } = makeGallery(page);
  await doctorPage(page, 'look');
  await lookAtEmptyPages(page, look);
  await lookAtStep1(page, look);
  await lookAtSteps2And3(page, look);
});

async function lookAtSubmitted(page: Page, look: Look): Promise<void> {
  await doctorPage(page, 'submitted');
  await look('my', 'open');
  await page.goto('/my/applications');
  await look('my/applications', 'open');
  const sent = await caseOf('submitted');
  await page.goto(sent);
  await look('my/applications/:id', 'open');
  await page.getByRole('textbox', { name: '返信' }).fill('');
  await page.getByRole('button', { name: '返信する' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await look('my/applications/:id', 'error');
  const [documentId] = await documentsOf(sent.split('/').at(-1) ?? '');
  await page.goto(`${sent}/documents/${documentId ?? ''}/preview`);
  await look('my/applications/:id/documents/:documentId/preview', 'pages');
  await page.goto(`${sent}/submitted`);
  await look('my/applications/:id/submitted', 'filled');
  await page.goto(`${sent}/retract`);
  await look('my/applications/:id/retract', 'empty');
  await page.getByRole('button', { name: '申請を取り下げる' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await look('my/applications/:id/retract', 'error');
  await logOut(page);
}

async function lookAtReturned(page: Page, look: Look): Promise<void> {
  await doctorPage(page, 'returned');
  await look('my', 'returned');
  const returned = await caseOf('returned');
  await page.goto(returned);
  await look('my/applications/:id', 'returned');
  for (const step of ['associations', 'details', 'review']) {
    await page.goto(`${returned}/${step}`);
    await look(`my/applications/:id/${step}`, 'returned');
  }
  await logOut(page);
}

async function lookAtMember(page: Page, look: Look): Promise<void> {
  await doctorPage(page, 'member');
  await page.locator('details.ui-help summary').click();
  await look('my', 'member');
  await page.goto(await caseOf('member'));
  await look('my/applications/:id', 'completed');
  await page.goto('/my/applications?tab=done');
  await look('my/applications', 'done');
  await page.goto('/my/access-log');
  await look('my/access-log', 'filled');
  await page.goto('/my/access-log?from=2026/05/01&to=2026/04/01');
  await look('my/access-log', 'error');
  await page.goto('/my/membership-history');
  await look('my/membership-history', 'filled');
  await page.goto('/my/membership-history?view=associations');
  await look('my/membership-history', 'associations');
  await page.goto('/my/membership-history?from=2026/05/01&to=2026/04/01');
  await look('my/membership-history', 'error');
}

test('見た目と使いやすさ:医師の画面(申請中、差戻し、会員)', async ({ page }) => {
  test.setTimeout(600_000);
  const { look, seen } = makeGallery(page);
  await lookAtSubmitted(page, look);
  await lookAtReturned(page, look);
  await lookAtMember(page, look);
  await lookAtMoves(page, look);
  // my/account/mail is looked at in register.journey.ts, certificates in certificate.journey.ts, お知らせ in notice.journey.ts, お問合せ in inquiry.journey.ts, 異議 in screens-filing.journey.ts.
  const looked = ['my/account', 'my/account/mail', 'my/applications/join', 'my/applications/:id/delete'];
  const drafting = [...looked, 'my/applications/:id/objection'];
  // 登録情報 and 送付物設定 are looked at above, by a doctor without anything.
  const own = /^my\/(profile|mailing-preference)/;
  expect(
    screens.filter(
      (path) =>
        /^my(\/(?!membership-certificates|notices|inquiries)|$)/.test(path) &&
        !own.test(path) &&
        !seen.has(path) &&
        !drafting.includes(path),
    ),
    'screens of doctors without a look',
  ).toEqual([]);
});
