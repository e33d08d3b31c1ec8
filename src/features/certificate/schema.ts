import { isDay } from '#kernel/day.ts';
import { choiceInput, idInput, listInput, requiredDayInput, textInput } from '#kernel/input.ts';
import { pageSizeOf } from '#kernel/paging.ts';
import { z } from 'zod';
import { contentCodes } from './fields.ts';
import { certificateTexts as texts } from './messages.ts';

/** Inputs of 在籍証明書 (`screens.md D-13, O-29, A-14`), and the paper as it is kept. */

/** An association from a list of choices; what is no number is none of them. */
const associationInput = choiceInput(texts.association, { required: true }).transform((text) =>
  /^\d{1,6}$/.test(text) ? Number(text) : -1,
);

const nameForm = z.enum(['current', 'former'], { error: texts.chooseNameForm });
const content = z.enum(contentCodes);

/** What a doctor asks for. */
export const wishInput = z.object({
  associationId: associationInput,
  baseOn: requiredDayInput(texts.baseOn),
  contents: listInput(content, contentCodes.length).transform((list) => contentCodes.filter((code) => list.includes(code))),
  nameForm,
  purpose: textInput(texts.purpose, { max: 50 }),
});

/** What an office says besides, when it issues one at the doctor's request (`screens.md O-29`). */
export const officeWishInput = wishInput.omit({ associationId: true }).extend({
  personId: idInput,
  ground: choiceInput(texts.ground, { required: true }),
  askedOn: requiredDayInput(texts.askedOn),
  delivery: z.enum(['myPage', 'print'], { error: texts.chooseDelivery }),
});

export const certificateIdInput = z.object({ id: idInput });
export const returnInput = certificateIdInput.extend({
  message: textInput(texts.returnMessage, { required: true, max: 1000, multiline: true }),
});
export const revokeInput = certificateIdInput.extend({ reason: textInput(texts.revokeReason, { max: 200 }) });

const after = z
  .union([z.literal(''), idInput])
  .catch('')
  .default('');
const place = { size: z.string().optional().transform(pageSizeOf), before: after, after };
export const ownListInput = z.object(place);
export const memberListInput = z.object({ personId: idInput, ...place });
export const officeListInput = z.object({ view: z.enum(['waiting', 'all']).catch('waiting').default('waiting'), ...place });
/** `from`: an own certificate whose entries are taken over into the new form. */
export const startInput = z.object({ from: after });
export const memberInput = z.object({ personId: idInput });

/** What a third party types or the QR code brings. */
export const checkInput = z.object({
  number: textInput(texts.number, { required: true, max: 40 }),
  code: textInput(texts.code, { required: true, max: 40 }),
});

const dayShape = z.string().refine(isDay);

/** The facts on a paper, as they were printed; what was not asked for is not there. */
export const paperShape = z.object({
  name: z.string(),
  formerName: z.string().nullable(),
  association: z.object({ id: z.int(), name: z.string(), layer: z.int() }),
  president: z.object({ title: z.string(), name: z.string() }),
  /** 印影 of the day it was issued; papers from before there were any have none. */
  sealId: z.string().nullable().default(null),
  baseOn: dayShape,
  issuedOn: dayShape,
  purpose: z.string(),
  licence: z.object({ number: z.string(), checked: z.boolean() }).nullable(),
  birthOn: dayShape.nullable(),
  category: z.object({ id: z.int(), name: z.string() }).nullable(),
  joinedOn: dayShape.nullable(),
  facility: z.object({ id: z.string().nullable(), name: z.string() }).nullable(),
  periods: z.array(z.object({ from: dayShape, to: dayShape.nullable() })).nullable(),
});

export type Paper = z.infer<typeof paperShape>;
