import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { readXlsx } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import { officeWith } from '#support/office.ts';
import { inspectFile } from '../files/inspect-file.ts';
import { workbookBytes } from './workbook.ts';

async function bytesOf(rows: readonly (readonly string[])[], title = '会員一覧'): Promise<Buffer> {
  async function* source() {
    yield* rows;
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of workbookBytes(source(), title)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const names = [
  ['氏名', 'メモ'],
  ['𠮷田 花子', '=1+1'],
  ['葛\u{e0100}城 健', '+81-3-0000-0000'],
  ['髙﨑 <一郎> & "子"', '0012'],
  ['', '1行目\n2行目'],
];

const soffice = officeWith('calc');

describe('Excelのブック', () => {
  it('書いた文字がそのまま文字として読める', async () => {
    const { sheets } = await readXlsx(await bytesOf(names));
    expect(sheets[0]?.name).toBe('会員一覧');
    expect(sheets[0]?.rows.map((row) => row.map((cell) => cell ?? ''))).toEqual(names);
  });

  it('どんな文字でも、検査に通るブックになる', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(fc.string({ unit: 'binary', maxLength: 50 }), { minLength: 1, maxLength: 4 })), async (rows) => {
        expect(await inspectFile(await bytesOf(rows, "a/b*c?[d]:'e"), '一覧.xlsx')).toMatchObject({ ok: true });
      }),
      { numRuns: 40 },
    );
  });

  it.skipIf(soffice === undefined)(
    'LibreOfficeで開いても、式にならず、字も0も失わない',
    async () => {
      const scratch = mkdtempSync(join(tmpdir(), 'mamis-workbook-'));
      try {
        writeFileSync(join(scratch, 'list.xlsx'), await bytesOf(names));
        const convert = ['--headless', '--convert-to', 'csv:Text - txt - csv (StarCalc):44,34,76,1', '--outdir', scratch, 'list.xlsx'];
        execFileSync(soffice ?? '', [`-env:UserInstallation=file://${scratch}/profile`, ...convert], { cwd: scratch, stdio: 'ignore' });
        const text = readFileSync(join(scratch, 'list.csv'), 'utf8');
        for (const [name, note] of names) for (const cell of [name, note]) expect(text.replaceAll('""', '"')).toContain(cell);
      } finally {
        rmSync(scratch, { recursive: true, force: true });
      }
    },
    120_000,
  );
});
