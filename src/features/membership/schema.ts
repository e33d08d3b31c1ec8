import { z } from 'zod';
import { idInput, listInput, textInput } from '#kernel/input.ts';
import { messages } from '#kernel/messages.ts';
import { guidanceWays } from './fields.ts';

/** Members chosen at once (`screens.md O-07`). */
export const mostSelected = 500;

export const selectMembersInput = z.object({
  id: listInput(idInput, mostSelected).transform((ids) => [...new Set(ids)]),
});

/** Inputs about one member (`screens.md O-08`). */

export const memberIdInput = z.object({ id: idInput });

export const sendGuidanceInput = memberIdInput.extend({
  /** As the page showed it: who is to get a letter is not sent a mail. */
  way: z.enum(guidanceWays, { error: messages.sel('送り方') }),
});

export const memberMemoInput = memberIdInput.extend({
  /** The version that was on the screen; 0 where there was none. */
  version: z.coerce.number().int().min(0).max(2_000_000_000),
  memoBody: textInput('事務局メモ', { max: 2_000, multiline: true }),
});
