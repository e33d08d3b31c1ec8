import { describe, expect, test } from 'vitest';
import { constraintOf, isConstraintConflict, isDatabaseGone, isRetryable } from './errors.ts';

const coded = (code: string, more: Record<string, unknown> = {}) => Object.assign(new Error('said by the database'), { code, ...more });

describe('what the database said', () => {
  test.each(['23505', '23P01'])('%s means that somebody was first', (code) => {
    expect(isConstraintConflict(coded(code))).toBe(true);
    expect(isRetryable(coded(code)) || isDatabaseGone(coded(code))).toBe(false);
  });

  test.each(['40001', '40P01'])('%s is worth another try', (code) => {
    expect(isRetryable(coded(code))).toBe(true);
    expect(isConstraintConflict(coded(code)) || isDatabaseGone(coded(code))).toBe(false);
  });

  test.each([
    'ECONNREFUSED',
    'ECONNRESET',
    'EPIPE',
    'ETIMEDOUT',
    'ENOENT',
    '08006',
    '57P01',
    '57P02',
    '57P03',
    '53300',
    '57014',
    '53100',
    '25P03',
  ])('%s means that it is away', (code) => {
    expect(isDatabaseGone(coded(code))).toBe(true);
  });

  test.each(['23502', '23503', '22P02', '42501', '42P01', 'ENOTDIR', ''])('%s is an error of ours', (code) => {
    expect(isDatabaseGone(coded(code)) || isRetryable(coded(code)) || isConstraintConflict(coded(code))).toBe(false);
  });

  test('a hung connection has no code, only words', () => {
    expect(isDatabaseGone(new Error('Connection terminated unexpectedly'))).toBe(true);
    expect(isDatabaseGone(new Error('timeout exceeded when trying to connect'))).toBe(true);
    expect(isDatabaseGone(new Error('something else'))).toBe(false);
    expect(isDatabaseGone('Connection terminated')).toBe(false);
  });

  test('the name of a constraint, or nothing', () => {
    expect(constraintOf(coded('23505', { constraint: 'application_one_open' }))).toBe('application_one_open');
    expect(constraintOf(coded('23505'))).toBe('');
    expect(constraintOf(undefined)).toBe('');
  });
});
