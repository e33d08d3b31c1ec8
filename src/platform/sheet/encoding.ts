import iconv from 'iconv-lite';

/** Encodings of list files (`rules.md 8.2`). CP932 lacks many glyphs of names: each is found before anything is written. */

export const sheetEncodings = ['utf8', 'cp932'] as const;
export type SheetEncoding = (typeof sheetEncodings)[number];

/** What a list may be taken out as: text in one of the encodings, a workbook, or address labels. */
export const sheetFormats = [...sheetEncodings, 'xlsx', 'label'] as const;
export type SheetFormat = (typeof sheetFormats)[number];

/** Written for a glyph that CP932 lacks, where the maker of the file has asked for it (〓, the printers' mark for a missing sort). */
export const substitute = '\u3013';

const known = new Map<string, boolean>();
const mostKnown = 20_000;

/** True when CP932 gives the same character back; anything else would be a silent change. */
function isInCp932(glyph: string): boolean {
  const found = known.get(glyph);
  if (found !== undefined) return found;
  const kept = iconv.decode(iconv.encode(glyph, 'cp932'), 'cp932') === glyph;
  if (known.size < mostKnown) known.set(glyph, kept);
  return kept;
}

const glyphs = new Intl.Segmenter('ja', { granularity: 'grapheme' });

/** Glyphs as people see them: a base with its variation selector or combining marks is one. */
function glyphsOf(text: string): string[] {
  return Array.from(glyphs.segment(text), ({ segment }) => segment);
}

/** The glyphs of a text that CP932 lacks, in order, repeated where they repeat. */
export function unmappable(text: string): string[] {
  if (isInCp932(text)) return [];
  return glyphsOf(text).filter((glyph) => !isInCp932(glyph));
}

/** Bytes of a text. @throws RangeError when CP932 lacks a glyph and no substitute was asked for */
export function encodeSheet(text: string, encoding: SheetEncoding, missing: 'refuse' | 'substitute' = 'refuse'): Uint8Array {
  if (encoding === 'utf8') return Buffer.from(text, 'utf8');
  if (isInCp932(text)) return iconv.encode(text, 'cp932');
  if (missing === 'refuse') throw new RangeError('a glyph has no place in CP932');
  const mapped = glyphsOf(text).map((glyph) => (isInCp932(glyph) ? glyph : substitute));
  return iconv.encode(mapped.join(''), 'cp932');
}

/** What stands before the first line: the byte order mark by which spreadsheets know UTF-8. */
export function openingBytes(encoding: SheetEncoding): Uint8Array {
  return encoding === 'utf8' ? Uint8Array.from([0xef, 0xbb, 0xbf]) : new Uint8Array();
}
