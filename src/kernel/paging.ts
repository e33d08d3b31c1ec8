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
