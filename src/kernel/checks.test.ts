import { describe, expect, it } from 'vitest';
import { checkAlnum, checkDigits, checkGlyph, checkKana, checkLoginId, checkMail, checkMax, checkMin } from './checks.ts';
import { checkPassword, checkPost, checkReq, checkTel, checkZen, firstMessage } from './checks.ts';
import { foldKana, foldTel } from './fold-input.ts';

describe('項目の検査', () => {
  it('必須', () => {
    expect(checkReq('入会希望年月日', '　 ')).toBe('入会希望年月日を入力してください');
    expect(checkReq('氏名', '髙橋')).toBeUndefined();
  });

  it('文字数', () => {
    expect(checkMax('姓', '𠮷葛\u{E0100}', 2)).toBeUndefined();
    expect(checkMax('姓', '𠮷田郎', 2)).toBe('姓は2文字以内で入力してください');
    expect(checkMin('理由', 'ああ', 3)).toBe('理由は3文字以上で入力してください');
    expect(checkMin('理由', '', 3)).toBeUndefined();
  });

  it('フリガナは変換してから検査するので、ひらがなや半角でも通る', () => {
    for (const typed of ['たかはし', 'ﾀｶﾊｼ', 'マリー・ルイーズ', 'タカハシ タロウ'])
      expect(checkKana('セイ', foldKana(typed))).toBeUndefined();
    for (const typed of ['高橋', 'Taro', 'タカハシ1'])
      expect(checkKana('セイ', foldKana(typed))).toBe('セイは全角カタカナで入力してください');
  });

  it('全角、半角、数字', () => {
    expect(checkZen('住所', '文京区本駒込２−２８')).toBeUndefined();
    expect(checkZen('住所', '文京区2')).toBe('住所は全角で入力してください');
    expect(checkAlnum('番号', 'A-1_z!')).toBeUndefined();
    expect(checkAlnum('番号', 'A あ')).toBe('番号は半角英数字・記号で入力してください');
    expect(checkDigits('年齢', '１２')).toBe('年齢は数字で入力してください');
    expect(checkDigits('年齢', '12')).toBeUndefined();
  });

  it('使用できない文字を示す', () => {
    expect(checkGlyph('備考', '了解👍')).toBe('備考に使用できない文字「👍」が含まれています');
    expect(checkGlyph('備考', '一\n二', { multiline: true })).toBeUndefined();
  });

  it.each(['taro@example.com', 'a..b.@docomo.ne.jp', 'x+y@mail.example.co.jp', "o'neil@example.org"])('メールアドレス %s', (mail) => {
    expect(checkMail(mail)).toBeUndefined();
  });

  it.each([
    'taro',
    'taro@',
    '@example.com',
    'a b@example.com',
    'taro@example',
    'taro@example.com\nBcc: x@example.com',
    'たろう@example.com',
    'a@-x.com',
    'a@b..com',
    'a,b@example.com',
  ])('%j はメールアドレスではない', (mail) => {
    expect(checkMail(mail)).toBe('メールアドレスの形式が正しくありません');
  });

  it.each(['03-3946-2121', '09012345678', '+81-3-3946-2121'])('電話番号 %s', (tel) => {
    expect(checkTel('電話番号', foldTel(tel))).toBeUndefined();
  });

  it.each(['03-3946', '0339462121a', '--------------', '1234567890123456', '+'])('%s は電話番号ではない', (tel) => {
    expect(checkTel('電話番号', tel)).toBe('電話番号は数字とハイフンで入力してください');
  });

  it('郵便番号', () => {
    expect(checkPost('1138621')).toBeUndefined();
    expect(checkPost('113-862')).toBe('郵便番号は7桁の数字で入力してください');
  });

  it('ログインIDとパスワード(rules.md 5.4)', () => {
    expect(checkLoginId('taro-nichii')).toBeUndefined();
    for (const id of ['taro', 'a'.repeat(33), 'たろうたろうたろ', 'taro nichii'])
      expect(checkLoginId(id)).toContain('8文字以上、32文字以内');
    expect(checkPassword('Mamis2026!')).toBeUndefined();
    for (const password of ['Mamis2026', 'mamis!!!!', '20262026!', 'Ma2026!', `Ma1!${'a'.repeat(125)}`, 'Mamis 2026!']) {
      expect(checkPassword(password), password).toContain('3種類すべて');
    }
  });

  it('空欄は必須以外の検査を通る', () => {
    const found = [
      checkKana('項目', ''),
      checkAlnum('項目', ''),
      checkDigits('項目', ''),
      checkMail(''),
      checkTel('項目', ''),
      checkPost(''),
    ];
    expect(firstMessage(...found, checkLoginId(''), checkPassword(''), checkZen('項目', ''))).toBeUndefined();
    expect(firstMessage(undefined, 'はじめ', 'つぎ')).toBe('はじめ');
  });
});
