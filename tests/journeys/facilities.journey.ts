import { expect, type Page } from '@playwright/test';
import { addDays, dayOfInstant } from '#kernel/day.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
import { search } from './doctor.ts';
import { logIn, officePage, otherBrowser } from './door.ts';
import type { Ways } from './journey.ts';
import { test } from './journey.ts';
import { makeGallery } from './look.ts';
import { officeLogin, typedWorkplaces } from './people.ts';
import { screens } from './screens.ts';

/** 施設の提案 (`screens.md O-14, J-06`): proposed in 大阪市北区, decided in 大阪府, seen by both and by nobody else. */

type Look = (path: string, state: string) => Promise<void>;

const home = '/office/facilities';

async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('main').getByRole('button', { name, exact: true }).click();
}

async function fill(page: Page, name: string, text: string): Promise<void> {
  await page
    .getByRole('main')
    .getByRole('textbox', { name: new RegExp(`^${name}`) })
    .fill(text);
}

async function expectFlash(page: Page, text: string): Promise<void> {
  await expect(page.getByRole('status')).toHaveText(text);
}

async function follow(page: Page, name: string): Promise<void> {
  await page.getByRole('main').getByRole('link', { name, exact: true }).click();
}

/** 新しい施設を提案する, first with nothing filled in. Answers with the address of the proposal. */
async function proposeNew(page: Page, name: string, look: Look): Promise<string> {
  await page.goto(home);
  await follow(page, '新しい施設を提案する');
  await press(page, '提案する');
  await expect(page.getByRole('alert').getByRole('link', { name: '名称を入力してください' })).toBeVisible();
  await look('office/facilities/proposals/new', 'error');
  await fill(page, '名称', name);
  await fill(page, 'フリガナ', 'キタクヒマワリシンリョウジョ');
  await page.getByRole('combobox', { name: '都道府県' }).selectOption('27');
  await fill(page, '住所', '大阪府大阪市北区中之島1-1');
  await page.getByRole('combobox', { name: '開設主体' }).selectOption('11');
  await fill(page, '提案の理由', '開設の届出を確認しました。');
  await press(page, '提案する');
  await expectFlash(page, '提案しました。都道府県医師会の審査をお待ちください。');
  await look('office/facilities/proposals/:id', 'own');
  return page.url();
}

/** The prefecture finds the newest proposal in 提案の審査 and decides. */
async function review(page: Page, name: string, look: Look): Promise<void> {
  await page.goto(home);
  await page.getByRole('navigation', { name: '施設の表示' }).getByRole('link', { name: '提案の審査' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '提案の審査' })).toBeVisible();
  await look('office/facilities/proposals', 'review');
  await page.getByRole('rowheader').getByRole('link', { name, exact: true }).first().click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await press(page, '却下する');
  await expect(page.getByRole('alert')).toContainText('審査の理由を入力してください');
  await look('office/facilities/proposals/:id', 'error');
  await press(page, '承認する');
  await expectFlash(page, '提案を承認し、施設マスタに反映しました。');
}

async function proposeChange(page: Page, look: Look): Promise<void> {
  await follow(page, '施設情報の変更を提案する');
  await press(page, '提案する');
  await expect(page.getByRole('alert')).toBeVisible();
  await look('office/facilities/:id/propose', 'error');
  await fill(page, '通称', 'ひまわり');
  await fill(page, '医療機関コード', '2710123456');
  await fill(page, '提案の理由', '施設からの届出による');
  await press(page, '提案する');
  await expectFlash(page, '提案しました。都道府県医師会の審査をお待ちください。');
}

/** Another name typed over a choice: the choice is not sent in silence, as nothing on the page would say so without script. */
async function typeOver(page: Page, ways: Ways, other: string): Promise<void> {
  await press(page, '報告する');
  await expect(page.getByText(`選択中:${other}`)).toBeVisible();
  await fill(page, '重複している施設', '別の施設');
  await press(page, '報告する');
  await expect(page.getByRole('alert')).toContainText('重複している施設を検索して選択してください');
  await search(page, ways, { field: '重複している施設', text: other, hit: other });
}

/** 重複を報告する, approved by the prefecture. */
async function reportDuplicate(page: Page, ways: Ways, about: { other: string; look: Look }): Promise<void> {
  await follow(page, '重複を報告する');
  await press(page, '報告する');
  await expect(page.getByRole('alert')).toContainText('重複している施設を検索して選択してください');
  await about.look('office/facilities/:id/duplicate', 'error');
  await search(page, ways, { field: '重複している施設', text: about.other, hit: about.other });
  if (!ways.script) await typeOver(page, ways, about.other);
  await fill(page, '提案の理由', '住所と電話番号が同じです。');
  await press(page, '報告する');
  await expectFlash(page, '提案しました。都道府県医師会の審査をお待ちください。');
}

/** A name that a member has typed, found in 未登録の施設名, is a facility of the master. */
async function tie(page: Page, ways: Ways, about: { typed: string; to: string; look: Look }): Promise<void> {
  await page.goto(home);
  await page.getByRole('navigation', { name: '施設の表示' }).getByRole('link', { name: '未登録の施設名' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '未登録の施設名' })).toBeVisible();
  await about.look('office/facilities', 'typed');
  await page.getByRole('rowheader').getByRole('link', { name: about.typed }).click();
  await expect(page.getByRole('heading', { level: 1, name: about.typed })).toBeVisible();
  const address = page.url();
  await follow(page, '施設として提案する');
  await expect(page.getByRole('main').getByRole('textbox', { name: /^名称/ })).toHaveValue(about.typed);
  await about.look('office/facilities/proposals/new', 'typed');
  await page.goto(address);
  await follow(page, '既存の施設に結び付ける');
  await press(page, '結び付ける');
  await expect(page.getByRole('alert')).toContainText('結び付ける施設を検索して選択してください');
  await about.look('office/facilities/:id/tie', 'error');
  await search(page, ways, { field: '結び付ける施設', text: about.to, hit: about.to });
  await page.getByRole('checkbox', { name: '結び付けは取り消せないことを確認しました' }).check();
  await press(page, '結び付ける');
  await expectFlash(page, '施設マスタの施設に結び付けました。');
  await expect(page.getByRole('heading', { level: 1, name: about.to })).toBeVisible();
}

async function forward(page: Page, name: string): Promise<void> {
  await page.goto('/office/facilities/proposals?tab=review');
  await page.getByRole('rowheader').getByRole('link', { name }).first().click();
  await press(page, '承認する');
  await expectFlash(page, '重複の報告を承認しました。日本医師会が統合します。');
}

async function merge(page: Page, name: string, look: Look): Promise<void> {
  await page.goto(home);
  await page.getByRole('navigation', { name: '施設の表示' }).getByRole('link', { name: '重複の統合' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '重複の統合' })).toBeVisible();
  await look('office/facilities/proposals', 'merge');
  await page.getByRole('rowheader').getByRole('link', { name }).first().click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await press(page, '統合する');
  await expect(page.getByRole('alert')).toContainText('残す施設を選択してください');
  await look('office/facilities/proposals/:id', 'merge-error');
  const choose = async (on: string) => {
    await page.getByRole('radio').first().check();
    await fill(page, '統合日', on);
    await page.getByRole('checkbox', { name: '統合した後は取り消せないことを確認しました' }).check();
    await press(page, '統合する');
  };
  await choose(formatDayPlain(addDays(dayOfInstant(new Date()), 30)));
  await expectFlash(page, '統合日を決めました。統合日の前日までは取り消せます。');
  await look('office/facilities/proposals/:id', 'planned');
  await press(page, '統合の予定を取り消す');
  await expectFlash(page, '統合の予定を取り消しました。');
  await choose('');
  await expectFlash(page, '施設を統合しました。');
}

test('施設の提案:大阪市北区医師会が提案し、大阪府医師会が承認すると、すぐに見える', async ({ ways, kind }) => {
  test.setTimeout(300_000);
  const seen = new Set<string>();
  const lookAt = (at: Page): Look => {
    const gallery = makeGallery(at);
    return async (path, state) => {
      seen.add(path);
      if (kind === 'script') await gallery.look(path, state);
    };
  };
  const name = `北区ひまわり診療所 ${kind}`;
  const kita = await officePage(ways, 'kita');
  const osaka = await officePage(ways, 'osaka');
  const address = await proposeNew(kita, name, lookAt(kita));
  await review(osaka, name, lookAt(osaka));

  await kita.goto(address);
  await expect(kita.getByText('承認', { exact: true }).first()).toBeVisible();
  await follow(kita, '施設の情報を開く');
  await expect(kita).toHaveURL(/facilities\/[0-9a-f-]{36}$/);
  const facility = kita.url();
  await proposeChange(kita, lookAt(kita));
  await review(osaka, name, lookAt(osaka));
  await kita.goto(facility);
  await expect(kita.getByText('2710123456', { exact: true })).toBeVisible();
  await expect(kita.getByText('通称:－ → ひまわり')).toBeVisible();

  const annex = `${name} 分院`;
  await proposeNew(kita, annex, lookAt(kita));
  await review(osaka, annex, lookAt(osaka));
  await kita.goto(facility);
  await reportDuplicate(kita, ways, { other: annex, look: lookAt(kita) });
  await forward(osaka, `${name} / ${annex}`);
  const jma = await officePage(ways, 'jma');
  await merge(jma, `${name} / ${annex}`, lookAt(jma));
  await kita.goto(facility);
  await expect(kita.getByText(`ほかの施設を統合(${annex})`)).toBeVisible();

  await tie(kita, ways, { typed: typedWorkplaces[kind], to: name, look: lookAt(kita) });
  await expect(kita.getByText(`ほかの施設を統合(${typedWorkplaces[kind]})`)).toBeVisible();

  const stranger = await otherBrowser(ways);
  await logIn(stranger, officeLogin('minato'));
  expect((await stranger.goto(address))?.status()).toBe(404);
  const own = screens.filter((path) => /^office\/facilities\/(proposals|:id\/)/.test(path));
  expect(own.filter((path) => !seen.has(path))).toEqual([]);
});
