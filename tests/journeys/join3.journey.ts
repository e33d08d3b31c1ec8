import { expect } from '@playwright/test';
import { dayText } from './days.ts';
import { beginJoin, chooseByAssociation, chooseCategories, expectUploaded, fillDetails, goOn, search, upload } from './doctor.ts';
import { doctorPage, logIn, officePage, otherBrowser } from './door.ts';
import { test } from './journey.ts';
import { expectMail } from './mail.ts';
import { expectMember } from './members.ts';
import { approve, openCase, receive } from './office.ts';
import { disguised, licencePdf, licencePhoto } from './papers.ts';
import { doctorLogin, fullName, offices } from './people.ts';

/** The whole way of an 入会届 through 大阪市北区医師会, 大阪府医師会 and 日本医師会. */

const kita = offices.kita.label;
const osaka = offices.osaka.label;
const jma = offices.jma.label;

test('入会届:医師会を指定し、3つの医師会がそれぞれの入会日で承認して会員になる', async ({ page, ways, kind }) => {
  test.setTimeout(240_000);
  const name = `join3-${kind}` as const;
  const mail = `${doctorLogin(name)}@example.jp`;

  await test.step('医師会を選び、会員区分を決める', async () => {
    await doctorPage(page, name);
    await beginJoin(page);
    await chooseByAssociation(page, ways, { prefecture: '大阪府', text: '北区', association: kita });
    await expect(page.getByText(`${kita} → ${osaka} → ${jma}`)).toBeVisible();
    await chooseCategories(page, { [kita]: 'A1' });
    // Script proposes the categories above; without it each is chosen by hand.
    if (ways.script) await expect(page.getByRole('combobox', { name: `${jma}の会員区分` })).toHaveValue(/\d+/);
    else await chooseCategories(page, { [osaka]: 'A1', [jma]: 'A1' });
    await goOn(page, '入力フォームに進む');
    await expect(page.getByText('必要事項を入力してください。')).toBeVisible();
  });

  await test.step('途中まで入力して一時保存し、続きから入力する', async () => {
    await page.getByRole('textbox', { name: '入会希望年月日' }).fill(dayText(0));
    await page.getByLabel('連絡事項').fill('よろしくお願いいたします。');
    await goOn(page, '一時保存する');
    await expect(page.getByRole('status')).toHaveText('一時保存しました。');
    await page.getByRole('link', { name: '続きを入力する' }).click();
    await expect(page.getByRole('textbox', { name: '入会希望年月日' })).toHaveValue(dayText(0));
    await expect(page.getByLabel('連絡事項')).toHaveValue('よろしくお願いいたします。');
  });

  await test.step('不足のまま進むと項目ごとに知らせ、入力は残る', async () => {
    await goOn(page, '確認画面に進む');
    const summary = page.getByRole('alert');
    await expect(summary).toContainText('入力内容に誤りがあります。次の項目をご確認ください。');
    await expect(summary.getByRole('link', { name: '所属施設を入力してください' })).toBeVisible();
    await expect(summary.getByRole('link', { name: '施設・業務を選択してください' })).toBeVisible();
    await expect(summary.getByRole('link', { name: '役職を選択してください' })).toBeVisible();
    await expect(summary.getByRole('link', { name: 'ファイルをアップロードしてください' })).toBeVisible();
    await expect(page.getByLabel('連絡事項')).toHaveValue('よろしくお願いいたします。');
  });

  const paper = await licencePhoto(page);
  await test.step('施設を検索し、医師免許証をアップロードする', async () => {
    await search(page, ways, { field: '所属施設を選択', text: 'さくら', hit: '北区さくら診療所' });
    await fillDetails(page, {
      wishedOn: dayText(0),
      work: '診療所(開設する者で管理者の医師)',
      position: '院長',
      designations: ['保険医', '労災'],
    });
    await upload(page, ways, { row: '医師免許証', paper: disguised });
    const row = page.getByRole('group', { name: '提出書類:医師免許証' });
    await expect(row.getByText(/^このファイルは受け付けられません。/).first()).toBeVisible();
    await upload(page, ways, { row: '医師免許証', paper });
    await expectUploaded(page, { row: '医師免許証', paper });
    await upload(page, ways, { row: '履歴書・経歴書', paper: licencePdf('履歴書.pdf') });
    await expectUploaded(page, { row: '履歴書・経歴書', paper: licencePdf('履歴書.pdf') });
    await goOn(page, '確認画面に進む');
  });

  await test.step('確認して申請する', async () => {
    await expect(page.getByText('入力内容をご確認ください。')).toBeVisible();
    const main = page.getByRole('main');
    for (const text of [
      `[3層] ${kita}`,
      `[2層] ${osaka}`,
      `[1層] ${jma}`,
      '北区さくら診療所',
      '院長',
      '保険医、労災',
      paper.name,
      'よろしくお願いいたします。',
    ]) {
      await expect(main).toContainText(text);
    }
    await goOn(page, '入会を申請する');
    await expect(page.getByText('入会の申請を受付けました。')).toBeVisible();
    await expect(page.getByText('お手続きはまだ完了していません。')).toBeVisible();
    await expectMail(page, { to: mail, subject: 'MAMISで入会申請を受付けました' });
  });

  const kitaDesk = await officePage(ways, 'kita');
  await test.step('大阪市北区医師会が受付し、承認する', async () => {
    await openCase(kitaDesk, name);
    await receive(kitaDesk);
    await approve(kitaDesk, { day: dayText(0) });
    await expect(kitaDesk.getByRole('status')).toHaveText(`承認しました。${osaka}へ送付しました。`);
  });

  const osakaDesk = await officePage(ways, 'osaka');
  await test.step('大阪府医師会は異なる日付のため、注意を確認して承認する', async () => {
    await openCase(osakaDesk, name);
    await approve(osakaDesk, {
      day: dayText(1),
      warnings: [`入会希望年月日(${dayText(0)})と異なります。`, `下層の医師会の入会日(${dayText(0)})と異なります。`],
    });
    await expect(osakaDesk.getByRole('status')).toHaveText(`承認しました。${jma}へ送付しました。`);
  });

  await test.step('医師は、いまどの医師会にあるかを見る', async () => {
    await page.goto('/my/applications');
    await page
      .getByRole('main')
      .getByRole('link', { name: /\d{4}-\d{7}/ })
      .click();
    await expect(page.getByText(`いま${jma}の受付待ちです`)).toBeVisible();
    await expect(page.getByRole('main')).toContainText(dayText(1));
  });

  const jmaDesk = await officePage(ways, 'jma');
  await test.step('日本医師会が承認し、すべて完了する', async () => {
    await openCase(jmaDesk, name);
    await approve(jmaDesk, { day: dayText(1), warnings: [`入会希望年月日(${dayText(0)})と異なります。`] });
    await expect(jmaDesk.getByRole('status')).toHaveText('承認しました。すべての手続きが完了しました。');
    await expectMail(page, { to: mail, subject: '入会届の手続きが完了しました' });
  });

  await test.step('医師の履歴と所属に、医師会ごとの入会日が載る', async () => {
    const phone = await otherBrowser(ways);
    await logIn(phone, doctorLogin(name));
    await expect(phone.getByRole('main')).toContainText(`[3層] ${kita}`);
    await phone.goto('/my/membership-history');
    const table = phone.getByRole('table').first();
    await expect(table.getByRole('row', { name: kita })).toContainText(dayText(0));
    await expect(table.getByRole('row', { name: osaka })).toContainText(dayText(1));
    await expect(table.getByRole('row', { name: jma })).toContainText(dayText(1));
  });

  await test.step('各医師会の会員一覧に、その医師会の入会日から載る', async () => {
    await expectMember(kitaDesk, { name, joined: dayText(0), before: dayText(-1) });
    await expectMember(osakaDesk, { name, joined: dayText(1), before: dayText(0) });
    await expectMember(jmaDesk, { name, joined: dayText(1), before: dayText(0) });
    await expect(kitaDesk.getByRole('heading', { level: 1 })).toContainText(fullName(name));
  });
});
