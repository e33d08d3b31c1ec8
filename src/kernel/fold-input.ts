/**
 * What the system converts before it checks (screens.md 1.2): nobody is refused for half-width, full-width or the
 * kind of kana. Names are only trimmed: Unicode normalisation would change true glyphs (rules.md 10).
 */

const HALF_KANA =
  '。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン';
const HALF_KANA_FIRST = 0xff61;
const VOICED_BASES = 'ウカキクケコサシスセソタチツテトハヒフヘホワヰヱヲヽ';
const VOICED = 'ヴガギグゲゴザジズゼゾダヂヅデドバビブベボヷヸヹヺヾ';
const SEMI_VOICED_BASES = 'ハヒフヘホ';
const SEMI_VOICED = 'パピプペポ';

/** Every hyphen, dash, minus and long vowel mark that stands for "-" among digits. */
const HYPHENS = /[-\u00ad‐‑‒–—―⁃−─ー－ｰ﹘﹣]/gu;

/** Removes spaces at both ends, U+3000 among them. */
export function trimInput(text: string): string {
  return text.trim();
}

/** Half-width kana and hiragana become full-width katakana, voiced marks are joined to their kana (ｶﾞ, か゛ → ガ). */
export function toKatakana(text: string): string {
  return (
    text
      .replace(/[\uff61-\uff9d]/g, (kana) => HALF_KANA.charAt(kana.charCodeAt(0) - HALF_KANA_FIRST))
      .replace(/[ぁ-ゖゝゞ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60))
      // oxlint-disable-next-line eslint/no-misleading-character-class -- the combining marks themselves are looked for
      .replace(/(.)([\u309b\u3099\uff9e])/gu, (pair, kana: string) => joined(VOICED_BASES, VOICED, kana) ?? pair)
      .replace(
        // oxlint-disable-next-line eslint/no-misleading-character-class -- as above
        /(.)([\u309c\u309a\uff9f])/gu,
        (pair, kana: string) => joined(SEMI_VOICED_BASES, SEMI_VOICED, kana) ?? pair,
      )
  );
}

/** Full-width letters, digits, symbols and the full-width space become half-width. */
export function toHalfWidth(text: string): string {
  return text.replace(/[\uff01-\uff5e]/g, (glyph) => String.fromCharCode(glyph.charCodeAt(0) - 0xfee0)).replaceAll('\u3000', ' ');
}

/** For dates, numbers and codes: trimmed, half-width, every kind of hyphen as "-". */
export function foldNumber(text: string): string {
  return toHalfWidth(trimInput(text)).replace(HYPHENS, '-');
}

/** A フリガナ as stored: trimmed full-width katakana; runs of spaces become one full-width space. */
export function foldKana(text: string): string {
  return toKatakana(trimInput(text)).replace(/\s+/g, '\u3000');
}

/** A mail address, login ID or code: trimmed and half-width; letters keep their case. */
export function foldAlnum(text: string): string {
  return toHalfWidth(trimInput(text));
}

/** A telephone number: half-width, brackets and spaces as hyphens; （０３）３９４６－２１２１ → 03-3946-2121. */
export function foldTel(text: string): string {
  return foldNumber(text)
    .replace(/[\s()]+/g, '-')
    .replace(/-{2,}/g, '-')
    .replace(/^-|-$/g, '');
}

/** A postal code as stored: seven digits without 〒 and hyphen. */
export function foldPost(text: string): string {
  return foldNumber(text)
    .replace(/^〒\s*/, '')
    .replace(/^(\d{3})\s*-?\s*(\d{4})$/, '$1$2');
}

/** `113-8621` from seven stored digits. */
export function formatPost(post: string): string {
  return post.replace(/^(\d{3})(\d{4})$/, '$1-$2');
}

function joined(bases: string, marked: string, kana: string): string | undefined {
  const position = bases.indexOf(kana);
  return position < 0 ? undefined : marked.charAt(position);
}
