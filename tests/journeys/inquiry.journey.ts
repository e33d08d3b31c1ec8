import { expect, type Page } from '@playwright/test';
import { doctorPage, logIn, officePage, otherBrowser } from './door.ts';
import { test } from './journey.ts';
import { makeGallery } from './look.ts';
import { expectMail } from './mail.ts';
import { doctorLogin, offices } from './people.ts';
import { screens } from './screens.ts';

/** お問合せ (`screens.md A-15, D-15, O-26, P-05`), 運営事務局 TOP (P-01), よくある質問. */

type Look = (path: string, state: string) => Promise<void>;
type Looking = (at: Page) => Look;

async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('main').getByRole('button', { name, exact: true }).click();
}

async function goTo(page: Page, name: string): Promise<void> {
  await page.getByRole('main').getByRole('link', { name, exact: true }).click();
}

async function reply(page: Page, body: string): Promise<void> {
  await page.getByRole('textbox', { name: '返信' }).fill(body);
  await press(page, '返信する');
}

/** 受付番号 from the sentence after 送信する. */
async function numberOf(page: Page): Promise<string> {
  const said = page.getByRole('status').filter({ hasText: 'お問合せを受け付けました。受付番号:Q-' });
  await expect(said).toBeVisible();
  return /Q-\d{10}/.exec(await said.innerText())?.[0] ?? '';
}

const picture = {
  name: '画面の写し.png',
  mimeType: 'image/png',
  buffer: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64'),
};

/** The doctor asks about an open application; the number of the question. */
async function askAboutCase(page: Page, look: Look): Promise<string> {
  await page.getByRole('navigation').getByRole('link', { name: 'お問合せ', exact: true }).first().click();
  await expect(page.getByText('お問合せはありません。')).toBeVisible();
  await look('my/inquiries', 'empty');
  await goTo(page, 'お問合せする');
  await press(page, '確認画面に進む');
  await expect(page.getByRole('alert').getByRole('link', { name: 'お問合せの種類を選択してください' })).toBeVisible();
  await look('my/inquiries/new', 'error');
  await page.getByRole('combobox', { name: 'お問合せの種類' }).selectOption('届出中の申請');
  await page.getByRole('combobox', { name: '対象の申請' }).selectOption({ index: 1 });
  await page.getByRole('textbox', { name: 'お問合せ内容' }).fill('書類は届いていますか。\nご確認をお願いします。');
  await page.getByLabel('添付ファイル').setInputFiles(picture);
  await press(page, '確認画面に進む');
  await expect(page.getByRole('heading', { level: 1, name: 'お問合せ 内容の確認' })).toBeVisible();
  await expect(page.getByRole('main')).toContainText(picture.name);
  await expect(page.getByRole('main')).toContainText(offices.miyakojima.label);
  await look('my/inquiries/new', 'review');
  // What was typed and attached is still there after 戻る.
  await press(page, '戻る');
  await expect(page.getByRole('textbox', { name: 'お問合せ内容' })).toHaveValue('書類は届いていますか。\nご確認をお願いします。');
  await expect(page.getByRole('checkbox', { name: /画面の写し/ })).toBeVisible();
  await press(page, '確認画面に進む');
  await press(page, '送信する');
  const number = await numberOf(page);
  await expect(page).toHaveURL(/\/my\/inquiries\/[0-9a-f-]{36}$/);
  await look('my/inquiries/:id', 'filled');
  return number;
}

async function answerAtOffice(page: Page, number: string, look: Look): Promise<void> {
  await page.getByRole('link', { name: /^未対応/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: '会員からのお問合せ' })).toBeVisible();
  await look('office/inquiries', 'filled');
  await page.getByRole('row').filter({ hasText: number }).getByRole('rowheader').getByRole('link').click();
  await press(page, '返信する');
  await expect(page.getByRole('alert').getByRole('link', { name: '返信を入力してください' })).toBeVisible();
  await look('office/inquiries/:id', 'error');
  await reply(page, '届いています。本日受け付けます。');
  await expect(page.getByRole('status')).toHaveText('回答を送信しました。');
}

/** The office asks for itself, and passes on what is not its own. */
async function askForOffice(page: Page, look: Look): Promise<void> {
  await page.goto('/office/inquiries?tab=own');
  await goTo(page, 'お問合せする');
  await expect(page.getByRole('textbox', { name: '対象の申請の受付番号' })).toBeVisible();
  await look('office/inquiries/new', 'empty');
  await page.getByRole('combobox', { name: 'お問合せの種類' }).selectOption('届出中の申請');
  await page.getByRole('textbox', { name: '対象の申請の受付番号' }).fill('1999-0000001');
  await page.getByRole('textbox', { name: 'お問合せ内容' }).fill('操作を教えてください。');
  await press(page, '確認画面に進む');
  await expect(page.getByRole('alert')).toContainText('対象の申請が見つかりません。');
  await page.getByRole('combobox', { name: 'お問合せの種類' }).selectOption('操作方法');
  await press(page, '確認画面に進む');
  await press(page, '送信する');
  await expect(page.getByRole('status')).toContainText('お問合せを受け付けました。');
}

async function askAsGuest(page: Page, { look, mail }: { look: Look; mail: string }): Promise<string> {
  await page.goto('/login');
  await page.getByRole('contentinfo').getByRole('link', { name: 'お問合せフォーム' }).click();
  await press(page, '確認画面に進む');
  await expect(page.getByRole('alert').getByRole('link', { name: 'お名前を入力してください' })).toBeVisible();
  await look('contact', 'error');
  await page.getByRole('combobox', { name: 'お問合せの種類' }).selectOption('ログイン');
  await page.getByRole('textbox', { name: 'お名前' }).fill('外山 一郎');
  await page.getByRole('textbox', { name: 'フリガナ' }).fill('とやま いちろう');
  await page.getByRole('textbox', { name: 'メールアドレス' }).fill(mail);
  await page.getByLabel('ご所属の医師会').fill('都島');
  await press(page, '検索');
  await page.getByRole('radio', { name: offices.miyakojima.label }).check();
  await page.getByRole('textbox', { name: 'お問合せ内容' }).fill('ログインできません。');
  await press(page, '確認画面に進む');
  await expect(page.getByRole('main')).toContainText('トヤマ イチロウ');
  await press(page, '送信する');
  const number = await numberOf(page);
  await look('contact', 'sent');
  return number;
}

async function goBackTo(page: Page, number: string): Promise<void> {
  await page.goto('/operations/inquiries?view=all');
  await page.getByRole('row').filter({ hasText: number }).getByRole('rowheader').getByRole('link').click();
}

/** 計画停止: far enough ahead that no page tells of it yet but 稼働状況. */
async function announceStop(page: Page, look: Look): Promise<void> {
  const ahead = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  await page.goto('/operations/announcements');
  await press(page, '登録する');
  await expect(page.getByRole('alert')).toBeVisible();
  await look('operations/announcements', 'error');
  await page.getByRole('radio', { name: 'メンテナンス' }).check();
  await page.getByRole('textbox', { name: '開始(発生)日' }).fill(ahead(40));
  await page.getByRole('textbox', { name: '開始(発生)時刻' }).fill('22:00');
  await page.getByRole('textbox', { name: '終了予定日' }).fill(ahead(41));
  await page.getByRole('textbox', { name: '終了予定時刻' }).fill('5:00');
  await page.getByRole('radio', { name: '停止(ご利用いただけません)' }).check();
  await press(page, '登録する');
  await expect(page.getByRole('status')).toHaveText('登録しました。');
  await look('operations/announcements', 'filled');
  const notices = 'operations/announcements/notices';
  await page.goto(`/${notices}`);
  await press(page, '登録する');
  await expect(page.getByRole('alert')).toBeVisible();
  await look(notices, 'error');
  await page.getByRole('textbox', { name: 'タイトル' }).fill('年末年始のお問合せ窓口について');
  await page.getByRole('combobox', { name: 'カテゴリ1' }).selectOption({ index: 1 });
  await page.getByRole('textbox', { name: '本文' }).fill('12月29日から1月3日まで、お問合せ窓口はお休みします。');
  await page.getByRole('radio', { name: '全医師', exact: true }).check();
  await page.getByRole('textbox', { name: '掲載期間(開始)' }).fill(ahead(40));
  await press(page, '登録する');
  await expect(page.getByRole('status')).toHaveText('登録しました。');
  await look(notices, 'filled');
  await page.goto('/status');
  await expect(page.getByRole('main')).toContainText('まで、メンテナンスのためご利用いただけません。');
}

/** 運営事務局 from its top page: answers one question, passes another on. */
async function workAtOperations(page: Page, number: string, look: Look): Promise<void> {
  await look('operations', 'filled');
  await page.getByRole('link', { name: /^未対応/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'お問合せ対応' })).toBeVisible();
  await look('operations/inquiries', 'filled');
  await page.getByRole('row').filter({ hasText: number }).getByRole('rowheader').getByRole('link').click();
  await press(page, '担当課へ回す');
  await expect(page.getByRole('alert').getByRole('link', { name: '理由を入力してください' })).toBeVisible();
  await look('operations/inquiries/:id', 'error');
  await reply(page, 'こちらからお試しください。');
  await expect(page.getByRole('status')).toHaveText('回答を送信しました。');
  await goTo(page, 'よくある質問に追加する');
  await expect(page.getByRole('textbox', { name: '回答' })).toHaveValue('こちらからお試しください。');
  await press(page, '追加する');
  await expect(page.getByRole('alert')).toContainText('個人や医師会が分かる内容を含んでいないことにチェックを入れてください');
  await look('operations/faq', 'error');
  await page.getByRole('checkbox').check();
  await press(page, '追加する');
  await expect(page.getByRole('status')).toHaveText('よくある質問に追加しました。');
  await look('operations/faq', 'filled');
  await goBackTo(page, number);
  await page.getByRole('textbox', { name: '理由' }).fill('会費の話のため');
  await page.getByRole('combobox', { name: '担当課' }).selectOption({ label: '経理課(会費・減免関連)' });
  await press(page, '担当課へ回す');
  await expect(page.getByRole('status')).toHaveText('担当へ回しました。');
  await expect(page.getByText('MAMIS運営事務局 → 日本医師会 経理課')).toBeVisible();
  await look('operations/inquiries/:id', 'passed');
}

/** The manual for either reader as one PDF, without login. */
async function fetchBooks(page: Page): Promise<void> {
  for (const reader of ['医師の方', '医師会事務局の方']) {
    const book = page.getByRole('link', { name: `${reader}の操作の手引きをPDFで開く` });
    const answer = await page.request.get((await book.getAttribute('href')) ?? '');
    expect([answer.status(), answer.headers()['content-type']]).toEqual([200, 'application/pdf']);
    expect((await answer.body()).subarray(0, 5).toString('latin1')).toBe('%PDF-');
  }
}

async function readHelp(page: Page, look: Look): Promise<void> {
  await page.goto('/help');
  await look('help', 'filled');
  await fetchBooks(page);
  await page.getByRole('textbox', { name: '調べたい言葉' }).fill('ﾊﾟｽﾜｰﾄﾞ');
  await press(page, '検索');
  await expect(page.getByRole('heading', { name: /^検索結果 \d+件/ })).toBeVisible();
  await look('help', 'hits');
  await page.goto('/help/join');
  await expect(page.getByRole('img').first()).toBeVisible();
  await look('help/:page', 'filled');
  await page.goto('/status');
  await expect(page.getByRole('heading', { level: 1, name: /^稼働状況/ })).toBeVisible();
  await look('status', 'filled');
  await page.getByRole('contentinfo').getByRole('link', { name: 'ウェブアクセシビリティ' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'ウェブアクセシビリティ' })).toBeVisible();
  await look('accessibility', 'filled');
}

test('お問合せ:医師が申請について尋ね、医師会が答え、解決する。ログインしていない人にはメールで答える', async ({ page, ways, kind }) => {
  test.setTimeout(240_000);
  const seen = new Set<string>();
  const looking: Looking = (at) => {
    const gallery = makeGallery(at);
    return async (path, state) => {
      seen.add(path);
      if (kind === 'script') await gallery.look(path, state);
    };
  };
  const look = looking(page);
  const doctor = `inquiry-${kind}` as const;
  await doctorPage(page, doctor);
  const number = await askAboutCase(page, look);
  const office = await officePage(ways, 'miyakojima');
  await answerAtOffice(office, number, looking(office));
  await askForOffice(office, looking(office));

  const told = await expectMail(page, { to: `${doctorLogin(doctor)}@example.jp`, subject: '【MAMIS】お問合せへの回答があります' });
  expect(told).not.toContain('本日受け付けます');
  await page.reload();
  await expect(page.getByText('届いています。本日受け付けます。')).toBeVisible();
  await press(page, '解決した');
  await expect(page.getByRole('status')).toHaveText('解決済みにしました。');
  await page.goto('/my/inquiries');
  await look('my/inquiries', 'filled');

  const stranger = await otherBrowser(ways);
  const mail = `toyama-${kind}@example.jp`;
  const asked = await askAsGuest(stranger, { look: looking(stranger), mail });
  const desk = await otherBrowser(ways);
  await logIn(desk, 'office-operations');
  await expect(desk).toHaveURL(/\/operations$/);
  await workAtOperations(desk, asked, looking(desk));
  await announceStop(desk, looking(desk));
  const answer = await expectMail(stranger, { to: mail, subject: '【MAMIS】お問合せへの回答があります' });
  expect(answer).toContain('こちらからお試しください。');
  await readHelp(stranger, looking(stranger));
  // 運営事務局's mails and login are looked at in screens-entrance.journey.ts.
  const mine = screens.filter(
    (path) => /^(contact|help|status|operations)|inquiries/.test(path) && !/^operations\/(account|mails|login-letters)/.test(path),
  );
  expect(mine.filter((path) => !seen.has(path))).toEqual([]);
});
