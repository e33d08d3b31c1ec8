import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getDocument, OPS } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { describe, expect, it } from 'vitest';
import { isForDoctors, isForOffices } from '#features/help/labels.ts';
import { readManual } from '#features/help/manual.ts';
import { pdfPages } from '#support/pdf-text.ts';
import { manualPdf } from './manual-pdf.ts';

/** 操作の手引きのPDF (`screens.md A-16`): what a reader's program finds in it. */

const folder = join(import.meta.dirname, '../docs/manual');
const sources = readdirSync(folder)
  .filter((name) => name.endsWith('.md'))
  .map((name) => [name.replace('.md', ''), readFileSync(join(folder, name), 'utf8')] as const);
const manual = readManual(new Map(sources));
const madeOn = new Date('2026-01-14T15:30:00Z');
const plain = (text: string) => text.replaceAll(/\s/g, '');

const readers = [
  { reader: 'doctors', title: '医師の方', has: isForDoctors },
  { reader: 'offices', title: '医師会事務局の方', has: isForOffices },
] as const;

async function picturesIn(bytes: Uint8Array): Promise<number> {
  const pdf = await getDocument({ data: new Uint8Array(bytes) }).promise;
  let found = 0;
  for (let page = 1; page <= pdf.numPages; page += 1) {
    const { fnArray } = await (await pdf.getPage(page)).getOperatorList();
    found += fnArray.filter((one) => one === OPS.paintImageXObject).length;
  }
  return found;
}

describe.each(readers)('操作の手引き($title)のPDF', ({ reader, title, has }) => {
  it('表紙・目次・すべての章・すべての図があり、大きさが適当で、文字を取り出せる', async () => {
    const bytes = await manualPdf(reader, madeOn);
    const pages = (await pdfPages(bytes)).map(plain);
    expect(pages[0]).toContain(`操作の手引き${title}`);
    expect(pages[0]).toMatch(/第[\d.]+版2026年1月15日作成/);
    expect(pages[1]).toContain('目次');
    const chapters = manual.pages.filter(has);
    const contents = pages.slice(1, 5).join('');
    let pictures = 0;
    for (const chapter of chapters) {
      const blocks = manual.page(chapter.name) ?? [];
      const at = pages.findIndex((page, place) => place > 0 && page.includes(`${plain(chapter.title)}対象:${plain(chapter.audience)}`));
      expect(at, chapter.title).toBeGreaterThan(1);
      expect(contents).toMatch(new RegExp(`${plain(chapter.title).replaceAll(/[()]/g, '.')}[.·]*${at + 1}`));
      expect(pages[at]).toContain(`${at + 1}/${pages.length}`);
      const rest = pages.slice(at).join('');
      for (const block of blocks) {
        if (block.kind === 'heading' && block.level > 1) expect(rest).toContain(plain(block.text));
        if (block.kind === 'paragraph') pictures += block.parts.filter((part) => part.kind === 'picture').length;
      }
    }
    expect(pictures).toBeGreaterThan(10);
    expect(await picturesIn(bytes)).toBe(pictures);
    expect(pages.length).toBeLessThan(120);
    expect(bytes.byteLength).toBeLessThan(12_000_000);
    // Its own font, and no other: every machine shows the same.
    const inside = Buffer.from(bytes).toString('latin1');
    expect(inside).toContain('NotoSansJP');
  }, 300_000);
});
