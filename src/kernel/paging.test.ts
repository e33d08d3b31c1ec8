import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newId } from './id.ts';
import { decodeCursor, encodeCursor, pageSizeOf } from './paging.ts';

const value = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 50 }), fc.integer(), fc.constant(null));

describe('ページ送り', () => {
  it('件数は25、50、100のどれか。ほかは25', () => {
    expect(pageSizeOf('50')).toBe(50);
    expect(pageSizeOf('100')).toBe(100);
    for (const text of [null, undefined, '', '1000', '-1', '50.0', ' 50']) expect(pageSizeOf(text)).toBe(25);
  });

  it('位置は元に戻せ、URLにそのまま使える', () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 5 }), (values) => {
        const cursor = { values, id: newId() };
        const text = encodeCursor(cursor);
        expect(text).toMatch(/^[\w-]+$/);
        expect(decodeCursor(text, values.length)).toEqual(cursor);
        expect(decodeCursor(text, values.length + 1)).toBeUndefined();
      }),
    );
  });

  it('壊れた、または書き換えられた位置は捨てる', () => {
    const text = encodeCursor({ values: ['タカハシ', 3], id: newId() });
    const forged = (json: string): string => Buffer.from(json).toString('base64url');
    const bad = ['', 'x', '%%%', `${text}=`, `${text}A`, text.slice(1), text.slice(0, -3), '_'.repeat(3_000)];
    const shapes = [
      '{"v":["a",1]}',
      '{"v":["a",{}],"i":"x"}',
      '{"v":["a",1],"i":"\' or 1=1"}',
      '{"v":["a",1],"i":"x","z":1}',
      '{"i":"x","v":["a",1]}',
      '[]',
      'null',
    ];
    for (const candidate of [null, undefined, ...bad, ...shapes.map(forged)]) expect(decodeCursor(candidate, 2)).toBeUndefined();
  });

  it('どんな文字列でも例外を出さない', () => {
    fc.assert(fc.property(fc.base64String(), (text) => void decodeCursor(text, 1)));
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void decodeCursor(text, 1)));
  });
});
