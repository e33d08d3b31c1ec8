import { messages } from '#kernel/messages.ts';
import { choiceInput, dayInput, textInput } from '#kernel/input.ts';
import { isId } from '#kernel/id.ts';
import { pageSizeOf } from '#kernel/paging.ts';
import { z } from 'zod';
import { filterCategories } from './act-labels.ts';

const key = z
  .string()
  .default('')
  .transform((text) => (/^\d{1,18}$/.test(text) ? text : ''));

function inOrder(range: { from?: string | undefined; to?: string | undefined }): boolean {
  return range.from === undefined || range.to === undefined || range.from <= range.to;
}

const period = { from: dayInput('期間(開始)', { required: false }), to: dayInput('期間(終了)', { required: false }) };

/** Conditions of O-18. `before` and `after` are numbers of records. */
export const trailInput = z
  .object({
    ...period,
    user: z
      .string()
      .default('')
      .transform((text) => (isId(text) ? text : '')),
    category: choiceInput('操作').transform((text) => filterCategories.find((one) => one === text)),
    person: textInput('対象者', { max: 60 }),
    size: z.string().optional().transform(pageSizeOf),
    sort: z
      .string()
      .default('')
      .transform((text): 'at' | '-at' => (text === 'at' ? 'at' : '-at')),
    before: key,
    after: key,
  })
  .refine(inOrder, { path: ['to'], error: messages.order() });

export type TrailFilter = z.infer<typeof trailInput>;

/** Conditions of D-14. */
export const accessInput = z
  .object({ ...period, size: z.string().optional().transform(pageSizeOf), before: key, after: key })
  .refine(inOrder, { path: ['to'], error: messages.order() });
