import { choiceInput, dayInput, idInput, textInput } from '#kernel/input.ts';
import { isId } from '#kernel/id.ts';
import { messages } from '#kernel/messages.ts';
import { pageSizeOf } from '#kernel/paging.ts';
import { z } from 'zod';
import { words } from './labels.ts';
import { deliveries } from './rules.ts';

/** Conditions of P-08. `after` is the cursor of the last line before. */
export const deliveryListInput = z
  .object({
    state: choiceInput(words.state).transform((text) => deliveries.find((one) => one === text)),
    template: textInput(words.template, { max: 8 }).refine((text) => text === '' || /^M-\d{2}$/.test(text), {
      error: messages.sel(words.template),
    }),
    from: dayInput(words.from, { required: false }),
    to: dayInput(words.to, { required: false }),
    size: z.string().optional().transform(pageSizeOf),
    after: z
      .string()
      .default('')
      .transform((text) => (isId(text) ? text : '')),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, { path: ['to'], error: messages.order() });

/** One mail to be sent again or stopped. */
export const deliveryTarget = z.object({ id: idInput });
