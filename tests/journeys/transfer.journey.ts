import { expect, type Page } from '@playwright/test';
import { dayText } from './days.ts';
import { chooseByWorkplace, chooseCategories, goOn } from './doctor.ts';
import { doctorPage, officePage } from './door.ts';
import { openProgress } from './filing.ts';
import { test } from './journey.ts';
import { expectMail } from './mail.ts';
import { expectDays } from './members.ts';
import { beginMove, expectFaults, send } from './moves.ts';
import { acknowledge, approve, begin, expectActions, openCase } from './office.ts';
import { doctorLogin, type OfficeName, offices } from './people.ts';

/** 異動届 with change of association, seen from both sides: within a prefecture, across prefectures and layers, and without destination. */

const paper = '異動届';
const label = (office: OfficeName) => offices[office].label;

async function chooseOrigin(page: Page, reason: string): Promise<void> {
  await page.getByRole('radio', { name: reason }).check();
  await page.getByRole('group', { name: '異動する医師会を選択してください。' }).getByRole('radio').check();
  await goOn(page, '異動先の選択に進む');
  await expect(page.getByText('1. 該当する医師会を選択してください')).toBeVisible();
}

async function fillWork(page: Page): Promise<void> {
  await page.getByLabel('施設・業務').selectOption({ label: '診療所(開設する者で管理者の医師)' });
  await page.getByRole('combobox', { name: '役職' }).selectOption({ label: '院長' });
}

test('異動届:同じ府内の異動、3層から4層への異動、異動先が決まっていない異動を、両側の医師会が順に承認する', async ({
  page,
  ways,
  kind,
}) => {
  test.setTimeout(300_000);
  const name = `move-${kind}` as const;
  const mail = `${doctorLogin(name)}@example.jp`;
  const open = new Map<OfficeName, Page>();
  const desk = async (office: OfficeName): Promise<Page> => {
    const there = open.get(office) ?? (await officePage(ways, office));
    open.set(office, there);
    return there;
  };
  const confirm = async (office: OfficeName): Promise<void> => {
    const there = await desk(office);
    await openCase(there, name, { paper });
    await expectActions(there, ['確認']);
    await acknowledge(there);
  };
  let number = '';

  await test.step('異動元を選び、新しい勤務先から異動先の医師会を知る', async () => {
    await doctorPage(page, name);
    await beginMove(page, 'transfer');
    await goOn(page, '異動先の選択に進む');
    await expectFaults(page, ['異動事由:選択されていません']);
    await chooseOrigin(page, '施設異動(勤務先)');
    await chooseByWorkplace(page, ways, { text: 'つばき', facility: '都島つばき医院' });
    await expect(page.getByText([label('miyakojima'), label('osaka'), label('jma')].join(' → '))).toBeVisible();
    await expect(page.getByRole('row', { name: label('osaka') })).toContainText('引き続き所属');
    await chooseCategories(page, { [label('miyakojima')]: 'A1' });
    await goOn(page, '入力フォームに進む');
  });

  await test.step('入会希望年月日だけを入力すると、退会希望年月日は前日になる', async () => {
    await page.getByRole('textbox', { name: '入会希望年月日' }).fill(dayText(-19));
    await fillWork(page);
    await goOn(page, '確認画面に進む');
    const main = page.getByRole('main');
    for (const text of [label('kita'), label('miyakojima'), '都島つばき医院', '施設異動(勤務先)', dayText(-20), dayText(-19)])
      await expect(main).toContainText(text);
    await expect(main).toContainText(`${label('kita')}が審査し、退会日を決めて承認します。`);
    await expect(main).toContainText(`${label('osaka')}が確認します。`);
    number = await send(page, '異動');
    expect(await expectMail(page, { to: mail, subject: 'MAMISで異動申請を受付けました' })).toContain(number);
    await openProgress(page, number);
    for (const office of ['kita', 'miyakojima'] as const) await expect(main).toContainText(`いま${label(office)}の受付待ちです`);
  });

  await test.step('異動元は前日の退会日で、異動先は入会日で承認する', async () => {
    const origin = await desk('kita');
    await openCase(origin, name, { paper });
    const wish = origin.locator('dl > div').filter({ has: origin.getByText('希望日', { exact: true }) });
    await expect(wish).toContainText(dayText(-20));
    await expect(origin.getByRole('table', { name: '異動の相手側' })).toContainText(label('miyakojima'));
    await approve(origin, { day: dayText(-20), label: '退会日' });
    await expect(origin.getByRole('status')).toHaveText('承認しました。異動の相手側の承認を待っています。');
    await expectDays(origin, name, [[dayText(-19), true]]);
    const destination = await desk('miyakojima');
    await openCase(destination, name, { paper });
    await approve(destination, { day: dayText(-19) });
    await expect(destination.getByRole('status')).toHaveText('承認しました。すべての手続きが完了しました。');
    await expectDays(origin, name, [
      [dayText(-20), true],
      [dayText(-19), false],
    ]);
    await expectDays(destination, name, [
      [dayText(-20), false],
      [dayText(-19), true],
    ]);
    await expectMail(page, { to: mail, subject: '異動届の手続きが完了しました' });
  });

  await test.step('引き続き所属する大阪府医師会と日本医師会は確認する', async () => {
    await confirm('osaka');
    await confirm('jma');
  });

  await test.step('横浜市青葉区への異動は、日付が続かない理由がなければ進めない', async () => {
    await beginMove(page, 'transfer');
    await chooseOrigin(page, '施設開業');
    await chooseByWorkplace(page, ways, { text: 'みどり', facility: '青葉台みどり内科' });
    await expect(page.getByRole('row', { name: label('jma') })).toContainText('引き続き所属');
    const joining = ['aoba', 'yokohama', 'kanagawa'] as const;
    await chooseCategories(page, Object.fromEntries(joining.map((office) => [label(office), 'A1'])));
    await goOn(page, '入力フォームに進む');
    await page.getByRole('textbox', { name: '入会希望年月日' }).fill(dayText(-1));
    await page.getByRole('textbox', { name: '異動元の退会希望年月日' }).fill(dayText(-6));
    await fillWork(page);
    await goOn(page, '確認画面に進む');
    await expectFaults(page, ['退会日と入会日が連続していません。理由を入力してください']);
    await page.getByRole('textbox', { name: '空き期間・重複の理由' }).fill('開院の準備のため');
    await goOn(page, '確認画面に進む');
    await expect(page.getByRole('main')).toContainText('開院の準備のため');
    number = await send(page, '異動');
  });

  await test.step('異動元の都島区と、異動先の3つの医師会が承認すると、一度に異動する', async () => {
    const origin = await desk('miyakojima');
    await openCase(origin, name, { paper });
    await approve(origin, { day: dayText(-6), label: '退会日', warnings: ['退会日と入会日の間が4日空きます。理由を入力してください。'] });
    for (const office of ['aoba', 'yokohama', 'kanagawa'] as const) {
      const there = await desk(office);
      await openCase(there, name, { paper });
      if (office === 'aoba') await expect(there.getByRole('table', { name: '異動の相手側' })).toContainText(label('miyakojima'));
      await approve(there, {
        day: dayText(-1),
        ...(office === 'aoba' ? { warnings: ['退会日と入会日の間が4日空きます。理由を入力してください。'] } : {}),
      });
    }
    const last = await desk('kanagawa');
    await expect(last.getByRole('status')).toHaveText('承認しました。すべての手続きが完了しました。');
    await expectDays(origin, name, [
      [dayText(-6), true],
      [dayText(-5), false],
    ]);
    await expectDays(last, name, [
      [dayText(-2), false],
      [dayText(-1), true],
    ]);
    await confirm('osaka');
    await confirm('jma');
    await page.goto('/my');
    await expect(page.getByRole('main')).toContainText(`[4層] ${label('aoba')}`);
    await expect(page.getByRole('main')).not.toContainText(label('osaka'));
  });

  await test.step('異動先が決まっていない異動は、退会の手続きだけを進め、その日の前なら承認取消ができる', async () => {
    await beginMove(page, 'transfer');
    await chooseOrigin(page, '施設異動(休業)');
    await goOn(page, '異動先を決めずに進む');
    await page.getByRole('textbox', { name: '異動元の退会希望年月日' }).fill(dayText(20));
    await goOn(page, '確認画面に進む');
    await expect(page.getByRole('main')).toContainText(dayText(20));
    number = await send(page, '異動');
    const ward = await desk('aoba');
    await openCase(ward, name, { paper });
    await approve(ward, { day: dayText(20), label: '退会日' });
    await expect(ward.getByRole('status')).toHaveText('承認しました。すべての手続きが完了しました。');
    await expectDays(ward, name, [
      [dayText(20), true],
      [dayText(21), false],
    ]);
    await openCase(ward, name, { paper, number });
    await begin(ward, '承認取消');
    await ward.getByRole('textbox', { name: '承認取消の理由' }).fill('退会日を確認するため');
    await ward.getByRole('button', { name: '承認を取り消す' }).click();
    await expect(ward.getByRole('status')).toHaveText('承認を取り消しました。');
    await expectDays(ward, name, [[dayText(21), true]]);
    await expectMail(page, { to: mail, subject: '承認が取り消されました' });
    await openCase(ward, name, { paper });
    await approve(ward, { day: dayText(20), label: '退会日' });
    await expect(ward.getByRole('status')).toHaveText('承認しました。すべての手続きが完了しました。');
    await expectDays(ward, name, [[dayText(21), false]]);
    for (const office of ['yokohama', 'kanagawa', 'jma'] as const) await confirm(office);
    await openProgress(page, number);
    await expect(page.getByRole('main')).toContainText(`承認済(${dayText(20)}から有効)`);
  });
});
