import { idInput } from '#kernel/input.ts';
import { z } from 'zod';
import { choiceSchema, rawDetails } from './schema.ts';

/** What `application.form` holds for the kinds besides 入会届 (`joinForm` in `schema.ts`); typed text stays as typed. */

/** Where a shared upper membership goes on (`rules.md 3.5`); '' ends it. */
const move = z.object({ associationId: z.int(), affiliationId: z.union([z.literal(''), idInput]) });

export type Move = z.infer<typeof move>;

/** 退会届: `details` hold wishedOn (退会希望年月日), reason, reasonText. */
export const withdrawalForm = z.object({
  affiliationId: idInput,
  /** Associations to leave, with every layer above them; lowest first. */
  leave: z.array(z.int()).min(1).max(4),
  moves: z.array(move).max(4).default([]),
  details: rawDetails.default({}),
});

export type WithdrawalForm = z.infer<typeof withdrawalForm>;

/** 異動届 without change of association: `details` are those of step 2 of 入会届, plus keepFacility. */
export const changeForm = z.object({
  affiliationId: idInput,
  reason: z.string().max(20),
  reasonText: z.string().max(200).default(''),
  /** Only the associations whose category is to change. */
  changes: z.array(choiceSchema).max(4).default([]),
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
  moves: z.array(move).max(4).default([]),
  details: rawDetails.default({}),
});

export type TransferForm = z.infer<typeof transferForm>;
