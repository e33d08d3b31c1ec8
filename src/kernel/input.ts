import { z } from 'zod';
import { checkGlyph, checkKana, checkMail, checkMax, checkPost, checkTel } from './checks.ts';
import type { Day } from './day.ts';
import { foldAlnum, foldKana, foldNumber, foldPost, foldTel, trimInput } from './fold-input.ts';
import { isId } from './id.ts';
import { messages } from './messages.ts';
import { parseDayInput, parseYearMonthInput } from './wareki.ts';

/** Builders of input schemas that convert first, then check, and answer with the messages of `screens.md 1.2`. */

type TextOptions = { max: number; required?: boolean; message?: string; multiline?: boolean };

type Check = (text: string) => string | undefined;

function checked(fold: (text: string) => string, checks: readonly Check[]) {
  return z
    .string()
    .default('')
    .transform((text, step) => {
      const folded = fold(text);
      const message = checks.map((check) => check(folded)).find((found) => found !== undefined);
      if (message !== undefined) step.issues.push({ code: 'custom', message, input: text });
      return folded;
    });
}

function required(label: string, wanted: boolean | undefined, message?: string): Check {
  return (text) => (wanted === true && text === '' ? (message ?? messages.req(label)) : undefined);
}

/** Free text: trimmed, true glyphs kept. */
export function textInput(label: string, options: TextOptions) {
  return checked(trimInput, [
    required(label, options.required, options.message),
    (text) => checkMax(label, text, options.max),
    (text) => checkGlyph(label, text, { multiline: options.multiline === true }),
  ]);
}

/** フリガナ, as full-width katakana. */
export function kanaInput(label: string, options: TextOptions) {
  return checked(foldKana, [
    required(label, options.required, options.message),
    (text) => checkKana(label, text),
    (text) => checkMax(label, text, options.max),
  ]);
}

/** A telephone number in any width, kept in half-width digits and hyphens. */
export function telInput(label: string, options: { required?: boolean } = {}) {
  return checked(foldTel, [required(label, options.required), (text) => checkTel(label, text)]);
}

/** A mail address in any width, kept in half-width. */
export function mailInput(label: string, options: { required?: boolean } = {}) {
  return checked(foldAlnum, [required(label, options.required), checkMail]);
}

/** A postal code in any width, kept as seven digits. */
export function postInput(label: string, options: { required: boolean } = { required: true }) {
  return checked(foldPost, [required(label, options.required), checkPost]);
}

/** A choice from a list by its code; whether the code exists is the command's question. */
export function choiceInput(label: string, options: { required?: boolean; message?: string } = {}) {
  return checked(foldAlnum, [
    required(label, options.required, options.message ?? messages.sel(label)),
    (text) => checkMax(label, text, 40),
  ]);
}

/** A day in any form of `look.md 5`; undefined when empty and not required. */
export function dayInput(label: string, options: { required: boolean; message?: string }) {
  return z
    .string()
    .default('')
    .transform((text, step): Day | undefined => {
      if (foldNumber(text) === '') {
        if (options.required) step.issues.push({ code: 'custom', message: options.message ?? messages.req(label), input: text });
        return undefined;
      }
      const found = parseDayInput(text);
      if (found === undefined) step.issues.push({ code: 'custom', message: messages.date(label), input: text });
      return found;
    });
}

/** A day that must be there. */
export function requiredDayInput(label: string) {
  return dayInput(label, { required: true }).transform((found, step): Day => {
    if (found !== undefined) return found;
    step.issues.push({ code: 'custom', message: messages.req(label), input: '' });
    return z.NEVER;
  });
}

/** A year and month such as 2026/04, kept as YYYY-MM. */
export function yearMonthInput(label: string, options: { required: boolean }) {
  return z
    .string()
    .default('')
    .transform((text, step) => {
      if (foldNumber(text) === '') {
        if (options.required) step.issues.push({ code: 'custom', message: messages.req(label), input: text });
        return undefined;
      }
      const found = parseYearMonthInput(text);
      if (found === undefined) step.issues.push({ code: 'custom', message: messages.ym(label), input: text });
      return found;
    });
}

/** An id from a URL or hidden field; a malformed one is nobody's thing, so the whole request finds nothing. */
export const idInput = z.string().refine(isId, { message: 'URLが変わったか、表示できる範囲にありません。' });

/** A ticked box arrives as any text, an empty one not at all. */
export const tickInput = z
  .union([z.string(), z.boolean()])
  .optional()
  .transform((value) => value === true || (typeof value === 'string' && value !== '' && value !== 'false'));

/** One or several values of the same name. */
export function listInput<T extends z.ZodType>(item: T, limit: number) {
  return z.preprocess(
    (value): unknown => (value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value]),
    z.array(item).max(limit),
  );
}

/** The version of the row as the user saw it. */
export const versionInput = z.coerce.number().int().min(1).max(2_000_000_000);

/** A count typed by hand; undefined when empty. */
export function foldedNumberInput(label: string, options: { max: number }) {
  return z
    .union([z.string(), z.number()])
    .default('')
    .transform((value, step) => {
      const text = foldNumber(String(value));
      if (text === '') return undefined;
      const count = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
      if (Number.isNaN(count) || count > options.max) {
        step.issues.push({ code: 'custom', message: messages.digits(label), input: value });
        return undefined;
      }
      return count;
    });
}
