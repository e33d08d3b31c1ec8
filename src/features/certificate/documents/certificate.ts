/** 在籍証明書 as a printed page (`screens.md D-13`): A4, one page, Japanese font embedded. */

export type CertificatePaper = {
  title: string;
  number: string;
  rows: readonly { label: string; lines: readonly string[] }[];
  statement: string;
  issuedOn: string;
  /** With its layer. */
  association: string;
  president: string;
  /** Where it is checked, for people who type. */
  address: string;
  code: string;
  /** What the QR code says: the same with both entries. */
  link: string;
  foot: string;
};

/** The data of the template: the words and the drawing of the QR code. */
export type CertificatePrint = CertificatePaper & {
  qr: { size: number; path: string } /** 印影 as SVG; '' leaves the place for the stamp. */;
  seal: string;
};

/** 印影 as a drawing that the page can hold. */
export function sealDrawing(mediaType: string, picture: Uint8Array): string {
  const href = `data:${mediaType};base64,${Buffer.from(picture).toString('base64')}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><image width="100" height="100" preserveAspectRatio="xMidYMid meet" href="${href}"/></svg>`;
}

/**
 * Typst. Everything comes as data and is set as plain text: no mark in it means anything. A long list of periods makes the
 * rows smaller before it makes a second page; every page carries the number.
 */
export const certificateTemplate = `
#let d = json(bytes(sys.inputs.data))
#let many = d.rows.map(row => row.lines.len()).sum(default: 0) > 14
#set document(title: d.title)
#set page(
  paper: "a4",
  margin: (x: 24mm, top: 26mm, bottom: 18mm),
  header: context align(right, text(size: 10pt)[
    証明書番号 #d.number #if counter(page).final().first() > 1 [ (#counter(page).display("1 / 1", both: true))]
  ]),
)
#set text(font: "Noto Sans JP", lang: "ja", region: "jp", size: 11pt, cjk-latin-spacing: none)
#set par(leading: 0.8em)
#v(if many { 2mm } else { 8mm })
#align(center, text(size: 24pt, tracking: 0.6em)[#d.title])
#v(if many { 4mm } else { 12mm })
#set text(size: 10pt) if many
#table(
  columns: (34mm, 1fr),
  stroke: 0.5pt + luma(90),
  inset: (x: 8pt, y: if many { 5pt } else { 8pt }),
  ..d.rows.map(row => ([#row.label], row.lines.map(line => [#line]).join(linebreak()))).flatten(),
)
#v(8mm)
#text(size: 12pt)[#d.statement]
#v(8mm)
#d.issuedOn
#v(6mm)
#block(width: 100%, breakable: false, grid(
  columns: (1fr, 22mm),
  column-gutter: 6mm,
  align: (right + horizon, center + horizon),
  [
    #text(size: 13pt)[#d.association] \\
    #v(1mm)
    #text(size: 13pt)[#d.president]
  ],
  if d.seal == "" {
    rect(width: 22mm, height: 22mm, stroke: (paint: luma(140), thickness: 0.6pt, dash: "dashed"), align(center + horizon, text(size: 10pt, fill: luma(110))[印]))
  } else {
    image(bytes(d.seal), format: "svg", width: 22mm, height: 22mm, fit: "contain", alt: "印")
  },
))
#v(1fr)
#block(width: 100%, breakable: false, stroke: (top: 0.5pt + luma(90)), inset: (top: 5mm), grid(
  columns: (30mm, 1fr),
  column-gutter: 6mm,
  align: (left, left + horizon),
  image(
    bytes("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 " + str(d.qr.size) + " " + str(d.qr.size) + "' shape-rendering='crispEdges'><path d='" + d.qr.path + "'/></svg>"),
    format: "svg", width: 30mm, alt: d.link,
  ),
  text(size: 9.5pt)[
    この証明書は、次の確認用ページで確認できます。 \\
    確認用ページ #d.address \\
    証明書番号 #d.number 　確認コード #d.code \\
    #v(1mm)
    #text(size: 8.5pt)[#d.foot]
  ],
))
`;
