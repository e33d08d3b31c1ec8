import { randomBytes, timingSafeEqual } from 'node:crypto';
import { foldAlnum } from '#kernel/fold-input.ts';

/** 確認コード: 12 characters of 32, that is 60 random bits; none of them can be taken for another when read from paper. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const length = 12;

/** A code that nobody can guess. */
export function newCode(): string {
  return [...randomBytes(length)].map((byte) => alphabet.charAt(byte % alphabet.length)).join('');
}

/** A code as typed: any width, any case, with or without hyphens; O is read as 0, I and L as 1. */
export function readCode(typed: string): string {
  return foldAlnum(typed)
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
}

/** 証明書番号 as typed, with or without 「C-」; '' for what cannot be one. */
export function readNumber(typed: string): string {
  const digits = /^C?(\d{10})$/.exec(
    foldAlnum(typed)
      .toUpperCase()
      .replaceAll(/[^0-9A-Z]/g, ''),
  )?.[1];
  return digits === undefined ? '' : `C-${digits}`;
}

/** Compares in a time that says nothing about how much of it was right. */
export function sameCode(kept: string, given: string): boolean {
  const [a, b] = [Buffer.from(kept), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
