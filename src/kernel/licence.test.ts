import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatLicence, isLicenceNumber, licenceFlaw, parseLicenceInput } from './licence.ts';

describe('医籍登録番号(rules.md 5.1)', () => {
  it.each(['412345', '４１２３４５', '0412345', '第412345号', ' 第４１２３４５号　'])('「%s」は412345', (text) => {
    expect(parseLicenceInput(text)).toBe('412345');
  });

  it.each(['', '0', '000', '12345678', '41234a', '-41', '第号', '4123.5'])('「%s」は番号ではない', (text) => {
    expect(parseLicenceInput(text)).toBeUndefined();
  });

  it.each([
    [' ', '医籍登録番号を入力してください'],
    ['１２３４５６７８', '医籍登録番号は7文字以内で入力してください'],
    ['第0012345678号', '医籍登録番号は7文字以内で入力してください'],
    ['41234a', '医籍登録番号は数字で入力してください'],
    ['0', '医籍登録番号は数字で入力してください'],
  ])('「%s」には「%s」と答える', (text, message) => {
    expect(licenceFlaw('医籍登録番号', text)).toBe(message);
  });

  it('表示した番号は読み戻せる', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999_999 }), (number) => {
        expect(isLicenceNumber(String(number))).toBe(true);
        expect(parseLicenceInput(formatLicence(String(number)))).toBe(String(number));
      }),
    );
  });

  it('確認前の番号にはその旨を添える', () => {
    expect(formatLicence('412345')).toBe('第412345号');
    expect(formatLicence('412345', { checked: false })).toBe('第412345号(確認前)');
  });
});
