import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldName } from './fold-name.ts';
import { FOLD_TABLES } from './fold-tables.ts';
import { GLYPH_VARIANTS } from './glyph-variants.gen.ts';

const anyText = fc.string({ unit: 'binary' });

describe('検索用の畳み込み(rules.md 10)', () => {
  it.each([
    ['髙橋', '高橋'],
    ['山﨑', '山崎'],
    ['𠮷田', '吉田'],
    ['渡邊', '渡辺'],
    ['渡邉', '渡辺'],
    ['齋藤', '斎藤'],
    ['齊藤', '斉藤'],
    ['濵﨑', '浜崎'],
    ['葛\u{E0100}城', '葛城'],
    ['神\uFE00田', '神田'],
    ['\uFA19谷', '神谷'],
    ['高橋　太郎', '高橋太郎'],
    ['ﾀｶﾊｼ', 'タカハシ'],
    ['たかはし', 'タカハシ'],
    ['ﾀﾞｲｽｹ', 'タイスケ'],
    ['か\u3099', 'ガ'],
    ['ショウ', 'シヨウ'],
    ['パウロ・ミキ', 'ハウロミキ'],
    ['Ｓｍｉｔｈ', 'SMITH'],
    ['José', 'JOSE'],
    ['鎌ヶ谷', '鎌ケ谷'],
    ['第Ⅱ病院', '第II病院'],
    ['㈱', '(株)'],
  ])('「%s」と「%s」は互いに見つかる', (a, b) => {
    expect(foldName(a)).toBe(foldName(b));
  });

  it('長音と別の字は残る', () => {
    expect(foldName('ユー')).toBe('ユー');
    expect(foldName('ｵｰﾉ')).toBe('オーノ');
    expect(foldName('佐藤')).not.toBe(foldName('佐東'));
    expect(foldName('　・ ')).toBe('');
  });

  it('異体字の表のどの字も基の字と同じになる', () => {
    expect(GLYPH_VARIANTS).toHaveLength(650);
    for (const [variant, base] of GLYPH_VARIANTS) expect(foldName(variant), variant).toBe(foldName(base));
  });

  it('同じ字が二つの表に入っていない', () => {
    const keys = Object.values(FOLD_TABLES).flatMap((pairs) => pairs.map(([character]) => character));
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('二度畳み込んでも変わらず、前方一致は前方一致のまま', () => {
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        expect(foldName(foldName(a))).toBe(foldName(a));
        expect(foldName(a + b)).toBe(foldName(a) + foldName(b));
      }),
    );
  });
});
