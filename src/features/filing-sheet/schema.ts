import { tickInput } from '#kernel/input.ts';
import { messages } from '#kernel/messages.ts';
import { mostSheetBytes } from '#platform/sheet/messages.ts';
import { z } from 'zod';
import { sheetTexts } from './messages.ts';

/** One file holds at most so many papers (`screens.md O-10`). */
export const mostRows = 500;

export const checkInput = z.object({ text: z.string().max(mostSheetBytes) });

export const enterInput = checkInput.extend({
  agreed: tickInput.refine((ticked) => ticked, { message: messages.agree(sheetTexts.agreed) }),
  originals: tickInput.refine((ticked) => ticked, { message: messages.agree(sheetTexts.originals) }),
});
