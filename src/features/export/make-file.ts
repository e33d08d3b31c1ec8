import { createHash } from 'node:crypto';
import { newId } from '#kernel/id.ts';
import type { Context } from '#platform/context.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import { csvLine } from '#platform/sheet/csv.ts';
import { encodeSheet, openingBytes, unmappable } from '#platform/sheet/encoding.ts';
import type { SheetList, SheetRow } from '#platform/sheet/list-definition.ts';
import type { Unmapped } from './unmapped.ts';

/** Makes the bytes of a list, page by page, in one snapshot of the database: neither list nor file is ever whole in memory. */

export type FileAsk = {
  list: SheetList;
  number: string;
  title: string;
  conditions: string;
  columns: readonly string[];
  encoding: 'utf8' | 'cp932';
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

class Maker {
  readonly missing = new Missing();
  readonly parts: MadeFile['parts'] = [];
  readonly #file = createHash('sha256');
  readonly #ids = createHash('sha256');
  readonly #ask: FileAsk;
  size = 0;
  rows = 0;

  constructor(ask: FileAsk) {
    this.#ask = ask;
  }

  #bytes(bytes: Uint8Array): Uint8Array {
    this.#file.update(bytes);
    this.size += bytes.byteLength;
    return bytes;
  }

  #encoded(text: string): Uint8Array {
    return this.#bytes(encodeSheet(text, this.#ask.encoding, 'substitute'));
  }

  head(): Uint8Array[] {
    const { list, columns, numbered, numberWord, number, encoding } = this.#ask;
    const labels = list.columns.filter(({ code }) => columns.includes(code)).map(({ label }) => label);
    // The digest follows the bytes, so they are made in the order in which they are written.
    const opening = this.#bytes(openingBytes(encoding));
    const first = numbered ? [this.#encoded(`# ${numberWord} ${number}\r\n`)] : [];
    return [opening, ...first, this.#encoded(csvLine(labels))];
  }

  page(rows: readonly SheetRow[]): Uint8Array {
    const lines = rows.map((row) => csvLine(row.cells));
    if (this.#ask.encoding === 'cp932') for (const line of lines) this.missing.add(line);
    for (const row of rows) this.#ids.update(`${row.recordId}\n`);
    if (rows.length > 0) this.parts.push({ recordIds: rows.map((row) => row.recordId), personIds: rows.map((row) => row.personId) });
    this.rows += rows.length;
    return this.#encoded(lines.join(''));
  }

  made(fileId: string): MadeFile {
    return {
      fileId,
      rowCount: this.rows,
      fileSize: this.size,
      fileDigest: this.#file.digest('hex'),
      idDigest: this.#ids.digest('hex'),
      unmapped: this.missing.toList(),
      parts: this.parts,
    };
  }
}

/** Writes the file into the store as the actor of the context; the caller removes it where glyphs stood in the way. */
export async function makeFile(ctx: Context, ask: FileAsk): Promise<MadeFile> {
  const maker = new Maker(ask);
  const fileId = newId();
  await readTransaction(ctx, async (tx) => {
    async function* bytes(): AsyncGenerator<Uint8Array> {
      yield* maker.head();
      for await (const rows of ask.list.pages(tx, ctx, ask)) yield maker.page(rows);
    }
    await ctx.files.put(fileId, bytes());
  });
  return maker.made(fileId);
}

/** True when the file must not be handed out: glyphs were missing and no substitute was asked for. */
export function isSpoiled(ask: Pick<FileAsk, 'unmappedWay'>, made: Pick<MadeFile, 'unmapped'>): boolean {
  return ask.unmappedWay === 'refuse' && made.unmapped.length > 0;
}
