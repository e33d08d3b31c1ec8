import { writeXlsxStream } from 'hucre/xlsx';

/** Lists as an Excel workbook (`rules.md 8.2`, `screens.md O-23`). Every cell is a text, so that none is a formula or loses its zeros. */

/** What XML cannot carry, and halves of surrogates. */
const unfit = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** Excel takes 31 characters, none of these among them. */
function sheetName(title: string): string {
  return title.replaceAll(/[\\/?*[\]:']/g, ' ').slice(0, 31);
}

async function* cellsOf(rows: AsyncIterable<readonly string[]>): AsyncGenerator<string[]> {
  for await (const row of rows) yield row.map((cell) => cell.toWellFormed().replaceAll(unfit, '\u{fffd}'));
}

/** The bytes of a workbook with one sheet, written while the rows are read: neither is ever whole in memory. */
export async function* workbookBytes(rows: AsyncIterable<readonly string[]>, title: string): AsyncGenerator<Uint8Array> {
  yield* writeXlsxStream(cellsOf(rows), { name: sheetName(title) });
}
