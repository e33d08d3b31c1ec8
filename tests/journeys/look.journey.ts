import { expect, test } from '@playwright/test';
import { overflowOf, tinyTargetsOf, violationsOf } from './look.ts';

/** The checks themselves must fail where there is something to find. */

const page = (body: string) =>
  `data:text/html;charset=utf-8,${encodeURIComponent(`<!doctype html><html lang="ja"><title>試験 | MAMIS</title><main><h1>試験</h1>${body}</main></html>`)}`;

test('検査そのものの試験:問題のない画面では何も報告しない', async ({ page: tab }) => {
  await tab.goto(page('<p>本文</p><button style="padding:16px">押す</button>'));
  expect(await violationsOf(tab)).toEqual([]);
  expect(await overflowOf(tab)).toBe(0);
  expect(await tinyTargetsOf(tab)).toEqual([]);
});

test('検査そのものの試験:名前のない入力欄と薄い文字を報告する', async ({ page: tab }) => {
  await tab.goto(page('<input type="text"><p style="color:#bbb;background:#fff">薄い文字</p>'));
  const found = (await violationsOf(tab)).map((line) => line.split(':')[0]);
  expect(found).toContain('label');
  expect(found).toContain('color-contrast');
});

test('検査そのものの試験:横にはみ出す画面を報告する', async ({ page: tab }) => {
  await tab.setViewportSize({ width: 360, height: 800 });
  await tab.goto(page('<div style="width:500px">広い</div>'));
  expect(await overflowOf(tab)).toBeGreaterThan(100);
});

test('検査そのものの試験:小さすぎる押しボタンを報告する', async ({ page: tab }) => {
  await tab.goto(page('<button style="padding:0;border:0;width:12px;height:12px;font-size:8px">×</button>'));
  expect(await tinyTargetsOf(tab)).toEqual(['button × 12×12']);
});
