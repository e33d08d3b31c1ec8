import type { SheetLabel } from '#platform/sheet/address-label.ts';
import type { LabelSheet } from '../fields.ts';
import { labelMeasures } from '../fields.ts';

/** 宛名ラベル as printed pages (`screens.md O-07, O-23`): A4 sheets of labels with margins, Japanese font embedded. */

export type LabelPrint = {
  title: string;
  /** 出力番号 in the margin above the labels; '' for none. */
  number: string;
  columns: number;
  rows: number;
  width: number;
  height: number;
  labels: readonly SheetLabel[];
};

/** The data of the template. */
export function labelPrint(sheet: LabelSheet, what: Pick<LabelPrint, 'title' | 'number' | 'labels'>): LabelPrint {
  const { columns, rows, width, height } = labelMeasures[sheet];
  return { ...what, columns, rows, width, height };
}

/**
 * Typst. Everything comes as data and is set as plain text: no mark in it means anything. A long address makes its own label
 * smaller, so that nothing is cut off or runs into the next one.
 */
export const labelTemplate = `
#let d = json(bytes(sys.inputs.data))
#let side = (210mm - d.columns * d.width * 1mm) / 2
#let above = (297mm - d.rows * d.height * 1mm) / 2
#set document(title: d.title)
#set page(
  paper: "a4",
  margin: (x: side, y: above),
  header-ascent: 3mm,
  header: if d.number == "" { none } else { align(right, text(size: 7pt, fill: luma(90))[#d.number]) },
)
#set text(font: "Noto Sans JP", lang: "ja", region: "jp", cjk-latin-spacing: none)
#set par(leading: 0.45em, spacing: 0.55em)
#let across = d.width * 1mm - 10mm
#let down = d.height * 1mm - 7mm
#let body(one, size) = {
  set text(size: size)
  if one.postalCode != "" { par[#one.postalCode] }
  for line in one.address { par[#line] }
  if one.place != "" { par[#one.place] }
  v(1em, weak: true)
  par(text(size: size * 1.3)[#one.name])
}
#let sizes = (10.5pt, 9.5pt, 8.5pt, 7.5pt, 6.5pt, 5.5pt, 4.5pt)
#let fitted(one) = context {
  let at = 0
  while at < sizes.len() - 1 and measure(block(width: across, body(one, sizes.at(at)))).height > down { at += 1 }
  body(one, sizes.at(at))
}
#grid(
  columns: (d.width * 1mm,) * d.columns,
  rows: d.height * 1mm,
  ..d.labels.map(one => box(width: 100%, height: 100%, inset: (x: 5mm, y: 3.5mm), align(left + horizon, fitted(one)))),
)
`;
