import { pageOf, readManual, withPieces } from './manual.ts';
import type { Block, Inline } from './markdown.ts';
import type { Section } from './search.ts';
import { sectionsOf } from './search.ts';

/** The manual of `docs/manual`, taken into the build with its pictures and its PDFs. */

const sources = import.meta.glob<string>('/docs/manual/*.md', { query: '?raw', import: 'default', eager: true });
const pictures = import.meta.glob<string>('/docs/manual/pictures/*.png', { query: '?url', import: 'default', eager: true });
/** Made by `scripts/manual-pdf.ts` before the pages are built. */
const pdfs = import.meta.glob<string>('/build/manual/*.pdf', { query: '?url', import: 'default', eager: true });
const sizes = import.meta.glob<Record<string, number>>('/build/manual/sizes.json', { import: 'default', eager: true });

const nameOf = (path: string): string => path.replace(/^.*\//, '').replace(/\.[a-z]+$/, '');

const manual = readManual(new Map(Object.entries(sources).map(([path, source]) => [nameOf(path), source])));

/** Pictures and other pages stand at addresses of the product. */
function atHome(part: Inline): Inline {
  if (part.kind === 'picture') return { ...part, source: pictures[`/docs/manual/${part.source}`] ?? '' };
  if (part.kind !== 'link') return part;
  const page = pageOf(part.to);
  return page === undefined ? part : { ...part, to: `/help/${page}` };
}

/** The pages in the order of the manual. */
export const manualPages = manual.pages;

/** A page as blocks; undefined when the manual has none of this name. */
export function manualPage(name: string): Block[] | undefined {
  return manual.page(name)?.map((block) => withPieces(block, atHome));
}

/** Everything that can be found. */
export const manualSections: readonly Section[] = manualPages.flatMap(({ name }) => sectionsOf(name, manual.page(name) ?? []));

export type ManualPdf = { to: string; bytes: number };

/** The manual for one kind of reader as one PDF; undefined where the build has none. */
export function manualPdf(reader: 'doctors' | 'offices'): ManualPdf | undefined {
  const to = pdfs[`/build/manual/mamis-manual-${reader}.pdf`];
  const bytes = Object.values(sizes)[0]?.[reader];
  return to === undefined || bytes === undefined ? undefined : { to, bytes };
}
