import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, day } from './day.ts';
import { formatDay, formatDayPlain, formatInstant, formatWareki, parseDayInput, parseYearMonthInput } from './wareki.ts';
import { formatYearMonth, isYearMonth, yearMonthOf } from './year-month.ts';

const anyDay = fc.integer({ min: 366, max: 121_260 }).map((count) => addDays(day('1868-01-01'), count));

describe('日付の表示', () => {
  it('曜日つき、曜日なし、和暦', () => {
    expect(formatDay(day('2026-04-01'))).toBe('2026/04/01（水）');
    expect(formatDayPlain(day('2026-04-01'))).toBe('2026/04/01');
    expect(formatWareki(day('2026-04-01'))).toBe('令和8年4月1日');
  });

  it.each([
    ['2019-05-01', '令和元年5月1日'],
    ['2019-04-30', '平成31年4月30日'],
    ['1989-01-08', '平成元年1月8日'],
    ['1989-01-07', '昭和64年1月7日'],
    ['1926-12-25', '昭和元年12月25日'],
    ['1926-12-24', '大正15年12月24日'],
    ['1912-07-30', '大正元年7月30日'],
    ['1912-07-29', '明治45年7月29日'],
    ['1868-01-01', '明治元年1月1日'],
  ])('改元の境目 %s は %s', (western, wareki) => {
    expect(formatWareki(day(western))).toBe(wareki);
  });

  it('日時は日本時間で示す', () => {
    expect(formatInstant(new Date('2026-03-31T15:04:59Z'))).toBe('2026/04/01 00:04');
  });
});

describe('日付の入力', () => {
  it.each([
    '2026/4/1',
    '2026/04/01',
    '2026-04-01',
    '2026.4.1',
    '20260401',
    '2026年4月1日',
    '2026年 4月 1日',
    '令和8年4月1日',
    'R8.4.1',
    'r8/4/1',
    'R080401',
    '㋿8年4月1日',
    '　２０２６／０４／０１　',
    '２０２６－４－１',
    '２０２６ー４ー１',
    '2026−4−1',
    'Ｒ８．４．１',
    '2026/04/01（水）',
  ])('「%s」は2026年4月1日', (text) => {
    expect(parseDayInput(text)).toBe('2026-04-01');
  });

  it.each([
    ['H31/4/30', '2019-04-30'],
    ['平成31年5月1日', '2019-05-01'],
    ['令和元年5月1日', '2019-05-01'],
    ['昭和元年12月25日', '1926-12-25'],
    ['S64.1.7', '1989-01-07'],
    ['T1.7.30', '1912-07-30'],
    ['M45.7.29', '1912-07-29'],
  ])('和暦「%s」は%s', (text, expected) => {
    expect(parseDayInput(text)).toBe(expected);
  });

  it.each([
    '',
    '   ',
    '2026/2/29',
    '2026/13/1',
    '26/4/1',
    'H32/1/1',
    '昭和65年1月1日',
    'R0.1.1',
    '令和8年',
    'X8.4.1',
    '2026/4',
    '元/4/1',
    '2026/4/1/1',
    '99999999',
    '1868/12/31',
    '2200/1/1',
    '令和200年1月1日',
  ])('「%s」は日付ではない', (text) => {
    expect(parseDayInput(text)).toBeUndefined();
  });

  it('表示した日付はどの形でも読み戻せる', () => {
    fc.assert(
      fc.property(anyDay, (value) => {
        expect(parseDayInput(formatDay(value))).toBe(value);
        expect(parseDayInput(formatDayPlain(value))).toBe(value);
        expect(parseDayInput(formatWareki(value))).toBe(value);
        expect(parseDayInput(value.replaceAll('-', ''))).toBe(value);
      }),
    );
  });

  it('どんな文字列でも例外を出さない', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseDayInput(text)));
  });
});

describe('年月の入力', () => {
  it.each(['2026/04', '2026-4', '202604', '2026年4月', '令和8年4月', 'R8.4', ' ２０２６／４ '])('「%s」は2026年4月', (text) => {
    expect(parseYearMonthInput(text)).toBe('2026-04');
  });

  it.each(['', '2026', '2026/13', '2026/0', '26/4', '2026/4/1', '平成40年1月'])('「%s」は年月ではない', (text) => {
    expect(parseYearMonthInput(text)).toBeUndefined();
  });

  it('表示と読み取りが一致する', () => {
    fc.assert(
      fc.property(anyDay, (value) => void expect(parseYearMonthInput(formatYearMonth(yearMonthOf(value)))).toBe(yearMonthOf(value))),
    );
    expect(isYearMonth('2026-13')).toBe(false);
    expect(isYearMonth('1867-12')).toBe(false);
  });
});
