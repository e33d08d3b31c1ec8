import { expect, it } from 'vitest';
import { textParts } from './links.ts';

it('finds links and loses nothing of the text', () => {
  const text = 'こちらから: http://localhost:3000/my/applications/1?a=b#c。\n(https://example.jp/x).\njavascript:alert(1)';
  const parts = textParts(text);
  expect(parts.map((part) => part.text).join('')).toBe(text);
  expect(parts.flatMap((part) => part.href ?? [])).toEqual(['http://localhost:3000/my/applications/1?a=b#c', 'https://example.jp/x']);
});

it('leaves a text without links as it is', () => {
  expect(textParts('本文')).toEqual([{ text: '本文' }]);
  expect(textParts('')).toEqual([]);
});
