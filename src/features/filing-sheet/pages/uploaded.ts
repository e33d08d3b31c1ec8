import { decodeSheet } from '#platform/sheet/read-csv.ts';
import { sheetTexts } from '../messages.ts';
import { mostBytes } from '../schema.ts';

/** The text of the file of a form, or why there is none. */
export async function uploadedText(given: unknown): Promise<{ text: string } | { fault: string }> {
  if (!(given instanceof File) || given.size === 0) return { fault: sheetTexts.noFile };
  if (given.size > mostBytes) return { fault: sheetTexts.tooBig };
  const text = decodeSheet(new Uint8Array(await given.arrayBuffer()));
  return text === undefined ? { fault: sheetTexts.unreadable } : { text };
}
