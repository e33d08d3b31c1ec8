/** What is asked of the rendering process and what it answers; sent as structured clones. */

/** A paragraph or a table of a document that is shown by its text alone. */
export type TextBlock =
  | { kind: 'heading'; text: string }
  | { kind: 'paragraph'; text: string }
  | { kind: 'table'; title: string; rows: readonly (readonly string[])[] };

export type RenderJob =
  | { kind: 'picture'; bytes: Uint8Array }
  | { kind: 'pages'; bytes: Uint8Array }
  | { kind: 'word' | 'excel'; bytes: Uint8Array }
  /** A Typst document of our own; `data` and the pictures, by the names under which it shows them, are all it gets. */
  | { kind: 'print'; template: string; data: string; pictures?: Readonly<Record<string, Uint8Array>> };

export type RenderAnswer =
  | { ok: true; kind: 'pages'; pages: readonly Uint8Array[]; pageCount: number }
  | { ok: true; kind: 'text'; blocks: readonly TextBlock[]; cut: boolean }
  | { ok: true; kind: 'pdf'; bytes: Uint8Array }
  | { ok: false; reason: string };

/** Limits of one preview. */
export const limits = {
  /** Pages that are drawn; the rest is only counted. */
  pages: 30,
  /** Width of a drawn page in pixels: A4 at 150 dots per inch. */
  width: 1240,
  /** Pixels of one page or picture at most. */
  area: 6_000_000,
  /** Pixels of a picture as it was handed in. */
  pictureArea: 100_000_000,
  /** Bytes of all drawn pages together. */
  bytes: 20_000_000,
  /** Milliseconds after which no further page is begun. */
  drawing: 12_000,
  /** Milliseconds after which the process is ended. */
  life: 20_000,
  /** Bytes of memory at which the process ends itself. */
  memory: 900_000_000,
  /** Characters, rows and columns of a text preview. */
  characters: 200_000,
  rows: 500,
  columns: 40,
  sheets: 10,
} as const;
