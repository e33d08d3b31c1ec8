import { expect } from '@playwright/test';
import { dayText } from './days.ts';
import { goOn } from './doctor.ts';
import { doctorPage, officePage } from './door.ts';
import { openProgress } from './filing.ts';
import { test } from './journey.ts';
import { expectMail } from './mail.ts';
import { expectDays } from './members.ts';
import { beginWithdrawal, expectFaults, fillLeaving, send, tickLeave } from './moves.ts';
import { acknowledge, approve, begin, expectActions, openCase, receive } from './office.ts';
import { doctorLogin, type OfficeName, offices } from './people.ts';

/** The three patterns of 退会届 (`rules.md 3.5`), with 退会取消 before the day. */

const paper = '退会届';
const kita = offices.kita.label;
const osaka = offices.osaka.label;
const jma = offices.jma.label;

test('退会届:日本医師会だけを先の日付で退会し、退会取消のあと、すべての医師会を退会する', async ({ page, ways, kind }) => {
  test.setTimeout(240_000);
  const name = `leave-${kind}` as const;
  const mail = `${doctorLogin(name)}@example.jp`;
  let number = '';

  await test.step('不足のまま進むと項目ごとに知らせ、入力は残る', async () => {
    await doctorPage(page, name);
    await beginWithdrawal(page);
    await goOn(page, '確認画面に進む');
    await expectFaults(page, ['退会する医師会を選択してください', '退会希望年月日を入力してください', '退会事由を選択してください']);
    await tickLeave(page, ways, { tick: jma, above: [] });
    await fillLeaving(page, { wishedOn: dayText(30), reason: 'その他' });
    await goOn(page, '確認画面に進む');
    await expectFaults(page, ['具体的な理由を入力してください']);
    await expect(page.getByRole('checkbox', { name: jma })).toBeChecked();
    await expect(page.getByRole('checkbox', { name: osaka })).not.toBeChecked();
    await page.getByRole('textbox', { name: '具体的な理由' }).fill('会費の見直しのため');
    await goOn(page, '確認画面に進む');
  });

  await test.step('今後の流れを確認して申請する', async () => {
    const main = page.getByRole('main');
    await expect(main).toContainText(`${kita}が届を受付します。`);
    await expect(main).toContainText(`${osaka}が届を受付します。`);
    await expect(main).toContainText(`${jma}が審査し、退会日を決めて承認します。`);
    await expect(main).toContainText('その他(会費の見直しのため)');
    number = await send(page, '退会');
    const text = await expectMail(page, { to: mail, subject: 'MAMISで退会申請を受付けました' });
    expect(text).toContain(number);
  });

  const desks = { kita: await officePage(ways, 'kita'), osaka: await officePage(ways, 'osaka'), jma: await officePage(ways, 'jma') };
  await test.step('下層の医師会は受付だけを行う', async () => {
    for (const desk of [desks.kita, desks.osaka]) {
      await openCase(desk, name, { paper });
      await expectActions(desk, ['受付']);
      await receive(desk);
    }
  });

  await test.step('日本医師会が承認しても、退会日までは会員のまま数えられる', async () => {
    await openCase(desks.jma, name, { paper });
    await begin(desks.jma, '承認');
    await expect(desks.jma.getByText('から有効になります。それまでの会員数には影響しません。')).toBeVisible();
    await openCase(desks.jma, name, { paper });
    await approve(desks.jma, { day: dayText(30), label: '退会日' });
    await expect(desks.jma.getByRole('status')).toHaveText('承認しました。すべての手続きが完了しました。');
    await expectDays(desks.jma, name, [
      [dayText(0), true],
      [dayText(30), true],
      [dayText(31), false],
    ]);
    const text = await expectMail(page, { to: mail, subject: '退会届の手続きが完了しました' });
    expect(text).toContain(dayText(30));
    await openProgress(page, number);
    await expect(page.getByRole('main')).toContainText(`承認済(${dayText(30)}から有効)`);
  });

  await test.step('退会日の前に日本医師会が退会取消を行い、会員資格は続く', async () => {
    await openCase(desks.jma, name, { paper, number });
    await begin(desks.jma, '退会取消');
    await desks.jma.getByRole('button', { name: '退会を取り消す' }).click();
    await expectFaults(desks.jma, ['退会取消理由を選択してください', '根拠を入力してください']);
    await desks.jma.getByLabel('退会取消理由').selectOption({ label: '本人の申し出による退会の撤回' });
    await desks.jma.getByRole('textbox', { name: '根拠' }).fill('本人から電話で申し出があった');
    await desks.jma.getByRole('button', { name: '退会を取り消す' }).click();
    await expect(desks.jma.getByRole('status')).toHaveText('退会を取り消しました。会員資格は継続します。');
    await expectDays(desks.jma, name, [[dayText(31), true]]);
    await expectMail(page, { to: mail, subject: '退会が取り消されました' });
    await page.goto('/my');
    await expect(page.getByRole('main')).toContainText(`[1層] ${jma}`);
  });

  await test.step('最も下層を選ぶと、すべての層の退会となる', async () => {
    await beginWithdrawal(page);
    await tickLeave(page, ways, { tick: kita, above: [osaka, jma] });
    await fillLeaving(page, { wishedOn: dayText(0), reason: '廃業・退職' });
    await goOn(page, '確認画面に進む');
    const main = page.getByRole('main');
    for (const line of [`[3層] ${kita}`, `[2層] ${osaka}`, `[1層] ${jma}`]) await expect(main).toContainText(line);
    await expect(main).toContainText(`${jma}も同じ日付で退会となり、${jma}が確認します。`);
    number = await send(page, '退会');
  });

  await test.step('大阪市北区医師会の退会日がすべての層に効き、上層は確認する', async () => {
    await openCase(desks.kita, name, { paper });
    await approve(desks.kita, { day: dayText(0), label: '退会日' });
    await expect(desks.kita.getByRole('status')).toHaveText('承認しました。すべての手続きが完了しました。');
    for (const desk of [desks.osaka, desks.jma]) {
      await openCase(desk, name, { paper });
      await expectActions(desk, ['確認']);
      await expect(desk.getByRole('main')).toContainText(dayText(0));
      await acknowledge(desk);
    }
    for (const desk of [desks.kita, desks.osaka, desks.jma])
      await expectDays(desk, name, [
        [dayText(0), true],
        [dayText(1), false],
      ]);
  });

  await test.step('医師の履歴に退会が載り、所属はなくなる', async () => {
    await openProgress(page, number);
    await expect(page.getByRole('main')).toContainText('確認済');
    await page.goto('/my/membership-history');
    const table = page.getByRole('table').first();
    for (const label of [kita, osaka, jma])
      await expect(table.getByRole('row', { name: label }).filter({ hasText: '退会' }).first()).toContainText(dayText(0));
  });
});

test('退会届:4層の医師が都道府県と日本医師会を退会し、地区と郡市区には残る', async ({ page, ways, kind }) => {
  test.setTimeout(180_000);
  const name = `leave4-${kind}` as const;
  const { kanagawa } = offices;
  let number = '';

  await test.step('都道府県医師会を選ぶと、日本医師会も退会となる', async () => {
    await doctorPage(page, name);
    await beginWithdrawal(page);
    await tickLeave(page, ways, { tick: kanagawa.label, above: [jma] });
    await fillLeaving(page, { wishedOn: dayText(-10), reason: '廃業・退職' });
    await goOn(page, '確認画面に進む');
    await expect(page.getByRole('main')).toContainText(`[2層] ${kanagawa.label}`);
    await expect(page.getByRole('main')).toContainText(`[1層] ${jma}`);
    number = await send(page, '退会');
  });

  const below: readonly OfficeName[] = ['aoba', 'yokohama'];
  for (const office of below) {
    await test.step(`${offices[office].label}は受付だけを行う`, async () => {
      const desk = await officePage(ways, office);
      await openCase(desk, name, { paper });
      await receive(desk);
      await desk.context().close();
    });
  }

  await test.step('神奈川県医師会は希望と異なる日付を、注意を確認して承認する', async () => {
    const desk = await officePage(ways, 'kanagawa');
    await openCase(desk, name, { paper });
    await approve(desk, { day: dayText(-9), label: '退会日', warnings: [`退会希望年月日(${dayText(-10)})と異なります。`] });
    await expect(desk.getByRole('status')).toHaveText('承認しました。すべての手続きが完了しました。');
    await expectDays(desk, name, [
      [dayText(-9), true],
      [dayText(-8), false],
    ]);
  });

  await test.step('日本医師会が確認し、医師は地区と郡市区に残る', async () => {
    const desk = await officePage(ways, 'jma');
    await openCase(desk, name, { paper });
    await acknowledge(desk);
    await openProgress(page, number);
    await expect(page.getByRole('main')).toContainText(`退会日 ${dayText(-9)}`);
    await page.goto('/my');
    const main = page.getByRole('main');
    await expect(main).toContainText(`[4層] ${offices.aoba.label}`);
    await expect(main).toContainText(`[3層] ${offices.yokohama.label}`);
    await expect(main).not.toContainText(`[2層] ${kanagawa.label}`);
  });
});
