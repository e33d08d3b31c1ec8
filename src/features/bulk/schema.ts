import { z } from 'zod';
import type { Day } from '#kernel/day.ts';
import { dayInput, idInput, listInput, tickInput, versionInput } from '#kernel/input.ts';
import { messages } from '#kernel/messages.ts';
import { cancelInput, returnInput } from '#features/application/schema.ts';
import { bulkTexts } from './messages.ts';

/** Inputs of 一括操作 (`screens.md O-04`). */

export const bulkActionNames = ['receive', 'approve', 'return', 'acknowledge', 'cancel'] as const;
export type BulkActionName = (typeof bulkActionNames)[number];

/** At most so many cases in one run (`rules.md 3.15`). */
export const mostRows = 500;

/** 受付 and 確認 need nothing more. */
export const noCommon = z.object({});

const dateWays = ['wish', 'below', 'day', 'board'] as const;

/** 日付 for all: each its wish, the day from below, one day, or a board meeting. */
export const approveCommon = z
  .object({
    dateBy: z.enum(dateWays).catch('wish').default('wish'),
    day: dayInput('日付', { required: false }),
    board: dayInput('理事会開催日', { required: false }),
  })
  .superRefine((common, step) => {
    if (common.dateBy === 'day' && common.day === undefined)
      step.addIssue({ code: 'custom', path: ['day'], message: messages.req(bulkTexts.dayLabel) });
    if (common.dateBy === 'board' && common.board === undefined)
      step.addIssue({ code: 'custom', path: ['board'], message: bulkTexts.chooseBoard });
  })
  .transform(({ dateBy, day, board }): { by: 'wish' | 'below' } | { by: 'day'; on: Day } => {
    const on = dateBy === 'day' ? day : board;
    if (dateBy === 'wish' || dateBy === 'below') return { by: dateBy };
    return on === undefined ? { by: 'wish' } : { by: 'day', on };
  });

export const returnCommon = returnInput.pick({ reasons: true, message: true });
export const cancelCommon = cancelInput.pick({ reason: true, note: true });

/** Common input as it came from the form: each action reads its own. */
export const rawCommon = z.record(z.string().max(40), z.unknown());

const ids = listInput(idInput, mostRows);

export const checkInput = z.object({
  action: z.enum(bulkActionNames),
  id: ids,
  /** 「この条件の{n}件すべてを選択」, with the conditions of the list as they stand in its address. */
  all: tickInput,
  conditions: z.string().max(2_000).default(''),
  common: rawCommon.default({}),
});

export type CheckInput = z.infer<typeof checkInput>;

const chosenRow = z.object({ id: idInput, version: versionInput, confirmed: z.boolean() });

export type ChosenRow = z.infer<typeof chosenRow>;

export const startInput = z.object({
  action: z.enum(bulkActionNames),
  common: rawCommon.default({}),
  /** The common input that the check page spoke of. */
  checkedFor: z.string().max(4_000).default(''),
  rows: z.array(chosenRow).min(1, { error: bulkTexts.noneTicked }).max(mostRows, { error: bulkTexts.most }),
  retryOf: z.union([z.literal(''), idInput]).default(''),
});

export const runIdInput = z.object({ id: idInput });

const shown = z.string().regex(/^[0-9a-f-]{36}:\d{1,10}$/);

/** The rows of the check page as its form sends them back: all that were shown, and which were ticked. */
export const tickedRows = z
  .object({
    shown: z
      .string()
      .max(mostRows * 50)
      .default('')
      .transform((text) => text.split(' ').filter((one) => shown.safeParse(one).success)),
    row: ids,
    confirm: ids,
  })
  .transform(({ shown: all, row, confirm }) => {
    const plain = new Set<string>(row);
    const confirmed = new Set<string>(confirm);
    const known = all.map((one) => ({ id: one.slice(0, 36), version: Number(one.slice(37)) }));
    const ticked = known.filter(({ id }) => plain.has(id) || confirmed.has(id));
    return { ids: known.map(({ id }) => id), rows: ticked.map(({ id, version }) => ({ id, version, confirmed: confirmed.has(id) })) };
  });
