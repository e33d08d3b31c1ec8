import type { Block, Inline } from './markdown.ts';
import { parseMarkdown, plainText } from './markdown.ts';

/** The manual as its sources say it: its README names the pages, their order and for whom they are. Pure. */

const indexName = 'README';
/** よくある質問: the page that the help page shows open. */
export const questionsName = 'faq';

export type ManualPage = { name: string; title: string; audience: string };

export type Manual = {
  /** In the order of the manual. */
  pages: readonly ManualPage[];
  /** A page as blocks; undefined when the manual has none of this name. */
  page: (name: string) => Block[] | undefined;
};

/** Takes the pages apart. `sources`: Markdown by name without its ending. */
export function readManual(sources: ReadonlyMap<string, string>): Manual {
  const parsed = new Map([...sources].map(([name, source]) => [name, parseMarkdown(source)]));
  return { pages: (parsed.get(indexName) ?? []).flatMap(pagesIn), page: (name) => (name === indexName ? undefined : parsed.get(name)) };
}

function pagesIn(block: Block): ManualPage[] {
  if (block.kind !== 'table') return [];
  return block.rows.flatMap(([title = [], audience = []]) => {
    const [link] = title;
    const name = link?.kind === 'link' ? pageOf(link.to) : undefined;
    return name === undefined || link === undefined ? [] : [{ name, title: link.text, audience: plainText(audience) }];
  });
}

/** The page of the manual that a link in it means. */
export function pageOf(to: string): string | undefined {
  return /^([a-z-]+)\.md$/.exec(to)?.[1];
}

/** The same block with every piece of its lines changed. */
export function withPieces(block: Block, change: (piece: Inline) => Inline): Block {
  const line = (parts: Inline[]) => parts.map(change);
  switch (block.kind) {
    case 'heading':
      return block;
    case 'list':
      return { ...block, items: block.items.map(line) };
    case 'table':
      return { ...block, head: block.head.map(line), rows: block.rows.map((row) => row.map(line)) };
    default:
      return { ...block, parts: line(block.parts) };
  }
}
