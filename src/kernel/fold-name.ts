/**
 * Folding for search (rules.md 10): 高橋 finds 髙橋 and ﾀｶﾊｼ finds タカハシ. Used for what is typed into a search;
 * stored names are folded by `fold_name()` of migration 0001, which gives the same result for every text. Never shown.
 */
import { DECOMPOSED_RANGES, FOLD_TABLES, STRIPPED_RANGES } from './fold-tables.ts';

const FOLDED: ReadonlyMap<string, string> = new Map(Object.values(FOLD_TABLES).flat());
const DECOMPOSED = characterClass(DECOMPOSED_RANGES);
const STRIPPED = characterClass(STRIPPED_RANGES);

/**
 * Variants and old forms → base, width, hiragana → katakana, small kana → large, voiced marks, spaces, ・ and variation
 * selectors dropped, Latin letters without accents in upper case; ー is kept. fold(a + b) = fold(a) + fold(b).
 */
export function foldName(text: string): string {
  const plain = text.replace(DECOMPOSED, (character) => character.normalize('NFKD')).replace(STRIPPED, '');
  let folded = '';
  for (const character of plain) folded += FOLDED.get(character) ?? character;
  return folded;
}

function characterClass(ranges: readonly (readonly [number, number])[]): RegExp {
  const body = ranges.map(([from, to]) => `\\u{${from.toString(16)}}-\\u{${to.toString(16)}}`).join('');
  return new RegExp(`[${body}]`, 'gu');
}
