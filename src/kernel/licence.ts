/** 医籍登録番号 (rules.md 5.1): kept as digits without leading zeros, shown 第412345号. */
import { foldNumber } from './fold-input.ts';
import { messages } from './messages.ts';

declare const licenceBrand: unique symbol;

/** One to seven digits, the first not 0. */
export type LicenceNumber = string & { readonly [licenceBrand]: 'LicenceNumber' };

/** True for the stored form. */
export function isLicenceNumber(value: unknown): value is LicenceNumber {
  return typeof value === 'string' && /^[1-9]\d{0,6}$/.test(value);
}

const mostDigits = 7;

function digitsOf(text: string): string {
  return foldNumber(text)
    .replace(/^第\s*/, '')
    .replace(/\s*号$/, '')
    .replace(/^0+(?=\d)/, '');
}

/** Reads 412345, ４１２３４５, 0412345, 第412345号; undefined if it is no such number. */
export function parseLicenceInput(text: string): LicenceNumber | undefined {
  const digits = digitsOf(text);
  return isLicenceNumber(digits) ? digits : undefined;
}

/** Why a text that `parseLicenceInput` cannot read is no number: empty, too long, or no digits (`screens.md 1.2`). */
export function licenceFlaw(label: string, text: string): string {
  if (text.trim() === '') return messages.req(label);
  const digits = digitsOf(text);
  return /^\d+$/.test(digits) && digits.length > mostDigits ? messages.max(label, mostDigits) : messages.digits(label);
}

/** `第412345号`; `第412345号(確認前)` until an office has seen the licence (rules.md 5.2). */
export function formatLicence(number: string, options: { checked?: boolean } = {}): string {
  return `第${number}号${options.checked === false ? '(確認前)' : ''}`;
}
