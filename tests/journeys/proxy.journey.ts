import { expect, type Page } from '@playwright/test';
import { dayText } from './days.ts';
import { goOn } from './doctor.ts';
import { doctorPage, logIn, officePage, otherBrowser } from './door.ts';
import { test } from './journey.ts';
import { expectMail, mailsTo } from './mail.ts';
import { expectDays } from './members.ts';
import { expectFaults, tickLeave } from './moves.ts';
import { approve, openCase } from './office.ts';
import { type DoctorName, doctorLogin, fullName, nameOf, offices, password } from './people.ts';

/** 代理申請 of an office (`rules.md 3.10`, `screens.md O-10, O-11, D-07`). */

const paper = '退会届';
const { kita, osaka, jma } = offices;

/** From the member's detail to step 0. */
async function beginFor(desk: Page, name: DoctorName, word: '退会届' | '死亡' | '所在不明'): Promise<void> {
  await desk.goto(`/office/members?${new URLSearchParams({ name: nameOf(name).surname }).toString()}`);
  await desk
    .getByRole('rowheader')
    .getByRole('link', { name: fullName(name) })
    .click();
  await desk.getByRole('main').getByRole('link', { name: '代理申請入力' }).click();
  await desk.getByRole('main').getByRole('link', { name: word, exact: true }).click();
  await expect(desk.getByRole('heading', { level: 1 })).toContainText(`代理申請入力:${fullName(name)} 様`);
}

async function sendOff(desk: Page, button: string): Promise<string> {
  await desk.getByRole('checkbox', { name: '登録内容に誤りがないことを確認しました' }).check();
  await desk.getByRole('button', { name: button }).click();
  await expect(desk.getByRole('status')).toHaveText('代理で申請しました。');
  const number = /\d{4}-\d{7}/.exec(await desk.getByRole('main').innerText())?.[0];
  if (number === undefined) throw new Error('no 受付番号 on the case');
  return number;
}

test('代理申請:所在不明の退会届は7日間保留され、本人の申し出で審査が止まる', async ({ page, ways, kind }) => {
  test.setTimeout(150_000);
  const name = `missing-${kind}` as const;
  let number = '';

  const desk = await otherBrowser(ways);
  await test.step('担当者が根拠と確認の結果を入力する。不足は項目ごとに知らせ、入力は残る', async () => {
    await logIn(desk, 'office-kita-clerk');
    await beginFor(desk, name, '所在不明');
    await desk.getByRole('textbox', { name: '郵便 結果' }).fill('宛先不明で返送');
    await goOn(desk, '届の入力に進む');
    await expectFaults(desk, ['最終連絡日を入力してください', '確認した日を入力してください', '具体的な理由を入力してください']);
    await expect(desk.getByRole('textbox', { name: '郵便 結果' })).toHaveValue('宛先不明で返送');
    await desk.getByRole('textbox', { name: '最終連絡日' }).fill(dayText(-50));
    await desk.getByRole('textbox', { name: '郵便 確認した日' }).fill(dayText(-5));
    await desk.getByRole('textbox', { name: '具体的な理由' }).fill('転居先が分からず、勤務先も閉院している');
    await goOn(desk, '届の入力に進む');
    await tickLeave(desk, ways, { tick: kita.label, above: [osaka.label, jma.label] });
    await desk.getByRole('textbox', { name: '退会希望年月日' }).fill(dayText(-1));
    await goOn(desk, '確認画面に進む');
  });

  await test.step('本人へのお知らせを示し、確認のうえ申請する', async () => {
    const main = desk.getByRole('main');
    await expect(main).toContainText('本人に、代理で申請したことをメールでお知らせします。');
    await expect(main.getByRole('link', { name: '文書を印刷する' })).toBeVisible();
    await desk.getByRole('button', { name: '退会を申請する' }).click();
    await expectFaults(desk, ['「登録内容に誤りがないことを確認しました」にチェックを入れてください']);
    number = await sendOff(desk, '退会を申請する');
    const text = await expectMail(page, { to: `${doctorLogin(name)}@example.jp`, subject: '大阪市北区医師会が代理で届を入力しました' });
    expect(text).toContain(number);
    expect(text).toContain(`${dayText(7)}まで審査が保留されています`);
  });

  const admin = await officePage(ways, 'kita');
  await test.step('別の担当者も、7日間は承認できない', async () => {
    await openCase(admin, name, { paper });
    await expect(admin.getByRole('main')).toContainText(`本人への通知から7日間は承認できません(${dayText(7)}から承認できます)。`);
    await expect(admin.getByRole('link', { name: '承認', exact: true })).toHaveCount(0);
  });

  await test.step('本人は、誰がなぜ入力したかを読み、心当たりがないことを申し出る', async () => {
    await doctorPage(page, name);
    await page.goto('/my/applications');
    await page.getByRole('main').getByRole('link', { name: number }).click();
    await expect(page.getByRole('main')).toContainText('大阪市北区医師会が代理で入力しました(根拠:');
    await page.getByRole('main').getByRole('link', { name: '心当たりがない場合' }).click();
    await page.getByRole('textbox', { name: '異議の内容' }).fill('引き続き勤務しています。');
    await page.getByRole('button', { name: '申し出る' }).click();
    await expect(page.getByRole('status')).toHaveText('異議を申し出ました。審査は止まります。');
  });

  await test.step('事務局は申し出を読み、審査は止まっている', async () => {
    await openCase(admin, name, { paper });
    const main = admin.getByRole('main');
    await expect(main).toContainText('本人から異議の申し出があるため、承認・非承認はできません。');
    await expect(main).toContainText('引き続き勤務しています。');
  });
});

test('代理申請:死亡の登録でログインとお知らせが止まり、取消ですべて戻る', async ({ page, ways, kind }) => {
  test.setTimeout(150_000);
  const name = `dead-${kind}` as const;
  let number = '';

  const desk = await otherBrowser(ways);
  await test.step('担当者が死亡を登録する', async () => {
    await logIn(desk, 'office-kita-clerk');
    await beginFor(desk, name, '死亡');
    await desk.getByRole('textbox', { name: '死亡年月日' }).fill(dayText(-2));
    await desk.getByLabel('知った経緯', { exact: false }).first().selectOption({ label: 'ご遺族' });
    await goOn(desk, '届の入力に進む');
    await goOn(desk, '確認画面に進む');
    await expect(desk.getByRole('main')).toContainText(
      `${fullName(name)} 様を死亡として登録します。ログインとすべてのお知らせが停止します。`,
    );
    await desk.getByRole('button', { name: '登録する' }).click();
    await expectFaults(desk, ['「登録内容に誤りがないことを確認しました」にチェックを入れてください']);
    number = await sendOff(desk, '登録する');
    await expect(desk.getByRole('main')).toContainText('別の担当者が処理してください。');
  });

  const admin = await officePage(ways, 'kita');
  await test.step('別の担当者の承認で、すべての層の会員資格が終わり、お知らせは送られない', async () => {
    await openCase(admin, name, { paper });
    await approve(admin, { day: dayText(-2), label: '退会日' });
    await expectDays(admin, name, [
      [dayText(-2), true],
      [dayText(-1), false],
    ]);
    const told = await mailsTo(page, `${doctorLogin(name)}@example.jp`);
    expect(told.filter((subject) => /代理|退会/.test(subject))).toEqual([]);
    await page.goto('/login');
    await page.getByRole('textbox', { name: 'ログインID' }).fill(doctorLogin(name));
    await page.getByRole('textbox', { name: 'パスワード' }).fill(password);
    await page.getByRole('button', { name: 'ログイン', exact: true }).click();
    await expect(page.getByText('ログインIDまたはパスワードが正しくありません。')).toBeVisible();
  });

  await test.step('誤りと分かり、別の担当者が取り消すと、会員資格もログインも戻る', async () => {
    await openCase(admin, name, { paper, number });
    await admin.getByRole('link', { name: '死亡登録の取消' }).click();
    await admin.getByRole('button', { name: '死亡の登録を取り消す' }).click();
    await expectFaults(admin, ['根拠を入力してください']);
    await admin.getByRole('textbox', { name: '根拠' }).fill('ご本人が来局し、同姓の別の方と分かった');
    await admin.getByRole('button', { name: '死亡の登録を取り消す' }).click();
    await expect(admin.getByRole('status')).toContainText('死亡の登録を取り消しました。');
    await expectDays(admin, name, [[dayText(0), true]]);
    await doctorPage(page, name);
    await expect(page.getByRole('main')).toContainText(`[1層] ${jma.label}`);
  });
});
