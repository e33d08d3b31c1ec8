import { expect } from '@playwright/test';
import { dayText } from './days.ts';
import { goOn, search } from './doctor.ts';
import { doctorPage, officePage } from './door.ts';
import { openProgress } from './filing.ts';
import { test } from './journey.ts';
import { expectMail } from './mail.ts';
import { beginMove, expectFaults, send } from './moves.ts';
import { acknowledge, approve, begin, expectActions, openCase } from './office.ts';
import { doctorLogin, offices } from './people.ts';

/** 異動届 without change of association: 会員区分, then the workplace; no leave or join arises (`rules.md 3.7`). */

const paper = '異動届';
const kita = offices.kita.label;
const jma = offices.jma.label;

test('異動届:会員区分を変え、差戻しのあと再申請し、次に勤務先を変える', async ({ page, ways, kind }) => {
  test.setTimeout(240_000);
  const name = `change-${kind}` as const;
  const mail = `${doctorLogin(name)}@example.jp`;
  let number = '';

  await test.step('変わらない届は先に進めず、変わる医師会だけ会員区分を選ぶ', async () => {
    await doctorPage(page, name);
    await beginMove(page, 'change');
    await goOn(page, '入力フォームに進む');
    await expectFaults(page, ['異動事由:選択されていません']);
    await page.getByRole('radio', { name: '医賠責保険の加入・除外' }).check();
    await page.getByRole('group', { name: '会員区分を変更する医師会を含むグループ' }).getByRole('radio').check();
    for (const label of [kita, jma])
      await page.getByRole('combobox', { name: `${label} 変更後の会員区分` }).selectOption({ label: 'A2(B)' });
    await goOn(page, '入力フォームに進む');
    await page.getByRole('textbox', { name: '入会または異動希望年月日' }).fill(dayText(0));
    await page.getByRole('checkbox', { name: '変更しない' }).check();
    await goOn(page, '確認画面に進む');
    const main = page.getByRole('main');
    await expect(main).toContainText('この届では退会・入会は発生しません。入会日は変わりません。');
    await expect(main).toContainText('A2(B)');
    for (const text of [`${kita}が審査し、承認します。`, `${offices.osaka.label}が確認します。`, `${jma}が審査し、承認します。`])
      await expect(main).toContainText(text);
    number = await send(page, '異動');
    expect(await expectMail(page, { to: mail, subject: 'MAMISで会員区分変更申請を受付けました' })).toContain(number);
  });

  const desks = { kita: await officePage(ways, 'kita'), osaka: await officePage(ways, 'osaka'), jma: await officePage(ways, 'jma') };
  await test.step('大阪市北区医師会が差し戻し、医師が直して再申請する', async () => {
    await openCase(desks.kita, name, { paper });
    await expect(desks.kita.getByRole('main')).toContainText('A2(B)');
    await begin(desks.kita, '差戻し');
    await desks.kita.getByRole('checkbox', { name: 'その他', exact: true }).check();
    await desks.kita.getByRole('textbox', { name: '審査時連絡メッセージ' }).fill('異動日を翌日にしてください。');
    await desks.kita.getByRole('button', { name: '差し戻す' }).click();
    await expect(desks.kita.getByRole('status')).toHaveText('差戻しました。');
    await openProgress(page, number);
    await page.getByRole('link', { name: '修正する' }).first().click();
    await page.getByRole('textbox', { name: '入会または異動希望年月日' }).fill(dayText(1));
    await goOn(page, '確認画面に進む');
    await goOn(page, '再申請する');
    await expect(page.getByRole('status')).toHaveText('再申請しました。');
  });

  await test.step('区分が変わる医師会が承認し、変わらない医師会は確認する', async () => {
    await openCase(desks.kita, name, { paper });
    await approve(desks.kita, { day: dayText(1), label: '異動日' });
    await expect(desks.kita.getByRole('status')).toHaveText(`承認しました。${jma}へ送付しました。`);
    await openCase(desks.jma, name, { paper });
    await approve(desks.jma, { day: dayText(1), label: '異動日' });
    await expect(desks.jma.getByRole('status')).toHaveText('承認しました。すべての手続きが完了しました。');
    await openCase(desks.osaka, name, { paper });
    await expectActions(desks.osaka, ['確認']);
    await acknowledge(desks.osaka);
    await expectMail(page, { to: mail, subject: '異動届の手続きが完了しました' });
    await openProgress(page, number);
    await expect(page.getByRole('main')).toContainText(`承認済(${dayText(1)}から有効)`);
  });

  await test.step('勤務先だけの変更は、最も下層が承認し、上層は確認する', async () => {
    await beginMove(page, 'change');
    await page.getByRole('radio', { name: '勤務先の変更' }).check();
    await page.getByRole('group', { name: '会員区分を変更する医師会を含むグループ' }).getByRole('radio').check();
    await goOn(page, '入力フォームに進む');
    await page.getByRole('textbox', { name: '入会または異動希望年月日' }).fill(dayText(2));
    await page.getByRole('checkbox', { name: '変更しない' }).uncheck();
    await search(page, ways, { field: '所属施設を選択', text: 'なにわ', hit: '中之島なにわ病院' });
    await goOn(page, '確認画面に進む');
    await expect(page.getByRole('main')).toContainText('中之島なにわ病院');
    number = await send(page, '異動');
    await openCase(desks.kita, name, { paper });
    await approve(desks.kita, { day: dayText(2), label: '異動日' });
    await expect(desks.kita.getByRole('status')).toHaveText('承認しました。すべての手続きが完了しました。');
    for (const desk of [desks.osaka, desks.jma]) {
      await openCase(desk, name, { paper });
      await acknowledge(desk);
    }
  });

  await test.step('医師の履歴に異動が載り、入会日は変わらない', async () => {
    await page.goto('/my/membership-history');
    const table = page.getByRole('table').first();
    await expect(table.getByRole('row', { name: kita }).filter({ hasText: '異動' }).first()).toBeVisible();
    await expect(table.getByRole('row').filter({ hasText: '退会' })).toHaveCount(0);
    await expect(table).toContainText(dayText(-60));
  });
});
