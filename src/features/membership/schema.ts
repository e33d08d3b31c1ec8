import { z } from 'zod';
import { idInput, listInput, textInput } from '#kernel/input.ts';
import { messages } from '#kernel/messages.ts';
import { guidanceWays } from './fields.ts';

/** Members ticked one by one (`screens.md O-07`); a page holds a hundred at most. */
export const mostSelected = 500;

/** Members chosen as 「この条件のすべて」: more than any association below the prefectures has. The table holds no more either. */
export const mostListed = 20_000;

export const selectMembersInput = z.object({
  id: listInput(idInput, mostSelected).transform((ids) => [...new Set(ids)]),
});

/** The conditions of the list as they stand in its address. */
export const selectListedInput = z.object({ conditions: z.string().max(2_000) });

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
