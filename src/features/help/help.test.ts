import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { questionsName } from './manual.ts';
import { manualPage, manualPages, manualSections } from './manual.server.ts';
import { parseMarkdown } from './markdown.ts';
import { searchSections } from './search.ts';

const found = (typed: string) => searchSections(manualSections, typed).map((hit) => hit.page);

describe('操作の手引き(screens.md A-16)', () => {
  it('docs/manual のすべてのページが目次にあり、開ける', () => {
    const names = readdirSync(new URL('../../../docs/manual', import.meta.url))
      .filter((name) => name.endsWith('.md') && name !== 'README.md')
      .map((name) => name.replace('.md', ''));
    expect(manualPages.map((page) => page.name).toSorted()).toEqual(names.toSorted());
    for (const { name } of manualPages) expect(manualPage(name)?.[0]).toMatchObject({ kind: 'heading', level: 1 });
    expect(manualPage('README')).toBeUndefined();
    expect(manualPage('constructor')).toBeUndefined();
  });

  it('図とほかのページへのリンクは、製品の中の場所を指す', () => {
    const parts = manualPages.flatMap(({ name }) =>
      (manualPage(name) ?? []).flatMap((block) => ('parts' in block ? block.parts : block.kind === 'list' ? block.items.flat() : [])),
    );
    const pictures = parts.flatMap((part) => (part.kind === 'picture' ? [part.source] : []));
    expect(pictures.length).toBeGreaterThan(10);
    for (const source of pictures) expect(source).toMatch(/^\/.*\.png/);
    for (const part of parts) if (part.kind === 'link') expect(part.to).toMatch(/^\/help\/[a-z-]+$/);
  });

  it('検索は、かな・全角半角・語順を問わず、見出しの一致を先に示す', () => {
    expect(found('環境設定')[0]).toBe('settings');
    for (const typed of ['ﾛｸﾞｲﾝ', 'ろぐいん', 'ログイン']) expect(found(typed)).toEqual(found('ログイン'));
    expect(found('退会　届')).toContain('withdrawal');
    expect(found('届 退会')).toEqual(found('退会 届'));
    expect(found('確認コード')).toContain('certificate');
    expect(found('どこにも無い言葉です')).toEqual([]);
    expect(found('  ')).toEqual([]);
  });

  it('よくある質問には、問いごとに答えがある', () => {
    const blocks = manualPage(questionsName) ?? [];
    const headings = blocks.filter((block) => block.kind === 'heading');
    expect(headings.length).toBeGreaterThan(5);
    for (const [place, block] of blocks.entries())
      if (block.kind === 'heading' && place > 0) expect(blocks[place + 1]?.kind).not.toBe('heading');
  });

  it('図や表をはさんで続く番号は、続きから始まる', () => {
    expect(parseMarkdown('1. 一\n2. 二\n\n![図](a.png)\n\n3. 三')).toMatchObject([
      { kind: 'list', start: 1, items: [[{ text: '一' }], [{ text: '二' }]] },
      { kind: 'paragraph' },
      { kind: 'list', start: 3, items: [[{ text: '三' }]] },
    ]);
  });

  it('箇条書き・表・引用・強調を読む', () => {
    expect(
      parseMarkdown('# 題\n\n本文 **太字** と `符号`\n- 一\n- 二\n  続き\n\n| a | b |\n| --- | --- |\n| 1 | [x](y.md) |\n\n> 注'),
    ).toMatchObject([
      { kind: 'heading', level: 1, text: '題' },
      { kind: 'paragraph', parts: [{ text: '本文 ' }, { kind: 'strong' }, { text: ' と ' }, { kind: 'code', text: '符号' }] },
      { kind: 'list', ordered: false, items: [[{ text: '一' }], [{ text: '二続き' }]] },
      { kind: 'table', rows: [[[{ text: '1' }], [{ kind: 'link', to: 'y.md' }]]] },
      { kind: 'quote', parts: [{ text: '注' }] },
    ]);
  });
});
