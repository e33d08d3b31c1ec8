/** L-06 届の控え: an application as a printed page (`screens.md D-07, O-05, 8`). */

export type CopyRow = { label: string; lines: readonly string[] };

export type CaseCopy = {
  title: string;
  /** At the foot of every page: when and by whom it was made. */
  footer: string;
  sections: readonly { heading: string; rows: readonly CopyRow[] }[];
};

/**
 * Typst. Everything of the case comes as data and is set as plain text: no mark in it means anything. Long lines break
 * between any two characters of Japanese, a row may go on over the page.
 */
export const caseCopyTemplate = `
#let d = json(bytes(sys.inputs.data))
#set document(title: d.title)
#set page(
  paper: "a4",
  margin: (x: 18mm, top: 18mm, bottom: 20mm),
  footer: context [
    #set text(size: 8pt)
    #d.footer
    #h(1fr)
    #counter(page).display("1 / 1", both: true)
  ],
)
#set text(font: "Noto Sans JP", lang: "ja", region: "jp", size: 10pt, cjk-latin-spacing: none)
#set par(leading: 0.7em)
#show heading.where(level: 1): it => block(below: 6mm, text(size: 16pt, weight: "regular", it.body))
#show heading.where(level: 2): it => block(
  width: 100%, above: 6mm, below: 0mm, fill: luma(232), inset: 6pt, sticky: true,
  text(size: 11pt, weight: "regular", it.body),
)
#let lines-of(lines) = if lines.len() == 0 { "－" } else { lines.map(line => [#line]).join(linebreak()) }
#heading(level: 1, d.title)
#for section in d.sections [
  #heading(level: 2, section.heading)
  #table(
    columns: (32%, 1fr),
    stroke: 0.4pt + luma(110),
    inset: 6pt,
    ..section.rows.map(row => ([#row.label], lines-of(row.lines))).flatten(),
  )
]
`;
