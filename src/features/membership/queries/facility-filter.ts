import { z } from 'zod';
import { choiceInput, foldedNumberInput, idInput, textInput, tickInput } from '#kernel/input.ts';
import { pageSizeOf } from '#kernel/paging.ts';

/** Conditions of 施設別一覧 as they stand in the address (`screens.md O-14`). */

const cursor = z
  .union([z.literal(''), idInput])
  .catch('')
  .default('');

const mostMembers = 1_000_000;

export const facilityListInput = z.object({
  /** Beginning of name or kana, folded. */
  name: textInput('施設名', { max: 60 }),
  /** Part of the address. */
  city: textInput('市区町村', { max: 40 }),
  ownerType: choiceInput('開設主体'),
  membersFrom: foldedNumberInput('会員数(から)', { max: mostMembers }),
  membersTo: foldedNumberInput('会員数(まで)', { max: mostMembers }),
  /** Only names that doctors have typed and that are not in the master yet. */
  typed: tickInput,
  sort: z
    .string()
    .default('')
    .transform((text) => ({
      key: text.endsWith('members') ? ('members' as const) : ('name' as const),
      direction: text.startsWith('-') ? ('desc' as const) : ('asc' as const),
    })),
  size: z
    .string()
    .default('')
    .transform((text) => pageSizeOf(text)),
  after: cursor,
  before: cursor,
});

export type FacilityFilter = z.infer<typeof facilityListInput>;
