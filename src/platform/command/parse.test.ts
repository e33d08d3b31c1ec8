import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { fieldErrors } from './parse.ts';

const schema = z
  .object({
    name: z.string({ error: '氏名を入力してください' }),
    address: z.object({ town: z.string({ error: '市区町村を入力してください' }) }),
    rows: z.array(z.object({ code: z.string({ error: 'コード' }) })),
  })
  .superRefine((_value, step) => step.addIssue({ code: 'custom', path: [], message: '全体の誤り' }));

describe('fieldErrors', () => {
  test('names fields by dotted path and keeps every message', () => {
    const parsed = schema.safeParse({ address: {}, rows: [{ code: 'a' }, {}] });
    expect(parsed.success ? {} : fieldErrors(parsed.error)).toEqual({
      name: ['氏名を入力してください'],
      'address.town': ['市区町村を入力してください'],
      'rows.1.code': ['コード'],
    });
  });

  test('puts what belongs to the whole form under the empty name', () => {
    const parsed = schema.safeParse({ name: 'a', address: { town: 'b' }, rows: [] });
    expect(parsed.success ? {} : fieldErrors(parsed.error)).toEqual({ '': ['全体の誤り'] });
  });
});
