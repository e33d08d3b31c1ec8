/** A letter by post, as one printed page: the letters of `screens.md 8` (L-01 to L-05) fill it. */

export type Letter = {
  title: string;
  date: string;
  /** Postal address, then the name with 様. */
  to: readonly string[];
  /** The office with its address and contact. */
  from: readonly string[];
  before: readonly string[];
  rows: readonly { label: string; lines: readonly string[] }[];
  after: readonly string[];
  footer: string;
};

/** Typst. Everything comes as data and is set as plain text. The address stands where a window envelope shows it. */
export const letterTemplate = `
#let d = json(bytes(sys.inputs.data))
#set document(title: d.title)
#set page(
  paper: "a4",
  margin: (x: 22mm, top: 20mm, bottom: 20mm),
  footer: context [
    #set text(size: 8pt)
    #d.footer
    #h(1fr)
    #counter(page).display("1 / 1", both: true)
  ],
)
#set text(font: "Noto Sans JP", lang: "ja", region: "jp", size: 10.5pt, cjk-latin-spacing: none)
#set par(leading: 0.8em)
#let stack-of(lines) = lines.map(line => [#line]).join(linebreak())
#align(right, d.date)
#block(height: 34mm, width: 90mm, stack-of(d.to))
#align(right, stack-of(d.from))
#set text(size: 11.5pt)
#v(6mm)
#align(center, text(size: 16pt, d.title))
#v(4mm)
#for line in d.before [ #par(line) ]
#v(2mm)
#table(
  columns: (32%, 1fr),
  stroke: 0.4pt + luma(110),
  inset: 6pt,
  ..d.rows.map(row => ([#row.label], stack-of(row.lines))).flatten(),
)
#v(2mm)
#for line in d.after [ #par(line) ]
`;
