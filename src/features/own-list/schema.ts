import { dayInput, foldedNumberInput, idInput, listInput, requiredDayInput, textInput, tickInput } from '#kernel/input.ts';
import { messages } from '#kernel/messages.ts';
import { z } from 'zod';
import { names, tabs, texts } from './labels.ts';

/** Inputs of 送付物・会員区分設定 (`screens.md O-20`). */

const mostId = 2_000_000_000;
const rowId = z.coerce.number().int().min(1).max(mostId);

/** An entry by its number, or `new`. */
export const entryId = z.union([z.literal('new'), rowId]);
export const entryInput = z.object({ id: entryId });

/** The version that the form saw; 0 for what does not exist yet. */
const seen = z.coerce.number().int().min(0).max(mostId).catch(0);
const guarded = entryInput.extend({ version: seen });

export const mailingInput = guarded.extend({
  name: textInput(names.name, { required: true, max: 40 }),
  kind: z.enum(['post', 'fax', 'mail'], { error: messages.sel(names.kind) }),
  categories: listInput(rowId, 200),
  refusable: tickInput,
  startsOn: dayInput(names.startsOn, { required: false }),
  endsOn: dayInput(names.endsOn, { required: false }),
});

const optionalRow = z.union([z.literal('').transform((): undefined => undefined), rowId]).optional();

/** What of a category stands for good. */
export const newCategoryInput = z.object({
  code: textInput(names.code, { required: true, max: 10 }),
  name: textInput(names.name, { required: true, max: 40 }),
  jmaCode: textInput(names.jmaCode, { max: 40 }),
  liabilityInsurance: tickInput,
  trainee: tickInput,
  startsOn: requiredDayInput(names.startsOn),
  description: textInput(names.description, { max: 200 }),
  endsOn: dayInput(names.endsOn, { required: false }),
});

/** What of a category may change. */
export const changeCategoryInput = z.object({
  id: rowId,
  version: seen,
  description: textInput(names.description, { max: 200 }),
  endsOn: dayInput(names.endsOn, { required: false }),
  successorId: optionalRow,
});
export type ChangeCategoryForm = z.infer<typeof changeCategoryInput>;

export const noticeCategoryInput = guarded.extend({ name: textInput(names.name, { required: true, max: 20 }) });

export const fieldInput = guarded.extend({
  name: textInput(names.name, { required: true, max: 40 }),
  kind: z.enum(['text', 'day', 'choice'], { error: messages.sel(names.kind) }),
  choices: textInput(names.choices, { max: 1000, multiline: true }),
  shown: tickInput,
});
export type FieldForm = z.infer<typeof fieldInput>;

export const changeInput = z.object({ id: rowId, version: seen });

export const tabInput = z.enum(tabs.map(({ tab }) => tab)).catch('mailings');
export type ListTab = z.infer<typeof tabInput>;

const placed = z.object({
  id: rowId,
  order: foldedNumberInput(names.order, { max: 9_999 }).transform((order) => order ?? 9_999),
});
export const orderInput = z.object({ tab: tabInput, items: z.array(placed).max(400).default([]) });

const longest = 200;

export const valuesInput = z.object({
  id: idInput,
  version: seen,
  values: z
    .array(z.object({ fieldId: rowId, value: textInput('値', { max: longest }) }))
    .max(100)
    .default([]),
});
export type ValuesForm = z.infer<typeof valuesInput>;

/** Where a doctor wants one thing sent (`screens.md D-04`). */
export const sendToInput = z.enum(['default', 'facility', 'home', 'none'], { error: texts.notOffered });
export type SendTo = z.infer<typeof sendToInput>;
