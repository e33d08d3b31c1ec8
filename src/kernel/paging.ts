/** Pages of lists (screens.md 1.3): sizes, and keyset cursors that never jump because the id is the last key. */
import { z } from 'zod';

// The pure part is compiled without DOM and Node types; both browser and server have these.
declare function btoa(bytes: string): string;
declare function atob(base64: string): string;

export const PAGE_SIZES = [25, 50, 100] as const;
export type PageSize = (typeof PAGE_SIZES)[number];

/** A sort value as it stands in the row: text (days and instants too), number or missing. */
export type CursorValue = string | number | null;

/** The last row of a page: its sort values in the order of the sort keys, and its id. */
export interface Cursor {
  readonly values: readonly CursorValue[];
  readonly id: string;
}

const CURSOR_MAX = 2_000;
const cursorShape = z.strictObject({
  v: z.array(z.union([z.string().max(500), z.number(), z.null()])).max(5),
  i: z.string().regex(/^[0-9A-Za-z-]{1,64}$/),
});

/** A page asked for: its size, and the last row before or the first row behind it (keys of rows, empty for none). */
export interface PageAsk {
  readonly size: number;
  readonly before: string;
  readonly after: string;
}

/** Rows of a page in the order of the list; `before` and `after` are the keys with which its neighbours are asked for. */
export interface Page<Row> {
  readonly rows: Row[];
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** The rows of a page and what lies beside it, from up to one row more than asked, in the order of the list. */
export function pageOf<Row>(found: readonly Row[], ask: PageAsk, keyOf: (row: Row) => string): Page<Row> {
  const more = found.length > ask.size;
  const backwards = ask.before !== '';
  const rows = backwards ? found.slice(more ? 1 : 0) : found.slice(0, ask.size);
  const hasBefore = backwards ? more : ask.after !== '';
  const [first, last] = [rows.at(0), rows.at(-1)];
  return {
    rows,
    before: hasBefore && first !== undefined ? keyOf(first) : undefined,
    after: (backwards || more) && last !== undefined ? keyOf(last) : undefined,
  };
}

/** How far a list walks for one page: away from the row `from` (empty for the beginning), nearest rows first. */
export interface Walk {
  readonly from: string;
  readonly backwards: boolean;
  readonly limit: number;
}

/** Reads a page with a walk; where fewer rows than a page lie before a row, the first page is shown whole. */
export async function turnPage<Row>(
  ask: PageAsk,
  read: (walk: Walk) => Promise<readonly Row[]>,
  keyOf: (row: Row) => string,
): Promise<Page<Row>> {
  const backwards = ask.before !== '';
  const found = await read({ from: backwards ? ask.before : ask.after, backwards, limit: ask.size + 1 });
  if (backwards && found.length <= ask.size) return await turnPage({ size: ask.size, before: '', after: '' }, read, keyOf);
  return pageOf(backwards ? found.toReversed() : found, ask, keyOf);
}

/** The page size asked for in a URL; 25 if it is none of 25, 50, 100. */
export function pageSizeOf(text: string | null | undefined): PageSize {
  return PAGE_SIZES.find((size) => String(size) === text) ?? 25;
}

/** A cursor as text for a URL (base64url, no secret in it: callers put no personal data into sort values of URLs). */
export function encodeCursor(cursor: Cursor): string {
  const json = JSON.stringify({ v: cursor.values, i: cursor.id });
  const bytes = encodeURIComponent(json).replace(/%([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return btoa(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/**
 * Reads a cursor for a list with `count` sort values. Undefined for anything that `encodeCursor` did not make for such
 * a list: the caller then shows the first page.
 */
export function decodeCursor(text: string | null | undefined, count: number): Cursor | undefined {
  if (text === null || text === undefined || text.length > CURSOR_MAX || !/^[\w-]+$/.test(text)) return undefined;
  const parsed = cursorShape.safeParse(readJson(text));
  if (!parsed.success || parsed.data.v.length !== count) return undefined;
  const cursor = { values: parsed.data.v, id: parsed.data.i };
  return encodeCursor(cursor) === text ? cursor : undefined;
}

function readJson(text: string): unknown {
  try {
    const bytes = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    const escaped = Array.from(bytes, (byte) => `%${byte.charCodeAt(0).toString(16).padStart(2, '0')}`).join('');
    return JSON.parse(decodeURIComponent(escaped));
  } catch (error) {
    // Damaged base64, UTF-8 or JSON is what an altered URL looks like; any other error is ours.
    if (error instanceof SyntaxError || error instanceof URIError || isDomError(error)) return undefined;
    throw error;
  }
}

function isDomError(error: unknown): boolean {
  return error instanceof Error && error.name === 'InvalidCharacterError';
}
