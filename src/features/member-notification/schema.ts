import { isId } from '#kernel/id.ts';
import { choiceInput, dayInput, idInput, listInput, textInput } from '#kernel/input.ts';
import { messages } from '#kernel/messages.ts';
import { pageSizeOf } from '#kernel/paging.ts';
import { z } from 'zod';
import { firstState, isAction, notificationFlow } from './flow.ts';
import { anyState, isKind, texts } from './labels.ts';

/** Inputs of 会員関連通知 (`screens.md O-15`). */

const key = z
  .string()
  .default('')
  .catch('')
  .transform((text) => (isId(text) ? text : ''));

function inOrder(range: { from?: string | undefined; to?: string | undefined }): boolean {
  return range.from === undefined || range.to === undefined || range.from <= range.to;
}

/** Conditions of the list; without a word for 状況 it shows what is 未読. */
export const listInputs = z
  .object({
    kind: choiceInput(texts.kind).transform((text) => (isKind(text) ? text : undefined)),
    member: textInput(texts.member, { max: 60 }),
    from: dayInput(texts.from, { required: false }),
    to: dayInput(texts.to, { required: false }),
    state: choiceInput(texts.state).transform((text) =>
      text === anyState ? anyState : notificationFlow.isState(text) ? text : firstState,
    ),
    sort: z
      .string()
      .default('')
      .catch('')
      .transform((text) => (text === 'at' ? ('at' as const) : ('-at' as const))),
    size: z.string().optional().catch(undefined).transform(pageSizeOf),
    before: key,
    after: key,
  })
  .refine(inOrder, { path: ['to'], error: messages.order() });

export type ListFilter = z.infer<typeof listInputs>;

const mostRows = 100;

const chosen = listInput(idInput, mostRows).refine((ids) => ids.length > 0, { error: texts.chooseRows });

export const markInput = z.object({
  id: chosen,
  action: z.string({ error: texts.chooseAction }).refine(isAction, { error: texts.chooseAction }),
});

export const assignInput = z.object({ id: chosen, staffId: z.union([z.literal(''), idInput]).default('') });
