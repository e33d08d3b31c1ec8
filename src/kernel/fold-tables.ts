/**
 * The tables behind `foldName`, shared with the script that writes the same function in SQL. Folding is a map from
 * single characters: it depends on no Unicode version, locale or collation, so the stored columns of an index stay
 * right when PostgreSQL is upgraded, and the fold of a prefix is a prefix of the fold.
 */
import { GLYPH_VARIANTS } from './glyph-variants.gen.ts';

/**
 * Characters that are first taken apart by NFKD, one by one: accented Latin, superscripts, Roman numerals, ① ㈱ ㍿,
 * radicals, compatibility ideographs, ligatures. Only blocks whose decompositions were complete long before Unicode 14
 * (PostgreSQL 15), because such decompositions never change afterwards.
 */
export const DECOMPOSED_RANGES: readonly (readonly [number, number])[] = [
  [0x00aa, 0x00aa],
  [0x00b2, 0x00b3],
  [0x00b9, 0x00ba],
  [0x00c0, 0x024f],
  [0x2070, 0x209f],
  [0x2100, 0x218f],
  [0x2460, 0x24ff],
  [0x2e80, 0x2fdf],
  [0x3200, 0x33ff],
  [0xf900, 0xfaff],
  [0xfb00, 0xfb06],
  [0xffe0, 0xffee],
  [0x2f800, 0x2fa1f],
];

/** Dropped together with the parts of the above: Latin accents and variation selectors. */
export const STRIPPED_RANGES: readonly (readonly [number, number])[] = [
  [0x0300, 0x036f],
  [0xfe00, 0xfe0f],
  [0xe0100, 0xe01ef],
];

/** Spaces of every kind, middle dots, voiced and semi-voiced marks standing alone. */
const DROPPED = [
  ' \u3000\t\n\v\f\r\u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u200c\u200d',
  '\u2028\u2029\u202f\u205f\u2060\ufeff',
  '・･·',
  '゛゜\u3099\u309aﾞﾟ',
].join('');

const PLAIN_KANA: Readonly<Record<string, string>> = {
  ァィゥェォッャュョヮヵヶ: 'アイウエオツヤユヨワカケ',
  ガギグゲゴザジズゼゾダヂヅデドバビブベボヴヷヸヹヺ: 'カキクケコサシスセソタチツテトハヒフヘホウワヰヱヲ',
  パピプペポ: 'ハヒフヘホ',
  ヾ: 'ヽ',
};
const SMALL_AINU = zip('ㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ', 'クシストヌハヒフヘホムラリルレロ');
const HALF_KANA =
  '。「」、・ヲアイウエオヤユヨツーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン';
/** Latin letters that no decomposition brings to A–Z keep their kind but lose their case. */
const LETTER_CASES: Pairs = Array.from('æðøþđħłŋœ', (letter) => [letter, letter.toUpperCase()]);

type Pairs = readonly (readonly [string, string])[];

/**
 * Every character that folds, with what it becomes ('' when it is dropped): no character is in two tables and no result
 * is folded again. Three tables, because SQL pays for the length of a table only when a name has a character of it.
 */
export const FOLD_TABLES: Readonly<Record<'katakana' | 'width' | 'variants', Pairs>> = foldTables();

function foldTables(): Readonly<Record<'katakana' | 'width' | 'variants', Pairs>> {
  const katakana = Object.entries(PLAIN_KANA).flatMap(([from, to]) => zip(from, to));
  const plain = new Map(katakana);
  const hiragana = range(0x3041, 0x3096, 0x309d, 0x309e).map((kana): readonly [string, string] => {
    const full = shift(kana, 0x60);
    return [kana, plain.get(full) ?? full];
  });
  const halfKana = zip(range(0xff61, 0xff9d).join(''), HALF_KANA).filter(([kana]) => kana !== '･');
  const fullAscii = range(0xff01, 0xff5e).map((glyph): readonly [string, string] => [glyph, shift(glyph, -0xfee0).toUpperCase()]);
  const ascii = range(0x61, 0x7a).map((letter): readonly [string, string] => [letter, letter.toUpperCase()]);
  return {
    katakana,
    width: [...hiragana, ...halfKana, ...ascii, ...fullAscii, ...LETTER_CASES, ...SMALL_AINU, ...zip(DROPPED, '')],
    // The others are already brought to their base by decomposition.
    variants: GLYPH_VARIANTS.filter(([variant]) => variant.normalize('NFKD') === variant),
  };
}

function zip(from: string, to: string): (readonly [string, string])[] {
  const targets = Array.from(to);
  return Array.from(from, (character, position) => [character, targets[position] ?? '']);
}

function range(...bounds: readonly number[]): string[] {
  const found: string[] = [];
  for (let place = 0; place + 1 < bounds.length; place += 2) {
    for (let code = bounds[place] ?? 0; code <= (bounds[place + 1] ?? -1); code += 1) found.push(String.fromCodePoint(code));
  }
  return found;
}

function shift(character: string, distance: number): string {
  return String.fromCodePoint((character.codePointAt(0) ?? 0) + distance);
}
