import { namelessFile } from './messages.ts';

const LONGEST = 100;
/** In UTF-16 units: what is longer is cut before anything is computed. */
const LONGEST_CLAIM = 2000;
const LONGEST_UNITS = 400;

/** Control, format (bidirectional, zero width), private, surrogate and separator characters. */
const unwanted = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu;
/** Mean something to a shell, a browser or a file system. */
const reserved = /[<>:"|?*%]/g;
const deviceName = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;

/**
 * A file name to show and to offer on download: no path, no hidden characters, at most 100 characters, Japanese and
 * variant glyphs kept, its ending that of the content. Never used as a name on the disk.
 */
export function safeFileName(claimed: string, endings: readonly [string, ...string[]]): string {
  const last = claimed.slice(-LONGEST_CLAIM).toWellFormed().split(/[/\\]/).at(-1) ?? '';
  const clean = last
    .replaceAll(unwanted, '')
    .replaceAll(reserved, '_')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/^[. ]+|[. ]+$/g, '');
  const dot = clean.lastIndexOf('.');
  const ending = dot > 0 ? clean.slice(dot + 1).toLowerCase() : '';
  const fits = endings.includes(ending);
  const stem = (fits || isForeignEnding(ending) ? clean.slice(0, dot) : clean).replaceAll(/[. ]+$/g, '');
  const kept = fits ? ending : endings[0];
  const named = stem === '' || deviceName.test(stem) ? namelessFile : stem;
  return `${cut(named, LONGEST - kept.length - 1)}.${kept}`;
}

/** An ending that belongs to another type of file and would only mislead. */
function isForeignEnding(ending: string): boolean {
  return /^[a-z][a-z0-9]{1,4}$/.test(ending);
}

/** Cuts between characters as people see them, so that no glyph loses its variation selector. */
function cut(text: string, most: number): string {
  const parts = [...new Intl.Segmenter('ja').segment(text)].map((part) => part.segment);
  return parts.slice(0, most).join('').slice(0, LONGEST_UNITS).toWellFormed();
}
