import { z } from 'zod';
import { dayInput, idInput, textInput } from '#kernel/input.ts';
import { parseLicenceInput } from '#kernel/licence.ts';
import { messages } from '#kernel/messages.ts';
import { pageSizeOf } from '#kernel/paging.ts';

/** Conditions of 会員情報管理 as they stand in the address (`screens.md O-07`). */

export const memberStatuses = ['current', 'left', 'joining', 'leaving', 'all'] as const;

export const memberSorts = ['name', 'licence', 'facility', 'joined', 'left'] as const;
export type MemberSort = (typeof memberSorts)[number];

const licenceFilter = z
  .string()
  .default('')
  .transform((text, step) => {
    if (text.trim() === '') return '';
    const number = parseLicenceInput(text);
    if (number === undefined) step.issues.push({ code: 'custom', input: text, message: messages.digits('医籍登録番号') });
    return number ?? '';
  });

const orderInput = z
  .string()
  .default('')
  .transform((text): { key: MemberSort; direction: 'asc' | 'desc' } => {
    const key = memberSorts.find((one) => one === text.replace(/^-/, ''));
    return key === undefined ? { key: 'name', direction: 'asc' } : { key, direction: text.startsWith('-') ? 'desc' : 'asc' };
  });

const cursor = z
  .union([z.literal(''), idInput])
  .catch('')
  .default('');

export const memberListInput = z.object({
  /** Beginning of 姓, 名, セイ or メイ; folded when searched. */
  name: textInput('氏名/フリガナ', { max: 80 }),
  licence: licenceFilter,
  /** 基準日; today when empty. */
  on: dayInput('基準日', { required: false }),
  status: z.enum(memberStatuses).catch('current').default('current'),
  /** Own 会員区分 by its id. */
  category: z
    .union([z.literal('').transform(() => undefined), z.coerce.number().int().positive().max(2_147_483_647)])
    .catch(undefined)
    .optional(),
  /** Beginning of the workplace's name. */
  facility: textInput('所属施設', { max: 60 }),
  sort: orderInput,
  size: z
    .string()
    .default('')
    .transform((text) => pageSizeOf(text)),
  after: cursor,
  before: cursor,
});

export type MemberFilter = z.infer<typeof memberListInput>;
