import { mostSheetBytes, sheetFileTexts as texts } from './messages.ts';
import { decodeSheet } from './read-csv.ts';

/** The text of the CSV file of a form, or why there is none. */
export async function uploadedText(given: unknown): Promise<{ text: string } | { fault: string }> {
  if (!(given instanceof File) || given.size === 0) return { fault: texts.noFile };
  if (given.size > mostSheetBytes) return { fault: texts.tooBig };
  const text = decodeSheet(new Uint8Array(await given.arrayBuffer()));
  return text === undefined ? { fault: texts.unreadable } : { text };
}
