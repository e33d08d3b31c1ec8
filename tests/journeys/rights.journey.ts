import { type APIResponse, expect, type Page } from '@playwright/test';
import { applicationsOf, documentsOf, personOf, stopStaff } from './backstage.ts';
import { dayText } from './days.ts';
import { logIn, officePage, otherBrowser } from './door.ts';
import { test } from './journey.ts';
import { doctorLogin, fullName, licenceOf, nameOf } from './people.ts';

/** Whoever has no part in a case sees nothing of it and learns nothing, by address or by form. */

const who = 'foreign';
const secrets = [fullName(who), nameOf(who).surname, nameOf(who).surnameKana, licenceOf(who), `${doctorLogin(who)}@example.jp`];

let id = '';
let personId = '';
let documentId = '';

test.beforeAll(async () => {
  id = (await applicationsOf(licenceOf(who)))[0]?.id ?? '';
  personId = await personOf(licenceOf(who));
  documentId = (await documentsOf(id))[0] ?? '';
  expect([id, personId, documentId].every((text) => text.length > 10)).toBe(true);
});

test.afterEach(async () => {
  expect(await applicationsOf(licenceOf(who)), 'the case is as it was').toEqual([{ id, state: 'submitted' }]);
});

const decisions = ['approve', 'receive', 'return', 'reject', 'cancel', 'message', 'memo', 'attention'] as const;

function officeAddresses(): string[] {
  const base = `/office/applications/${id}`;
  return [
    base,
    `${base}.data`,
    `${base}/documents/${documentId}`,
    `${base}/what-if?decidedOn=${dayText(0)}`,
    `/office/members/${personId}`,
    `/office/members/${personId}.data`,
    ...decisions.map((word) => `${base}/${word}`),
  ];
}

function doctorAddresses(): string[] {
  const base = `/my/applications/${id}`;
  return [
    base,
    `${base}.data`,
    `${base}/associations`,
    `${base}/details`,
    `${base}/review`,
    `${base}/submitted`,
    `${base}/retract`,
    `${base}/documents/${documentId}`,
  ];
}

/** Every field that any of the decisions takes, all well formed. */
const everything = {
  version: '2',
  decidedOn: dayText(0),
  confirmedFor: dayText(0).replaceAll('/', '-'),
  categoryId: '1',
  confirmed: '1',
  licenceSeen: '1',
  intent: 'approve',
  reasons: 'R01',
  reason: 'N03',
  lowestAssociationId: '27001',
  ticked: '27001',
  way: 'association',
  message: '試験',
  messageBody: '試験',
  memoBody: '試験',
  attention: 'on',
  attentionReason: '試験',
};

async function expectNothing(answer: APIResponse, what: string): Promise<void> {
  const text = await answer.text();
  for (const secret of secrets) expect(text.includes(secret), `${what} says ${secret}`).toBe(false);
}

async function expectClosed(page: Page, addresses: readonly string[], statuses: readonly number[]): Promise<void> {
  for (const address of addresses) {
    const answer = await page.request.get(address, { maxRedirects: 0 });
    expect(statuses, `GET ${address} answers ${answer.status()}`).toContain(answer.status());
    await expectNothing(answer, `GET ${address}`);
  }
}

async function expectFormsClosed(page: Page, addresses: readonly string[], statuses: readonly number[]): Promise<void> {
  const origin = new URL(page.url()).origin;
  for (const address of addresses) {
    const answer = await page.request.post(address, { form: everything, headers: { origin }, maxRedirects: 0 });
    expect(statuses, `POST ${address} answers ${answer.status()}`).toContain(answer.status());
    await expectNothing(answer, `POST ${address}`);
  }
}

for (const office of ['minato', 'tokyo', 'aoba'] as const) {
  test(`権限:関係のない医師会(${office})には、届も会員も書類も存在しないのと同じ`, async ({ ways }) => {
    const desk = await officePage(ways, office);
    await expectClosed(desk, officeAddresses(), [404]);
    await expectFormsClosed(
      desk,
      officeAddresses().filter((address) => !address.endsWith('.data')),
      [404, 405],
    );
    await expectClosed(desk, doctorAddresses(), [403]);
    await desk.goto(`/office/applications?tab=all&name=${encodeURIComponent(nameOf(who).surname)}`);
    await expect(desk.getByText('該当するデータはありません。')).toBeVisible();
    await desk.goto(`/office/members?name=${encodeURIComponent(nameOf(who).surname)}`);
    await expect(desk.getByRole('main')).not.toContainText(fullName(who));
    await desk.goto(`/office/applications/${id}`);
    await expect(desk.getByRole('heading', { level: 1, name: 'ページが見つかりません' })).toBeVisible();
    await desk.context().close();
  });
}

test('権限:まだ届いていない上層の医師会は、見ることはできても決定はできない', async ({ ways }) => {
  const desk = await officePage(ways, 'osaka');
  await desk.goto(`/office/applications/${id}`);
  await expect(desk.getByRole('heading', { level: 1 })).toContainText(fullName(who));
  for (const word of ['承認', '受付', '差戻し', '非承認', '取消'])
    await expect(desk.getByRole('link', { name: word, exact: true })).toHaveCount(0);
  const origin = new URL(desk.url()).origin;
  for (const word of ['approve', 'receive', 'return', 'reject', 'cancel']) {
    const answer = await desk.request.post(`/office/applications/${id}/${word}`, {
      form: everything,
      headers: { origin },
      maxRedirects: 0,
    });
    expect([403, 409, 422], `${word} answers ${answer.status()}`).toContain(answer.status());
  }
  await desk.context().close();
});

test('権限:ほかの医師は、届の詳細も書類も見られない', async ({ ways }) => {
  const page = await otherBrowser(ways);
  await logIn(page, doctorLogin('login'));
  await expectClosed(page, doctorAddresses(), [404]);
  await expectFormsClosed(
    page,
    doctorAddresses().filter((address) => !address.endsWith('.data') && !address.includes('documents') && !address.endsWith('submitted')),
    [404, 405],
  );
  await expectClosed(page, officeAddresses(), [403]);
  await page.context().close();
});

test('権限:ログインしていなければ、ログイン画面になる', async ({ page, baseURL }) => {
  for (const address of [...officeAddresses(), ...doctorAddresses()]) {
    const answer = await page.request.get(address, { maxRedirects: 0 });
    expect([202, 302, 303, 401], `GET ${address} answers ${answer.status()}`).toContain(answer.status());
    await expectNothing(answer, `GET ${address}`);
  }
  for (const word of decisions) {
    const answer = await page.request.post(`/office/applications/${id}/${word}`, {
      form: everything,
      headers: { origin: baseURL ?? '' },
      maxRedirects: 0,
    });
    expect([302, 303, 401], `POST ${word} answers ${answer.status()}`).toContain(answer.status());
    await expectNothing(answer, `POST ${word}`);
  }
});

test('権限:ほかのサイトから送られたフォームは、権限のある人のものでも受け付けない', async ({ ways }) => {
  const desk = await officePage(ways, 'kita');
  const answer = await desk.request.post(`/office/applications/${id}/receive`, {
    form: everything,
    headers: { origin: 'https://evil.example' },
    maxRedirects: 0,
  });
  expect(answer.status()).toBe(403);
  await desk.context().close();
});

test('権限:作業中に使用停止になった人は、次の操作から何も見られない', async ({ ways }) => {
  const desk = await otherBrowser(ways);
  await logIn(desk, 'office-kita-leaver');
  await desk.goto(`/office/applications/${id}`);
  await expect(desk.getByRole('heading', { level: 1 })).toContainText(fullName(who));
  await stopStaff('office-kita-leaver');
  await expectClosed(desk, officeAddresses(), [202, 302, 303, 401, 403]);
  await expectFormsClosed(desk, [`/office/applications/${id}/receive`], [302, 303, 401, 403]);
  await desk.goto('/office/applications');
  await expect(desk.getByRole('heading', { level: 1, name: '会員・事務局 ログイン' })).toBeVisible();
  await desk.getByRole('textbox', { name: 'ログインID' }).fill('office-kita-leaver');
  await desk.getByRole('textbox', { name: 'パスワード' }).fill('Journey2026!');
  await desk.getByRole('button', { name: 'ログイン', exact: true }).click();
  await expect(desk.getByRole('alert')).toContainText('このアカウントは現在使用できません。所属医師会の管理者にご連絡ください。');
  await desk.context().close();
});
