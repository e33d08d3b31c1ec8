import { CsvError, parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import { z } from 'zod';
import { safeCell } from './csv.ts';

/** Lists that come in as CSV (`screens.md §9`): UTF-8 or Shift_JIS (CP932), found by itself; the round trip of what we gave out. */

/** Text of a file; undefined when it is in neither encoding. */
export function decodeSheet(bytes: Uint8Array): string | undefined {
  const utf8 = asUtf8(bytes);
  const text = utf8 ?? iconv.decode(Buffer.from(bytes), 'cp932');
  return text.includes('\0') || (utf8 === undefined && text.includes('\u{fffd}')) ? undefined : text;
}

function asUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

export type SheetLine = { line: number; cells: readonly string[] };

const parsed = z.array(z.object({ info: z.object({ lines: z.int() }), record: z.array(z.string()) }));

/** A cell as it was before `csvLine` kept it from being a formula. */
function plainCell(cell: string): string {
  const rest = cell.startsWith("'") ? cell.slice(1) : cell;
  return rest !== cell && safeCell(rest) === cell ? rest : cell;
}

/** The lines of a CSV text with their numbers in the file; empty ones and a first line 「# 出力番号」 are skipped. Undefined when it is none. */
export function readCsv(text: string): SheetLine[] | undefined {
  try {
    const rows = parsed.parse(parse(text, { bom: true, info: true, relax_column_count: true, skip_empty_lines: true }));
    return rows
      .filter(({ record }, place) => place > 0 || record[0]?.startsWith('#') !== true)
      .map(({ info, record }) => ({ line: info.lines, cells: record.map((cell) => plainCell(cell.trim())) }))
      .filter(({ cells }) => cells.some((cell) => cell !== ''));
  } catch (error) {
    if (error instanceof CsvError) return undefined;
    throw error;
  }
}
