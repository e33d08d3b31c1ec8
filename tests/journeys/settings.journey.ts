import { expect, type Page } from '@playwright/test';
import { dayText } from './days.ts';
import { logIn, officePage } from './door.ts';
import { test } from './journey.ts';
import { expectGoodLook } from './look.ts';
import { disguised, licencePdf, type Paper } from './papers.ts';
import { type OfficeName, officeLogin, offices } from './people.ts';

/** 環境設定 (O-21): a 管理者 plans, compares and withdraws versions; a colleague comes too late; スタッフ only see. */

const home = '/office/association-settings';
const notice = '環境設定の変更は、処理中の届には反映されません。適用開始日以降に申請された届から適用されます。';

/** Versions of one association must not meet those of the other project. */
const officeOf: Record<'script' | 'noscript', OfficeName> = { script: 'tokyo', noscript: 'kanagawa' };

function row(page: Page, version: number) {
  return page.getByRole('row').filter({ has: page.getByRole('link', { name: `第${version}版`, exact: true }) });
}

async function openNew(page: Page): Promise<void> {
  await page.goto(home);
  await page.getByRole('link', { name: '新しい版を作成する' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '環境設定の新しい版' })).toBeVisible();
}

async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click();
}

async function lookAround(page: Page, kind: string, name: string): Promise<void> {
  if (kind === 'script') await expectGoodLook(page, `association-settings-${name}`);
}

async function findErrors(page: Page, kind: string): Promise<void> {
  await page.getByRole('radio', { name: '日本医師会まで必須' }).check();
  await page.getByRole('radio', { name: '理事会開催日' }).check();
  await page.getByRole('textbox', { name: '督促の日数' }).fill('３１');
  await press(page, '確認画面に進む');
  for (const text of ['督促の日数は1から30までの数字で入力してください', '適用開始日を入力してください', '変更の理由を入力してください'])
    await expect(page.getByRole('alert').getByRole('link', { name: text })).toBeVisible();
  await page.getByRole('textbox', { name: '督促の日数' }).fill('５');
  await page.getByRole('textbox', { name: '適用開始日' }).fill(dayText(0));
  await page.getByRole('textbox', { name: '変更の理由' }).fill('定款の変更(総会で議決)');
  await press(page, '確認画面に進む');
  for (const text of ['上層のみの退会を「認めない」にしてください', '以降の理事会日程を入力してください', '明日以降の日付'])
    await expect(page.getByRole('alert').getByRole('link', { name: text })).toBeVisible();
  await expect(page.getByRole('radio', { name: '日本医師会まで必須' })).toBeChecked();
  await lookAround(page, kind, 'errors');
}

async function mend(page: Page, kind: string): Promise<void> {
  await page.getByRole('radio', { name: '認めない', exact: true }).check();
  await page.getByRole('textbox', { name: '適用開始日' }).fill(dayText(60));
  await page.getByRole('combobox', { name: '第何週' }).selectOption({ label: '第3' });
  await page.getByRole('combobox', { name: '曜日' }).selectOption({ label: '月曜日' });
  await page.getByRole('textbox', { name: '作成する最初の日' }).fill(dayText(60));
  await press(page, '理事会日程に加える');
  await expect(page.getByRole('textbox', { name: '理事会日程' })).toHaveValue(/^(\d{4}\/\d{2}\/\d{2}\n){10,11}\d{4}\/\d{2}\/\d{2}$/);
  await expect(page.getByRole('textbox', { name: '変更の理由' })).toHaveValue('定款の変更(総会で議決)');
  await press(page, '提出書類の欄を追加する');
  const paper = page.getByRole('group', { name: '提出書類7' });
  await paper.getByRole('textbox', { name: '名称' }).fill('推薦書');
  await press(page, '確認画面に進む');
  await page.getByRole('alert').getByRole('link', { name: '種別を選択してください' }).click();
  await paper.getByRole('combobox', { name: '種別' }).selectOption({ label: '入会届' });
  await paper.getByRole('checkbox', { name: '必須とする' }).check();
  await attach(page, kind);
}

/** 様式: a wrong file is named at its field; a good one stays through the confirm page. Days come from a file too. */
async function attach(page: Page, kind: string): Promise<void> {
  const paper = page.getByRole('group', { name: '提出書類7' }).last();
  const choose = async (file: Paper) => {
    await paper.locator('input[type=file]').setInputFiles(file);
    if (kind === 'noscript') await paper.getByRole('button', { name: 'アップロードする' }).click();
  };
  if (kind === 'noscript') {
    await paper.getByRole('button', { name: 'アップロードする' }).click();
    await expect(paper).toContainText('ファイルをアップロードしてください');
  }
  await choose(disguised);
  await expect(paper).toContainText('このファイルは受け付けられません');
  await expect(page.getByRole('alert').getByRole('link')).toHaveCount(1);
  await choose(licencePdf('推薦書の様式.pdf'));
  await expect(paper.getByRole('listitem')).toContainText('推薦書の様式.pdf');
  const before = (await page.getByRole('textbox', { name: '理事会日程' }).inputValue()).split('\n').length;
  const csv = { name: '理事会.csv', mimeType: 'text/csv', buffer: Buffer.from(`開催日,会場\r\n${dayText(300)},会館\r\n`) };
  await page.getByLabel('理事会日程のCSVファイル').setInputFiles(csv);
  await press(page, 'CSVファイルの日付を加える');
  await expect(page.getByRole('textbox', { name: '理事会日程' })).toHaveValue(new RegExp(`^(.*\\n){${before}}${dayText(300)}$`));
  await lookAround(page, kind, 'papers');
}

/** 過去1年の申請で試す: numbers for what is to change, and back to the confirm page with everything as it was. */
async function tryOnPast(page: Page, kind: string): Promise<void> {
  await press(page, '過去1年の申請で試す');
  await expect(page.getByRole('heading', { level: 1, name: '過去1年の申請で試す' })).toBeVisible();
  await expect(page.getByText(/^過去1年の申請 [\d,]+件のうち、扱いが変わる申請は[\d,]+件です。$/)).toBeVisible();
  const found = page.getByRole('table', { name: '過去1年の申請で試した結果' });
  await expect(found.getByRole('row').filter({ hasText: '提出書類' })).toContainText('必須の提出書類が足りるかどうか');
  await lookAround(page, kind, 'trial');
  await press(page, '確認画面に戻る');
  await expect(page.getByRole('heading', { level: 1, name: '環境設定の確認' })).toBeVisible();
}

async function review(page: Page, kind: string): Promise<void> {
  await press(page, '確認画面に進む');
  await expect(page.getByRole('heading', { level: 1, name: '環境設定の確認' })).toBeVisible();
  await expect(page.getByText('処理中の届 0件 は現在の設定のままです。')).toBeVisible();
  const changes = page.getByRole('region', { name: '変更の内容' });
  await expect(changes.getByRole('row')).toHaveCount(7);
  await expect(changes).toContainText('日本医師会への入会が必要です。');
  await expect(changes).toContainText('推薦書(必須。様式:推薦書の様式.pdf)');
  await lookAround(page, kind, 'review');
  await tryOnPast(page, kind);
  await press(page, '戻る');
  await expect(page.getByRole('textbox', { name: '督促の日数' })).toHaveValue('５');
  await press(page, '確認画面に進む');
  await press(page, '登録する');
  await expect(page.getByRole('status')).toHaveText(`登録しました。${dayText(60)}から第2版が適用されます。`);
}

/** An earlier plan that the later one will end: said before, agreed to with a tick. */
async function planEarlier(page: Page, kind: string): Promise<void> {
  await openNew(page);
  await expect(page.getByText(`予定されている版があります:第2版(${dayText(60)}から)`)).toBeVisible();
  await page.getByRole('checkbox', { name: '到達と同時に受付とする' }).check();
  await page.getByRole('textbox', { name: '適用開始日' }).fill(dayText(60));
  await page.getByRole('textbox', { name: '変更の理由' }).fill('窓口の混雑');
  await press(page, '確認画面に進む');
  await expect(page.getByRole('alert')).toContainText('から始まる予定の第2版があります。');
  await page.getByRole('textbox', { name: '適用開始日' }).fill(dayText(10));
  await press(page, '確認画面に進む');
  await expect(page.getByText(`この版が適用されるのは${dayText(59)}までです。`)).toBeVisible();
  await press(page, '登録する');
  await expect(page.getByRole('alert')).toContainText('「内容を確認しました」にチェックを入れてください');
  await lookAround(page, kind, 'review-later');
  await page.getByRole('checkbox', { name: '内容を確認しました' }).check();
  await press(page, '登録する');
  await expect(page.getByRole('status')).toHaveText(`登録しました。${dayText(10)}から第3版が適用されます。`);
}

async function compare(page: Page, kind: string): Promise<void> {
  await row(page, 3).getByRole('link', { name: '第3版の内容を見る' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '環境設定 第3版' })).toBeVisible();
  await expect(page.getByRole('heading', { level: 2, name: '第1版との違い' })).toBeVisible();
  await page.getByRole('combobox', { name: '比べる版' }).selectOption('2');
  await press(page, '2つの版を比べる');
  await expect(page.getByRole('heading', { level: 2, name: '第2版との違い' })).toBeVisible();
  await expect(page.getByRole('region', { name: '第2版と第3版の違い' })).toContainText('届は、到着すると自動で受付されます。');
  await lookAround(page, kind, 'version');
}

async function withdraw(page: Page, kind: string): Promise<void> {
  await page.goto(home);
  await row(page, 2).getByRole('link', { name: '第2版の予定を取り消す' }).click();
  await press(page, '予定を取り消す');
  await expect(page.getByRole('alert').getByRole('link', { name: '取消の理由を入力してください' })).toBeVisible();
  await lookAround(page, kind, 'withdraw');
  await page.getByRole('textbox', { name: '取消の理由' }).fill('総会で否決');
  await press(page, '予定を取り消す');
  await expect(page.getByRole('status')).toHaveText('第2版の予定を取り消しました。');
  await expect(row(page, 2)).toContainText('取消');
  await expect(row(page, 3)).toContainText('予定');
  await expect(row(page, 1)).toContainText('適用中');
}

test('環境設定:予定し、比べ、取り消す。遅れた同僚には、誰が何をしたかが示される', async ({ page, ways, kind }) => {
  test.setTimeout(240_000);
  const office = officeOf[kind];
  await logIn(page, officeLogin(office));
  await page.getByRole('link', { name: '環境設定' }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: '環境設定' })).toBeVisible();
  await expect(page.getByText(notice)).toBeVisible();
  await expect(row(page, 1)).toContainText('適用中');

  const colleague = await officePage(ways, office);
  await openNew(colleague);

  await test.step('誤りは項目ごとに示され、入力は残る', async () => {
    await openNew(page);
    await lookAround(page, kind, 'new');
    await findErrors(page, kind);
    await mend(page, kind);
  });
  await test.step('違いを確かめて登録する', async () => await review(page, kind));

  await test.step('先に開いていた同僚の登録は断られ、入力は残る', async () => {
    await colleague.getByRole('textbox', { name: '督促の日数' }).fill('9');
    await colleague.getByRole('textbox', { name: '適用開始日' }).fill(dayText(20));
    await colleague.getByRole('textbox', { name: '変更の理由' }).fill('同僚の案');
    await press(colleague, '確認画面に進む');
    await expect(colleague.getByRole('alert')).toContainText(`(${offices[office].label})が`);
    await expect(colleague.getByRole('alert')).toContainText('に「環境設定の登録」を行いました。');
    await expect(colleague.getByRole('textbox', { name: '変更の理由' })).toHaveValue('同僚の案');
  });

  await test.step('後の予定の手前に、もう一つ予定する', async () => await planEarlier(page, kind));
  await lookAround(page, kind, 'list');
  await test.step('2つの版を比べる', async () => await compare(page, kind));
  await test.step('始まる前の予定を取り消す', async () => await withdraw(page, kind));
});

test('環境設定:スタッフは見るだけで、新しい版は作れない', async ({ page, kind }) => {
  await logIn(page, 'office-kita-clerk');
  await page.goto(home);
  await expect(page.getByText(notice)).toBeVisible();
  await expect(page.getByText('新しい版の作成は、管理者が行います。')).toBeVisible();
  await expect(page.getByRole('link', { name: '新しい版を作成する' })).toHaveCount(0);
  await lookAround(page, kind, 'clerk');
  for (const path of [`${home}/new`, `${home}/1/withdraw`]) {
    expect((await page.goto(path))?.status()).toBe(403);
    await expect(page.getByRole('heading', { level: 1, name: 'このページを表示する権限がありません' })).toBeVisible();
  }
  expect((await page.goto(`${home}/99`))?.status()).toBe(404);
});

/** Holds the first answer of a page to a form until it is let go. */
async function holdFirstAnswer(page: Page, address: RegExp): Promise<() => void> {
  let letGo = () => {};
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let sent = 0;
  await page.route(address, async (route) => {
    if (route.request().method() === 'POST') sent += 1;
    if (route.request().method() === 'POST' && sent === 1) await gate;
    // The browser itself gives up an answer that a later one replaces.
    await route.continue().catch(() => undefined);
  });
  return letGo;
}

test('環境設定:様式を送信している間に選んだファイルも、入力した文字も失われない', async ({ page: unused, ways, kind }) => {
  test.skip(kind === 'noscript', 'without script a form is sent once, and its answer is a new page');
  await unused.close();
  const page = await officePage(ways, 'miyakojima');
  await openNew(page);
  const [first, second, third] = [1, 2, 3].map((place) => page.getByRole('group', { name: `提出書類${place}`, exact: true }));
  if (first === undefined || second === undefined || third === undefined) throw new Error('no rows of papers');
  const reason = page.getByRole('textbox', { name: '変更の理由' });
  const letGo = await holdFirstAnswer(page, /association-settings\/new/);

  await first.locator('input[type=file]').setInputFiles(licencePdf('一つ目の様式.pdf'));
  await expect(first.getByRole('listitem')).toContainText('アップロード中');
  await reason.fill('送信中に入力した理由');
  await second.locator('input[type=file]').setInputFiles(licencePdf('二つ目の様式.pdf'));
  letGo();
  for (const [row, name] of [
    [first, '一つ目の様式.pdf'],
    [second, '二つ目の様式.pdf'],
  ] as const) {
    // While the second form is on its way the first one's file is shown as sent once more: only the end counts.
    await expect(row.getByRole('listitem')).toContainText([new RegExp(`^${name}.*受付済`)]);
  }
  await expect(reason).toHaveValue('送信中に入力した理由');

  // A file dialog that was opened before the answer came gives its file to a box that is still there.
  const box = await third.locator('input[type=file]').elementHandle();
  await second.getByRole('button', { name: '二つ目の様式.pdfを削除' }).click();
  await expect(second.getByRole('listitem')).toHaveCount(0);
  await box?.setInputFiles(licencePdf('三つ目の様式.pdf'));
  await expect(third.getByRole('listitem')).toContainText([/^三つ目の様式\.pdf.*受付済/]);
  await expect(first.getByRole('listitem')).toContainText(['一つ目の様式.pdf']);
  await expect(second.getByRole('listitem')).toHaveCount(0);
  await expect(reason).toHaveValue('送信中に入力した理由');
});
