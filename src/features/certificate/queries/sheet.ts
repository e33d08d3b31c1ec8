import type { PaperRow } from '../labels.ts';
import { issuerText, paperDay, paperRows, presidentText, shortDay } from '../labels.ts';
import { certificateTexts as texts } from '../messages.ts';
import type { Paper } from '../schema.ts';

/** What stands on a paper, in words: the same for the screen and for the PDF. */
export type Sheet = { rows: readonly PaperRow[]; statement: string; issuedOn: string; association: string; president: string };

/** A paper in words. */
export function sheetOf(paper: Paper): Sheet {
  return {
    rows: paperRows(paper),
    statement: texts.statement(shortDay(paper.baseOn)),
    issuedOn: `${texts.issuedOn} ${paperDay(paper.issuedOn)}`,
    association: issuerText(paper),
    president: presidentText(paper),
  };
}
