import type { Manual, ManualPage } from '../manual.ts';
import { isForDoctors, isForOffices } from '../labels.ts';
import { pageOf, questionsName } from '../manual.ts';
import type { Block, Inline } from '../markdown.ts';
import { plainText } from '../markdown.ts';

/** The manual for one kind of reader as a printed book (`screens.md A-16`): the same pages as on the screen. */

export type Reader = 'doctors' | 'offices';

const readers: Readonly<Record<Reader, { title: string; has: (page: ManualPage) => boolean }>> = {
  doctors: { title: '医師の方', has: isForDoctors },
  offices: { title: '医師会事務局の方', has: isForOffices },
};

/** In pixels of the screen. */
export type PictureSize = { width: number; height: number };

type Piece =
  | { kind: 'text' | 'strong' | 'code'; text: string }
  | { kind: 'chapter' | 'web'; text: string; to: string }
  | ({ kind: 'picture'; text: string; source: string } & PictureSize);

type Item = { line: Piece[]; points: Piece[][] };

type PrintedBlock =
  | { kind: 'heading'; level: number; text: string }
  | { kind: 'paragraph' | 'quote'; parts: Piece[] }
  | { kind: 'list'; ordered: boolean; start: number; items: Item[] }
  /** Parts of the width; 0 is as wide as its words. */
  | { kind: 'table'; widths: number[]; head: Piece[][]; rows: Piece[][][] };

export type PrintedChapter = { name: string; title: string; audience: string; blocks: PrintedBlock[] };

/** The data of the template. */
export type PrintedManual = { title: string; reader: string; edition: string; note: string; chapters: PrintedChapter[] };

type Asked = {
  reader: Reader;
  /** Version of the product and the day on which the book is made, in words. */
  edition: string;
  sizeOf: (source: string) => PictureSize;
};

/** The pages for a reader in the order of the manual, よくある質問 last. */
function pagesFor(manual: Manual, reader: Reader): ManualPage[] {
  const pages = manual.pages.filter(readers[reader].has);
  return [...pages.filter((page) => page.name !== questionsName), ...pages.filter((page) => page.name === questionsName)];
}

/** @throws RangeError when a picture is not there */
export function printedManual(manual: Manual, { reader, edition, sizeOf }: Asked): PrintedManual {
  const pages = pagesFor(manual, reader);
  const names = new Set(pages.map((page) => page.name));
  const piece = (part: Inline): Piece => {
    if (part.kind === 'picture') return { ...part, ...sizeOf(part.source) };
    if (part.kind !== 'link') return part;
    const to = pageOf(part.to);
    if (to === undefined) return { kind: 'web', text: part.text, to: part.to };
    // A page for others is named, there is nothing to go to.
    return names.has(to) ? { kind: 'chapter', text: part.text, to } : { kind: 'text', text: part.text };
  };
  return {
    title: '操作の手引き',
    reader: readers[reader].title,
    edition,
    note: '「よくある質問・操作の手引き」のページと同じ内容です。画面の図の人物は架空です。',
    chapters: pages.map((page) => ({
      ...page,
      blocks: (manual.page(page.name) ?? []).slice(1).map((block) => printedBlock(block, piece)),
    })),
  };
}

function printedBlock(block: Block, piece: (part: Inline) => Piece): PrintedBlock {
  const line = (parts: readonly Inline[]) => parts.map(piece);
  switch (block.kind) {
    case 'heading':
      return { kind: 'heading', level: block.level, text: block.text };
    case 'list':
      return { ...block, items: block.items.map((parts) => itemOf(line(parts))) };
    case 'table':
      return {
        kind: 'table',
        widths: widthsOf([block.head, ...block.rows]),
        head: block.head.map(line),
        rows: block.rows.map((row) => row.map(line)),
      };
    default:
      return { ...block, parts: line(block.parts) };
  }
}

/** Points within an item are lines of it (`markdown.ts`); here they become a list of their own. */
function itemOf(parts: readonly Piece[]): Item {
  const lines: Piece[][] = [[]];
  for (const part of parts) {
    const [first = '', ...more] = part.text.split('\n');
    lines.at(-1)?.push({ ...part, text: first });
    for (const text of more) lines.push([{ ...part, text: text.replace(/^• /, '') }]);
  }
  const [line = [], ...points] = lines;
  return { line, points };
}

/** Characters up to which a column is as wide as its words: two such columns beside a long one would leave it no room. */
const narrow = (columns: number): number => (columns > 2 ? 8 : 16);
const wide = { least: 22, most: 60 };

/** Columns of short words are as wide as their words, the others share the rest by their longest cells. */
function widthsOf(rows: readonly Inline[][][]): number[] {
  const columns = Math.max(...rows.map((row) => row.length));
  return Array.from({ length: columns }, (_, place) => {
    const longest = Math.max(...rows.map((row) => plainText(row[place] ?? []).length));
    return longest <= narrow(columns) ? 0 : Math.max(wide.least, Math.min(longest, wide.most));
  });
}

/**
 * Typst. Everything comes as data and is set as plain text: no mark in it means anything. A heading stays with what follows
 * it, a picture with its caption, and no row of a table is cut. The one weight of the font is drawn with a thin line around
 * it where words are strong.
 */
export const manualTemplate = `
#let d = json(bytes(sys.inputs.data))
#let blue = rgb("#0017c1")
#let grey = luma(90)
#let bold(words, by: 0.03em) = text(stroke: by + black, words)
#set document(title: d.title + "(" + d.reader + ")", date: none)
#set page(
  paper: "a4",
  margin: (x: 22mm, top: 26mm, bottom: 22mm),
  header: context {
    let before = query(heading.where(level: 1, outlined: true)).filter(one => one.location().page() <= here().page())
    if before.len() > 0 {
      set text(size: 8.5pt, fill: grey)
      block(width: 100%, stroke: (bottom: 0.4pt + luma(170)), inset: (bottom: 2mm), [#(d.title + "(" + d.reader + ")") #h(1fr) #before.last().body])
    }
  },
  footer: align(center, text(size: 9pt, fill: grey, context counter(page).display("1 / 1", both: true))),
)
#set text(font: "Noto Sans JP", lang: "ja", region: "jp", size: 10.5pt)
#set par(leading: 0.85em, spacing: 1.25em, justify: true)
#set list(marker: ([•], [–]), indent: 0.4em, body-indent: 0.6em, spacing: 0.95em)
#set enum(indent: 0.4em, body-indent: 0.6em, spacing: 0.95em)
#set table(stroke: 0.5pt + luma(150), inset: (x: 6pt, y: 5.5pt), align: left + top, fill: (_, y) => if y == 0 { luma(238) })
#show strong: it => bold(it.body)
#show link: set text(fill: blue)
#show table: set par(justify: false)
#show heading.where(level: 1): it => block(below: 6mm, text(size: 20pt, bold(it.body)))
#show heading.where(level: 2): it => block(
  width: 100%, above: 9mm, below: 5mm, stroke: (bottom: 0.6pt + blue), inset: (bottom: 2.2mm), text(size: 14pt, bold(it.body)),
)
#show heading.where(level: 3): it => block(above: 7mm, below: 4mm, text(size: 11.5pt, bold(it.body)))
#show outline.entry.where(level: 1): set block(above: 1.15em)
#show outline.entry.where(level: 1): strong
#show outline.entry.where(level: 2): set text(size: 9.5pt)

#let picture(p) = block(width: 100%, breakable: false, above: 5mm, below: 6mm, align(center)[
  #box(stroke: 0.5pt + luma(160), image(p.source, width: calc.min(140mm, 115mm * p.width / p.height), alt: p.text))
  #v(-2mm)
  #text(size: 8.5pt, fill: grey)[画面:#p.text]
])
#let piece(p) = {
  if p.kind == "strong" { strong(p.text) }
  else if p.kind == "code" { box(fill: luma(236), inset: (x: 2.5pt), outset: (y: 2.5pt), radius: 2pt, p.text) }
  else if p.kind == "chapter" { link(label(p.to), p.text) }
  else if p.kind == "web" { link(p.to, p.text) }
  else if p.kind == "picture" { picture(p) }
  else { p.text }
}
#let line(parts) = parts.map(piece).join()
#let item(i) = { line(i.line); if i.points.len() > 0 { list(..i.points.map(line)) } }
#let printed(b) = {
  if b.kind == "heading" { heading(level: b.level, b.text) }
  else if b.kind == "list" {
    if b.ordered { enum(start: b.start, ..b.items.map(item)) } else { list(..b.items.map(item)) }
  }
  else if b.kind == "table" {
    block(above: 5mm, below: 6mm, table(
      columns: b.widths.map(w => if w == 0 { auto } else { w * 1fr }),
      table.header(..b.head.map(c => strong(line(c)))),
      ..b.rows.map(row => row.map(c => table.cell(breakable: false, line(c)))).sum(default: ()),
    ))
  }
  else if b.kind == "quote" { block(width: 100%, stroke: (left: 2.5pt + luma(150)), inset: (left: 4mm, y: 1.5mm), line(b.parts)) }
  else if b.parts.all(p => p.kind == "picture") { b.parts.map(picture).join() }
  else { par(line(b.parts)) }
}

#page(header: none, footer: none)[
  #v(52mm)
  #text(size: 13pt, fill: grey)[日本医師会 会員情報管理システム MAMIS]
  #v(2mm)
  #text(size: 34pt, bold(d.title))
  #v(1mm)
  #rect(width: 100%, height: 1.2mm, fill: blue)
  #v(5mm)
  #text(size: 20pt, d.reader)
  #v(1fr)
  #text(size: 11pt, d.edition)
  #v(1mm)
  #text(size: 9.5pt, fill: grey, d.note)
]
#outline(title: [目次], depth: 2, indent: 1.4em)
#for chapter in d.chapters [
  #pagebreak(weak: true)
  #heading(level: 1, chapter.title) #label(chapter.name)
  #block(below: 5mm, text(size: 9.5pt, fill: grey)[対象:#chapter.audience])
  #for b in chapter.blocks { printed(b) }
]
`;
