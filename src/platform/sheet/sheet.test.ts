import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { csvLine, safeCell } from './csv.ts';
import { encodeSheet, openingBytes, substitute, unmappable } from './encoding.ts';

/** P13 on the side of the writing: no live formula, and every glyph is kept or named. */

const hostile = [
  '=1+1',
  '+81-6-0000-0000',
  '-2+3',
  '@SUM(A1:A9)',
  '=HYPERLINK("http://example.jp","開く")',
  "=cmd|' /C calc'!A0",
  '\t=1+1',
  ' =1+1',
  '\u3000=1+1',
  '\u200b=1+1',
  '＝1+1',
  '＋1',
  '－1',
  '＠SUM',
  '\r\n=1+1',
  '"=1+1',
];

describe('セル', () => {
  test.each(hostile)('%j は数式にならない', (text) => {
    const [cells] = parse(csvLine([text]), { relax_quotes: false });
    const shown = cells?.[0] ?? '';
    expect(/^[\s\p{Cf}\u3000]*[=+\-@＝＋－＠]/u.test(shown)).toBe(false);
    expect(shown.endsWith(text)).toBe(true);
  });

  test.each(['髙橋 太郎', '𠮷田', '﨑', '葛\u{e0100}城', "O'Brien", 'ー', '１－２', '〒530-0001', '3.5', '引用"符', 'a,b', '改\n行', ''])(
    '%j は一字も変わらない',
    (text) => {
      expect(safeCell(text)).toBe(text);
      expect(parse(csvLine([text, '次']))[0]).toEqual([text, '次']);
    },
  );

  test('どんな文字列も、印の他は元のまま読み戻せ、数式にならない', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 2, maxLength: 6 }), (texts) => {
        const cells = parse(csvLine(texts))[0] ?? [];
        expect(cells.length).toBe(texts.length);
        for (const [place, cell] of cells.entries()) {
          const text = (texts[place] ?? '').toWellFormed();
          expect([text, `'${text}`]).toContain(cell);
          expect(/^[\s\p{Cc}\p{Cf}]*[=+\-@]/u.test(cell)).toBe(false);
        }
      }),
      { numRuns: Number(process.env['PROOF_P13_LINES'] ?? 2_000) },
    );
  }, 600_000);
});

describe('文字コード', () => {
  test('UTF-8はBOMで始まり、どの字も保つ', () => {
    expect([...openingBytes('utf8')]).toEqual([0xef, 0xbb, 0xbf]);
    expect(Buffer.from(encodeSheet('髙﨑𠮷葛\u{e0100}', 'utf8')).toString('utf8')).toBe('髙﨑𠮷葛\u{e0100}');
    expect(openingBytes('cp932').byteLength).toBe(0);
  });

  test('CP932にある髙・﨑・①・㈱・～は保たれる', () => {
    const text = '髙橋﨑①㈱～ァｶﾅ\r\n';
    expect(unmappable(text)).toEqual([]);
    expect(iconv.decode(Buffer.from(encodeSheet(text, 'cp932')), 'cp932')).toBe(text);
  });

  test.each(['𠮷', 'é', '−', '〜', '葛\u{e0100}', '\u{20bb7}', '¥', '‾', '😀', 'ｶ\u0301'])(
    'CP932にない%jは、黙って変えず名指しする',
    (glyph) => {
      expect(unmappable(`前${glyph}後${glyph}`)).toEqual([glyph, glyph]);
      expect(() => encodeSheet(`前${glyph}`, 'cp932')).toThrow(RangeError);
      expect(iconv.decode(Buffer.from(encodeSheet(`前${glyph}後`, 'cp932', 'substitute')), 'cp932')).toBe(`前${substitute}後`);
    },
  );

  test('疑問符そのものは変換できない字ではない', () => {
    expect(unmappable('?？')).toEqual([]);
  });

  test('名指しされない字は、どれも元に戻る', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), (text) => {
        fc.pre(unmappable(text).length === 0);
        expect(iconv.decode(Buffer.from(encodeSheet(text, 'cp932')), 'cp932')).toBe(text);
      }),
      { numRuns: 2_000 },
    );
  });
});
