import { describe, expect, it } from 'vitest';
import { isId, newId } from './id.ts';

describe('内部ID', () => {
  it('UUID第7版の形で、作った順に並び、重ならない', () => {
    const ids = Array.from({ length: 20_000 }, () => newId());
    expect(ids.every(isId)).toBe(true);
    expect(ids.every((id) => /^.{14}7.{4}[89ab]/.test(id))).toBe(true);
    expect(ids.toSorted()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('時計が戻っても順序は戻らない', () => {
    const ahead = newId(Date.now() + 5_000);
    expect(newId(Date.now() - 5_000) > ahead).toBe(true);
  });

  it('時刻を先頭に持つ', () => {
    const at = Date.now() + 60_000;
    expect(Number.parseInt(newId(at).replaceAll('-', '').slice(0, 12), 16)).toBe(at);
  });

  it('UUIDでないものを見分ける', () => {
    for (const value of ['', 'x', 12, null, '0190A0E0-0000-7000-8000-000000000000', '0190a0e0-0000-7000-8000-00000000000'])
      expect(isId(value)).toBe(false);
  });
});
