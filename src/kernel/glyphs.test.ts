import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findForbiddenGlyph, lengthInGlyphs } from './glyphs.ts';

describe('使用できない文字', () => {
  it.each([
    '髙橋',
    '山﨑',
    '𠮷田',
    '葛\u{E0100}城',
    '邉\u{E0102}',
    '\uFA19代',
    '神\uFE00',
    'José',
    '々〆ヶ',
    '①㈱',
    '☎★',
    '(株)A&B',
    '𩸽',
    '',
  ])('「%s」は使用できる', (text) => {
    expect(findForbiddenGlyph(text)).toBeUndefined();
  });

  it.each([
    ['太郎😀', '😀'],
    ['太郎❤\uFE0F', '❤\uFE0F'],
    ['👩‍⚕️', '👩'],
    ['🇯🇵', '🇯'],
    ['1\uFE0F\u20E3', 'U+FE0F'],
    ['太\u0000郎', 'U+0000'],
    ['太\t郎', 'U+0009'],
    ['太\u200B郎', 'U+200B'],
    ['太\u202E郎', 'U+202E'],
    ['\uFEFF太郎', 'U+FEFF'],
    ['太\uD842', 'U+D842'],
    ['\uDFB7太', 'U+DFB7'],
    ['\uFFFE', 'U+FFFE'],
    ['\uFFFD', '\uFFFD'],
    ['a\u{E0100}', 'U+E0100'],
    ['\u{E0100}', 'U+E0100'],
    ['葛\u{E0100}\u{E0101}', 'U+E0101'],
  ])('%j は使用できない', (text, shown) => {
    expect(findForbiddenGlyph(text)).toBe(shown);
  });

  it('改行は複数行の欄だけで使用できる', () => {
    expect(findForbiddenGlyph('一行目\r\n二行目\n三行目')).toBe('U+000D');
    expect(findForbiddenGlyph('一行目\r\n二行目\n三行目', { multiline: true })).toBeUndefined();
    expect(findForbiddenGlyph('一\t二', { multiline: true })).toBe('U+0009');
  });
});

describe('文字数', () => {
  it('サロゲートペアと異体字セレクタつきの文字は1文字', () => {
    expect(lengthInGlyphs('𠮷田')).toBe(2);
    expect(lengthInGlyphs('葛\u{E0100}城')).toBe(2);
    expect(lengthInGlyphs('')).toBe(0);
  });

  it('つなげた文字列の長さは長さの和', () => {
    const name = fc.string({ unit: fc.constantFrom('髙', '𠮷', '葛\u{E0100}', 'A', 'ー') });
    fc.assert(fc.property(name, name, (a, b) => void expect(lengthInGlyphs(a + b)).toBe(lengthInGlyphs(a) + lengthInGlyphs(b))));
  });
});
