import { createHash } from 'node:crypto';
import { newId } from '#kernel/id.ts';
import type { Context } from '#platform/context.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import { csvLine } from '#platform/sheet/csv.ts';
import type { SheetEncoding, SheetFormat } from '#platform/sheet/encoding.ts';
import { encodeSheet, openingBytes, unmappable } from '#platform/sheet/encoding.ts';
import type { SheetList, SheetRow } from '#platform/sheet/list-definition.ts';
import { workbookBytes } from '#platform/sheet/workbook.ts';
import type { Unmapped } from './unmapped.ts';

/** Makes the bytes of a list, page by page, in one snapshot of the database: neither list nor file is ever whole in memory. */

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
};

export type MadeFile = {
  fileId: string;
  rowCount: number;
  fileSize: number;
  fileDigest: string;
  idDigest: string;
  unmapped: Unmapped;
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
    const { list, columns, numbered, numberWord, number } = this.#ask;
    const labels = list.columns.filter(({ code }) => columns.includes(code)).map(({ label }) => label);
    return [...(numbered ? [[`# ${numberWord} ${number}`]] : []), labels];
  }

  #note(rows: readonly SheetRow[]): void {
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

  made(fileId: string): MadeFile {
    return {
      fileId,
      rowCount: this.#rows,
      fileSize: this.#size,
      fileDigest: this.#file.digest('hex'),
      idDigest: this.#ids.digest('hex'),
      unmapped: this.#missing.toList(),
      parts: this.#parts,
    };
  }
}

/** Writes the file into the store as the actor of the context; the caller removes it where glyphs stood in the way. */
export async function makeFile(ctx: Context, ask: FileAsk): Promise<MadeFile> {
  const maker = new Maker(ask);
  const fileId = newId();
  await readTransaction(ctx, async (tx) => {
    const pages = ask.list.pages(tx, ctx, ask);
    await ctx.files.put(fileId, ask.encoding === 'xlsx' ? maker.workbook(pages) : maker.csv(pages, ask.encoding));
  });
  return maker.made(fileId);
}

/** True when the file must not be handed out: glyphs were missing and no substitute was asked for. */
export function isSpoiled(ask: Pick<FileAsk, 'unmappedWay'>, made: Pick<MadeFile, 'unmapped'>): boolean {
  return ask.unmappedWay === 'refuse' && made.unmapped.length > 0;
}
