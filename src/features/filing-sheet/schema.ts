import { tickInput } from '#kernel/input.ts';
import { messages } from '#kernel/messages.ts';
import { z } from 'zod';
import { sheetTexts } from './messages.ts';

/** One file holds at most so many papers (`screens.md O-10`). */
export const mostRows = 500;
/** Bytes of a file, and characters of its text: 500 rows are far below. */
export const mostBytes = 1024 * 1024;

export const checkInput = z.object({ text: z.string().max(mostBytes) });

export const enterInput = checkInput.extend({
  agreed: tickInput.refine((ticked) => ticked, { message: messages.agree(sheetTexts.agreed) }),
  originals: tickInput.refine((ticked) => ticked, { message: messages.agree(sheetTexts.originals) }),
});
