import { join } from 'node:path';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** What a reader's program finds in a PDF, page by page. */
export async function pdfPages(bytes: Uint8Array): Promise<string[]> {
  const packagePath = join(import.meta.dirname, '../../node_modules/pdfjs-dist');
  const pdf = await getDocument({ data: new Uint8Array(bytes), cMapUrl: `${packagePath}/cmaps/`, cMapPacked: true }).promise;
  const pages: string[] = [];
  for (let page = 1; page <= pdf.numPages; page += 1) {
    const { items } = await (await pdf.getPage(page)).getTextContent();
    pages.push(items.map((item) => ('str' in item ? item.str : '')).join(''));
  }
  return pages;
}
