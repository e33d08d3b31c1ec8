import { describe, expect, test } from 'vitest';
import { blocksOf, inlineOf } from './body-text.ts';

describe('お知らせの本文(O-16)', () => {
  test('見出し・箇条書き・番号・段落を行の初めの記号で分ける', () => {
    expect(blocksOf('# 概要\n本文一行目\n二行目\n\n- 一つ\n・二つ\n1. 先\n２． 後\n\n## 詳細')).toEqual([
      { kind: 'heading', level: 2, text: [{ kind: 'text', text: '概要' }] },
      { kind: 'paragraph', lines: [[{ kind: 'text', text: '本文一行目' }], [{ kind: 'text', text: '二行目' }]] },
      { kind: 'list', ordered: false, items: [[{ kind: 'text', text: '一つ' }], [{ kind: 'text', text: '二つ' }]] },
      { kind: 'list', ordered: true, items: [[{ kind: 'text', text: '先' }], [{ kind: 'text', text: '後' }]] },
      { kind: 'heading', level: 3, text: [{ kind: 'text', text: '詳細' }] },
    ]);
  });

  test('リンクは http と https だけで、文の終わりの句点を含まない', () => {
    expect(inlineOf('詳しくは[こちら](https://example.jp/a?b=1)、または https://example.jp/c.')).toEqual([
      { kind: 'text', text: '詳しくは' },
      { kind: 'link', text: 'こちら', to: 'https://example.jp/a?b=1' },
      { kind: 'text', text: '、または ' },
      { kind: 'link', text: 'https://example.jp/c', to: 'https://example.jp/c' },
      { kind: 'text', text: '.' },
    ]);
    for (const text of [
      '[x](javascript:alert(1))',
      '[x](data:text/html,1)',
      '<script>alert(1)</script>',
      'https://user:pass@example.jp/',
    ]) {
      expect(inlineOf(text)).toEqual([{ kind: 'text', text }]);
    }
  });

  test('記号だけが続く長い本文も、文字を失わずに読める', () => {
    for (const part of ['[', '(', '](', 'a[', '# ', '*']) {
      const text = part.repeat(2000);
      const found = blocksOf(text).flatMap((block) =>
        block.kind === 'paragraph' ? block.lines.flat() : block.kind === 'heading' ? block.text : block.items.flat(),
      );
      expect(found.map((one) => one.text).join('').length).toBeGreaterThan(text.trimEnd().length - 3);
    }
  });
});
