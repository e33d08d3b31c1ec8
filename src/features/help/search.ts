import { foldName } from '#kernel/fold-name.ts';
import type { Block } from './markdown.ts';
import { plainText } from './markdown.ts';

/** Search in the manual: folded like names, so that ｶﾅ, かな and カナ find each other (`rules.md 10`). Pure. */

export type Section = { page: string; title: string; heading: string; id: string; sentences: string[] };

export type Hit = { page: string; title: string; heading: string; id: string; excerpt: string };

function wordsOf(block: Block): string[] {
  switch (block.kind) {
    case 'heading':
      return [];
    case 'list':
      return block.items.map(plainText);
    case 'table':
      return block.rows.map((row) => row.map(plainText).join(' '));
    default:
      return plainText(block.parts)
        .split(/(?<=。)/)
        .filter((sentence) => sentence !== '');
  }
}

/** A page cut at its headings. */
export function sectionsOf(page: string, blocks: readonly Block[]): Section[] {
  const sections: Section[] = [];
  let title = '';
  for (const block of blocks) {
    if (block.kind === 'heading') {
      title ||= block.text;
      sections.push({ page, title, heading: block.text, id: block.id, sentences: [] });
    } else sections.at(-1)?.sentences.push(...wordsOf(block));
  }
  return sections;
}

/** Heading before text; then the order of the manual. */
function rankOf(section: Section, words: readonly string[]): number {
  const heading = foldName(`${section.title}${section.heading}`);
  if (words.every((word) => heading.includes(word))) return 0;
  const all = heading + foldName(section.sentences.join(''));
  return words.every((word) => all.includes(word)) ? 1 : -1;
}

const longestExcerpt = 120;

function excerptOf(section: Section, words: readonly string[]): string {
  const found = section.sentences.find((sentence) => words.some((word) => foldName(sentence).includes(word))) ?? section.sentences[0] ?? '';
  const characters = [...found];
  return characters.length <= longestExcerpt ? found : `${characters.slice(0, longestExcerpt).join('')}…`;
}

const mostHits = 30;

/** Sections in which all the words stand. */
export function searchSections(sections: readonly Section[], typed: string): Hit[] {
  const words = typed
    .split(/[\s\u3000]+/)
    .map(foldName)
    .filter((word) => word !== '');
  if (words.length === 0) return [];
  return sections
    .map((section) => ({ section, rank: rankOf(section, words) }))
    .filter(({ rank }) => rank >= 0)
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, mostHits)
    .map(({ section }) => ({
      page: section.page,
      title: section.title,
      heading: section.heading,
      id: section.id,
      excerpt: excerptOf(section, words),
    }));
}
