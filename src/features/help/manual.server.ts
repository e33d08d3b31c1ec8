import type { Block, Inline } from './markdown.ts';
import { parseMarkdown, plainText } from './markdown.ts';
import type { Section } from './search.ts';
import { sectionsOf } from './search.ts';

/** The manual of `docs/manual`, taken into the build with its pictures; its README says which pages there are and for whom. */

const sources = import.meta.glob<string>('/docs/manual/*.md', { query: '?raw', import: 'default', eager: true });
const pictures = import.meta.glob<string>('/docs/manual/pictures/*.png', { query: '?url', import: 'default', eager: true });

const indexName = 'README';
export const questionsName = 'faq';

export type ManualPage = { name: string; title: string; audience: string };

const nameOf = (path: string): string => path.replace(/^.*\//, '').replace(/\.md$/, '');

/** Pictures and other pages stand at addresses of the product. */
function atHome(part: Inline): Inline {
  if (part.kind === 'picture') return { ...part, source: pictures[`/docs/manual/${part.source}`] ?? '' };
  if (part.kind !== 'link') return part;
  const page = /^([a-z-]+)\.md$/.exec(part.to)?.[1];
  return page === undefined ? part : { ...part, to: `/help/${page}` };
}

function settled(block: Block): Block {
  const line = (parts: Inline[]) => parts.map(atHome);
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

const parsed: ReadonlyMap<string, Block[]> = new Map(
  Object.entries(sources).map(([path, source]) => [nameOf(path), parseMarkdown(source).map(settled)]),
);

/** The pages in the order of the manual. */
export const manualPages: readonly ManualPage[] = (parsed.get(indexName) ?? []).flatMap((block) =>
  block.kind !== 'table'
    ? []
    : block.rows.flatMap(([title = [], audience = []]) => {
        const [link] = title;
        return link?.kind === 'link' ? [{ name: link.to.replace('/help/', ''), title: link.text, audience: plainText(audience) }] : [];
      }),
);

/** A page as blocks; undefined when the manual has none of this name. */
export function manualPage(name: string): Block[] | undefined {
  return name === indexName ? undefined : parsed.get(name);
}

/** Everything that can be found. */
export const manualSections: readonly Section[] = manualPages.flatMap(({ name }) => sectionsOf(name, parsed.get(name) ?? []));
