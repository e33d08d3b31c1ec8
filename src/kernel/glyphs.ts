/** Glyphs as people count and type them (screens.md 1.2, codes glyph, max, min). */

/** Variation selectors: FE00–FE0F and the ideographic ones E0100–E01EF. */
export const VARIATION_SELECTORS = '\\u{FE00}-\\u{FE0F}\\u{E0100}-\\u{E01EF}';

const SELECTOR = new RegExp(`[${VARIATION_SELECTORS}]`, 'gu');
/** A selector belongs to the ideograph before it; the pair is one true glyph and must pass untouched. */
const TRUE_GLYPH = new RegExp(`\\p{Script=Han}[${VARIATION_SELECTORS}]`, 'gu');
const LINE_BREAKS = /\r\n?|\n/g;
const INVISIBLE = /^[\p{C}\p{Zl}\p{Zp}\p{M}]/u;
/**
 * Control and format characters, lone surrogates, noncharacters, the mark of lost text, emoji with their parts, and
 * selectors that are left over once those of ideographs are gone.
 */
const FORBIDDEN = new RegExp(
  '[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\\p{Noncharacter_Code_Point}\\uFFFD\\p{Emoji_Presentation}\\u20E3]' +
    `|\\p{Extended_Pictographic}\\uFE0F|[${VARIATION_SELECTORS}]`,
  'u',
);

/**
 * The first character that may not be stored, as it should be shown in the message: itself, or `U+200B` if it is
 * invisible. 𠮷, 﨑, 髙 and ideographs with a selector are welcome. `multiline` allows line breaks.
 */
export function findForbiddenGlyph(text: string, options: { multiline?: boolean } = {}): string | undefined {
  const checked = text.replace(TRUE_GLYPH, '一').replace(LINE_BREAKS, (breaks) => (options.multiline === true ? '' : breaks));
  const found = FORBIDDEN.exec(checked)?.[0];
  if (found === undefined) return undefined;
  return INVISIBLE.test(found) ? codePointName(found) : found;
}

/** Length in characters: a surrogate pair is one, a glyph with its selector is one. */
export function lengthInGlyphs(text: string): number {
  return Array.from(text.replace(SELECTOR, '')).length;
}

function codePointName(text: string): string {
  return `U+${(text.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
