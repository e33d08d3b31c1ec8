import { expect, test } from 'vitest';
import { day } from './day.ts';
import { formatStart, sinceEver } from './since-ever.ts';

test('当初からある項目の開始日は、日付ではなく「当初から」と表示する', () => {
  expect([sinceEver, day('1900-01-02'), day('2026-04-01')].map(formatStart)).toEqual(['当初から', '1900/01/02', '2026/04/01']);
});
