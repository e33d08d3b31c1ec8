import { expect, it } from 'vitest';
import { maskedAddress } from './rules.ts';

it('宛先は、先頭の一文字とドメインだけを示す', () => {
  expect(maskedAddress('taro.nichii@example.jp')).toBe('t***@example.jp');
  expect(maskedAddress('"a@b"@example.jp')).toBe('"***@example.jp');
  expect(maskedAddress('')).toBe('');
  expect(maskedAddress('@example.jp')).toBe('');
});
