import { describe, expect, test } from 'vitest';
import { caseTo, decisionTo, fromList, listSearch, listTo } from './list-links.ts';

describe('一覧と詳細の行き来', () => {
  test('条件は残り、ページの位置は残らない', () => {
    expect(listSearch('?tab=done&sort=name&after=x&notes=0')).toBe('?tab=done&sort=name');
    expect(listSearch('')).toBe('?tab=todo');
    expect(listTo('?kind=join&kind=transfer&name=')).toBe('/office/applications?kind=join&kind=transfer&tab=todo');
  });

  test('一覧から開いた詳細だけが前後を持つ', () => {
    expect(fromList('?tab=todo')).toBe(true);
    expect(fromList('')).toBe(false);
    expect(caseTo('a', '?late=1')).toBe('/office/applications/a?late=1&tab=todo');
    expect(decisionTo('a', 'approve', '?tab=all')).toBe('/office/applications/a/approve?tab=all');
  });
});
