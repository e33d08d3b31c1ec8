import type pg from 'pg';

/** What `pg` hands to a query of its own making; its published types leave the copy protocol out. */
type Wire = {
  query: (text: string) => void;
  sendCopyFromChunk: (chunk: Buffer) => void;
  endCopyFrom: () => void;
};

const chunkBytes = 256 * 1024;

/** A COPY that sends one buffer; `pg` calls these as the server's messages arrive. */
class CopyIn {
  readonly #text: string;
  readonly #data: Buffer;
  readonly #done: (error?: Error) => void;
  #error: Error | undefined;

  constructor(text: string, data: Buffer, done: (error?: Error) => void) {
    this.#text = text;
    this.#data = data;
    this.#done = done;
  }

  submit(wire: Wire): void {
    wire.query(this.#text);
  }

  handleCopyInResponse(wire: Wire): void {
    for (let from = 0; from < this.#data.length; from += chunkBytes) wire.sendCopyFromChunk(this.#data.subarray(from, from + chunkBytes));
    wire.endCopyFrom();
  }

  handleError(error: Error): void {
    this.#error = error;
    this.#done(error);
  }

  handleReadyForQuery(): void {
    if (this.#error === undefined) this.#done();
  }

  handleCommandComplete(): void {}
  handleRowDescription(): void {}
  handleDataRow(): void {}
  handlePortalSuspended(): void {}
  handleEmptyQuery(): void {}
}

/** Sends rows in COPY's text format into a table. Only for loads by the owner: commands never use it. */
export async function copyInto(client: pg.Client, target: { table: string; columns: readonly string[] }, data: Buffer): Promise<void> {
  const text = `COPY ${target.table} (${target.columns.join(', ')}) FROM STDIN`;
  await new Promise<void>((resolve, reject) => {
    const copy = new CopyIn(text, data, (error) => (error === undefined ? resolve() : reject(error)));
    client.query(copy as unknown as pg.Submittable);
  });
}

export type CopyValue = string | number | boolean | null | readonly number[];

function escaped(text: string): string {
  return /[\\\t\n\r]/.test(text)
    ? text.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r')
    : text;
}

/** One line of COPY's text format; number arrays become `{1,2}`. */
export function copyLine(values: readonly CopyValue[]): string {
  let line = '';
  for (let column = 0; column < values.length; column += 1) {
    const value = values[column];
    if (column > 0) line += '\t';
    if (value === null || value === undefined) line += '\\N';
    else if (typeof value === 'string') line += escaped(value);
    else line += typeof value === 'object' ? `{${value.join(',')}}` : String(value);
  }
  return `${line}\n`;
}
