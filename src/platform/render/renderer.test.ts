import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { officeWith } from '#support/office.ts';
import { docx, gif, jpeg, joined, pdf, pdfStream, png, xlsx, zip } from '#support/sample-files.ts';
import { convertToPdf, findOfficeProgram } from './office-program.ts';
import { makeRenderer } from './renderer.ts';
import { runChild } from './run-child.ts';

/** P12 for previews: whatever a file does, the answer is a preview or `none`, in time, and this process lives on. */

const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const excel = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const plain = makeRenderer({ searchPath: '' });
/** As the product, but the patience is shorter. */
const hurried = makeRenderer({ searchPath: '', run: async (job) => await runChild(job, 5000) });
const scratch = mkdtempSync(join(tmpdir(), 'mamis-render-test-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const page = (more: string, content = '0 0 10 10 re f') =>
  pdf([
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] ${more} /Contents 4 0 R >>`,
    joined(`<< /Length ${content.length} >>\nstream\n${content}\nendstream`),
  ])
    .toString('latin1')
    .replace('/Kids [] /Count 0', '/Kids [3 0 R] /Count 1');
const latin = (text: string) => Buffer.from(text, 'latin1');

const wordBody = (inner: string) =>
  zip([
    {
      name: '[Content_Types].xml',
      content:
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    },
    {
      name: '_rels/.rels',
      content:
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
    },
    {
      name: 'word/document.xml',
      content: `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${inner}</w:body></w:document>`,
    },
  ]);
const paragraph = (text: string) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`;

describe('プレビュー', () => {
  it('写真・PDFは描き直した画像になる', async () => {
    const photo = readFileSync(new URL('../../../db/demo/papers/licence.jpg', import.meta.url));
    const shown = await plain.preview(photo, 'image/jpeg');
    expect(shown).toMatchObject({ kind: 'pages', pageCount: 1, from: 'picture' });
    const drawn = await plain.preview(latin(page('')), 'application/pdf');
    expect(drawn).toMatchObject({ kind: 'pages', pageCount: 1, from: 'pdf' });
    const [first] = drawn.kind === 'pages' ? drawn.pages : [];
    expect(Buffer.from(first ?? []).toString('latin1', 8, 12)).toBe('WEBP');
  });

  it('Word・Excelは、変換する道具がなければ文字と表になる', async () => {
    const table = '<w:tbl><w:tr><w:tc>' + paragraph('年') + '</w:tc><w:tc>' + paragraph('経歴') + '</w:tc></w:tr></w:tbl>';
    expect(await plain.preview(wordBody(paragraph('髙橋 𠮷田') + table), word)).toEqual({
      kind: 'text',
      from: 'word',
      cut: false,
      blocks: [
        { kind: 'paragraph', text: '髙橋 𠮷田' },
        { kind: 'table', title: '', rows: [['年', '経歴']] },
      ],
    });
  });

  it('旧形式のWord・Excelは、道具がなければ表示できない', async () => {
    expect(await plain.preview(Buffer.alloc(600), 'application/msword')).toEqual({ kind: 'none', reason: 'format' });
  });

  it.each([
    ['中身のないPNG', png({ data: false }), 'image/png'],
    ['巨大と称するPNG', png({ width: 60_000, height: 60_000 }), 'image/png'],
    ['壊れたJPEG', jpeg({ end: false }), 'image/jpeg'],
    ['巨大と称するGIF', gif({ width: 65_535, height: 65_535 }), 'image/gif'],
    ['画像と称するPDF', latin(page('')), 'image/png'],
    ['ページのないPDF', pdf(), 'application/pdf'],
    ['PDFと称する雑音', Buffer.alloc(5000, 7), 'application/pdf'],
    ['途中で切れたPDF', latin(page('')).subarray(0, 60), 'application/pdf'],
    ['文書のないWord', docx(), word],
    ['表のないExcel', xlsx(), excel],
    ['Wordと称する空の書庫', zip([{ name: 'a', content: 'b' }]), word],
    ['深く入れ子のWord', wordBody('<w:tbl><w:tr><w:tc>'.repeat(30_000)), word],
    ['知らない種類', Buffer.from('x'), 'text/html'],
  ])('%s は「表示できない」で終わる', async (_title, bytes, mediaType) => {
    expect(await plain.preview(bytes, mediaType)).toMatchObject({ kind: 'none' });
  });

  it.each([
    [
      '自分を描き続けるPDF',
      page('/Resources << /XObject << /X 5 0 R >> >>', '/X Do').replace(
        'xref\n',
        '5 0 obj\n<< /Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << /XObject << /X 5 0 R >> >> /Length 5 >>\nstream\n/X Do\nendstream\nendobj\nxref\n',
      ),
    ],
    ['途方もない大きさのページのPDF', page('').replace('[0 0 595 842]', '[0 0 9999999 0.001]')],
    ['命令の多いPDF', page('', '0 0 9 9 re f '.repeat(300_000))],
    ['保存を積み重ねるPDF', page('', 'q '.repeat(500_000))],
    [
      'ふくらむ内容のPDF',
      page('').replace(/<< \/Length \d+ >>\nstream\n.*\nendstream/s, pdfStream('0 0 1 1 re f\n'.repeat(2_000_000), '').toString('latin1')),
    ],
  ])(
    '%s でも、時間と場所の限りの内で答える',
    async (_title, text) => {
      const began = performance.now();
      expect(['pages', 'none']).toContain((await hurried.preview(latin(text), 'application/pdf')).kind);
      expect(performance.now() - began).toBeLessThan(30_000);
    },
    60_000,
  );

  it('ページの多いPDFは、先頭だけを描き、総数を知らせる', async () => {
    const pages = Array.from({ length: 200 }, () => '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] >>');
    const kids = pages.map((_page, index) => `${index + 3} 0 R`).join(' ');
    const many = pdf(pages).toString('latin1').replace('/Kids [] /Count 0', `/Kids [${kids}] /Count 200`);
    const shown = await plain.preview(latin(many), 'application/pdf');
    expect(shown).toMatchObject({ kind: 'pages', pageCount: 200 });
    expect(shown.kind === 'pages' ? shown.pages.length : 0).toBeLessThanOrEqual(30);
  }, 60_000);

  it('文字の多いWordは途中までとなる', async () => {
    const shown = await plain.preview(wordBody(paragraph('あ'.repeat(5000)).repeat(60)), word);
    expect(shown).toMatchObject({ kind: 'text', cut: true });
  });
});

describe('描く過程', () => {
  it('時間を過ぎれば終わらせる', async () => {
    expect(await runChild({ kind: 'pages', bytes: latin(page('')) }, 1)).toEqual({ ok: false, reason: 'timeout' });
  });

  it('環境の秘密を知らず、データに触れられない', async () => {
    // A template of ours is the only program it runs: it may not read files either.
    const answer = await runChild({ kind: 'print', template: '#read("/etc/passwd")', data: '{}' });
    expect(answer.ok).toBe(false);
  });

  it('待つ人が多すぎれば、後で来てもらう', async () => {
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const slow = makeRenderer({ searchPath: '', run: async () => (await gate, { ok: false, reason: 'x' }) });
    const all = Array.from({ length: 40 }, () => slow.preview(Buffer.alloc(1), 'image/png'));
    await Promise.resolve();
    release();
    const reasons = (await Promise.all(all)).map((one) => (one.kind === 'none' ? one.reason : ''));
    expect(reasons.filter((reason) => reason === 'busy')).toHaveLength(14);
    expect(reasons.filter((reason) => reason === 'x')).toHaveLength(26);
  });
});

function program(name: string, script: string): string {
  const path = join(scratch, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

describe.skipIf(process.platform === 'win32')('LibreOffice', () => {
  const left = () => readdirSync(tmpdir()).filter((name) => name.startsWith('mamis-office-'));

  it('終わらない、倒れる、何も作らない道具は、変換なしと同じになり、跡を残さない', async () => {
    const before = left();
    const job = { bytes: Buffer.from('x'), ending: 'docx', life: 1500 };
    const began = performance.now();
    expect(await convertToPdf(program('slow', 'sleep 60 & sleep 60'), job)).toBeUndefined();
    expect(performance.now() - began).toBeLessThan(15_000);
    expect(await convertToPdf(program('crash', 'kill -9 $$'), job)).toBeUndefined();
    expect(await convertToPdf(program('silent', 'exit 0'), job)).toBeUndefined();
    expect(await convertToPdf(join(scratch, 'none'), job)).toBeUndefined();
    expect(left().filter((name) => !before.includes(name))).toEqual([]);
  });

  it('環境の秘密を渡さない', async () => {
    const tell = program('tell', 'env > document.pdf; ls -a >> document.pdf');
    const told = Buffer.from((await convertToPdf(tell, { bytes: Buffer.from('x'), ending: 'docx' })) ?? []).toString('utf8');
    expect(told).toContain('HOME=');
    expect(told).not.toMatch(/TEST_DATABASE_URL|DATABASE|SECRET/);
  });

  it('PATHから見つける', () => {
    program('soffice', 'exit 0');
    expect(findOfficeProgram(`/nowhere:${scratch}`)).toBe(join(scratch, 'soffice'));
    expect(findOfficeProgram('')).toBeUndefined();
  });

  it.skipIf(officeWith('writer') === undefined)(
    'WordをページにしExcelの悪いものは文字か「表示できない」になる',
    async () => {
      const renderer = makeRenderer({ searchPath: process.env['PATH'] ?? '' });
      expect(await renderer.preview(wordBody(paragraph('髙橋 𠮷田')), word)).toMatchObject({ kind: 'pages', pageCount: 1, from: 'office' });
      expect(['text', 'none', 'pages']).toContain((await renderer.preview(xlsx(), excel)).kind);
    },
    120_000,
  );
});
