import { expect, type Page } from '@playwright/test';
import { officePage } from './door.ts';
import { test } from './journey.ts';
import { expectGoodLook } from './look.ts';
import { approve, begin, openCase } from './office.ts';
import { type DoctorName, fullName } from './people.ts';
import { dayText } from './days.ts';

/** 一括操作 (`screens.md O-04`): the same with and without script. */

async function choose(page: Page, names: readonly DoctorName[], word: string): Promise<void> {
  await page.goto('/office/applications?size=100');
  for (const name of names) await page.getByRole('checkbox', { name: `${fullName(name)}を選択` }).check();
  await page.getByRole('button', { name: word, exact: true }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: `一括操作:${word}` })).toBeVisible();
}

function rowOf(page: Page, name: DoctorName) {
  return page.getByRole('row').filter({ hasText: fullName(name) });
}

async function expectFinished(page: Page, text: string): Promise<void> {
  await expect(page.getByText(text)).toBeVisible({ timeout: 40_000 });
}

test('一括操作:行ごとに確認し、実行して、結果と理由を見る', async ({ ways, kind, javaScriptEnabled }) => {
  test.setTimeout(240_000);
  const one = `bulk-one-${kind}` as const;
  const two = `bulk-two-${kind}` as const;
  const three = `bulk-three-${kind}` as const;
  const page = await officePage(ways, 'kita');
  const look = async (name: string) => {
    if (javaScriptEnabled) await expectGoodLook(page, name);
  };

  await test.step('要注意の申請は理由とともに対象から外れている', async () => {
    await openCase(page, three);
    await page
      .getByRole('link', { name: '要注意にする' })
      .or(page.getByRole('button', { name: '要注意にする' }))
      .first()
      .click();
    await choose(page, [one, two, three], '受付');
    await expect(rowOf(page, one).getByRole('checkbox')).toBeChecked();
    await expect(rowOf(page, three).getByRole('checkbox')).not.toBeChecked();
    await expect(rowOf(page, three)).toContainText('確認が必要なため対象から外しています:');
    await look('bulk-check');
  });

  await test.step('受付を実行し、結果を見る', async () => {
    await page.getByRole('button', { name: '2件を受付する' }).click();
    await expect(page.getByRole('status')).toHaveText('2件の一括操作を開始しました。');
    await expectFinished(page, '処理が終わりました。完了 2件、未実行 0件');
    await look('bulk-finished');
  });

  await test.step('日付を指定して承認すると警告のある行は外れ、希望日に戻すと対象になる', async () => {
    await choose(page, [one, two], '承認');
    await page.getByRole('radio', { name: '指定日' }).check();
    await page.getByRole('button', { name: '2件を承認する' }).click();
    await expect(page.getByRole('alert').getByRole('link', { name: '日付を入力してください' })).toBeVisible();
    await look('bulk-error');
    await page.getByRole('textbox', { name: '指定日' }).fill(dayText(1));
    await page.getByRole('button', { name: '内容を確認する' }).click();
    await expect(rowOf(page, one)).toContainText('入会希望年月日');
    await expect(rowOf(page, one).getByRole('checkbox')).not.toBeChecked();
    await look('bulk-warnings');
    await page.getByRole('radio', { name: '各申請の希望年月日' }).check();
    await page.getByRole('button', { name: '件を承認する' }).click();
    await expect(page.getByRole('alert')).toContainText('入力内容が変わったため、結果を計算し直しました。');
    await expect(rowOf(page, one).getByRole('checkbox')).toBeChecked();
  });

  await test.step('その間に別の担当者が承認した申請は、理由とともに未実行となる', async () => {
    const colleague = await officePage(ways, 'kita');
    await openCase(colleague, two);
    await approve(colleague, { day: dayText(-2) });
    await expect(colleague.getByRole('status')).toContainText('承認しました。');
    await page.getByRole('button', { name: '2件を承認する' }).click();
    await expectFinished(page, '処理が終わりました。完了 1件、未実行 1件');
    await expect(rowOf(page, two)).toContainText('未実行');
    await expect(rowOf(page, two)).toContainText('大阪市北区医師会の梅田 優が先に承認しました');
    await look('bulk-refused');
  });

  await test.step('TOPから結果に戻り、再実行の確認画面には未実行の申請だけがある', async () => {
    await page.goto('/office');
    await expect(page.getByRole('heading', { level: 2, name: '一括操作' })).toBeVisible();
    await look('bulk-top');
    await page.getByRole('row').filter({ hasText: '完了 1件、未実行 1件' }).first().getByRole('link').click();
    await page.getByRole('link', { name: '未実行の申請を再実行' }).click();
    await expect(rowOf(page, two)).toContainText('現在「承認」を行える状況ではありません。');
    await expect(rowOf(page, one)).toHaveCount(0);
  });

  await test.step('何も選ばなければ、選ぶよう求められる', async () => {
    await page.goto('/office/applications');
    await page.getByRole('button', { name: '取消', exact: true }).first().click();
    await expect(page.getByRole('alert')).toContainText('申請を選択してください。');
    await openCase(page, three);
    await begin(page, '受付');
  });
});
