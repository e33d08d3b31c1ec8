import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newId } from './id.ts';
import type { Page, Walk } from './paging.ts';
import { decodeCursor, encodeCursor, pageOf, pageSizeOf, turnPage } from './paging.ts';

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

describe('一ページ', () => {
  const all = Array.from({ length: 12 }, (_, index) => String(index + 10));
  const keyOf = (row: string) => row;
  const read = async ({ from, backwards, limit }: Walk) => {
    const at = all.indexOf(from);
    if (backwards) return all.slice(0, at).toReversed().slice(0, limit);
    return all.slice(at + 1, at + 1 + limit);
  };

  it('前後のあるところだけに、前後の印がある', () => {
    expect(pageOf(['a', 'b', 'c'], { size: 2, before: '', after: '' }, keyOf)).toEqual({ rows: ['a', 'b'], before: undefined, after: 'b' });
    expect(pageOf(['c', 'd'], { size: 2, before: '', after: 'b' }, keyOf)).toEqual({ rows: ['c', 'd'], before: 'c', after: undefined });
    expect(pageOf(['a', 'b', 'c'], { size: 2, before: 'd', after: '' }, keyOf)).toEqual({ rows: ['b', 'c'], before: 'b', after: 'c' });
    expect(pageOf([], { size: 2, before: '', after: 'z' }, keyOf)).toEqual({ rows: [], before: undefined, after: undefined });
  });

  it('先へ進み、同じ道を戻れば、どの行も一度ずつ見える', async () => {
    const forth: string[][] = [];
    for (let after: string | undefined = ''; after !== undefined; ) {
      const page: Page<string> = await turnPage({ size: 5, before: '', after }, read, keyOf);
      forth.push(page.rows);
      after = page.after;
    }
    expect(forth.map((rows) => rows.length)).toEqual([5, 5, 2]);
    expect(forth.flat()).toEqual(all);
    const back = await turnPage({ size: 5, before: '20', after: '' }, read, keyOf);
    expect(back).toEqual({ rows: forth[1], before: '15', after: '19' });
  });

  it('戻った先が一ページに足りなければ、最初のページを丸ごと見せる', async () => {
    expect(await turnPage({ size: 5, before: '13', after: '' }, read, keyOf)).toEqual({
      rows: all.slice(0, 5),
      before: undefined,
      after: '14',
    });
  });
});
