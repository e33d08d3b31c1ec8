import { choiceInput, dayInput, idInput, textInput, tickInput, versionInput } from '#kernel/input.ts';
import type { Day } from '#kernel/day.ts';
import { parseDayInput } from '#kernel/wareki.ts';
import { z } from 'zod';
import { gapDays } from './date-rules.ts';
import { factLabels, texts } from './messages.ts';
import {
  choiceSchema,
  designationFault,
  namesDesignation,
  namesWorkplace,
  rawDetails,
  selectionInput,
  workplaceFault,
  workplaceFields,
} from './schema.ts';

/** What `application.form` holds for the kinds besides 入会届 (`joinForm` in `schema.ts`); typed text stays as typed. */

/** Where a shared upper membership goes on (`rules.md 3.5`); '' ends it. */
const move = z.object({ associationId: z.int(), affiliationId: z.union([z.literal(''), idInput]) });

export type Move = z.infer<typeof move>;

/** 異動元の退会希望年月日 of a transfer; undefined for other kinds and where nothing readable was typed. */
export function leaveWishOf(target: { kind: string; form: unknown }): Day | undefined {
  const form = target.kind === 'transfer' ? transferForm.safeParse(target.form) : undefined;
  const typed = form?.data?.details['leaveOn'];
  return typeof typed === 'string' ? parseDayInput(typed) : undefined;
}

/** Where the person stood in the affiliation when the form was written: the ledger moves on, the paper keeps saying it. */
const standing = {
  /** Associations with the category held, lowest first. */
  before: z.array(choiceSchema).max(4).default([]),
  /** Name of the facility. */
  workplaceBefore: z.string().max(200).default(''),
};

const standingBefore = z.object({ before: standing.before });

/** Category held in each association when the form was written; none in a 入会届. */
export function heldIn(form: unknown): ReadonlyMap<number, number> {
  const read = standingBefore.safeParse(form);
  return new Map((read.data?.before ?? []).map(({ associationId, categoryId }) => [associationId, categoryId]));
}

/** 退会届: `details` hold wishedOn (退会希望年月日), reason, reasonText. */
export const withdrawalForm = z.object({
  affiliationId: idInput,
  ...standing,
  /** Associations to leave, with every layer above them; lowest first. */
  leave: z.array(z.int()).min(1).max(4),
  moves: z.array(move).max(4).default([]),
  /** Entered by an office on 死亡 or 所在不明 (`screens.md O-11`). */
  ground: z.enum(['death', 'missing']).optional(),
  details: rawDetails.default({}),
});

/** A 退会届 still being written: nothing may be chosen yet. */
export const withdrawalDraft = withdrawalForm.extend({
  affiliationId: z.union([z.literal(''), idInput]).default(''),
  leave: z.array(z.int()).max(4).default([]),
});

export type WithdrawalDraft = z.infer<typeof withdrawalDraft>;

/** A 退会届 by which an office says that the doctor has died. */
export function isDeathPaper(target: { form: unknown }): boolean {
  return withdrawalDraft.safeParse(target.form).data?.ground === 'death';
}

/** Why an office entered the 退会届 without a request of the doctor; undefined for every other paper. */
export function groundOf(target: { kind: string; form: unknown }): 'death' | 'missing' | undefined {
  return target.kind === 'withdrawal' ? withdrawalDraft.safeParse(target.form).data?.ground : undefined;
}

/** 異動届 without change of association: `details` are those of step 2 of 入会届, plus keepFacility. */
export const changeForm = z.object({
  affiliationId: idInput,
  reason: z.string().max(20),
  reasonText: z.string().max(200).default(''),
  /** Only the associations whose category is to change. */
  changes: z.array(choiceSchema).max(4).default([]),
  ...standing,
  /** Facility and work stay: what goes on is carried by the same affiliation. Set when the form is sent. */
  workplaceStays: z.boolean().default(false),
  details: rawDetails.default({}),
});

export type ChangeForm = z.infer<typeof changeForm>;

/** The new chain of a transfer, as step 1 of 入会届 keeps it; lowest first, associations of both chains included. */
export const destinationForm = z.object({
  way: z.enum(['workplace', 'association']),
  prefecture: z.string().default(''),
  lowestAssociationId: z.int(),
  direct: z.boolean(),
  choices: z.array(choiceSchema).min(1).max(4),
});

/** 異動届 with change of association: `details` as in 入会届, plus leaveOn (異動元の退会希望年月日) and gapReason. */
export const transferForm = z.object({
  affiliationId: idInput,
  reason: z.string().max(20),
  reasonText: z.string().max(200).default(''),
  /** Null while nothing is chosen and where the destination is not known yet. */
  destination: destinationForm.nullable().default(null),
  undecided: z.boolean().default(false),
  /** The old lowest association asks for a 退会届 of its own: this paper leaves nothing (`screens.md O-21` 異動時の退会). */
  leaveApart: z.boolean().default(false),
  /** Of either chain: uppers of the old one, and what begins in a group that is there already. */
  moves: z.array(move).max(8).default([]),
  ...standing,
  details: rawDetails.default({}),
});

export type TransferForm = z.infer<typeof transferForm>;

const draftId = {
  id: z.union([z.literal(''), idInput]).default(''),
  version: versionInput.optional(),
  affiliationId: z.union([z.literal(''), idInput]).default(''),
  reason: choiceInput(factLabels.reason, { message: texts.notSelected }),
  reasonText: textInput(texts.reasonTextName, { max: 200 }),
  /** False for 一時保存する: the reason may still be missing. */
  complete: z.boolean().default(true),
};

/** Step 1 of 異動届 without change of association (`screens.md D-10`). */
export const changeInput = z.object({
  ...draftId,
  reasonText: textInput(texts.reasonTextName, { max: 30 }),
  /** Category ids by association code, 5 digits; '' is 変更なし. */
  categories: z.record(z.string().regex(/^\d{1,5}$/), z.string().max(12)).default({}),
});

/** Step 1 of 異動届 with change of association (`screens.md D-09`). */
export const transferInput = z.object(draftId);

const movesInput = z.record(z.string().regex(/^\d{1,5}$/), z.union([z.literal('end'), idInput])).default({});

/** Step 2 of the same: the new chain as in 入会届, and where shared upper memberships of the old one go on. */
export const destinationInput = selectionInput.extend({
  id: idInput,
  version: versionInput,
  moves: movesInput,
  complete: z.boolean().default(true),
});

/** 「異動先が決まっていない」 */
export const undecidedInput = z.object({ id: idInput, version: versionInput, moves: movesInput });

/** Step 2 of 異動届 without change of association. */
export const changeDetails = z
  .object({ wishedOn: dayInput(texts.changeWish, { required: true }), keepFacility: tickInput, ...workplaceFields })
  .refine(namesWorkplace, workplaceFault)
  .refine(namesDesignation, designationFault);

const leaveOn = dayInput(factLabels.leaveOn, { required: true });
const gapReason = textInput(factLabels.gapReason, { max: 200 });

/** Step 3 of 異動届 with change of association: the two days join, or a reason says why not (`rules.md 3.6`). */
export const transferDetails = z
  .object({ wishedOn: dayInput(factLabels.wishedOn, { required: true }), leaveOn, gapReason, ...workplaceFields })
  .refine(namesWorkplace, workplaceFault)
  .refine(namesDesignation, designationFault)
  .refine(
    (details) =>
      details.gapReason !== '' ||
      details.wishedOn === undefined ||
      details.leaveOn === undefined ||
      gapDays(details.leaveOn, details.wishedOn) === 0,
    { path: ['gapReason'], message: texts.gapReason, when: () => true },
  );

/** The same while the destination is not known: only the leave. */
export const leavingDetails = z.object({ leaveOn, note: workplaceFields.note });
