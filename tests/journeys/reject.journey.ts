import { expect } from '@playwright/test';
import { dayText } from './days.ts';
import { officePage } from './door.ts';
import { openProgress, prepareJoin, submitJoin } from './filing.ts';
import { test } from './journey.ts';
import { expectMail } from './mail.ts';
import { expectMember, expectNoMember } from './members.ts';
import { approve, begin, openCase } from './office.ts';
import { doctorLogin, offices } from './people.ts';

test('非承認:都道府県が非承認にしても、郡市区の会員資格はそのまま残る', async ({ page, ways, kind }) => {
  test.setTimeout(180_000);
  const name = `reject-${kind}` as const;
  await prepareJoin(page, ways, name);
  const number = await submitJoin(page);

  const kita = await officePage(ways, 'kita');
  await openCase(kita, name);
  await approve(kita, { day: dayText(0) });
  await expect(kita.getByRole('status')).toHaveText(`承認しました。${offices.osaka.label}へ送付しました。`);

  const osaka = await officePage(ways, 'osaka');
  await test.step('大阪府医師会が理由とメッセージを添えて非承認にする', async () => {
    await openCase(osaka, name);
    await begin(osaka, '非承認');
    await expect(osaka.getByText('非承認にすると、この申請は終了します。下層の医師会の会員資格はそのまま残ります。')).toBeVisible();
    await osaka.getByRole('button', { name: '非承認にする' }).click();
    await expect(osaka.getByRole('alert').getByRole('link', { name: '非承認理由を選択してください' })).toBeVisible();
    await osaka.getByLabel('非承認理由').selectOption({ label: '入会資格を満たしていない' });
    await osaka.getByRole('textbox', { name: '審査時連絡メッセージ' }).fill('定款第5条により、今回は承認できません。');
    await osaka.getByRole('button', { name: '非承認にする' }).click();
    await expect(osaka.getByRole('status')).toHaveText('非承認にしました。');
  });

  await test.step('医師は結果と理由、連絡先を知る', async () => {
    await expectMail(page, { to: `${doctorLogin(name)}@example.jp`, subject: '申請の審査結果について' });
    await openProgress(page, number);
    const main = page.getByRole('main');
    await expect(main).toContainText('非承認');
    await expect(main).toContainText('定款第5条により、今回は承認できません。');
    await expect(page.getByRole('button', { name: '申請を取り下げる' })).toHaveCount(0);
    await page.goto('/my');
    await expect(page.getByRole('main')).toContainText(`[3層] ${offices.kita.label}`);
    await expect(page.getByRole('main')).not.toContainText(`[2層] ${offices.osaka.label}`);
  });

  await test.step('大阪市北区医師会では会員、大阪府医師会では会員でない', async () => {
    await expectMember(kita, { name, joined: dayText(0), before: dayText(-1) });
    await expectNoMember(osaka, name);
  });
});
