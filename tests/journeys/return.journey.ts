import { expect } from '@playwright/test';
import { goOn } from './doctor.ts';
import { officePage } from './door.ts';
import { openProgress, prepareJoin, submitJoin } from './filing.ts';
import { test } from './journey.ts';
import { expectMail } from './mail.ts';
import { begin, openCase } from './office.ts';
import { doctorLogin, fullName, offices } from './people.ts';

test('差戻し:項目ごとの修正依頼を受けて直し、再申請すると変更箇所が事務局に示される', async ({ page, ways, kind }) => {
  test.setTimeout(180_000);
  const name = `return-${kind}` as const;
  await prepareJoin(page, ways, name);
  const number = await submitJoin(page);

  const desk = await officePage(ways, 'kita');
  await test.step('理由とメッセージがなければ差し戻せず、入力は残る', async () => {
    await openCase(desk, name);
    await begin(desk, '差戻し');
    await desk.getByRole('checkbox', { name: '施設・業務' }).check();
    await desk.getByRole('textbox', { name: /施設・業務の\s*コメント/ }).fill('管理者かどうかをご確認ください。');
    await desk.getByRole('button', { name: '差し戻す' }).click();
    await expect(desk.getByRole('alert').getByRole('link', { name: '審査時連絡メッセージを入力してください' })).toBeVisible();
    await expect(desk.getByRole('alert').getByRole('link', { name: '差戻し理由を選択してください' })).toBeVisible();
    await expect(desk.getByRole('textbox', { name: /施設・業務の\s*コメント/ })).toHaveValue('管理者かどうかをご確認ください。');
  });

  await test.step('大阪市北区医師会が項目を指定して差し戻す', async () => {
    await desk.getByRole('checkbox', { name: '所属施設の確認が必要' }).check();
    await desk.getByRole('textbox', { name: '審査時連絡メッセージ' }).fill('施設・業務をご確認のうえ、再申請をお願いします。');
    await desk.getByRole('button', { name: '差し戻す' }).click();
    await expect(desk.getByRole('status')).toHaveText('差戻しました。');
    const text = await expectMail(page, { to: `${doctorLogin(name)}@example.jp`, subject: '申請の修正をお願いします' });
    expect(text).toContain(number);
    expect(text).toContain('修正が必要な項目:施設・業務');
    expect(text).toContain('施設・業務をご確認のうえ、再申請をお願いします。');
    expect(text).not.toContain('管理者かどうか');
  });

  await test.step('医師はTOPで差戻しを知り、依頼された項目を直す', async () => {
    await page.goto('/my');
    await expect(page.getByRole('main')).toContainText('差戻しがあります。修正して再申請してください。');
    await openProgress(page, number);
    await expect(page.getByRole('main')).toContainText('差戻し(修正をお願いします)');
    await expect(page.getByRole('main')).toContainText('施設・業務をご確認のうえ、再申請をお願いします。');
    await expect(page.getByRole('main')).toContainText('管理者かどうかをご確認ください。');
    await page.getByRole('link', { name: '修正する' }).first().click();
    await expect(page.getByLabel('施設・業務')).toHaveAccessibleDescription(/修正をお願いします\s*管理者かどうかをご確認ください。/);
    await page.getByLabel('施設・業務').selectOption({ label: '診療所(勤務する者で管理者でない医師)' });
    await page.getByRole('combobox', { name: '役職' }).selectOption({ label: '勤務医' });
    await goOn(page, '確認画面に進む');
    await goOn(page, '再申請する');
    await expect(page.getByRole('status')).toHaveText('再申請しました。');
    await expect(page.getByText(`いま${offices.kita.label}の受付待ちです`)).toBeVisible();
    // A page of the form that was left open says why it cannot be written on any more.
    await page.goto(`${new URL(page.url()).pathname}/details`);
    await expect(page.getByRole('status')).toHaveText('この届は「申請中」のため、変更できません。');
    await expect(page.getByText(`いま${offices.kita.label}の受付待ちです`)).toBeVisible();
  });

  await test.step('事務局は変更された項目を、変更前の内容とともに見る', async () => {
    await openCase(desk, name);
    await expect(desk.getByText('再申請で変更された項目に【変更】を付けています。')).toBeVisible();
    const changed = desk.getByRole('row').filter({ hasText: '【変更】' });
    await expect(changed).toHaveCount(2);
    await expect(changed.filter({ hasText: '施設・業務' })).toContainText('診療所(開設する者で管理者の医師)');
    await expect(changed.filter({ hasText: '施設・業務' })).toContainText('診療所(勤務する者で管理者でない医師)');
    await expect(changed.filter({ hasText: '役職' })).toContainText('勤務医');
    await expect(desk.getByRole('heading', { level: 1 })).toContainText(fullName(name));
  });
});
