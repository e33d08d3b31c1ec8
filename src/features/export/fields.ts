/** Sheets of address labels (`screens.md O-07`); pure. */

export const labelSheets = ['2x6', '3x8', '2x5'] as const;
export type LabelSheet = (typeof labelSheets)[number];

/** One label in millimetres; the sheet lies in the middle of A4. */
type Measure = { label: string; columns: number; rows: number; width: number; height: number };

/** The sheets that can be chosen. */
export const labelMeasures: Record<LabelSheet, Measure> = {
  '2x6': { label: 'A4 12面(2列×6段、86.4mm×42.3mm)', columns: 2, rows: 6, width: 86.4, height: 42.3 },
  '3x8': { label: 'A4 24面(3列×8段、66mm×33.9mm)', columns: 3, rows: 8, width: 66, height: 33.9 },
  '2x5': { label: 'A4 10面(2列×5段、86.4mm×50.8mm)', columns: 2, rows: 5, width: 86.4, height: 50.8 },
};

/** A sheet of labels in its words. */
export function labelSheetLabel(sheet: LabelSheet): string {
  return labelMeasures[sheet].label;
}

/** What is kept of an export reads back as a sheet of ours. */
export function labelSheetOf(text: string): LabelSheet | undefined {
  return labelSheets.find((sheet) => sheet === text);
}

/** Labels in one PDF: what the printing process sets well within its time. More of them become several PDFs in one ZIP file. */
export const labelsInFile = 2_000;

/** Labels in one export: a whole association, and the largest choice of members (`screens.md O-07`). */
export const mostLabels = 20_000;

/** True when so many labels do not fit into one PDF. */
export function areSeveralFiles(labels: number): boolean {
  return labels > labelsInFile;
}
