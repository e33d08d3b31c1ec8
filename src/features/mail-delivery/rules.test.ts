import { expect, it } from 'vitest';
import { canResend, deliveryOf, maskedAddress } from './rules.ts';

it('宛先は、先頭の一文字とドメインだけを示す', () => {
  expect(maskedAddress('taro.nichii@example.jp')).toBe('t***@example.jp');
  expect(['', '@example.jp'].map(maskedAddress)).toEqual(['', '']);
});

it('断られて待っているメールは再送中、届かずに終わったメールは不達', () => {
  expect(deliveryOf({ state: 'waiting', reason: '' })).toBe('waiting');
  expect(deliveryOf({ state: 'waiting', reason: 'SMTP 451 (EENVELOPE)' })).toBe('again');
  expect(['failed', 'bounced'].map((state) => deliveryOf({ state, reason: 'x' }))).toEqual(['undelivered', 'undelivered']);
});

it('再送できるのは、宛先があり、届かずに終わったメールだけ', () => {
  expect(['waiting', 'sent', 'failed', 'bounced', 'stopped'].filter((state) => canResend({ state, to: 'a@example.jp' }))).toEqual([
    'failed',
    'bounced',
    'stopped',
  ]);
  expect(canResend({ state: 'failed', to: '' })).toBe(false);
});
