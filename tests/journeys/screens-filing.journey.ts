import { expect, type Page } from '@playwright/test';
import { applicationsOf, personOf } from './backstage.ts';
import { dayText } from './days.ts';
import { goOn } from './doctor.ts';
import { doctorPage, logIn, logOut } from './door.ts';
import { test } from './journey.ts';
import { makeGallery } from './look.ts';
import { tickLeave } from './moves.ts';
import { licenceOf, officeLogin, offices } from './people.ts';
import { screens } from './screens.ts';

type Look = (path: string, state: string) => Promise<void>;

const step0 = 'office/members/:id/applications/:kind';

/** Presses and waits for the page that follows. */
async function goTo(page: Page, button: string, address: RegExp): Promise<void> {
  await goOn(page, button);
  await page.waitForURL(address);
}

async function refused(page: Page, button: string): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).click();
  await expect(page.getByRole('alert').first()).toBeVisible();
}

/** Step 0 of a paper on request, filled in and gone on with. */
async function beginOnRequest(page: Page, person: string, kind: string): Promise<void> {
  await page.goto(`/office/members/${person}/applications/${kind}`);
  await page.getByLabel('代理申請の根拠').selectOption({ index: 1 });
  await page.getByRole('textbox', { name: '依頼を受けた日' }).fill(dayText(-1));
  await page.getByRole('textbox', { name: '依頼を受けた方 / 確認方法' }).fill('ご本人(電話03-0000-0000へ折り返して確認)');
  await page.getByRole('checkbox', { name: '本人が個人情報の取扱いに同意しています' }).check();
  await goTo(page, '届の入力に進む', /\/office\/applications\//);
}

async function lookAtStep0(page: Page, look: Look, person: string): Promise<void> {
  await page.goto(`/office/members/${person}/applications/withdrawal`);
  await look(step0, 'empty');
  await refused(page, '届の入力に進む');
  await look(step0, 'error');
  await page.goto(`/office/members/${person}/applications/withdrawal?ground=missing`);
  await refused(page, '届の入力に進む');
  await look(step0, 'missing-error');
  await page.goto(`/office/members/${person}/applications/withdrawal?ground=death`);
  await refused(page, '届の入力に進む');
  await look(step0, 'death-error');
}

/** The pages of the doctor, as the office sees them: with the head that says for whom. */
async function lookAtPapers(page: Page, look: Look, person: string): Promise<void> {
  const filing = 'office/applications/:id';
  await beginOnRequest(page, person, 'join');
  await look(`${filing}/associations`, 'join');
  await page.goto(page.url().replace(/\/associations.*/, '/ground'));
  await look(`${filing}/ground`, 'filled');
  await beginOnRequest(page, person, 'transfer');
  await look(`${filing}/transfer`, 'empty');
  await page.getByRole('radio', { name: '施設異動(勤務先)' }).check();
  await goTo(page, '異動先の選択に進む', /\/destination/);
  await look(`${filing}/destination`, 'empty');
  await beginOnRequest(page, person, 'change');
  await look(`${filing}/change`, 'empty');
  await page.getByRole('radio', { name: '勤務先の変更' }).check();
  await goTo(page, '入力フォームに進む', /\/details/);
  await look(`${filing}/details`, 'change');
  await page.goto(page.url().replace(/\/details.*/, '/delete'));
  await look(`${filing}/delete`, 'filled');
  await page.goto(`/office/members/${person}/applications`);
  await look('office/members/:id/applications', 'filled');
}

async function lookAtDeath(page: Page, look: Look, person: string): Promise<void> {
  await page.goto(`/office/members/${person}/applications/withdrawal?ground=death`);
  await page.getByRole('textbox', { name: '死亡年月日' }).fill(dayText(-1));
  await page.getByLabel('知った経緯').first().selectOption({ label: 'ご遺族' });
  await goTo(page, '届の入力に進む', /\/associations/);
  await look('office/applications/:id/associations', 'death');
  await goTo(page, '確認画面に進む', /\/review/);
  await look('office/applications/:id/review', 'death');
  await refused(page, '登録する');
  await look('office/applications/:id/review', 'death-error');
}

async function lookAtMissing(page: Page, look: Look, person: string): Promise<void> {
  await page.goto(`/office/members/${person}/applications/withdrawal?ground=missing`);
  await page.getByRole('textbox', { name: '最終連絡日' }).fill(dayText(-50));
  await page.getByRole('textbox', { name: '郵便 確認した日' }).fill(dayText(-5));
  await page.getByRole('textbox', { name: '郵便 結果' }).fill('宛先不明で返送');
  await page.getByRole('textbox', { name: '具体的な理由' }).fill('転居先が分からず、勤務先も閉院している');
  await goTo(page, '届の入力に進む', /\/associations/);
  await look('office/applications/:id/associations', 'missing');
  await refused(page, '確認画面に進む');
  await look('office/applications/:id/associations', 'missing-error');
  await tickLeave(page, { script: true }, { tick: offices.kita.label, above: [offices.osaka.label, offices.jma.label] });
  await page.getByRole('textbox', { name: '退会希望年月日' }).fill(dayText(-1));
  await goTo(page, '確認画面に進む', /\/review/);
  await look('office/applications/:id/review', 'missing');
  await refused(page, '退会を申請する');
  await look('office/applications/:id/review', 'missing-error');
}

/** A file with a good line, and one with a bad one. */
async function lookAtSheet(page: Page, look: Look): Promise<void> {
  const path = 'office/applications/proxy-sheet';
  const categories = [4, 3, 2, 1].map((layer) => `会員区分(${layer}層)`).join(',');
  const head = `届,医籍登録番号,生年月日,希望年月日,医師会コード,${categories},異動事由/退会事由,施設コードまたは施設名,施設・業務,役職,根拠,依頼日,備考`;
  const line = (licence: string) => `退会届,${licence},1982/06/01,${dayText(0)},27001,,,,,廃業・退職,,,,P01,${dayText(-1)},`;
  const choose = async (text: string) => {
    await page.goto(`/${path}`);
    await page.getByLabel('CSVファイル').setInputFiles({ name: '代理申請.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    await page.getByRole('button', { name: '検査する(申請は行いません)' }).click();
  };
  await page.goto(`/${path}`);
  await look(path, 'empty');
  await refused(page, '検査する(申請は行いません)');
  await look(path, 'error');
  await choose([head, line('999999'), line('12-3')].join('\r\n'));
  await expect(page.getByText('1件も申請されていません。')).toBeVisible();
  await look(path, 'faults');
  await choose([head, line(licenceOf('pictures-leave'))].join('\r\n'));
  await expect(page.getByText('1行すべてを申請できます。')).toBeVisible();
  await look(path, 'ready');
  await refused(page, '1件を申請する');
  await look(path, 'ready-error');
  await page.getByRole('checkbox', { name: 'すべての方について' }).check();
  await page.getByRole('checkbox', { name: '必要な書類の原本' }).check();
  await page.getByRole('button', { name: '1件を申請する' }).click();
  await expect(page.getByText('1件を代理で申請しました。')).toBeVisible();
  await look(path, 'done');
}

test('見た目と使いやすさ:代理申請', async ({ page }) => {
  test.setTimeout(300_000);
  const { look, seen } = makeGallery(page);
  const person = await personOf(licenceOf('member'));
  await logIn(page, officeLogin('kita'));
  await lookAtStep0(page, look, person);
  await lookAtPapers(page, look, person);
  await lookAtDeath(page, look, person);
  await lookAtMissing(page, look, person);
  await lookAtSheet(page, look);
  const [, held] = await applicationsOf(licenceOf('objecting'));
  await page.goto(`/office/applications/${held?.id ?? ''}`);
  await look('office/applications/:id', 'held');
  await page.goto(`/office/applications/${held?.id ?? ''}/revoke-death`);
  await look('office/applications/:id/revoke-death', 'impossible');
  const [, dead] = await applicationsOf(licenceOf('dead-look'));
  await page.goto(`/office/applications/${dead?.id ?? ''}/revoke-death`);
  await refused(page, '死亡の登録を取り消す');
  await look('office/applications/:id/revoke-death', 'error');
  await logOut(page);
  await doctorPage(page, 'objecting');
  const [, own] = await applicationsOf(licenceOf('objecting'));
  await page.goto(`/my/applications/${own?.id ?? ''}/objection`);
  await look('my/applications/:id/objection', 'empty');
  await page.getByRole('textbox', { name: '異議の内容' }).fill('あ'.repeat(501));
  await refused(page, '申し出る');
  await look('my/applications/:id/objection', 'error');
  await page.getByRole('textbox', { name: '異議の内容' }).fill('引き続き勤務しており、退会の希望はありません。');
  await goTo(page, '申し出る', /\/my\/applications\/[^/]+$/);
  await look('my/applications/:id', 'objected');
  const papers =
    /^office\/(members\/:id\/applications(\/:kind)?|applications\/:id\/(ground|associations|change|transfer|destination|details|review|delete|proxy-sheet))$/;
  expect(
    screens.filter((path) => papers.test(path) && !seen.has(path)),
    'screens of 代理申請 without a look',
  ).toEqual([]);
});
