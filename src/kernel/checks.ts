/**
 * The checks of screens.md 1.2 on text that `fold-input.ts` has already converted. Each returns the message for the
 * field, or undefined when the text is good. Empty text passes everything but `checkReq`.
 */
import { findForbiddenGlyph, lengthInGlyphs } from './glyphs.ts';
import { messages } from './messages.ts';

const KANA = /^[ァ-ヺㇰ-ㇿーヽヾ・ \u3000]*$/;
const FULL_WIDTH = /^[^\u0020-\u007e\uff61-\uff9f]*$/;
const PRINTABLE_ASCII = /^[\x21-\x7e]*$/;
const LOGIN_ID = /^[\x21-\x7e]{8,32}$/;
/** Dots may stand anywhere before the @: old addresses of mobile carriers have them doubled or at the end. */
const MAIL = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,63}$/;
const MAIL_MAX = 254;
const TEL = /^\+?\d[\d-]*\d$/;
const PASSWORD_SYMBOLS = '!@%&#';
const PASSWORD = new RegExp(`^[A-Za-z0-9${PASSWORD_SYMBOLS}]{8,128}$`);

/** Nothing but spaces counts as empty. */
export function checkReq(label: string, text: string): string | undefined {
  return text.trim() === '' ? messages.req(label) : undefined;
}

/** At most `limit` characters (a surrogate pair or a glyph with selector is one). */
export function checkMax(label: string, text: string, limit: number): string | undefined {
  return lengthInGlyphs(text) > limit ? messages.max(label, limit) : undefined;
}

/** At least `limit` characters, if there is any. */
export function checkMin(label: string, text: string, limit: number): string | undefined {
  return text !== '' && lengthInGlyphs(text) < limit ? messages.min(label, limit) : undefined;
}

/** Full-width katakana, ー, ・ and spaces. */
export function checkKana(label: string, text: string): string | undefined {
  return KANA.test(text) ? undefined : messages.kana(label);
}

/** No half-width letters, digits, symbols or kana. */
export function checkZen(label: string, text: string): string | undefined {
  return FULL_WIDTH.test(text) ? undefined : messages.zen(label);
}

/** Half-width letters, digits and symbols, without spaces. */
export function checkAlnum(label: string, text: string): string | undefined {
  return PRINTABLE_ASCII.test(text) ? undefined : messages.alnum(label);
}

/** Half-width digits only. */
export function checkDigits(label: string, text: string): string | undefined {
  return /^\d*$/.test(text) ? undefined : messages.digits(label);
}

/** No control character, emoji or lone surrogate; `multiline` allows line breaks. */
export function checkGlyph(label: string, text: string, options: { multiline?: boolean } = {}): string | undefined {
  const glyph = findForbiddenGlyph(text, options);
  return glyph === undefined ? undefined : messages.glyph(label, glyph);
}

/** One plain mail address (ASCII, a domain with a dot, no line break). */
export function checkMail(text: string): string | undefined {
  return text === '' || (text.length <= MAIL_MAX && MAIL.test(text)) ? undefined : messages.mail();
}

/** Digits and hyphens, 10–15 digits, a leading + allowed. */
export function checkTel(label: string, text: string): string | undefined {
  const count = text.replace(/\D/g, '').length;
  return text === '' || (TEL.test(text) && count >= 10 && count <= 15) ? undefined : messages.tel(label);
}

/** Seven digits, as `foldPost` leaves them. */
export function checkPost(text: string): string | undefined {
  return text === '' || /^\d{7}$/.test(text) ? undefined : messages.post();
}

/** Login ID: 8–32 half-width letters, digits, symbols (rules.md 5.4). */
export function checkLoginId(text: string): string | undefined {
  return text === '' || LOGIN_ID.test(text) ? undefined : messages.id();
}

/** Password: letters, digits and symbols `!@%&#`, all three kinds, 8–128 (rules.md 5.4); the block list is elsewhere. */
export function checkPassword(text: string): string | undefined {
  const kinds = [/[A-Za-z]/, /\d/, new RegExp(`[${PASSWORD_SYMBOLS}]`)];
  return text === '' || (PASSWORD.test(text) && kinds.every((kind) => kind.test(text))) ? undefined : messages.pw();
}

/** The first message among several checks of one field; undefined when all pass. */
export function firstMessage(...found: readonly (string | undefined)[]): string | undefined {
  return found.find((message) => message !== undefined);
}
