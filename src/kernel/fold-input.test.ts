import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldAlnum, foldKana, foldNumber, foldPost, foldTel, formatPost, toHalfWidth, toKatakana, trimInput } from './fold-input.ts';

describe('入力の変換', () => {
  it.each([
    ['ﾀｶﾊｼ ﾀﾞｲｽｹ', 'タカハシ ダイスケ'],
    ['たかはし', 'タカハシ'],
    ['がぎぐ', 'ガギグ'],
    ['か\u3099は\u309a', 'ガパ'],
    ['ﾊﾟｳﾛ･ｳﾞｧｲ', 'パウロ・ヴァイ'],
    ['ｼｭｳｲﾁｰ', 'シュウイチー'],
    ['ゝゞ', 'ヽヾ'],
    ['カ゛', 'ガ'],
    ['あ゛', 'ア゛'],
  ])('「%s」は「%s」になる', (typed, expected) => {
    expect(toKatakana(typed)).toBe(expected);
  });

  it('フリガナは前後の空白を除き、間の空白を全角一つにする', () => {
    expect(foldKana('　ﾀｶﾊｼ  たろう ')).toBe('タカハシ　タロウ');
  });

  it('氏名の字形は変えない', () => {
    for (const name of ['髙﨑', '𠮷田', '葛\u{E0100}城', '\uFA19田', '\uFA10本']) expect(trimInput(`　${name} `)).toBe(name);
  });

  it('全角の英数記号は半角になる', () => {
    expect(toHalfWidth('ＡＢｃ１２３！＠　')).toBe('ABc123!@ ');
    expect(foldAlnum(' Ｔａｒｏ＠ｅｘａｍｐｌｅ．ｃｏｍ　')).toBe('Taro@example.com');
  });

  it.each([...'-‐‑–—―−－ーｰ﹣─'])('数字の間の「%s」はハイフンとして扱う', (hyphen) => {
    expect(foldNumber(`０３${hyphen}３９４６`)).toBe('03-3946');
  });

  it('電話番号の括弧と空白はハイフンになる', () => {
    expect(foldTel('（０３）３９４６－２１２１')).toBe('03-3946-2121');
    expect(foldTel(' 03 3946 2121 ')).toBe('03-3946-2121');
    expect(foldTel('＋８１ー３－３９４６－２１２１')).toBe('+81-3-3946-2121');
  });

  it('郵便番号は7桁の数字にそろえる', () => {
    for (const typed of ['〒１１３－８６２１', '113-8621', '1138621', '113 8621', '113ー8621']) expect(foldPost(typed)).toBe('1138621');
    expect(foldPost('113-86')).toBe('113-86');
    expect(formatPost('1138621')).toBe('113-8621');
  });

  it('二度変換しても変わらない', () => {
    const text = fc.string({ unit: fc.constantFrom(...'ｱｶﾞﾊﾟｯｰ･がぱゞゔヴＡ１－−　 ゛゜漢a-()+') });
    fc.assert(
      fc.property(text, (typed) => {
        for (const fold of [toHalfWidth, foldNumber, foldTel, foldPost, foldAlnum]) expect(fold(fold(typed))).toBe(fold(typed));
      }),
    );
  });
});
