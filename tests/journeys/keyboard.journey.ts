import { expect, type Locator, type Page } from '@playwright/test';
import { totpCode, totpStep } from '#platform/second-factor/totp.ts';
import { shownKey } from './authenticator-app.ts';
import { dayText } from './days.ts';
import { otherBrowser } from './door.ts';
import { expectMail } from './mail.ts';
import { licencePdf } from './papers.ts';
import { doctorLogin, fullName, officeLogin, offices, password } from './people.ts';
import { test } from './journey.ts';

/** Everything without a mouse; the focus is always where one can see it. */

/** Says where the focus is; throws when nobody could see it there. */
async function reached(page: Page, target: Locator): Promise<boolean> {
  const handle = await target.elementHandle();
  const found = await page.evaluate((element) => {
    const active = document.activeElement;
    // A page that has just opened holds the focus as a whole, by script; nothing is pressed there.
    if (!(active instanceof HTMLElement) || active === document.body || active.id === 'main') return { here: false, unseen: '' };
    const style = getComputedStyle(active);
    const box = active.getBoundingClientRect();
    const ring = style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) > 0;
    const inSight = box.width > 0 && box.bottom > 0 && box.top < window.innerHeight;
    return {
      here: active === element,
      unseen: ring && inSight ? '' : `${active.tagName} ${active.textContent?.trim().slice(0, 30) ?? ''}`,
    };
  }, handle);
  expect(found.unseen, 'focus that cannot be seen').toBe('');
  return found.here;
}

async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 150; presses += 1) {
    if (await reached(page, target)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`not reached by Tab: ${String(target)}`);
}

async function type(page: Page, box: Locator, text: string): Promise<void> {
  await tabTo(page, box);
  await page.keyboard.type(text);
}

async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}

/** Arrow keys until the wanted choice stands in the box. */
async function pick(page: Page, box: Locator, label: string): Promise<void> {
  await tabTo(page, box);
  const wanted = await box.locator('option', { hasText: label }).first().getAttribute('value');
  for (let presses = 0; presses < 60; presses += 1) {
    if ((await box.inputValue()) === wanted) return;
    await page.keyboard.press('ArrowDown');
  }
  throw new Error(`${label} not reached by arrow keys`);
}

async function pickHit(page: Page, box: Locator, ask: { text: string; hit: string }): Promise<void> {
  await type(page, box, ask.text);
  const hit = page.getByRole('option', { name: ask.hit });
  await expect(hit).toBeVisible();
  while ((await hit.getAttribute('aria-selected')) !== 'true') await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByText(`選択中:${ask.hit}`)).toBeVisible();
}

async function enter(page: Page, loginId: string): Promise<void> {
  await page.goto('/login');
  await type(page, page.getByRole('textbox', { name: 'ログインID' }), loginId);
  await type(page, page.getByRole('textbox', { name: 'パスワード' }), password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'ログアウト', exact: true })).toBeVisible();
}

async function fillDetails(page: Page): Promise<void> {
  await type(page, page.getByRole('textbox', { name: '入会希望年月日' }), dayText(0));
  await pickHit(page, page.getByLabel('所属施設を選択'), { text: 'さくら', hit: '北区さくら診療所' });
  await pick(page, page.getByLabel('施設・業務'), '診療所(開設する者で管理者の医師)');
  await pick(page, page.getByRole('combobox', { name: '役職' }), '院長');
  const row = page.getByRole('group', { name: '提出書類:医師免許証' });
  await tabTo(page, row.locator('input[type="file"]'));
  const chooser = page.waitForEvent('filechooser');
  await page.keyboard.press('Enter');
  await (await chooser).setFiles(licencePdf());
  await expect(row.getByText('受付済')).toBeVisible();
}

test('キーボードだけで、医師は入会届を出し、事務局は一覧から承認する', async ({ page, ways }) => {
  test.setTimeout(180_000);
  await test.step('医師:ログインから申請まで', async () => {
    await enter(page, doctorLogin('keyboard'));
    await press(page, page.getByRole('main').getByRole('link', { name: '入会届' }));
    await pick(page, page.getByLabel('都道府県', { exact: true }), '大阪府');
    await pickHit(page, page.getByLabel('郡市区等医師会・大学医師会'), { text: '北区', hit: offices.kita.label });
    await press(page, page.getByRole('button', { name: 'この医師会を表示する' }));
    await pick(page, page.getByRole('combobox', { name: `${offices.kita.label}の会員区分` }), 'A1');
    await press(page, page.getByRole('button', { name: '入力フォームに進む' }));
    await fillDetails(page);
    await press(page, page.getByRole('button', { name: '確認画面に進む' }));
    await press(page, page.getByRole('button', { name: '入会を申請する' }));
    await expect(page.getByText('入会の申請を受付けました。')).toBeVisible();
  });

  await test.step('事務局:j と Enter で届を開き、承認する', async () => {
    const desk = await otherBrowser(ways);
    await enter(desk, officeLogin('kita'));
    await press(desk, desk.getByRole('navigation', { name: 'メニュー' }).getByRole('link', { name: '申請管理' }));
    const row = desk.getByRole('row').filter({ hasText: fullName('keyboard') });
    await expect(row).toBeVisible();
    for (let presses = 0; presses < 40 && !(await row.evaluate((element) => element === document.activeElement)); presses += 1)
      await desk.keyboard.press('j');
    await desk.keyboard.press('k');
    await desk.keyboard.press('j');
    await desk.keyboard.press('Enter');
    await expect(desk.getByRole('heading', { level: 1, name: fullName('keyboard') })).toBeVisible();
    await press(desk, desk.getByRole('navigation', { name: 'この申請の操作(上)' }).getByRole('link', { name: '承認', exact: true }));
    await press(desk, desk.getByRole('button', { name: '承認する' }));
    await expect(desk.getByRole('status')).toHaveText(`承認しました。${offices.osaka.label}へ送付しました。`);
  });
});

/** Space on the group, then arrow keys, until the wanted choice is made. */
async function choose(page: Page, { name, label }: { name: string; label: string }): Promise<void> {
  const group = page.locator(`input[type="radio"][name="${name}"]`);
  const wanted = page.getByRole('radio', { name: label, exact: true });
  await tabTo(page, (await group.and(page.locator(':checked')).count()) > 0 ? group.and(page.locator(':checked')) : group.first());
  await page.keyboard.press('Space');
  for (let presses = 0; presses < 10 && !(await wanted.isChecked()); presses += 1) await page.keyboard.press('ArrowDown');
  await expect(wanted).toBeChecked();
}

/** The text of a box is replaced by another. */
async function retype(page: Page, box: Locator, text: string): Promise<void> {
  await tabTo(page, box);
  await page.keyboard.press('Control+a');
  await page.keyboard.type(text);
}

const mainButton = (page: Page, name: string) => page.getByRole('main').getByRole('button', { name, exact: true });
const mainLink = (page: Page, name: string) => page.getByRole('main').getByRole('link', { name, exact: true });

test('キーボードだけで、医師は登録情報を直して問い合わせ、事務局は会員を探して代理で直し、お知らせを書く', async ({ page, ways }) => {
  test.setTimeout(120_000);
  await test.step('医師:登録情報(D-03)とお問合せ(D-15)', async () => {
    await enter(page, doctorLogin('keyboard'));
    await page.goto('/my/profile');
    await press(page, mainLink(page, '変更する'));
    await retype(page, page.getByRole('textbox', { name: '建物名・部屋番号' }), '梅田ビル5階');
    await press(page, mainButton(page, '確認画面へ進む'));
    await expect(page.getByRole('table', { name: '変更前と変更後' })).toContainText('梅田ビル5階');
    await press(page, mainButton(page, '登録する'));
    await expect(page.getByText('登録情報を変更しました。')).toBeVisible();
    await page.goto('/my/inquiries/new');
    await pick(page, page.getByRole('combobox', { name: 'お問合せの種類' }), '操作方法');
    await type(page, page.getByRole('textbox', { name: 'お問合せ内容' }), 'キーボードで操作しています。');
    await press(page, mainButton(page, '確認画面に進む'));
    await press(page, mainButton(page, '送信する'));
    await expect(page.getByRole('status')).toContainText('お問合せを受け付けました。');
  });

  await test.step('事務局:会員一覧(O-07)から代理変更(O-09)、お知らせ(O-16)', async () => {
    const desk = await otherBrowser(ways);
    await enter(desk, officeLogin('kita'));
    await press(desk, desk.getByRole('navigation', { name: 'メニュー' }).getByRole('link', { name: '会員情報管理' }));
    await type(desk, desk.getByRole('textbox', { name: '氏名/フリガナ' }), fullName('keyboard'));
    await desk.keyboard.press('Enter');
    const found = desk.getByRole('rowheader').getByRole('link', { name: fullName('keyboard') });
    await expect(desk.getByRole('row').filter({ has: found })).toHaveCount(1);
    await press(desk, found);
    await press(desk, mainLink(desk, '登録情報を変更する'));
    await retype(desk, desk.getByRole('textbox', { name: '建物名・部屋番号' }), '梅田ビル6階');
    await press(desk, mainButton(desk, '確認画面へ進む'));
    await pick(desk, desk.getByRole('combobox', { name: '依頼の根拠' }), '本人からの依頼(電話)');
    await type(desk, desk.getByRole('textbox', { name: '依頼日' }), dayText(0));
    await press(desk, mainButton(desk, '登録する'));
    await expect(desk.getByText('登録情報を変更しました。')).toBeVisible();
    await desk.goto('/office/notices/new');
    await type(desk, desk.getByRole('textbox', { name: 'タイトル' }), 'キーボードのお知らせ');
    await pick(desk, desk.getByRole('combobox', { name: 'カテゴリ1' }), '行事');
    await type(desk, desk.getByRole('textbox', { name: '本文' }), '本文です。');
    await choose(desk, { name: 'target', label: '自医師会の会員すべて' });
    await type(desk, desk.getByRole('textbox', { name: '掲載期間(開始)' }), dayText(0));
    await press(desk, mainButton(desk, '一時保存する'));
    await expect(desk.getByRole('status')).toHaveText('一時保存しました。');
  });
});

/** Space on a box. */
async function tick(page: Page, name: string): Promise<void> {
  const box = page.getByRole('checkbox', { name });
  await tabTo(page, box);
  await page.keyboard.press('Space');
  await expect(box).toBeChecked();
}

const required = (page: Page, label: string) => page.getByRole('textbox', { name: `${label} 必須`, exact: true });

/** the consent, the address, the link. */
async function askForLink(page: Page, mail: string): Promise<void> {
  await page.goto('/login');
  await press(page, mainLink(page, '初めてご利用の方(利用者登録)'));
  await tick(page, '利用規約・個人情報の取り扱いに同意する');
  await press(page, mainButton(page, '次へ'));
  await type(page, required(page, 'メールアドレス'), mail);
  await type(page, required(page, 'メールアドレス(確認)'), mail);
  await page.keyboard.press('Enter');
  await expect(page.getByText('お手続きはまだ完了していません。')).toBeVisible();
  const link = /\/register\/verify\/[\w-]{43}/.exec(await expectMail(page, { to: mail, subject: 'メールアドレスの確認' }))?.[0];
  await page.goto(link ?? '/register');
  await press(page, mainButton(page, '登録手続きに進む'));
}

/** A-07, from the first field to the last. */
async function fillRegistration(page: Page, login: { loginId: string; password: string }): Promise<void> {
  await type(page, required(page, 'ログインID'), login.loginId);
  for (const box of ['#f-password', '#f-passwordRepeat']) await type(page, page.locator(box), login.password);
  const entries = {
    医籍登録番号: '7654323',
    医籍登録日: 'S50.5.1',
    'セイ(フリガナ)': 'タナカ',
    'メイ(フリガナ)': 'ミノル',
    姓: '田中',
    名: '稔',
  };
  for (const [label, text] of Object.entries(entries)) await type(page, required(page, label), text);
  await type(page, required(page, '郵便番号'), '5300001');
  await press(page, mainButton(page, '住所を検索'));
  await expect(required(page, '市区町村・番地')).toHaveValue('大阪市北区梅田');
  await retype(page, required(page, '市区町村・番地'), '大阪市北区梅田1-1');
  await type(page, required(page, 'TEL'), '0600010003');
  await type(page, required(page, '生年月日'), '昭和24年4月1日');
  await pick(page, page.getByLabel('性別'), '男');
  await pick(page, page.getByLabel('診療科名:主たる科名'), '内科');
  await type(page, page.getByRole('textbox', { name: '上欄に登録がない出身校の場合は、大学名を入力してください' }), '架空医科大学');
  await type(page, required(page, '卒業年月'), '昭和50年3月');
}

test('キーボードだけで、医師は利用者登録をし、2段階認証を設定する', async ({ page }) => {
  test.setTimeout(180_000);
  const login = { loginId: 'keyboard-new', password: 'Kx7!mWq2zz' };
  await test.step('利用者登録(A-03からA-09)', async () => {
    await askForLink(page, 'keyboard-new@example.jp');
    await fillRegistration(page, login);
    await press(page, mainButton(page, '確認画面へ進む'));
    await expect(page.getByText('入力内容をご確認ください。')).toBeVisible();
    await press(page, mainButton(page, '登録する'));
    await expect(page.getByRole('heading', { level: 1, name: '利用者登録 登録完了' })).toBeVisible();
    await press(page, mainLink(page, 'マイページTOPへ'));
    await expect(page.getByText('第7654323号(確認前)').first()).toBeVisible();
  });

  await test.step('2段階認証(A-02)', async () => {
    await page.goto('/my/account');
    await press(page, mainLink(page, '2段階認証を設定する'));
    await press(page, mainButton(page, '設定を始める'));
    const secret = await shownKey(page);
    await type(page, required(page, '確認コード'), totpCode(secret, totpStep(new Date())));
    await type(page, page.locator('#f-passwordForFactor'), login.password);
    await press(page, mainButton(page, '設定する'));
    await expect(page.getByRole('heading', { level: 1, name: 'リカバリーコード' })).toBeVisible();
    await tick(page, '控えを保管しました');
    await press(page, mainButton(page, '次へ'));
    await expect(page.getByRole('heading', { level: 1, name: 'マイページTOP' })).toBeVisible();
  });
});

test('キーボードだけで、医師は在籍証明書を発行し、受け取った人は確かめる', async ({ page }) => {
  test.setTimeout(120_000);
  await enter(page, doctorLogin('member'));
  await page.goto('/my/membership-certificates');
  await press(page, mainLink(page, '新しく発行する'));
  await pick(page, page.getByRole('combobox', { name: '発行する医師会' }), offices.kita.label);
  await press(page, mainButton(page, '確認画面に進む'));
  await press(page, mainButton(page, '発行する'));
  await expect(page.getByRole('status')).toHaveText('在籍証明書を発行しました。');
  const shown = await page.getByRole('main').innerText();
  const [number = '', code = ''] = [/C-\d{10}/.exec(shown)?.[0], /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(shown)?.[0]];
  await page.goto('/verify');
  await type(page, required(page, '証明書番号'), number);
  await type(page, required(page, '確認コード'), code);
  await page.keyboard.press('Enter');
  await expect(page.getByText('この証明書は有効です。')).toBeVisible();
});
