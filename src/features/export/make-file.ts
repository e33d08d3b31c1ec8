import { createHash } from 'node:crypto';
import { newId } from '#kernel/id.ts';
import type { Context } from '#platform/context.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import { csvLine } from '#platform/sheet/csv.ts';
import type { SheetEncoding, SheetFormat } from '#platform/sheet/encoding.ts';
import { encodeSheet, openingBytes, unmappable } from '#platform/sheet/encoding.ts';
import type { SheetLabel } from '#platform/sheet/address-label.ts';
import type { LabelRow, OfferedColumn, SheetIds, SheetList, SheetRow } from '#platform/sheet/list-definition.ts';
import { workbookBytes } from '#platform/sheet/workbook.ts';
import type { ZipPart } from '#platform/sheet/zip.ts';
import { zipBytes } from '#platform/sheet/zip.ts';
import type { LabelSheet } from './fields.ts';
import { areSeveralFiles, labelsInFile } from './fields.ts';
import { labelPrint, labelTemplate } from './documents/labels.ts';
import { exportTexts } from './messages.ts';
import type { Unmapped } from './unmapped.ts';

/**
 * Makes the bytes of a list, page by page, in one snapshot of the database: neither list nor file is ever whole in memory. Labels
 * are the exception: their words (a few megabytes at most) are, and the printing process takes a limited number of them at once.
 */

export type FileAsk = {
  list: SheetList;
  number: string;
  title: string;
  conditions: string;
  columns: readonly string[];
  encoding: SheetFormat;
  unmappedWay: 'refuse' | 'substitute';
  numbered: boolean;
  /** First words of the line with the 出力番号. */
  numberWord: string;
  labelSheet: LabelSheet | '';
  mailing: { id: number } | null;
};

export type MadeFile = {
  fileId: string;
  rowCount: number;
  fileSize: number;
  fileDigest: string;
  idDigest: string;
  unmapped: Unmapped;
  /** Persons for whom no label was printed, by reason. */
  leftOut: Record<string, number>;
  parts: { recordIds: string[]; personIds: string[] }[];
};

const mostGlyphs = 500;

/** Counts glyphs that the encoding lacks; the list ends somewhere, the counts of the listed ones do not. */
class Missing {
  readonly #counts = new Map<string, number>();

  add(text: string): void {
    for (const glyph of unmappable(text)) {
      const count = this.#counts.get(glyph);
      if (count !== undefined || this.#counts.size < mostGlyphs) this.#counts.set(glyph, (count ?? 0) + 1);
    }
  }

  toList(): Unmapped {
    return [...this.#counts].map(([glyph, count]) => ({ glyph, count }));
  }
}

type Rows = AsyncIterable<readonly SheetRow[]>;

class Maker {
  readonly #missing = new Missing();
  readonly #parts: MadeFile['parts'] = [];
  readonly #file = createHash('sha256');
  readonly #ids = createHash('sha256');
  readonly #ask: FileAsk;
  readonly #leftOut: Record<string, number> = {};
  #heads: readonly string[] = [];
  #size = 0;
  #rows = 0;

  constructor(ask: FileAsk) {
    this.#ask = ask;
  }

  /** The digest follows the bytes, so each piece goes through here in the order in which it is written. */
  #bytes(bytes: Uint8Array): Uint8Array {
    this.#file.update(bytes);
    this.#size += bytes.byteLength;
    return bytes;
  }

  /** Lines above the rows: 出力番号 where it is wanted, and the heads of the columns. */
  #head(): string[][] {
    const { numbered, numberWord, number } = this.#ask;
    return [...(numbered ? [[`# ${numberWord} ${number}`]] : []), [...this.#heads]];
  }

  /** The heads of the chosen columns, as the list offers them. */
  headed(offered: readonly OfferedColumn[]): void {
    this.#heads = offered.filter(({ code }) => this.#ask.columns.includes(code)).map(({ label }) => label);
  }

  #note(rows: readonly SheetIds[]): void {
    for (const row of rows) this.#ids.update(`${row.recordId}\n`);
    if (rows.length > 0) this.#parts.push({ recordIds: rows.map((row) => row.recordId), personIds: rows.map((row) => row.personId) });
    this.#rows += rows.length;
  }

  async *csv(pages: Rows, encoding: SheetEncoding): AsyncGenerator<Uint8Array> {
    const encoded = (text: string) => this.#bytes(encodeSheet(text, encoding, 'substitute'));
    yield this.#bytes(openingBytes(encoding));
    for (const line of this.#head()) yield encoded(csvLine(line));
    for await (const rows of pages) {
      this.#note(rows);
      const lines = rows.map((row) => csvLine(row.cells));
      if (encoding === 'cp932') for (const line of lines) this.#missing.add(line);
      yield encoded(lines.join(''));
    }
  }

  async *workbook(pages: Rows): AsyncGenerator<Uint8Array> {
    const rows = this.#rowsOf(pages);
    for await (const chunk of workbookBytes(rows, this.#ask.title)) yield this.#bytes(chunk);
  }

  async *#rowsOf(pages: Rows): AsyncGenerator<readonly string[]> {
    yield* this.#head();
    for await (const rows of pages) {
      this.#note(rows);
      for (const row of rows) yield row.cells;
    }
  }

  /** Labels are set as a whole; who gets none is counted and is not among the persons of the file. */
  async labels(pages: AsyncIterable<readonly LabelRow[]>): Promise<SheetLabel[]> {
    const labels: SheetLabel[] = [];
    for await (const rows of pages) {
      const printed = rows.flatMap(({ label, ...ids }) => (typeof label === 'string' ? [] : [{ label, ids }]));
      for (const { label } of rows) if (typeof label === 'string') this.#leftOut[label] = (this.#leftOut[label] ?? 0) + 1;
      this.#note(printed.map(({ ids }) => ids));
      labels.push(...printed.map(({ label }) => label));
    }
    return labels;
  }

  /** The bytes of labels as they are kept. */
  async *printed(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces) yield this.#bytes(piece);
  }

  made(fileId: string): MadeFile {
    return {
      fileId,
      rowCount: this.#rows,
      fileSize: this.#size,
      fileDigest: this.#file.digest('hex'),
      idDigest: this.#ids.digest('hex'),
      unmapped: this.#missing.toList(),
      leftOut: this.#leftOut,
      parts: this.#parts,
    };
  }
}

/** How the labels of an ask are set. */
type LabelAsk = { sheet: LabelSheet; title: string; number: string };

/** The labels as PDFs of `labelsInFile` each. @throws when the machine has too much to do: the export fails and can be asked for again */
async function* labelPdfs(ctx: Context, { sheet, title, number }: LabelAsk, labels: readonly SheetLabel[]): AsyncGenerator<Uint8Array> {
  const files = Math.max(1, Math.ceil(labels.length / labelsInFile));
  for (let file = 0; file < files; file += 1) {
    const some = labels.slice(file * labelsInFile, (file + 1) * labelsInFile);
    // In the margin of each sheet stands which of the files it belongs to, so that printed piles are not mixed up.
    const place = files === 1 ? '' : `${file + 1}/${files}`;
    const what = { title: `${title} ${place}`.trim(), number: `${number} ${place}`.trim(), labels: some };
    const pdf = await ctx.render.print(labelTemplate, labelPrint(sheet, what));
    if (pdf === undefined) throw new Error('the labels could not be printed in time');
    yield pdf;
  }
}

async function* named(pdfs: AsyncIterable<Uint8Array>, word: string): AsyncGenerator<ZipPart> {
  let file = 0;
  for await (const bytes of pdfs) {
    file += 1;
    yield { name: `${word}_${String(file).padStart(2, '0')}.pdf`, bytes };
  }
}

/** The labels of a list: one PDF, or several in a ZIP file. */
async function labelBytes(ctx: Context, ask: FileAsk, maker: Maker): Promise<AsyncIterable<Uint8Array>> {
  const { list, conditions, labelSheet, mailing, numbered, numberWord, number, title } = ask;
  const read = list.labels;
  if (read === undefined || labelSheet === '') throw new Error('labels of a list that has none');
  const labels = await readTransaction(ctx, async (tx) => await maker.labels(read(tx, ctx, { conditions, mailing: mailing?.id ?? null })));
  const how = { sheet: labelSheet, title: `${title} ${number}`, number: numbered ? `${numberWord} ${number}` : '' };
  const pdfs = labelPdfs(ctx, how, labels);
  return areSeveralFiles(labels.length) ? zipBytes(named(pdfs, exportTexts.labels)) : pdfs;
}

/** Writes the file into the store as the actor of the context; the caller removes it where glyphs stood in the way. */
export async function makeFile(ctx: Context, ask: FileAsk): Promise<MadeFile> {
  const maker = new Maker(ask);
  const fileId = newId();
  const { encoding } = ask;
  if (encoding === 'label') await ctx.files.put(fileId, maker.printed(await labelBytes(ctx, ask, maker)));
  else
    await readTransaction(ctx, async (tx) => {
      maker.headed(await ask.list.columns(tx, ctx));
      const pages = ask.list.pages(tx, ctx, ask);
      await ctx.files.put(fileId, encoding === 'xlsx' ? maker.workbook(pages) : maker.csv(pages, encoding));
    });
  return maker.made(fileId);
}

/** True when the file must not be handed out: glyphs were missing and no substitute was asked for. */
export function isSpoiled(ask: Pick<FileAsk, 'unmappedWay'>, made: Pick<MadeFile, 'unmapped'>): boolean {
  return ask.unmappedWay === 'refuse' && made.unmapped.length > 0;
}
