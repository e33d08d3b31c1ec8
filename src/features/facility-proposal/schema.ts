import { z } from 'zod';
import { dayInput, idInput, textInput, tickInput, versionInput } from '#kernel/input.ts';
import { pageSizeOf } from '#kernel/paging.ts';
import { facilityContentInput } from '#features/facility/schema.ts';
import { names } from './labels.ts';
import { texts } from './messages.ts';

/** Inputs of the proposals for the master of facilities (`screens.md O-14`). */

export const idOnly = z.object({ id: idInput });

const reason = textInput(names.reason, { required: true, max: 500, multiline: true });

/** 施設情報の変更を提案する: the whole form; `version` is that of the facility as it was shown. */
export const proposeChangeInput = facilityContentInput.extend({ id: idInput, version: versionInput, reason });

/** 新しい施設を提案する; `candidateId` is the name that a doctor has typed, where it begins with one. */
export const proposeNewInput = facilityContentInput.extend({
  reason,
  distinct: tickInput,
  candidateId: z.union([z.literal(''), idInput]).default(''),
});

/** A decision or a withdrawal; `version` is that of the proposal as it was shown. */
export const actInput = z.object({ id: idInput, version: versionInput });

const answer = (required: boolean) => textInput(names.answer, { required, max: 500, multiline: true });

export const approveInput = actInput.extend({ answer: answer(false) });
export const rejectInput = actInput.extend({ answer: answer(true) });

/** 重複を報告する: two facilities of the master. */
export const reportInput = z.object({
  id: idInput,
  otherId: z
    .union([z.literal(''), idInput])
    .default('')
    .refine((id) => id !== '', { error: texts.needsOther }),
  reason,
});

/** 既存の施設に結び付ける; `version` is that of the typed name as it was shown. */
export const tieInput = z.object({
  id: idInput,
  version: versionInput,
  otherId: z
    .union([z.literal(''), idInput])
    .default('')
    .refine((id) => id !== '', { error: texts.needsTarget }),
  confirmed: tickInput,
});

/** 統合する: which of the two stays, and from which day; without one it is today. */
export const mergeInput = actInput.extend({
  on: dayInput(names.mergeOn, { required: false }),
  stays: z.union([z.literal(''), idInput]).default(''),
  confirmed: tickInput,
  answer: answer(false),
});

export const listTabs = ['own', 'review', 'merge'] as const;
export type ListTab = (typeof listTabs)[number];

const cursor = z
  .union([z.literal(''), idInput])
  .catch('')
  .default('');

export const proposalListInput = z.object({
  tab: z.enum(listTabs).catch('own').default('own'),
  /** Only what waits for a decision. */
  state: z.enum(['open', 'all']).catch('open').default('open'),
  size: z.string().optional().catch(undefined).transform(pageSizeOf),
  before: cursor,
  after: cursor,
});

export type ProposalFilter = z.infer<typeof proposalListInput>;
