import { expect } from '@playwright/test';
import { dayText } from './days.ts';
import { beginJoin, chooseByWorkplace, chooseCategories, expectUploaded, fillDetails, goOn, upload } from './doctor.ts';
import { doctorPage, officePage } from './door.ts';
import { openProgress, submitJoin } from './filing.ts';
import { test } from './journey.ts';
import { expectMail } from './mail.ts';
import { expectMember } from './members.ts';
import { approve, openCase } from './office.ts';
import { licencePdf } from './papers.ts';
import { doctorLogin, type OfficeName, offices } from './people.ts';

/** The whole way through four layers: the doctor knows only where she works. */

const chain: readonly OfficeName[] = ['aoba', 'yokohama', 'kanagawa', 'jma'];
const labels = chain.map((office) => offices[office].label);

test('入会届:勤務先から選び、地区・郡市区・都道府県・日本医師会の順に承認される', async ({ page, ways, kind }) => {
  test.setTimeout(240_000);
  const name = `join4-${kind}` as const;
  let number = '';

  await test.step('勤務先を選ぶと、地区から日本医師会までが示される', async () => {
    await doctorPage(page, name);
    await beginJoin(page);
    await chooseByWorkplace(page, ways, { text: 'みどり', facility: '青葉台みどり内科' });
    await expect(page.getByText(labels.join(' → '))).toBeVisible();
    await expect(page.getByText('勤務先:青葉台みどり内科')).toBeVisible();
  });

  await test.step('会員区分のない医師会があれば、その医師会のところで知らせる', async () => {
    await goOn(page, '入力フォームに進む');
    await expect(page.getByRole('alert').getByRole('link', { name: '会員区分を選択してください' })).toHaveCount(4);
    await chooseCategories(page, Object.fromEntries(labels.map((label) => [label, 'A2(B)'])));
    await goOn(page, '入力フォームに進む');
  });

  await test.step('選んだ勤務先は入力画面に引き継がれる', async () => {
    await expect(page.getByText('選択中:青葉台みどり内科')).toBeVisible();
    await fillDetails(page, { wishedOn: '', work: '診療所(勤務する者で管理者でない医師)', position: '勤務医', designations: ['保険医'] });
    const wareki = new Intl.DateTimeFormat('ja-JP-u-ca-japanese', {
      timeZone: 'Asia/Tokyo',
      era: 'long',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
    }).format(new Date());
    await page.getByRole('textbox', { name: '入会希望年月日' }).fill(wareki);
    const paper = licencePdf();
    await upload(page, ways, { row: '医師免許証', paper });
    await expectUploaded(page, { row: '医師免許証', paper });
    await goOn(page, '確認画面に進む');
    await expect(page.getByRole('main')).toContainText(dayText(0));
    number = await submitJoin(page);
  });

  for (const [index, office] of chain.entries()) {
    await test.step(`${offices[office].label}に届き、承認する`, async () => {
      const desk = await officePage(ways, office);
      await openCase(desk, name);
      await approve(desk, { day: dayText(0) });
      const next = labels[index + 1];
      await expect(desk.getByRole('status')).toHaveText(
        next === undefined ? '承認しました。すべての手続きが完了しました。' : `承認しました。${next}へ送付しました。`,
      );
      await expectMember(desk, { name, joined: dayText(0), before: dayText(-1) });
      await desk.context().close();
    });
  }

  await test.step('医師に完了が届き、4つの医師会の会員になっている', async () => {
    await expectMail(page, { to: `${doctorLogin(name)}@example.jp`, subject: '入会届の手続きが完了しました' });
    await openProgress(page, number);
    await expect(page.getByRole('main')).toContainText('完了');
    await page.goto('/my');
    for (const [index, label] of labels.entries()) await expect(page.getByRole('main')).toContainText(`[${4 - index}層] ${label}`);
    await expect(page.getByText(/日本医師会 1年未満/)).toBeVisible();
  });
});
